"""What settings take from the environment."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from meetings_portal.env import secret_key

TOGETHER, STARTS = 6, 20


def test_processes_that_start_at_once_share_one_signing_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    fork = multiprocessing.get_context("fork")
    together, answers = fork.Barrier(TOGETHER), fork.Queue()

    def ask() -> None:
        together.wait(30)
        answers.put(secret_key())

    for start in range(STARTS):
        monkeypatch.setenv("STATE_DIR", str(tmp_path / str(start)))
        processes = [fork.Process(target=ask) for _ in range(TOGETHER)]
        for process in processes:
            process.start()
        keys = {answers.get(timeout=30) for _ in processes}
        for process in processes:
            process.join(30)
        assert len(keys) == 1
        assert len(keys.pop()) >= 64
        assert (tmp_path / str(start) / "secret_key").stat().st_mode & 0o777 == 0o600
