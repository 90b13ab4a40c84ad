# Everything a contributor or a build machine runs; `make help` lists it.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# The first of these that is new enough makes .venv; `make PYTHON=/path/to/python site` picks one.
PYTHON   ?= python3 python3.11 python3.12 python3.13 python3.14
# More arguments for the command behind a target: `make test ARGS="-k feed"`.
ARGS     ?=
# How many tests run at once.
JOBS     ?= auto
UV       := uv==0.13.9

VENV     := .venv
BIN      := $(VENV)/bin
# Each lock is complete, so pip has nothing to resolve. What ships no wheel is built with the
# build tools of requirements.lock, not with others fetched on the spot.
INSTALL  := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
COMPILE  := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
            --annotation-style line --custom-compile-command "make lock"
CODE     := $(wildcard generator tests bench)
BROWSERS := $(or $(BROADSHEET_CHROMIUM),chromium chromium-browser google-chrome)

.PHONY: help
help: ## list what there is to make
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

.PHONY: site
site: $(VENV)/.site ## set up what a build needs, and build content/ into output/
	$(BIN)/broadsheet build $(ARGS)

.PHONY: serve
serve: $(VENV)/.site ## build, serve on this machine, and build again on each change
	$(BIN)/broadsheet serve $(ARGS)

.PHONY: test
test: $(VENV)/.tests browser ## set up what the tests need, and run them all
	$(BIN)/pytest -n $(JOBS) $(ARGS)

.PHONY: lint
lint: $(VENV)/.tests ## style and types
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy $(CODE)

.PHONY: check
check: lint test ## everything that must hold before a commit: style, types, tests

.PHONY: golden
golden: $(VENV)/.tests ## accept the output as it is now, after a change that was meant to alter it
	$(BIN)/python -m tests.support.golden

.PHONY: docs
docs: $(VENV)/.tests ## write the page of all commands from their own help
	$(BIN)/python -m tests.support.command_line

.PHONY: bench
bench: $(VENV)/.site ## time builds beside Hugo's (ARGS="--sizes 1000,10000"), and write tables
	$(BIN)/python -m bench $(ARGS)

.PHONY: format
format: $(VENV)/.tests ## lay the code out, and mend what can be mended mechanically
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

.PHONY: lock
lock: $(VENV)/.python ## write both lock files anew (ARGS=--upgrade: with the newest versions)
	$(INSTALL) $(UV)
	$(COMPILE) $(ARGS) --group build -o requirements.lock pyproject.toml
	$(COMPILE) $(ARGS) --group build --group dev -c requirements.lock -o requirements-dev.lock \
		pyproject.toml

.PHONY: clean
clean: ## remove everything that was built, installed or cached
	rm -rf output .broadsheet .bench dist $(VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.python:
	@for python in $(PYTHON); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null || { \
			echo "$$python has no venv module; install it (Debian: apt-get install python3-venv)" >&2; \
			exit 1; }; \
		"$$python" -m venv --clear $(VENV) && touch $@; exit; \
	done; \
	echo "Python 3.11 or later is needed; none of these is one: $(PYTHON) (name yours: make PYTHON=...)" >&2; \
	exit 1

$(VENV)/.site: $(VENV)/.python requirements.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-build-isolation --editable .
	@touch $@

# The examples of CommonMark and GFM are in the source of marko, and not in its wheel.
$(VENV)/.tests: $(VENV)/.site requirements-dev.lock
	$(INSTALL) --require-hashes --no-build-isolation -r requirements-dev.lock
	@sed -n '/^marko==/,/[^\\]$$/p' requirements-dev.lock > $(VENV)/marko.lock
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary marko \
		--no-build-isolation --require-hashes -r $(VENV)/marko.lock --dest $(VENV)/specifications
	@touch $@

# The browser tests' Chromium: there already, or installed where that needs no questions.
.PHONY: browser
browser:
	@found() { for name in $(BROWSERS); do command -v "$$name" >/dev/null && return; done; false; }; \
	found && exit; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -qq -y --no-install-recommends chromium fonts-noto-core >/dev/null; \
		found && exit; \
	fi; \
	echo "The browser tests need Chromium: install it (Debian: apt-get install chromium)," \
		"or name one in BROADSHEET_CHROMIUM." >&2; \
	[ -z "$$CI" ] && echo "Without it they are skipped, and named at the end." >&2
