# `make demo` and `make test` do everything on a fresh machine; see README.md.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv/bin
export PORT ?= 8000

.PHONY: demo stop test check fix bench sbom setup-demo setup-test erase

demo: setup-demo       ## site with demo region on 127.0.0.1:8000
	@$(VENV)/python -m scripts.demo start

stop:                  ## end what make demo started; data stay
	@if [ -x $(VENV)/python ]; then $(VENV)/python -m scripts.demo stop; fi

test: setup-test       ## everything; ONLY="tests/casework -x" for a part
	@$(VENV)/python -m scripts.check test $(ONLY)

check: setup-demo      ## the same without the tests
	@$(VENV)/python -m scripts.check check

fix: setup-demo        ## format and repair what can be repaired
	@$(VENV)/ruff check --fix-only --quiet . && $(VENV)/ruff format --quiet .

bench: setup-demo      ## every script of benchmarks/, one after another
	@$(VENV)/python -m scripts.check bench

sbom: setup-demo       ## lists of parts (CycloneDX) in .data/sbom
	@$(VENV)/python -m scripts.sbom

erase: stop            ## throw the demo data away
	@$(VENV)/python -m scripts.demo erase

setup-demo setup-test: setup-%:
	@test -n "$(PYTHON)" || { echo "Python 3.11 of nieuwer is nodig."; exit 1; }
	@$(PYTHON) -m scripts.setup $*
