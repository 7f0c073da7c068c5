# Two commands on a bare machine: `make run` and `make test`. Needs make, a shell and Python 3.11 or newer.
# `env -i make run` leaves PATH unset: then the venv module cannot find its own interpreter.
ifeq ($(strip $(PATH)),)
PATH := /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
endif
export PATH

.PHONY: help run test check bench mutation faults reset lock
.DEFAULT_GOAL := help

help:
	@echo 'make run       start the portal on http://127.0.0.1:8000/ (HOST, PORT, DEMO, STATE_DIR, PORTAL_NOW)'
	@echo 'make test      run every test, the browser included (ARGS="tests/audit -x" narrows)'
	@echo 'make check     linters, types, import contracts, migrations, templates, translations'
	@echo 'make bench     benchmarks: a table, and JSON in the state directory'
	@echo 'make mutation  strength of the tests of the procedure and of the permissions'
	@echo 'make faults    kill real processes: letters lost and doubled, as a table and JSON'
	@echo 'make reset     remove the local state (databases, logs, keys)'
	@echo 'make lock      write the hashed lock files again from requirements*.in'

# A name on PATH may be a shim that does not run, an old Python, or one without venv: so each is really tried.
# exec keeps one process, which is the one that make sends its signals to.
run test check bench mutation faults reset lock:
	@for name in $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3 python; do \
	  if "$$name" -c 'import sys; sys.version_info < (3, 11) and sys.exit(1); import venv, ensurepip' >/dev/null 2>&1; then \
	    exec "$$name" -I meetings_portal/bootstrap.py $@ $(ARGS); \
	  fi; \
	done; \
	for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "$$name is there, but without its venv module: install it (Debian, Ubuntu: apt install python3-venv) and run make $@ again." >&2; exit 1; \
	  fi; \
	done; \
	echo "No Python 3.11 or newer was found (tried python3.14 to python3.11, python3, python): install one and run make $@ again." >&2; exit 1
