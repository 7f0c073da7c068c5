"""What the launcher survives. Every test uses real servers in a directory of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import psycopg
import pytest
import redis

from meetings_portal.embedded import Engines, engines
from meetings_portal.engines.process import is_running, state_of, wait_until
from meetings_portal.state import SetupError, spare_dir
from tests.engines.conftest import Holder


def ask(url: str, question: str = "SELECT 1") -> object:
    with psycopg.connect(url, autocommit=True) as line:
        row = line.execute(question).fetchone()
    return row[0] if row else None


def postmaster(state: Path) -> int:
    home = state if (state / "postgres").exists() else spare_dir(state)
    return int((home / "postgres" / "postmaster.pid").read_text().split()[0])


def test_the_cluster_sorts_and_folds_letters_by_itself(state):
    with engines(state, fast=True) as urls:
        assert ask(urls.database, "SHOW server_version_num") >= "180000"
        locale = "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = 'portal'"
        assert ask(urls.database, locale) == "b C.UTF-8"
        assert ask(urls.database, "SELECT lower('ӘҒҚҢӨҰҮҺІЁ')") == "әғқңөұүһіё"
        assert ask(urls.database, "SHOW server_encoding") == "UTF8"


def test_the_application_role_owns_its_database_and_nothing_more(state):
    with engines(state, fast=True) as urls:
        role = "SELECT rolcreatedb::text || rolsuper::text FROM pg_roles WHERE rolname = current_user"
        assert ask(urls.database, role) == "truefalse"
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'portal'"
        assert ask(urls.database, owner) == "portal"
        ask(urls.database, "SELECT 1")
        with psycopg.connect(urls.database) as line:
            line.execute("CREATE EXTENSION btree_gist")


def test_nobody_enters_without_the_password(state):
    with engines(state, fast=True) as urls:
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            ask(urls.database.replace("portal:", "portal:wrong", 1))
        with pytest.raises(redis.AuthenticationError):
            redis.Redis.from_url(urls.redis.split("@")[0][:8] + urls.redis.split("@")[1]).ping()
        assert redis.Redis.from_url(urls.redis).ping()
    for name in "database_password", "postgres_password", "broker_password":
        assert (state / name).stat().st_mode & 0o777 == 0o600


def test_data_and_ports_stay_from_one_start_to_the_next(state):
    with engines(state, fast=True) as first, psycopg.connect(first.database) as line:
        line.execute("CREATE TABLE kept AS SELECT 7 AS n")
    with engines(state, fast=True) as second:
        assert second == first
        assert ask(second.database, "SELECT n FROM kept") == 7


def test_a_second_launcher_finds_the_first_and_leaves_it_alone(state):
    holder = Holder(state)
    with engines(state, fast=True) as urls:
        assert urls == (holder.database, holder.redis)
        assert ask(urls.database) == 1
    assert ask(holder.database) == 1
    holder.leave()
    with pytest.raises(psycopg.OperationalError):
        ask(holder.database)


def test_two_state_directories_live_side_by_side(state, tmp_path_factory):
    with engines(state / "one", fast=True) as one, engines(state / "two", fast=True) as two:
        assert not set(one) & set(two)
        assert (ask(one.database), ask(two.database)) == (1, 1)


def test_engines_end_with_their_parent_and_start_again(state):
    holder = Holder(state)
    pid = postmaster(state)
    with psycopg.connect(holder.database) as line:
        line.execute("CREATE TABLE kept AS SELECT 7 AS n")
    holder.kill()
    assert wait_until(lambda: not is_running(pid, "postgres"), 10)
    with pytest.raises(redis.ConnectionError):
        wait_until(lambda: not redis.Redis.from_url(holder.redis).ping(), 5, pause=0.1)
    with engines(state, fast=True) as urls:
        assert ask(urls.database, "SELECT n FROM kept") == 7


def test_a_killed_postmaster_is_started_again_with_what_was_committed(state):
    running = Engines(state)  # not fast: an acknowledged commit has to be on disk
    urls = running.start()
    try:
        with psycopg.connect(urls.database) as line:
            line.execute("CREATE TABLE kept AS SELECT 7 AS n")
        os.kill(postmaster(state), signal.SIGKILL)
        assert wait_until(lambda: running.dead() == ["postgres"], 10)
        assert running.start() == urls
        assert ask(urls.database, "SELECT n FROM kept") == 7
    finally:
        running.stop()


def test_a_killed_broker_is_started_again_at_the_same_address(state):
    running = Engines(state, fast=True)
    urls = running.start()
    try:
        assert running.valkey is not None
        os.kill(running.valkey.pid, signal.SIGKILL)
        assert wait_until(lambda: running.dead() == ["valkey"], 10)
        assert running.start() == urls
        assert redis.Redis.from_url(urls.redis).ping()
    finally:
        running.stop()


@pytest.mark.parametrize("kind", ["zombie", "stranger", "nobody"])
def test_a_pid_file_left_behind_is_no_obstacle(state, kind):
    with engines(state, fast=True):
        old = (postmaster(state), next(state.glob("**/postmaster.pid")).read_text())
    child = subprocess.Popen(["sleep", "60" if kind == "stranger" else "0"])
    if kind == "nobody":
        child.wait()
    if kind == "zombie":
        assert wait_until(lambda: state_of(child.pid) == "Z", 5)
    left = state / "postgres" / "postmaster.pid"
    left.write_text(old[1].replace(str(old[0]), str(child.pid), 1))
    os.chown(left, (state / "postgres").stat().st_uid, -1)
    try:
        with engines(state, fast=True) as urls:
            assert ask(urls.database) == 1
    finally:
        child.kill()
        child.wait()


def test_a_first_start_cut_short_is_not_taken_for_a_database(state):
    (state / "postgres.new").mkdir()
    (state / "postgres.new" / "PG_VERSION").write_text("18\n")
    with engines(state, fast=True) as urls:
        assert ask(urls.database) == 1


def test_another_locale_and_pg_variables_of_the_caller_change_nothing(state):
    holder = Holder(
        state, LC_ALL="C", PGPORT="1", PGHOST="nowhere", PGDATABASE="none", PGOPTIONS="-c work_mem=1"
    )
    assert ask(holder.database, "SELECT upper('қазақша')") == "ҚАЗАҚША"
    holder.leave()


def test_a_lost_password_file_is_told_in_one_sentence(state):
    with engines(state, fast=True):
        pass
    (state / "postgres_password").unlink()
    with pytest.raises(SetupError, match="make reset") as told, engines(state, fast=True):
        pass
    assert "\n" not in str(told.value)


def test_a_directory_that_cannot_be_written_is_told_in_one_sentence(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(SetupError, match="STATE_DIR") as told, engines(blocked / "state", fast=True):
        pass
    assert "\n" not in str(told.value)


def test_with_both_addresses_given_nothing_is_launched(state, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/portal")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")
    with engines(state / "unused") as urls:
        assert urls == ("postgres://elsewhere/portal", "redis://elsewhere/0")
    assert not (state / "unused").exists()


def test_with_one_address_given_only_the_other_is_launched(state, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/portal")
    with engines(state, fast=True) as urls:
        assert urls.database == "postgres://elsewhere/portal"
        assert redis.Redis.from_url(urls.redis).ping()
    assert not (state / "postgres").exists()


def test_a_nearly_full_disk_is_told_before_anything_is_written(state, monkeypatch):
    usage = shutil.disk_usage(state)._replace(free=5_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(SetupError, match=r"no space .* 5 MB are free"), engines(state, fast=True):
        pass
    assert not (state / "postgres").exists()


def test_a_port_taken_meanwhile_is_given_up_for_another(state):
    with engines(state, fast=True) as first:
        port = psycopg.conninfo.conninfo_to_dict(first.database)["port"]
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", int(port)))
        other.listen()
        with engines(state, fast=True) as second:
            assert psycopg.conninfo.conninfo_to_dict(second.database)["port"] != port
            assert ask(second.database) == 1
