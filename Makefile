# What is done with this repository. Every target makes its own .venv first.
#
#   make run               start the planner; make run ARGS='today' for one verb
#   make test              all checks, then all tests
#   make faults            every numbered case of docs/faults.md at full strength
#   make coverage          the same with the coverage of all but the screen; takes longer
#                          (UNCOUNTED=nothing counts that, too)
#   make lint              ruff, mypy, import-linter
#   make bench             time it beside its floors and peers, into bench/results.md
#   make screenshots       drive the program and write screenshots/
#   make messages          bring the catalogues up to date with the source
#
# PYTHON=python3.12 chooses an interpreter for a new .venv.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PO := $(wildcard plannertui/locale/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
ARGS ?=
JOBS ?= auto

.DEFAULT_GOAL := run
.PHONY: run test faults coverage lint bench screenshots messages clean

run: $(READY) $(MO)
	@$(BIN)/plannertui $(ARGS)

test: lint
	$(BIN)/pytest -n $(JOBS) --maxprocesses 8 $(COV) $(ARGS)

faults: export FAULTS := full
faults: $(READY) $(MO)
	$(BIN)/pytest -n $(JOBS) --maxprocesses 8 $$($(BIN)/python -m tools.faults --files) $(ARGS)

coverage: COV := --cov --cov-report term
coverage: test

lint: $(READY) $(MO)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(READY) $(MO)
	$(BIN)/python -m bench.run $(ARGS)

screenshots: $(READY) $(MO)
	$(BIN)/python -m tools.screenshots $(ARGS)

messages: $(READY)
	$(BIN)/python -m tools.messages

clean:
	rm -rf $(VENV) .bench .coverage* .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache build dist $(MO)
	find plannertui tests bench tools -name __pycache__ -prune -exec rm -rf {} +

%.mo: %.po | $(READY)
	@$(BIN)/python hatch_build.py
	@touch $@

$(READY): pyproject.toml hatch_build.py tools/setup
	@PYTHON='$(PYTHON)' VENV='$(VENV)' tools/setup
	@touch $@
