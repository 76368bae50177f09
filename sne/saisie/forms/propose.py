"""Fields that propose while one types: with what they look, what a choice fills, and where the choice is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django import forms

from sne.saisie.brut import MAX_LIGNES
from sne.socle.forms import Texte

CHOIX, PROPOSITION = "_choix", "_proposition"
"""Ends of names: the field that keeps the choice made; the radio button or button that makes one without script."""


class Genre(StrEnum):
    """What is looked for."""

    ADRESSE = "ADRESSE"
    COMMUNE = "COMMUNE"
    SOUHAIT = "SOUHAIT"  # a commune of the territory, in a field of its own
    LIEU = "LIEU"  # a commune in a field of its own: only near names are proposed, once it is refused
    BAILLEUR = "BAILLEUR"
    EMPLOYEUR = "EMPLOYEUR"


@dataclass(frozen=True, slots=True)
class Proposant:
    """``avec``: fields beside it that narrow the search; ``des``: from how many signs it is made while one types;
    ``suffit``: one of ``avec`` that is enough by itself, once it has five signs.
    """

    champ: str
    genre: Genre
    bouton: str
    avec: tuple[str, ...]
    des: int = 3
    suffit: str = ""


_TOUS = (
    Proposant("voie", Genre.ADRESSE, "Chercher cette adresse", ("numero", "code_postal", "commune")),
    Proposant("commune", Genre.COMMUNE, "Chercher la commune", ("code_postal",), des=2, suffit="code_postal"),
    Proposant(
        "employeur", Genre.EMPLOYEUR, "Chercher cet employeur", ("employeur_siret", "commune", "code_postal")
    ),
    Proposant("bailleur_social__nom", Genre.BAILLEUR, "Chercher ce bailleur", ("bailleur_social__siren",)),
    Proposant("lieu_naissance", Genre.LIEU, "", ()),
    *(
        Proposant(f"commune_{rang}", Genre.SOUHAIT, f"Chercher la commune {rang}", (), des=2)
        for rang in range(1, MAX_LIGNES)
    ),
)
PROPOSANTS: Mapping[str, Proposant] = {p.champ: p for p in _TOUS}
"""By the name of the field, without the prefix of its row."""


class TextePropose(Texte):
    """One line of text that proposes; what is typed is always accepted. Beside it, a :class:`ChoixFait`."""

    propositions: Any = None
    """What was found for it, when a button asked."""

    def __init__(self, champ: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.proposant = PROPOSANTS[champ]


class ChoixFait(forms.CharField):
    """The sealed proposal that was chosen for the field of the same name; it holds as long as the text is that one."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput())


def proposant_de(nom: str) -> tuple[str, Proposant] | None:
    """« logement-voie » → its prefix « logement- », and how it proposes; ``None`` for a field that does not."""
    prefixe, tiret, champ = nom.rpartition("-")
    trouve = PROPOSANTS.get(champ)
    return (prefixe + tiret, trouve) if trouve else None
