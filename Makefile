.PHONY: run serve test test-fast drills long check bench mutants messages vendor requirements fmt
export PYTHON
py = .venv/bin/python

run: .venv/.base ; @exec $(py) -m config.embedded --demo
serve: .venv/.base ; @exec $(py) -m config.embedded
test: .venv/.dev ; @$(py) -m scripts.test $(if $(STRICT),--nothing-left-out)
test-fast: .venv/.dev ; @$(py) -m scripts.test --fast
drills: .venv/.dev ; @DRILL_LEASE_SECONDS=60 $(py) -m scripts.test --drills
long: .venv/.dev ; @$(py) -m scripts.test --long
check: .venv/.dev ; @$(py) -m scripts.check && BENCH_SCALE=small $(py) -m scripts.bench && $(MAKE) --no-print-directory test
bench: .venv/.dev ; @$(py) -m scripts.bench
mutants: .venv/.dev ; @$(py) -m scripts.mutants
messages: .venv/.dev ; @$(py) -m scripts.catalogue
vendor: .venv/.dev ; @$(py) -m scripts.vendor
requirements: .venv/.dev ; @sh scripts/requirements.sh
fmt: .venv/.dev ; @$(py) -m ruff format . && $(py) -m ruff check --fix . && .venv/bin/djade --target-version 5.2 $$(find templates -name '*.html')

.venv/.base: requirements/base.txt ; @sh scripts/venv.sh base
.venv/.dev: requirements/base.txt requirements/dev.txt ; @sh scripts/venv.sh dev
