PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?=

.PHONY: katex demo train-demo test lint bench clean

# needs no more than the core, which installs in seconds
demo: $(if $(wildcard $(VENV)/ready),$(VENV)/ready,$(VENV)/core) katex
	$(BIN)/clr demo --html report.html

train-demo: $(VENV)/ready
	$(BIN)/clr train demo

# typesets mathematics in the audit page; without npm the page shows it as it was written
katex:
	test -d clr/render/katex || .ci/katex.sh || echo "no KaTeX: npm is missing or cannot download" >&2

test: lint katex
	$(BIN)/python -m pytest -q $(if $(CI),,-m "not slow")

# mypy cannot follow the __path__ of a checkout; give it the wheel's layout as a tree of links
lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	rm -rf build/types && mkdir -p build/types/clr
	ln -s "$(CURDIR)"/clr/* build/types/clr/
	ln -s $(foreach folder,$(wildcard verifiers sandbox training benchmarks),"$(CURDIR)/$(folder)") build/types/clr/
	$(BIN)/mypy

bench: $(VENV)/ready
	$(BIN)/clr bench throughput $(if $(DATA),--data $(DATA))
	$(if $(DATA),$(BIN)/clr bench processbench --data $(DATA))
	$(if $(DATA),$(BIN)/clr bench processbench --data $(DATA) --profile thorough)

$(VENV)/core: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -c constraints.txt -e .
	touch $@

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info clr/render/katex
