#!/bin/sh
# What a production runs beside the service, from Debian's packages, unpacked in .outils/production: nothing is installed.
set -eu
cd "$(dirname "$0")/.."
DOSSIER=.outils/production
PAQUETS="nginx haproxy pgbouncer pgbackrest etcd-server etcd-client prometheus promtool liblua5.4-0 libopentracing-c-wrapper0t64 libopentracing1 libcares2 libnginx-mod-http-brotli-static libbrotli1"

[ -e "$DOSSIER/complet" ] && exit 0
command -v apt-get >/dev/null 2>&1 || { echo "Il manque apt-get : ces essais se font sous Debian." >&2; exit 1; }
echo "Téléchargement de nginx, HAProxy, PgBouncer, pgBackRest, etcd et Prometheus (une seule fois)…" >&2
rm -rf "$DOSSIER" && mkdir -p "$DOSSIER/paquets"
[ "$(id -u)" != 0 ] || apt-get -qq update >/dev/null
(cd "$DOSSIER/paquets" && apt-get -qq download $PAQUETS 2>/dev/null)
for paquet in "$DOSSIER"/paquets/*.deb; do dpkg -x "$paquet" "$DOSSIER"; done
rm -r "$DOSSIER/paquets"
touch "$DOSSIER/complet"
