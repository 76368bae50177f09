"""A postal address as an envelope takes it: at most six lines of 38 signs (NF Z10-011)."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LARGEUR = 38
LIGNES = 6


@dataclass(frozen=True, slots=True)
class AdressePostale:
    """Name first, postcode and town last."""

    lignes: tuple[str, ...]

    def vers_json(self) -> dict[str, Any]:
        """As it is stored, encrypted."""
        return {"lignes": list(self.lignes)}

    @classmethod
    def de_json(cls, brut: Mapping[str, Any]) -> "AdressePostale":
        """The address stored."""
        return cls(tuple(brut["lignes"]))


def adresse_postale(nom: str, lignes: Sequence[str]) -> AdressePostale | None:
    """An address that fits an envelope; ``None`` when a line is missing or when it does not fit."""
    pliees = [morceau for ligne in (nom, *lignes) for morceau in _plier(ligne)]
    if not nom.strip() or not lignes or len(pliees) > LIGNES or any(len(x) > LARGEUR for x in pliees):
        return None
    return AdressePostale(tuple(pliees))


def _plier(ligne: str) -> list[str]:
    return textwrap.wrap(ligne, LARGEUR, break_long_words=False, break_on_hyphens=False)
