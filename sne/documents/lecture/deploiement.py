"""What a page unfolds into: a form drawn twenty times, each drawing twenty others… is counted, never drawn."""

import contextlib
import re
from collections import Counter
from typing import Any

from pikepdf import Dictionary, Stream

from sne.documents.lecture.arret import Arret, HorsListe
from sne.documents.lecture.copie import decode

APPEL = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+Do\b")
ECHAPPE = re.compile(rb"#([0-9A-Fa-f]{2})")


class Deploiement:
    """Counts the drawings of each form once, on top of those of the forms that it names. Raises :class:`Arret`."""

    def __init__(self, bornes: dict[str, Any]) -> None:
        self.bornes = bornes
        self.comptes: dict[tuple[int, int], int] = {}

    def compter(self, octets: bytes, ressources: Any, niveau: int = 0) -> int:
        """Drawings that these instructions come to, themselves included; ``objets`` at most."""
        noms = ressources.get("/XObject") if isinstance(ressources, Dictionary) else None
        total = 1
        for nom, fois in Counter(_nom(x) for x in APPEL.findall(octets)).items():
            forme = noms.get(nom) if isinstance(noms, Dictionary) else None
            if isinstance(forme, Stream) and str(forme.get("/Subtype")) == "/Form":
                total += fois * self._forme(forme, ressources, niveau + 1)
        if total > self.bornes["objets"] or niveau > self.bornes["profondeur"]:
            raise Arret("TROP_COMPLEXE")
        return total

    def _forme(self, forme: Stream, ressources: Any, niveau: int) -> int:
        if niveau > self.bornes["profondeur"]:
            raise Arret("TROP_COMPLEXE")
        cle = forme.objgen
        if cle not in self.comptes:
            octets = b""
            with contextlib.suppress(HorsListe):  # in a codec that nobody draws instructions from
                octets = decode(forme)
            self.comptes[cle] = self.compter(octets, forme.get("/Resources", ressources), niveau)
        return self.comptes[cle]


def _nom(brut: bytes) -> str:
    """The name as the dictionary spells it, its escapes undone."""
    return "/" + ECHAPPE.sub(lambda trouve: bytes.fromhex(trouve[1].decode()), brut).decode("latin-1")
