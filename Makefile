# Needs make and Python 3.11 or newer; the rest is installed into .venv.

VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

# The first of these that runs, is new enough and can make a virtual environment.
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11 python

.PHONY: help demo test parity bench lint golden clean

help:
	@echo "make demo     compile specs/ecom.toml, run the script, show some rows"
	@echo "make test     run the tests"
	@echo "make parity   run all specs on every engine, show that the rows are the same"
	@echo "make bench    measure speed and memory, write benchmarks/RESULTS.md (25 minutes)"
	@echo "make lint     style, types, import layers"
	@echo "make golden   accept what the compiler emits now as the golden files"
	@echo "make clean    remove the environment, caches and output"

# Stamp files, so that a second make installs nothing. pip needs no --upgrade here: it
# changes only what pyproject.toml no longer allows.

$(BIN)/python:
	@for python in $(PYTHONS); do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
	    >/dev/null 2>&1; then \
	    echo "creating $(VENV) with $$($$python --version)"; \
	    exec $$python -m venv $(VENV); \
	  fi; \
	done; \
	echo "error: no Python 3.11 or newer (with its venv module) was found;" >&2; \
	echo "       tried: $(PYTHONS)" >&2; \
	echo "       install one, or name it: make PYTHONS=/path/to/python3.12" >&2; \
	exit 1

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "installing scaffold into $(VENV)"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "installing scaffold and what its tests need into $(VENV)"
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/.installed

define SHOW
import pathlib, polars
polars.Config(tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, tbl_cols=-1, tbl_width_chars=120)
for folder in sorted(pathlib.Path("output/ecom").iterdir()):
    print(f"\n{folder}", polars.scan_parquet(folder / "*.parquet").head(5).collect(), sep="\n")
endef
export SHOW

demo: $(VENV)/.installed
	$(BIN)/scaffold specs/ecom.toml --yes --out generated
	$(BIN)/python generated/ecom/generate_data.py --output output/ecom
	@$(BIN)/python -c "$$SHOW"

# The real client of Databricks, which shares no environment with PySpark. Each of its releases
# is for one Python; where there is none for this one, the tests that want it say so.
.venv-connect/.installed: tests/engines/connect-*.txt | $(BIN)/python
	@rm -rf .venv-connect && mkdir .venv-connect
	@needs=tests/engines/connect-$$($(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])').txt; \
	if [ -f $$needs ]; then \
	  echo "installing databricks-connect into .venv-connect" && \
	  $(BIN)/python -m venv .venv-connect && \
	  .venv-connect/bin/python -m pip --disable-pip-version-check --quiet install -r $$needs; \
	fi
	@touch $@

test: $(VENV)/.installed-dev .venv-connect/.installed
	$(BIN)/python -m pytest -n 2

parity: $(VENV)/.installed-dev
	$(BIN)/python -m tests.support.parity

# Some parts only: make bench PARTS="writing growth". Other programs: their packages are
# installed into environments below build/.
bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks $(PARTS)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/black --check benchmarks compiler templates/script/library tests
	$(BIN)/mypy
	$(BIN)/lint-imports

golden: $(VENV)/.installed-dev
	$(BIN)/scaffold schema > specs/spec.schema.json
	UPDATE_GOLDEN=1 $(BIN)/python -m pytest tests/golden tests/cases
	@echo "now look at: git diff"

clean:
	rm -rf $(VENV) .venv-connect output build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find compiler tests -name __pycache__ -type d -prune -exec rm -rf {} +
