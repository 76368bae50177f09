"""What a cold browser downloads to show a page: the page, its styles, scripts, images and fonts, as sent."""

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from sne.bench.pgbench import MesureImpossible
from sne.bench.web import Navigateur

ADRESSES_CSS = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
RELATIONS = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})
POLICES = (".woff2",)


class Liens(HTMLParser):
    """Addresses that a page makes its reader download at once."""

    def __init__(self) -> None:
        super().__init__()
        self.adresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        valeurs = {nom: valeur or "" for nom, valeur in attrs}
        if tag == "link" and RELATIONS & set(valeurs.get("rel", "").split()):
            self.adresses.append(valeurs.get("href", ""))
        elif tag in {"script", "img"} and valeurs.get("src"):
            self.adresses.append(valeurs["src"])


def poids_a_froid(navigateur: Navigateur, chemin: str) -> int:
    """Bytes on the wire for everything ``chemin`` needs, each thing once. Fonts of the styles all count.

    Raises :class:`MesureImpossible` when something is missing.
    """
    page, poids = _telecharger(navigateur, chemin)
    liens = Liens()
    liens.feed(page)
    vues: set[str] = set()
    a_voir = [urljoin(chemin, a) for a in liens.adresses]
    while a_voir:
        adresse = a_voir.pop()
        if adresse in vues or urlsplit(adresse).scheme == "data":
            continue
        vues.add(adresse)
        contenu, octets = _telecharger(navigateur, adresse)
        poids += octets
        if urlsplit(adresse).path.endswith(".css"):
            trouvees = (urljoin(adresse, a) for a in ADRESSES_CSS.findall(contenu))
            a_voir += [a for a in trouvees if urlsplit(a).path.endswith(POLICES)]
    return poids


def _telecharger(navigateur: Navigateur, adresse: str) -> tuple[str, int]:
    """Text and size as sent, compressed when the server knows how."""
    statut, _, recu = navigateur.demander("GET", adresse, compression=True)
    if statut != 200:
        raise MesureImpossible(f"{adresse} : statut {statut}.")
    clair = gzip.decompress(recu) if recu[:2] == b"\x1f\x8b" else recu
    return clair.decode("utf-8", errors="replace"), len(recu)
