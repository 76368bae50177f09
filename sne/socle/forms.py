"""Base of every form: DSFR classes, no browser bubbles, and errors that name field and remedy."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from dsfr.forms import DsfrBaseForm, DsfrDjangoTemplates

from sne.socle.erreurs import Interdit, Refus
from sne.socle.saisie import DateIllisible, lire_date

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGUEUR_TEXTE = 100
_SANS_COMMANDE = RegexValidator(
    re.compile(r"[\x00-\x1f\x7f-\x9f]"),
    "Un caractère invisible s’est glissé dans la saisie. Effacez le champ et tapez-le à nouveau.",
    inverse_match=True,
)


@dataclass(frozen=True, slots=True)
class ErreurDeChamp:
    """One line of the error summary: the sentence, and where it leads: an id, a path, or nothing."""

    phrase: str
    cible: str = ""

    @property
    def adresse(self) -> str:
        """Where the line leads: a control of this page, or another page when ``cible`` is a path."""
        return self.cible if not self.cible or self.cible.startswith("/") else f"#{self.cible}"


HORS_LISTE = "Ce choix n’existe pas dans la liste. Choisissez-en un autre."


class Segmente(forms.RadioSelect):
    """Radio buttons drawn side by side (DSFR segmented control): two to four short choices."""


class Texte(forms.CharField):
    """One line of at most 100 characters. ``absence``: the sentence shown when it is mandatory and empty."""

    def __init__(self, *, absence: "str | _StrPromise" = "", exemple: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGUEUR_TEXTE)
        attributs = {"autocomplete": "off", **({"placeholder": exemple} if exemple else {})}
        kwargs.setdefault("widget", forms.TextInput(attrs=attributs))
        kwargs.setdefault("required", bool(absence))
        super().__init__(**kwargs)
        self.error_messages["required"] = absence
        # Django shares validators between fields: a new list, with the sentence in French.
        self.validators = [*self.validators, _SANS_COMMANDE]


class Phrases(forms.CharField):
    """Some lines, ``rangees`` of them seen. ``absence``: the sentence shown when it is mandatory and empty."""

    def __init__(self, *, absence: "str | _StrPromise" = "", rangees: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("required", bool(absence))
        super().__init__(widget=forms.Textarea(attrs={"rows": rangees}), **kwargs)
        self.error_messages["required"] = absence


class DateSaisie(forms.CharField):
    """A date typed in one text field, separators optional; cleaned to a ``date`` or ``None``."""

    def __init__(self, *, absence: str = "", **kwargs: Any) -> None:
        attributs = {
            "autocomplete": "off",
            "inputmode": "numeric",
            "placeholder": "jj/mm/aaaa",
            "data-reg-date": "",
        }
        kwargs.setdefault("widget", forms.TextInput(attrs=attributs))
        kwargs.setdefault("required", bool(absence))
        super().__init__(max_length=30, **kwargs)
        self.error_messages["required"] = absence

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        """Raises ``ValidationError`` with the sentence of :func:`sne.socle.saisie.lire_date`."""
        texte = super().to_python(value)
        if not texte:
            return None
        try:
            return lire_date(texte)
        except DateIllisible as exc:
            raise forms.ValidationError(gettext(exc.modele), params=exc.valeurs) from exc

    def run_validators(self, value: Any) -> None:
        """The length limit of the text does not apply to the date read from it."""

    def prepare_value(self, value: Any) -> Any:
        """A stored date is shown as it would be typed."""
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else value


class Select(forms.Select):
    """A list of many choices: one template for all of them, where Django renders two for each."""

    template_name = "socle/components/select.html"


class Choix(forms.ChoiceField):
    """One code of a list; ``absence`` is the sentence shown when none was chosen."""

    def __init__(self, *, absence: "str | _StrPromise" = "", **kwargs: Any) -> None:
        kwargs.setdefault("required", bool(absence))
        kwargs.setdefault("widget", Segmente())
        super().__init__(**kwargs)
        self.error_messages["required"] = absence
        self.error_messages["invalid_choice"] = HORS_LISTE


class Cases(forms.CheckboxSelectMultiple):
    """Boxes side by side, or one under the other when their labels are sentences."""

    def __init__(self, *args: Any, en_ligne: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.en_ligne = en_ligne


DEUX_POINTS = "\u00a0: "
"""Between what a sentence is about and the sentence."""


class Formulaire(DsfrBaseForm):  # type: ignore[misc]  # django-dsfr carries no types
    """A form of ours. ``contexte`` names the row it describes (« Enfant 3 ») in its error sentences."""

    use_required_attribute = False
    default_renderer = DsfrDjangoTemplates()  # one for all: each renderer reads every library of tags again

    def __init__(self, *args: Any, contexte: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.contexte = contexte

    def erreurs(self) -> tuple[ErreurDeChamp, ...]:
        """Sentences of the error summary, in the order of the fields."""
        if not self.errors:
            return ()
        trouvees = [ErreurDeChamp(phrase) for phrase in self.non_field_errors()]
        for champ in self:
            trouvees += [
                ErreurDeChamp(self._phrase(champ, message), cible(champ)) for message in champ.errors
            ]
        return tuple(trouvees)

    def exiger(self, donnees: dict[str, Any], nom: str, phrase: str) -> None:
        """Add this sentence to an empty field which has no other error."""
        if not donnees.get(nom) and nom not in self.errors:
            self.add_error(nom, phrase)

    def tenter[**P](self, faire: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether this act was done; what it refuses is told here, and nothing typed is lost."""
        return self._faire(self.refuser, partial(faire, *args, **kwargs))

    def tenter_ou_lever[**P](self, faire: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> bool:
        """The same where only a field can be mended: a refusal that names none goes on, to the page of refusals."""
        return self._faire(self.refuser_ou_lever, partial(faire, *args, **kwargs))

    @staticmethod
    def _faire(refuser: Callable[[Refus], None], faire: Callable[[], object]) -> bool:
        try:
            faire()
        except Interdit as refus:
            refuser(refus)
            return False
        return True

    def refuser_ou_lever(self, refus: Refus) -> None:
        """A refusal of an act: beside the field that it names, else raised."""
        if refus.champ not in self.fields:
            raise refus
        self.refuser(refus)

    def refuser(self, refus: Refus) -> None:
        """A refusal of an act: beside the field that it names, else on top."""
        self.add_error(refus.champ if refus.champ in self.fields else None, refus.phrase)

    def _phrase(self, champ: BoundField, message: str) -> str:
        objet = f"{self.contexte}, {minuscule(str(champ.label))}" if self.contexte else str(champ.label)
        return f"{objet.rstrip('?\u00a0 ')}{gettext(DEUX_POINTS)}{minuscule(gettext(message))}"


class FormulaireSansRedite(Formulaire):
    """Its acts name the field that they refuse: « Lieu : choisissez-le. » is told beside it as « Choisissez-le. »"""

    def refuser(self, refus: Refus) -> None:
        if refus.champ in self.fields:
            reste = refus.phrase.partition(DEUX_POINTS)[2] or refus.phrase
            self.add_error(refus.champ, reste[:1].upper() + reste[1:])
        else:
            super().refuser(refus)


def cible(champ: BoundField) -> str:
    """Id of the control that an error leads to: the first choice of a group of radio buttons or boxes."""
    return champ.id_for_label or f"{champ.auto_id}_0"


def minuscule(phrase: str) -> str:
    """The sentence with a small first letter, unless it opens with an acronym or a figure."""
    return phrase[:1].lower() + phrase[1:] if phrase[1:2].islower() or phrase[1:2] in " ’" else phrase


def rassembler_erreurs(formulaires: Iterable[Formulaire]) -> tuple[ErreurDeChamp, ...]:
    """Error summary of several forms of one page."""
    return tuple(erreur for formulaire in formulaires for erreur in formulaire.erreurs())
