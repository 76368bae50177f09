"""Fields and lists shared by the forms of an application."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pydantic
from django import forms

from sne.referentiels.rules import Geographie, Nomenclatures
from sne.registre.rules.contenu import types_de_champ
from sne.registre.rules.contenu.telephone import lire_e164
from sne.registre.rules.nir import NirInvalide, normaliser
from sne.socle.forms import Choix, Texte

_COURRIEL: pydantic.TypeAdapter[str] = pydantic.TypeAdapter(types_de_champ.Courriel)
PHRASE_COURRIEL = "L’adresse n’est pas complète. Elle s’écrit comme nom@exemple.fr."
OUI_NON = (("oui", "Oui"), ("non", "Non"))


@dataclass(frozen=True, slots=True)
class Cadre:
    """What the forms need to know of the day and the place: lists, geography, territory, today."""

    nomenclatures: Nomenclatures
    geographie: Geographie
    territoire: str
    aujourd_hui: date

    def choix(self, liste: str, *, vide: str = "") -> list[tuple[str, str]]:
        """Codes and labels of a list; ``vide`` adds a first line without code."""
        codes: Sequence[tuple[str, str]] = self.nomenclatures.choix(liste)
        return [*([("", vide)] if vide else []), *codes]


class Telephone(Texte):
    """A phone number, French (overseas too) or foreign with its code; kept as typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)
        self.widget.attrs["inputmode"] = "tel"

    def clean(self, value: Any) -> str:
        """Raises ``ValidationError`` when it is not a whole number."""
        texte = " ".join(str(super().clean(value)).split())
        if texte and (lire_e164(texte) is None or not texte.isascii()):
            raise forms.ValidationError(
                "Ce numéro n’est pas complet. Tapez dix chiffres, ou + et l’indicatif pour l’étranger."
            )
        return texte


class Courriel(forms.EmailField):
    """An e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        attributs = {"autocomplete": "off", "inputmode": "email"}
        super().__init__(max_length=254, widget=forms.EmailInput(attrs=attributs), **kwargs)
        self.error_messages["invalid"] = PHRASE_COURRIEL

    def clean(self, value: Any) -> str:
        """Raises ``ValidationError`` when the register could not hold the address."""
        texte = str(super().clean(value))
        try:
            return str(_COURRIEL.validate_python(texte)) if texte else ""
        except pydantic.ValidationError as exc:
            raise forms.ValidationError(PHRASE_COURRIEL) from exc


class NumeroSecuriteSociale(Texte):
    """A NIR of 13 or 15 signs, spaces allowed; cleaned to its 15 signs or an empty text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> str:
        """Raises ``ValidationError`` with the sentence of the register's rule."""
        texte = str(super().clean(value))
        if not texte:
            return ""
        try:
            return normaliser(texte)
        except NirInvalide as exc:
            raise forms.ValidationError(str(exc)) from exc


class OuiNon(Choix):
    """Yes or no, without a default; cleaned to ``True``, ``False`` or ``None``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=OUI_NON, **kwargs)

    def clean(self, value: Any) -> bool | None:
        """« oui » → ``True``; nothing chosen in an optional field → ``None``."""
        return {"oui": True, "non": False}.get(str(super().clean(value)))

    def prepare_value(self, value: Any) -> Any:
        """A stored boolean is shown as its choice."""
        return {True: "oui", False: "non"}.get(value, value) if not isinstance(value, str) else value
