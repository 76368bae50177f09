#!/bin/sh
# Every check of the project, cheapest first; stops at the first that fails. With --tests, the test suite comes last,
# so that the last line printed is pytest's own summary.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export PATH

etape() { printf '%s\n' "— $1"; shift; "$@"; }

if [ "${SNE_ESSAIS:-}" != pret ]; then
    # One server for everything that needs one: the embedded one, or that of DATABASE_URL.
    exec env SNE_ESSAIS=pret python -m sne.socle.postgres avec -- sh outils/controler.sh "$@"
fi

etape "style" ruff check --quiet
etape "mise en forme" ruff format --check --quiet
etape "types" mypy sne config
etape "types des outils" mypy --explicit-package-bases outils
etape "dépendances entre modules" lint-imports --no-logo
etape "migrations à jour" env DJANGO_SETTINGS_MODULE=config.settings.test django-admin makemigrations --check --dry-run
etape "décisions livrées, décisions prouvées" python outils/decisions.py
[ "${1:-}" = --tests ] || exit 0

# One file, one process: what a file prepares for its tests (a demonstration, a crowd) is prepared once.
etape "tests" pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term-missing:skip-covered
