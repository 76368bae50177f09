#!/bin/sh
# The other engine of statistics runs on Java: installs Debian's as root when it is missing, else says what to install.
set -eu

command -v java >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installation de Java (une seule fois)…" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update >/dev/null && apt-get -qq install --no-install-recommends -y default-jre-headless >/dev/null && exit 0
fi
echo "Il manque Java pour les essais du second moteur : installez-le avec « apt install default-jre-headless »." >&2
exit 1
