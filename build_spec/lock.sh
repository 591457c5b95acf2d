#!/usr/bin/env bash
# Write the lock files anew from pyproject.toml and package.json: every platform, every hash,
# no address. Arguments go to uv, such as `--upgrade-package lxml`; without one, all are upgraded.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

[[ -x build/lock/bin/uv ]] || "${PYTHON:-python3}" -m venv build/lock
build/lock/bin/pip install --quiet --upgrade uv

[[ $# -gt 0 ]] || set -- --upgrade
compile() {
    build/lock/bin/uv pip compile pyproject.toml --quiet --universal --generate-hashes \
        --no-emit-index-url --no-annotate --no-header --group build "$@"
}
compile --output-file requirements.lock "$@"
compile --output-file requirements-dev.lock --group dev --constraint requirements.lock "$@"
! command -v npm >/dev/null || npm install --package-lock-only --silent
