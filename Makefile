# Every command of this tree; `make` alone lists them. They need Python 3.11, 3.12 or 3.13 and set up the rest themselves.

PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& command -v $$python && break; done)
NO_PYTHON = Python 3.11, 3.12 or 3.13 was not found. On Debian 12: sudo apt-get install python3 python3-venv
PREPARE = $(or $(PYTHON),$(error $(NO_PYTHON))) .ci/prepare.py
HERE := .venv/bin/python
COMPILE := $(HERE) -m uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.PHONY: help run setup test check bench faults words lock

help: ## this list
	@sed -n 's/^\([a-z]*\): ## /  make \1\t/p' Makefile | expand -t 16

run: ## set up what is missing and open the window
	@$(PREPARE) program screen
	@$(HERE) main.py $(ARGS)

setup: ## only set up what is missing
	@$(PREPARE) program

test: ## set up what the tests need and run them on all cores (ARGS=tests/models: some of them, on one)
	@$(PREPARE) tests
	@PYTHONDONTWRITEBYTECODE= $(HERE) -m pytest $(or $(ARGS),--numprocesses auto --dist worksteal)

check: ## ruff, mypy, the import rule, the catalogue
	@$(PREPARE) tests
	@$(HERE) -m ruff check
	@$(HERE) -m ruff format --check
	@$(HERE) -m mypy
	@$(HERE) -m pytest --quiet tests/test_imports.py tests/test_words.py

bench: ## every speed as a ratio to a reference (ONLY=name: one of them)
	@$(PREPARE) tests
	@$(HERE) -m tests.benchmarks $(if $(ONLY),--only $(ONLY))

faults: ## every fault hundreds of times, for minutes: what was lost, torn, badly told (ONLY=name, TRIES=n, SEED=n)
	@$(PREPARE) tests
	@$(HERE) -m tests.faults $(if $(ONLY),--only "$(ONLY)") $(if $(TRIES),--tries $(TRIES)) $(if $(SEED),--seed $(SEED))

words: ## bring the sentences of the code into the catalogue and compile it
	@$(PREPARE) tests
	@$(HERE) .ci/words.py

lock: ## make both locks anew after a change in pyproject.toml (UPGRADE=1: newest versions)
	@$(PREPARE) tests
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) --group pyproject.toml:test --constraint requirements.txt --output-file tests/requirements.txt
