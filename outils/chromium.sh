#!/bin/sh
# The journeys run in Debian's Chromium: installs it as root when it is missing, else says what to install.
set -eu

command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installation de chromium (une seule fois)…" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update >/dev/null && apt-get -qq install --no-install-recommends -y chromium >/dev/null && exit 0
fi
echo "Il manque Chromium pour les parcours à l’écran : installez-le avec « apt install chromium »." >&2
exit 1
