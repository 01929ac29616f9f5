# `just` runs everything that CI runs; `just --list` tells the rest.
bin := if os_family() == "windows" { ".venv/Scripts/" } else { ".venv/bin/" }
pins := "--universal --generate-hashes --no-annotate --no-header --no-emit-index-url"

# format, lint, types, layers, tests
default: format lint types layers tests

# make .venv with everything that development needs
install:
    python3 -m venv .venv
    {{bin}}python -m pip install -r requirements/dev.txt
    {{bin}}python -m pip install --no-deps --no-build-isolation -e .

format:
    {{bin}}ruff format .

lint:
    {{bin}}ruff check .

types:
    {{bin}}mypy

layers:
    {{bin}}lint-imports

# `just tests tests/store -k undo` runs some of them
tests *which:
    {{bin}}python -m pytest -n 2 {{which}}

# the tests that take minutes: kills, faults at every step
long:
    {{bin}}python -m pytest -n 2 -m long

# meetings over Syncthing, rclone, unison and git, whichever are installed
carriers:
    {{bin}}python -m pytest -m carriers

# the merge against its definition: 4,000 teams of laptops
proof:
    KMTUI_PROOF=4000 {{bin}}python -m pytest tests/proof

# TinyDB's own tests against our storage and tables
tinydb:
    {{bin}}python .ci/tinydb_suite.py

# one measuring program: just bench saving --sessions 1000
bench name *options:
    {{bin}}python -m bench.{{name}} {{options}}

# renew the Thai and English catalogues from the code, and compile them
words:
    {{bin}}python -m tests.catalogues

# keep a notebook as this version leaves it, before a release: just keep-view 1.0
keep-view version:
    {{bin}}python -m tests.kept_view {{version}}

# draw the pictures of the manual from the app itself
pictures:
    {{bin}}python docs/pictures/make.py

# everything once more in a new environment, as CI does it
ci:
    .ci/run

# what is handed on: dist/*.whl and dist/*.tar.gz, the same bytes at every build
packages:
    {{bin}}python .ci/packages.py

# pin what is installed; needs uv. `just lock --upgrade` takes newer versions
lock *how:
    uv pip compile pyproject.toml --extra dev --extra secure --extra office --extra web {{pins}} {{how}} -o requirements/dev.txt
    uv pip compile pyproject.toml {{pins}} -c requirements/dev.txt {{how}} -o requirements/run.txt
    uv pip compile pyproject.toml --extra secure {{pins}} -c requirements/dev.txt {{how}} -o requirements/secure.txt
    uv pip compile pyproject.toml --extra office {{pins}} -c requirements/dev.txt {{how}} -o requirements/office.txt
    uv pip compile pyproject.toml --extra web {{pins}} -c requirements/dev.txt {{how}} -o requirements/web.txt
    {{bin}}python .ci/packages.py --needs | uv pip compile - {{pins}} -o requirements/build.txt
