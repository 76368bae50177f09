"""Where a software may be called: the form of its address, and the machines that are never called. Pure."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

ADRESSE_MAX = 500  # signs
PORT_HTTPS, PREMIER_PORT_LIBRE = 443, 1024
REFUSES = (
    ip_network("64:ff9b::/96"),  # another network's way to IPv4, private ranges included
    ip_network("64:ff9b:1::/48"),
    ip_network("2002::/16"),
    ip_network("::/96"),  # IPv4 as IPv6 wrote it once
    ip_network("fec0::/10"),  # a site’s own, before fc00::/7
    ip_network("168.63.129.16/32"),  # metadata of a host, at an address that is public by its form
)


@dataclass(frozen=True, slots=True)
class Adresse:
    """An address that may be called, once its host is resolved. ``suite``: path and query."""

    schema: str
    hote: str
    port: int
    suite: str

    @property
    def texte(self) -> str:
        """As it is kept."""
        return f"{self.schema}://{self.autorite}{self.suite}"

    @property
    def autorite(self) -> str:
        """Host and port, as the ``Host`` header has them."""
        hote = f"[{self.hote}]" if ":" in self.hote else self.hote
        return hote if self.port == PORT_HTTPS and self.schema == "https" else f"{hote}:{self.port}"


def lire_adresse(texte: str, *, locale: bool) -> Adresse:
    """The address typed. ``locale``: a demonstration: this machine, without TLS too. Raises ``Interdit``."""
    try:
        lue = urlsplit(texte)
        hote, port = lue.hostname or "", lue.port
    except ValueError:
        raise _refus("elle n’est pas lisible") from None
    schemas = ("https", "http") if locale else ("https",)
    if len(texte) > ADRESSE_MAX or not texte.isascii() or any(signe <= " " for signe in texte):
        raise _refus(f"{ADRESSE_MAX} signes ASCII au plus, sans espace")
    if lue.scheme not in schemas or not hote:
        raise _refus("une adresse complète en https est attendue")
    if lue.username is not None or lue.password is not None or lue.fragment:
        raise _refus("ni compte, ni mot de passe, ni ancre")
    port = PORT_HTTPS if port is None else port
    if port != PORT_HTTPS and port < PREMIER_PORT_LIBRE:
        raise _refus(f"le port est {PORT_HTTPS}, ou {PREMIER_PORT_LIBRE} et au-delà")
    suite = (lue.path or "/") + (f"?{lue.query}" if lue.query else "")
    return Adresse(lue.scheme, hote, port, suite)


def est_appelable(ip: str, *, locale: bool) -> bool:
    """Whether a machine may be called: a public one; in a demonstration, this one alone besides."""
    lue: IPv4Address | IPv6Address = ip_address(ip.partition("%")[0])
    if isinstance(lue, IPv6Address) and lue.ipv4_mapped:
        lue = lue.ipv4_mapped
    if lue.is_loopback:
        return locale
    return (
        lue.is_global
        and not lue.is_multicast
        and not any(lue.version == reseau.version and lue in reseau for reseau in REFUSES)
    )


def _refus(quoi: str) -> Interdit:
    return Interdit(f"Adresse{INSECABLE}: {quoi}. Corrigez-la.", champ="adresse")
