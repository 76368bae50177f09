"""Who somebody is said to be, in the six traits that the control compares. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from sne.registre.contenu.rules import nir as nirs
from sne.registre.contenu.rules.arbre.personnes import Identite

HOMME = "M"
FEMME = "F"
SEXES = {"1": HOMME, "2": FEMME}
"""``ListeCivilite``, once reduced to the sex it tells, to the sex."""


@dataclass(frozen=True, slots=True)
class Traits:
    """One identity. ``sexe``: ``M``, ``F``, or empty; ``nir``: fingerprint, ``None`` when none is known.

    The used name (*nom d’usage*) is watched, not protected.
    """

    nom_naissance: str
    nom_usage: str
    prenoms: str
    date_naissance: date | None
    sexe: str
    nir: str | None

    @classmethod
    def de(cls, identite: Identite) -> Self:
        """The traits of an identity of the tree."""
        return cls(
            nom_naissance=identite.nom_naissance or "",
            nom_usage=identite.nom_usage or "",
            prenoms=identite.prenoms or "",
            date_naissance=identite.date_naissance,
            sexe=SEXES.get(nirs.sexe(identite.civilite or ""), ""),
            nir=identite.nir.empreinte if identite.nir else None,
        )
