#!/bin/sh
# Makes .venv match uv.lock: finds a Python >= 3.12, finds or installs uv, synchronises. Safe to run at every make.
#
#   sh outils/preparer.sh          what the service needs (keeps the tools of the tests when they are there)
#   sh outils/preparer.sh --dev    the same, and the tools of the tests; where Java is present, the other engine of
#                                  statistics too, half a gigabyte
#
# Needs git, make and Python only: when this Python has neither pip nor ensurepip (a bare Debian), pip comes from
# Debian's own package, unpacked in .outils/ without being installed.
set -eu
cd "$(dirname "$0")/.."

dire() { printf '%s\n' "$*" >&2; }
echouer() { dire "$*"; exit 1; }

# A candidate may be too old, or a shim that answers nothing: each is judged by running it.
trouver_python() {
    for candidat in ${PYTHON:-} python3.14 python3.13 python3.12 python3 \
        /usr/bin/python3 /usr/bin/python3.14 /usr/bin/python3.13 /usr/bin/python3.12 /usr/local/bin/python3; do
        chemin=$("$candidat" -c 'import sys, ssl, ctypes; assert sys.version_info >= (3, 12); print(sys.executable)' \
            2>/dev/null) || continue
        [ -n "$chemin" ] && { printf '%s\n' "$chemin"; return 0; }
    done
    return 1
}

# pip as a command line, by decreasing simplicity: the interpreter's, ensurepip's wheel, Debian's wheel unpacked here.
trouver_pip() {
    if "$python" -m pip --version >/dev/null 2>&1; then
        printf '%s\n' "-m pip"
        return 0
    fi
    roue=$("$python" -c 'import ensurepip, pathlib
print(next((pathlib.Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl")))' 2>/dev/null) || roue=
    [ -n "$roue" ] || roue=$(ls /usr/share/python-wheels/pip-*.whl 2>/dev/null | tail -n 1)
    [ -n "$roue" ] || roue=$(roue_de_debian)
    [ -n "$roue" ] || return 1
    printf '%s\n' "$roue/pip"
}

roue_de_debian() {
    command -v apt-get >/dev/null 2>&1 || return 0
    mkdir -p .outils/debian
    (
        cd .outils/debian
        apt-get -qq download python3-pip-whl >/dev/null 2>&1 || {
            [ "$(id -u)" = 0 ] || exit 0
            apt-get -qq update >/dev/null 2>&1 || exit 0
            apt-get -qq download python3-pip-whl >/dev/null 2>&1 || exit 0
        }
        dpkg-deb -x python3-pip-whl_*.deb .
        ls "$PWD"/usr/share/python-wheels/pip-*.whl | tail -n 1
    )
}

trouver_uv() {
    if uv --version >/dev/null 2>&1; then
        command -v uv
        return 0
    fi
    voulue=$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' outils/uv.txt)
    case "$(.outils/bin/uv --version 2>/dev/null)" in
        "uv $voulue"*) ;;
        *) installer_uv ;;
    esac
    printf '%s\n' "$PWD/.outils/bin/uv"
}

installer_uv() {
    dire "Installation de uv $voulue dans .outils/ (une seule fois)…"
    rm -rf .outils
    pip=$(trouver_pip) || echouer "Il manque pip à $python : installez-le avec « apt install python3-venv »."
    # shellcheck disable=SC2086  # "-m pip" is two words on purpose
    PIP_ROOT_USER_ACTION=ignore "$python" $pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
        --target .outils --requirement outils/uv.txt >&2 \
        || echouer "uv n’a pas pu être installé : vérifiez l’accès au dépôt de paquets, ou installez uv vous-même."
}

# The archive of the public client of the vendors' interface: read by the tests, never part of the project.
prendre_le_client_public() {
    voulu=$(sed -n 's/^libsne==\([^ ]*\).*/\1/p' outils/interop.txt)
    [ -f ".outils/interop/libsne-$voulu.tar.gz" ] && return 0
    pip=$(trouver_pip) || echouer "Il manque pip à $python : installez-le avec « apt install python3-venv »."
    # shellcheck disable=SC2086  # "-m pip" is two words on purpose
    "$python" $pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: --require-hashes \
        --dest .outils/interop --requirement outils/interop.txt >&2 \
        || echouer "Le client public de l’interface n’a pas pu être pris : vérifiez l’accès au dépôt de paquets."
}

python=$(trouver_python) || echouer "Il faut Python 3.12 ou plus : installez-le avec « apt install python3 »."
uv=$(trouver_uv)
[ -n "$uv" ] || exit 1

# The State's networks often re-sign TLS: trust the system's certificates. Never fetch an interpreter.
export UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never
unset VIRTUAL_ENV
bavardage=--quiet
[ -d .venv ] || { bavardage=; dire "Installation des dépendances dans .venv/ (une seule fois)…"; }
case "${1:-}" in
    --dev) prendre_le_client_public ;;
esac
case "${1:-}" in
    --dev)
        moteur=
        command -v java >/dev/null 2>&1 && moteur="--group spark"
        # shellcheck disable=SC2086  # nothing, or two words
        exec "$uv" sync $bavardage --locked --python "$python" --extra lac --group demo --group interop $moteur
        ;;
    *) exec "$uv" sync $bavardage --locked --python "$python" --extra lac --no-dev --group demo --inexact ;;
esac
