# Two commands: `make lab` to learn, `make test` to verify. `make` alone lists the others.
#
# Everything lands in one virtual environment, .venv, and a stamp file there says what is installed,
# so that repeating a command sets nothing up again. To use an environment that you manage yourself
# (conda, a container), say where its programs are and switch the stamps off:
#     make test BIN=$CONDA_PREFIX/bin STAMP=

PYTHON ?= python3
VENV ?= .venv
BIN ?= $(VENV)/bin
STAMP ?= $(VENV)/.stamp
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

# Programs are run as `python -m NAME`: the scripts in bin/ break in long or moved paths.
RUN := "$(BIN)/python"
PYTEST := $(RUN) -m pytest
LAB_STAMP := $(if $(STAMP),$(STAMP)-lab)
DEV_STAMP := $(if $(STAMP),$(STAMP)-dev)

# One BLAS thread makes times and last digits repeatable; BPCOURSE_QUIET keeps progress bars out of outputs.
QUIET := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 BPCOURSE_QUIET=1
NBVAL := --nbval-current-env --nbval-cell-timeout=60 --nbval-sanitize-with=tests/nbval.cfg -n 2 --dist loadfile

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help lab test check lint unit mistakes reproductions notebooks build mutants browser wheel wheel-test benchmarks lock clean

help:  ## List the commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-18s %s\n' "$$name" "$$text"; done

lab: $(LAB_STAMP)  ## Open the course in JupyterLab, in your own copy, my-course/
	$(RUN) -m bpcourse lab $(ARGS)

test: check mistakes reproductions notebooks  ## Verify everything: check + mistakes + reproductions + notebooks

check: lint unit  ## The fast part: style, imports between floors, unit and equation tests

lint: $(DEV_STAMP)
	$(RUN) -m ruff check .
	$(RUN) -c "from importlinter.cli import lint_imports_command as command; command()" --no-logo

unit: $(DEV_STAMP)
	$(QUIET) $(PYTEST) -m "not slow and not browser" --doctest-modules bpcourse tests/unit tests/equations tests/setup

mistakes: $(DEV_STAMP)  ## Every known mistake gets its own message, every right answer passes
	$(QUIET) $(PYTEST) -s tests/mistakes tests/right_answers

reproductions: $(DEV_STAMP)  ## Published results, run again: every number in its band, the page in docs/ as computed
	$(QUIET) $(PYTEST) tests/reproductions

notebooks: $(DEV_STAMP)  ## Run every notebook and compare every output with the stored one
	$(QUIET) $(PYTEST) --nbval $(NBVAL) notebooks solutions
	$(QUIET) $(PYTEST) --nbval-lax $(NBVAL) exercises
	$(QUIET) $(PYTEST) -m "not slow and not browser" tests/notebooks

build: $(DEV_STAMP)  ## Build notebooks/, exercises/ and solutions/ from sources/
	$(QUIET) $(RUN) tools/build.py $(ARGS)

mutants: $(DEV_STAMP)  ## Change formulas, answers and outputs, one place at a time: tests and checks must notice
	$(QUIET) $(RUN) tools/mutants.py $(ARGS)

browser: $(DEV_STAMP)  ## Open the course in headless Chromium
	$(QUIET) CHROMIUM="$(CHROMIUM)" $(PYTEST) -m browser tests

wheel: $(DEV_STAMP)  ## Build dist/bpcourse-*.whl: lessons and exercises inside, solutions not
	$(RUN) -m pip wheel --quiet --no-index --no-deps --no-build-isolation --wheel-dir dist .

wheel-test: $(DEV_STAMP)  ## Install the wheel into an empty environment and open the course there
	$(QUIET) $(PYTEST) -m slow tests/setup/test_wheel.py

benchmarks: $(DEV_STAMP)  ## Time the mathematics, as ratios to the matrix products it cannot avoid
	$(QUIET) $(RUN) benchmarks/step.py $(ARGS)
	$(QUIET) $(RUN) benchmarks/checks.py

# No address of a package index gets into a lock: it is valid wherever the packages come from.
LOCK := -m uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--python-version 3.11 --custom-compile-command "make lock" pyproject.toml --extra build

lock: $(DEV_STAMP)  ## Lock the newest allowed version of every dependency, with hashes
	$(RUN) $(LOCK) --output-file requirements.lock
	$(RUN) $(LOCK) --extra dev --constraints requirements.lock --output-file requirements-dev.lock

clean:  ## Remove what the commands made (the environment too), but never my-course/
	rm -rf "$(VENV)" dist _build .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# Two steps, because pip takes no folder where it demands hashes; the second one asks no index for anything.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "bpcourse needs Python 3.11 or newer; $(PYTHON) is older or missing. Name another one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv "$(VENV)" || \
		{ echo "The module venv is missing; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
endef

ifneq ($(STAMP),)
$(LAB_STAMP): requirements.lock pyproject.toml
	$(call install,requirements.lock)
	@touch "$@"

# What maintainers need contains what learners need.
$(DEV_STAMP): requirements-dev.lock pyproject.toml
	$(call install,requirements-dev.lock)
	@touch "$(LAB_STAMP)" "$@"
endif
