"""`make lock`: write the lock files again, hashed, for every platform, without the address of any index."""

from __future__ import annotations

import sys

from meetings_portal.bootstrap import SetupError, step

LOCKS = ("requirements-installer", "requirements", "requirements-dev")
COMPILE = [sys.executable, "-I", "-m", "uv", "pip", "compile", "--system-certs", "--quiet", "--universal"]
COMPILE += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header"]


def main() -> int:
    """Compile each `.in` to its `.txt`; 1 with one sentence when that fails."""
    try:
        for name in LOCKS:
            step(f"{name}.txt", [*COMPILE, f"{name}.in", "-o", f"{name}.txt"])
    except SetupError as error:
        print(f"make lock: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
