"""Whether an outside address still answers: asked once a week, from outside any transaction."""

import ipaddress
import socket
from urllib.parse import urlsplit

from sne.socle.sortie import Bornes, Envoi, EnvoiEchoue, demander

BORNES = Bornes(connexion=5, lecture=5, total=10, octets_max=1)
VIVANTS = range(200, 400)


def repond(adresse: str) -> bool:
    """Whether it answers, or leads elsewhere. A machine that is not on the public internet is not asked."""
    try:
        hote = urlsplit(adresse).hostname or ""
        ips = {str(reste[0]) for *_, reste in socket.getaddrinfo(hote, 443, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError, ValueError):
        return False
    if not ips or not all(ipaddress.ip_address(ip).is_global for ip in ips):
        return False
    try:
        return demander(Envoi(adresse, BORNES, lus=frozenset())).statut in VIVANTS
    except EnvoiEchoue:
        return False
