"""Lists of tickets as data: what each holds, in which order, to whom it is shown. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sne.assistance.rules.etats import FINIS, Statut

FILTRES = ("categorie", "territoire", "incident")
"""What a list may be narrowed by; part of its address, so that it is seen and kept."""


class Portee(StrEnum):
    """Whose tickets a list looks among."""

    MIENNES = "MIENNES"  # asked by me, or shared with a team of mine
    NIVEAU = "NIVEAU"  # that my level has


@dataclass(frozen=True, slots=True)
class Vue:
    """One list. ``sauf``: states left out, so that one which this version does not know is shown.

    ``finis_depuis``: finished ones are listed while they are not older than the dated delay; ``assigne``: « moi »,
    « personne », or empty for anybody; ``retard``: past the instant when an answer was due; ``masquees``: those that
    this person hid, in no other list of theirs.
    """

    code: str
    nom: str
    portee: Portee
    sauf: frozenset[Statut] = frozenset()
    seuls: frozenset[Statut] = frozenset()
    finis_depuis: bool = False
    assigne: str = ""
    retard: bool = False
    masquees: bool = False
    par: str = ""


MASQUEES = "masquees"
_OUVERTS = FINIS
VUES: Mapping[str, Vue] = {
    v.code: v
    for v in (
        Vue("mes-demandes", "Mes demandes", Portee.MIENNES, finis_depuis=True),
        Vue("toutes", "Toutes", Portee.MIENNES),
        Vue(MASQUEES, "Masquées", Portee.MIENNES, masquees=True),
        Vue("a-prendre", "À prendre", Portee.NIVEAU, sauf=_OUVERTS, assigne="personne"),
        Vue("a-moi", "À moi", Portee.NIVEAU, sauf=_OUVERTS, assigne="moi"),
        Vue("en-retard", "En retard", Portee.NIVEAU, sauf=_OUVERTS, retard=True),
        Vue(
            "attend-demandeur",
            "Attend le demandeur",
            Portee.NIVEAU,
            seuls=frozenset({Statut.ATTENTE_DEMANDEUR}),
        ),
        Vue("par-territoire", "Par territoire", Portee.NIVEAU, sauf=_OUVERTS, par="territoire"),
        Vue("par-incident", "Par incident", Portee.NIVEAU, sauf=_OUVERTS, par="incident"),
        Vue("du-niveau", "Toutes celles du niveau", Portee.NIVEAU),
    )
}
PREMIERE = "mes-demandes"
