"""Base of every form: DSFR classes, no browser bubbles, and errors that name field and remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from dsfr.forms import DsfrBaseForm


@dataclass(frozen=True, slots=True)
class ErreurDeChamp:
    """One line of the error summary: the sentence, and the id of the field that it leads to ("" = none)."""

    phrase: str
    cible: str = ""


class Segmente(forms.RadioSelect):
    """Radio buttons drawn side by side (DSFR segmented control): two to four short choices."""


class Formulaire(DsfrBaseForm):
    """A form of ours. ``contexte`` names the row it describes (« Enfant 3 ») in its error sentences."""

    use_required_attribute = False

    def __init__(self, *args: Any, contexte: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.contexte = contexte

    def erreurs(self) -> tuple[ErreurDeChamp, ...]:
        """Sentences of the error summary, in the order of the fields."""
        trouvees = [ErreurDeChamp(phrase) for phrase in self.non_field_errors()]
        for champ in self:
            trouvees += [
                ErreurDeChamp(self._phrase(champ, message), cible(champ)) for message in champ.errors
            ]
        return tuple(trouvees)

    def _phrase(self, champ: BoundField, message: str) -> str:
        objet = f"{self.contexte}, {minuscule(str(champ.label))}" if self.contexte else str(champ.label)
        return f"{objet}\u00a0: {minuscule(message)}"


def cible(champ: BoundField) -> str:
    """Id of the control that an error leads to: the first choice of a group of radio buttons or boxes."""
    return champ.id_for_label or f"{champ.auto_id}_0"


def minuscule(phrase: str) -> str:
    """The sentence with a small first letter, unless it opens with an acronym or a figure."""
    return phrase[:1].lower() + phrase[1:] if phrase[1:2].islower() or phrase[1:2] in " ’" else phrase


def rassembler_erreurs(formulaires: Iterable[Formulaire]) -> tuple[ErreurDeChamp, ...]:
    """Error summary of several forms of one page."""
    return tuple(erreur for formulaire in formulaires for erreur in formulaire.erreurs())
