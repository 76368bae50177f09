#!/bin/sh
# The antivirus of the tests is Debian's clamd, with signatures of the tests: installs it as root when it is missing.
set -eu

command -v clamd >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installation de clamav-daemon (une seule fois)…" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update >/dev/null && apt-get -qq install --no-install-recommends -y clamav-daemon >/dev/null && exit 0
fi
echo "Il manque clamd pour les tests de l’antivirus : installez-le avec « apt install clamav-daemon »." >&2
exit 1
