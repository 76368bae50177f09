"""Calling a subscriber: its host is resolved here, the address checked, and the connection made to that very address.

No proxy, no redirect, no cookie, ten seconds in all; of an answer only its status is read, but for a challenge.
"""

import logging
import socket
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from sne.flux.rules.adresses import Adresse, est_appelable, lire_adresse
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE
from sne.socle.sortie import borner, tracer

if TYPE_CHECKING:
    import httpx2

SECONDES = 10.0
DEFI_OCTETS_MAX = 1024


class SansReponse(Exception):
    """The subscriber was not reached, or did not answer."""


def appeler(adresse: str, corps: bytes, entetes: Mapping[str, str]) -> int:
    """Post once; the status of the answer. Raises ``Interdit`` (not to be called), :class:`SansReponse`."""
    return _poster(adresse, corps, entetes, lire=False)[0]


def appeler_et_lire(adresse: str, corps: bytes, entetes: Mapping[str, str]) -> bytes:
    """The same, and the first bytes of the answer; nothing unless it is a 2xx."""
    return _poster(adresse, corps, entetes, lire=True)[1]


def resoudre(adresse: Adresse) -> str:
    """The machine to call. Every one that the name gives has to be callable. Raises ``Interdit``, ``SansReponse``."""
    try:
        trouvees = socket.getaddrinfo(adresse.hote, adresse.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SansReponse("unknown host") from None
    ips = [str(reste[0]) for *_, reste in trouvees]
    if not ips or not all(est_appelable(ip, locale=settings.DEMONSTRATION) for ip in ips):
        raise Interdit(
            f"Adresse{INSECABLE}: cette machine n’est pas sur l’internet public. Donnez-en une autre.",
            champ="adresse",
        )
    return ips[0]


def _poster(adresse: str, corps: bytes, entetes: Mapping[str, str], *, lire: bool) -> tuple[int, bytes]:
    import httpx2  # noqa: PLC0415 - a process that calls nobody does without its memory

    lue = lire_adresse(adresse, locale=settings.DEMONSTRATION)
    ip = resoudre(lue)
    machine = f"[{ip}]" if ":" in ip else ip
    try:
        with (
            borner(SECONDES) as suivre,
            client().stream(
                "POST",
                f"{lue.schema}://{machine}:{lue.port}{lue.suite}",
                content=corps,
                headers={**entetes, "Host": lue.autorite},
                # the certificate is that of the name, not of the machine
                extensions={"sni_hostname": lue.hote, "trace": tracer(suivre)},
            ) as recue,
        ):
            if not lire or not recue.is_success:
                return recue.status_code, b""
            morceaux = bytearray()
            for morceau in recue.iter_raw():
                morceaux += morceau
                if len(morceaux) > DEFI_OCTETS_MAX:
                    break
            return recue.status_code, bytes(morceaux[:DEFI_OCTETS_MAX])
    except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError):
        raise SansReponse("no answer") from None


@lru_cache(maxsize=1)
def client() -> "httpx2.Client":
    """The client of this process, apart from that of the State's services."""
    import httpx2  # noqa: PLC0415 - see above

    for bavard in ("httpx2", "httpcore2"):
        logging.getLogger(bavard).setLevel(logging.WARNING)
    return httpx2.Client(
        headers={"User-Agent": "sne-flux", "Accept-Encoding": "identity"},
        follow_redirects=False,
        trust_env=False,
        timeout=SECONDES,
        limits=httpx2.Limits(
            max_keepalive_connections=0
        ),  # each call is to the address that was just checked
    )
