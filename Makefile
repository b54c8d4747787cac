# The whole house in a few words; `make help` lists them. Needs Python 3.11 or newer (with venv) and make.
# Windows, or no make: two plain lines in README.md do the same as `make site`.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PYTEST := $(PY) -m pytest --numprocesses auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder --durations 20
QUICK := tests/ingest tests/analysis tests/project workreport/model workreport/ingest workreport/analysis workreport/project
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
BESIDE := .venv-zensical .venv-validators .venv-citations
RECOGNIZERS := .venv-recognizers
LOCK := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
        --no-emit-index-url --no-annotate --no-header

.PHONY: help desk fuzz kills site serve quick test test-all coverage corpus lint format lock bench bench-figures bench-look bench-search bench-collection bench-scale wheel wheelhouse clean distclean
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

site: $(VENV)/.runtime ## reports/ to docs/, site/ and archive/
	$(PY) build.py

serve: $(VENV)/.runtime ## live preview; rebuilds when a report, template or word list changes
	$(PY) build.py serve

desk: $(VENV)/.desk ## the publisher's desk in a browser: [DESK=FOLDER]
	$(PY) build.py desk $(DESK)

quick: $(VENV)/.dev ## reading, analysing, lint, types: no browser, no whole site (under a minute)
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) -m pytest -q -m "not site and not browser and not long" $(QUICK)

test: $(VENV)/.dev $(VENV)/.browser ## each promise on one report, in a real browser too (under 5 minutes)
	$(PYTEST) -m "not long"

test-all: $(VENV)/.dev $(VENV)/.browser $(BESIDE:=/.ready) ## all tests (under 40 minutes)
	$(PYTEST)

coverage: $(VENV)/.dev $(VENV)/.browser $(BESIDE:=/.ready) ## how many lines of workreport/ `make test` and `make test-all` run
	$(PYTEST) -m "not long" --cov --cov-report=term
	$(PYTEST) --cov --cov-report=term

lint: $(VENV)/.dev ## ruff, mypy --strict, the import contract, ARCHITECTURE.md
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) tools/architecture.py --check

format: $(VENV)/.dev ## let ruff set the code
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(VENV)/.dev ## what a build costs
	$(PY) benchmarks/build_cost.py

bench-search: $(VENV)/.dev $(VENV)/.browser ## what the search finds and costs, beside four others (needs Node.js)
	$(PY) benchmarks/search/one_report.py

bench-collection: $(VENV)/.dev $(VENV)/.browser ## what the search of 600 reports loads (texts from WORKREPORT_SHARED)
	$(PY) benchmarks/search/many_reports.py

SCALE ?= --reports 31
bench-scale: $(VENV)/.dev ## what a build of many reports takes (texts from WORKREPORT_SHARED): FOLDER=… [SCALE="--reports 31 139"]
	$(PY) benchmarks/scale.py $(FOLDER) $(SCALE)

bench-look: $(VENV)/.dev $(VENV)/.browser ## what Lighthouse says of the pages, beside plain Material (needs Node.js)
	$(PY) benchmarks/lighthouse.py

bench-figures: $(VENV)/.dev $(RECOGNIZERS)/.ready ## how fast figures are read, against Recognizers-Text: [CORPUS=FOLDER]
	$(PY) benchmarks/figures.py $(if $(CORPUS),--corpus $(CORPUS))

FUZZ ?= --minutes 10
fuzz: $(VENV)/.dev ## damaged and invented files into every reader, TOML, archives, search (ten minutes): [FUZZ="--minutes 1 --target html"]
	$(PY) tools/fuzz.py $(FUZZ)

kills: $(VENV)/.dev ## commands killed at random moments: nothing is lost, nothing is half (an hour): [KILLS="--builds 20"]
	$(PY) tools/kills.py $(KILLS)

SITES ?= province-guangdong-2026 province-hainan-2026 state-guowuyuan-2024-wikisource
corpus: $(VENV)/.dev $(VENV)/.browser ## any folder of reports as a table, and those of SITES that it holds as checked sites: CORPUS=FOLDER
	$(PY) tools/corpus.py $(CORPUS) --sites .workreport/corpus $(foreach name,$(SITES),$(basename $(notdir $(wildcard $(CORPUS)/$(name).*))))

wheel: $(VENV)/.dev ## dist/*.whl
	$(PY) -m hatchling build -t wheel

WHEELHOUSE ?= windows linux-x86_64
wheelhouse: $(VENV)/.dev ## wheelhouse/: what the desk needs, for machines without a network: [WHEELHOUSE="macos-arm64"]
	$(PY) tools/wheelhouse.py --platform $(WHEELHOUSE)

lock: ## new versions into the lock files (needs uv)
	$(LOCK) --upgrade pyproject.toml -o requirements/runtime.lock
	$(LOCK) --upgrade -c requirements/runtime.lock --extra desk pyproject.toml -o requirements/desk.lock
	$(LOCK) --upgrade -c requirements/desk.lock --extra desk --group dev pyproject.toml -o requirements/dev.lock
	echo zensical==0.0.73 | $(LOCK) --upgrade - -o requirements/zensical.lock
	printf 'csvw\nfrictionless[excel]\ndplib-py\nbagit\nwacz\nroc-validator\nrocrate==0.15.*\nwarcio\nepubcheck\n' | $(LOCK) --upgrade - -o requirements/validators.lock
	printf 'bibtexparser==2.*\nciteproc-py\npybtex\npypandoc_binary\nrispy\n' | $(LOCK) --upgrade - -o requirements/citations.lock
	printf 'recognizers-text-suite\nemoji<2\n' | $(LOCK) --prerelease allow --upgrade - -o requirements/recognizers.lock

clean: ## outputs and caches away; reports/ and docs/ stay
	rm -rf site archive dist build .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.venv*' -prune -exec rm -rf {} +

distclean: clean ## clean, and the environments too
	rm -rf $(VENV) $(BESIDE) $(RECOGNIZERS)

# Set-up runs once: each stamp is older than its lock file only when the lock has changed.
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "workreport needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python has no venv here; on Debian: apt install python3-venv" >&2; exit 1; }

$(VENV)/.runtime: requirements/runtime.lock | $(PY)
	@echo "setting up $(VENV) (once)"
	@$(PIP) -r requirements/runtime.lock
	@$(PY) -c 'import os, sysconfig; at = sysconfig.get_path("purelib"); print(os.path.relpath(".", at), file=open(os.path.join(at, "workreport.pth"), "w"))'
	@touch $@

$(VENV)/.desk: requirements/desk.lock $(VENV)/.runtime
	@echo "setting up what the desk needs (once)"
	@$(PIP) -r requirements/desk.lock
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.runtime
	@echo "setting up what the tests need (once)"
	@$(PIP) -r requirements/dev.lock
	@touch $@

$(VENV)/.browser: tools/browser.py $(VENV)/.dev
	@$(PY) tools/browser.py --install
	@touch $@

.venv-%/.ready: requirements/%.lock
	@echo "setting up .venv-$* (once)"
	@$(PYTHON) -m venv .venv-$*
	@.venv-$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.lock
	@touch $@
