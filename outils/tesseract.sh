#!/bin/sh
# The reading of texts is Debian's tesseract, in French: installs it as root when it is missing, else says what to install.
set -eu

command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx fra && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installation de tesseract (une seule fois)…" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update >/dev/null &&
        apt-get -qq install --no-install-recommends -y tesseract-ocr tesseract-ocr-fra >/dev/null && exit 0
fi
echo "Il manque tesseract pour les tests de lecture : installez-le avec « apt install tesseract-ocr tesseract-ocr-fra »." >&2
exit 1
