#!/bin/sh
# What a production runs beside the service, from Debian's packages, unpacked in .outils/production: nothing is installed.
#   sh outils/production.sh [--patroni]
#   sh outils/production.sh --conteneur    what makes and runs an image too: installed, as root, unlike the rest
set -eu
cd "$(dirname "$0")/.."
DOSSIER=.outils/production
PAQUETS="nginx haproxy pgbouncer pgbackrest etcd-server etcd-client prometheus promtool prometheus-node-exporter liblua5.4-0 libopentracing-c-wrapper0t64 libopentracing1 libcares2 libnginx-mod-http-brotli-static libbrotli1 chrony libedit2 rsyslog rsyslog-relp librelp0 libsystemd0 liblognorm5 libestr0 libfastjson4 postgresql-17 postgresql-client-17 libpq5"  # the wheel of the demonstration speaks no TLS

# Patroni too, of the index of Python's packages, in an environment of its own: nothing of the service's is there.
[ "${1:-}" != --patroni ] || PATH="$PWD/.outils/bin:$PATH" UV_PROJECT_ENVIRONMENT=.outils/patroni \
    uv sync --quiet --locked --only-group patroni --no-install-project --python "$PWD/.venv/bin/python"
conteneur() {
    podman --version >/dev/null 2>&1 && crun --version >/dev/null 2>&1 && command -v mmdebstrap >/dev/null && return
    [ "$(id -u)" = 0 ] || { echo "Il manque podman, crun ou mmdebstrap : apt install podman crun mmdebstrap" >&2; exit 1; }
    echo "Installation de podman, crun et mmdebstrap (une seule fois)…" >&2
    apt-get -qq update >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y podman crun mmdebstrap >/dev/null
}
[ "${1:-}" != --conteneur ] || conteneur
[ "$(cat "$DOSSIER/complet" 2>/dev/null)" != "$PAQUETS" ] || exit 0
command -v apt-get >/dev/null 2>&1 || { echo "Il manque apt-get : ces essais se font sous Debian." >&2; exit 1; }
echo "Téléchargement de nginx, HAProxy, PgBouncer, pgBackRest, etcd, PostgreSQL, chrony, rsyslog et Prometheus (une seule fois)…" >&2
rm -rf "$DOSSIER" && mkdir -p "$DOSSIER/paquets"
[ "$(id -u)" != 0 ] || apt-get -qq update >/dev/null
(cd "$DOSSIER/paquets" && apt-get -qq download $PAQUETS 2>/dev/null)
for paquet in "$DOSSIER"/paquets/*.deb; do dpkg -x "$paquet" "$DOSSIER"; done
rm -r "$DOSSIER/paquets"
printf "%s\n" "$PAQUETS" >"$DOSSIER/complet"
