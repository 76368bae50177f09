"""Fields and lists shared by the forms of an application."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pydantic
from django import forms
from django.core.validators import DecimalValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from sne.referentiels.rules import Geographie, Nomenclatures
from sne.registre.contenu.rules.arbre import types_de_champ
from sne.registre.contenu.rules.arbre.telephone import lire_e164
from sne.registre.contenu.rules.controles.noms import modele_du_signe, signe_inattendu
from sne.registre.contenu.rules.nir import NirInvalide, normaliser
from sne.socle.forms import Choix, DateSaisie, Texte

_COURRIEL: pydantic.TypeAdapter[str] = pydantic.TypeAdapter(types_de_champ.Courriel)
MONTANT_MAXIMUM = types_de_champ.MONTANT_MAXIMUM
PHRASE_SANS_JOUR = "Il manque le jour ou le mois. Si l’état civil ne le donne pas, tapez 01 à sa place."
PHRASE_DECIMALES = "Un montant a deux chiffres au plus après la virgule."
PHRASE_COURRIEL = "L’adresse n’est pas complète. Tapez-la comme nom@exemple.fr."
OUI_NON = (("oui", "Oui"), ("non", "Non"))


@dataclass(frozen=True, slots=True)
class Cadre:
    """What the forms need to know of the day and the place: lists, geography, territory, today, limits of that day.

    ``communes_max``: how many wished places a form takes.
    """

    nomenclatures: Nomenclatures
    geographie: Geographie
    territoire: str
    aujourd_hui: date
    communes_max: int

    def choix(self, liste: str, *, vide: str = "") -> list[tuple[str, str]]:
        """Codes and labels of a list; ``vide`` adds a first line without code."""
        codes: Sequence[tuple[str, str]] = self.nomenclatures.choix(liste)
        return [*([("", vide)] if vide else []), *codes]


def laisser_voir_le_vide(champs: Iterable[forms.Field]) -> None:
    """Put an empty hint in each text field, so that the style sheet can hide a field that is empty when another answer
    makes it pointless.
    """
    for champ in champs:
        if isinstance(champ.widget, (forms.TextInput, forms.Textarea)):
            champ.widget.attrs.setdefault("placeholder", " ")


class NomPropre(Texte):
    """A name of the civil status: Latin letters."""

    def clean(self, value: Any) -> str:
        """Raises ``ValidationError`` naming the first sign that no identity document prints."""
        texte = str(super().clean(value))
        if signe := signe_inattendu(texte):
            modele, valeurs = modele_du_signe(signe)
            raise forms.ValidationError(gettext(modele), params=valeurs)
        return texte


class DateNaissance(DateSaisie):
    """A birth date; when the civil status does not give the day or the month, 01 is typed for it."""

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        """Raises ``ValidationError`` that says what to type for a missing day or month."""
        try:
            return super().to_python(value)
        except forms.ValidationError as exc:
            if not _sans_jour_ou_mois(str(value)):
                raise
            raise forms.ValidationError(PHRASE_SANS_JOUR) from exc


def _sans_jour_ou_mois(saisie: str) -> bool:
    """« 1990 », « 03/1990 », « 00/00/1990 », « 00001990 »: a year, and no day or no month, in figures alone."""
    if re.search(r"[^\W\d_]", saisie):
        return False
    morceaux = re.findall(r"[0-9]+", saisie)
    if len(morceaux) == 1 and len(morceaux[0]) == 8:
        morceaux = [morceaux[0][:2], morceaux[0][2:4], morceaux[0][4:]]
    if not morceaux or len(morceaux) > 3 or len(morceaux[-1]) != 4:
        return False
    return len(morceaux) < 3 or not all(int(morceau) for morceau in morceaux)


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
            raise forms.ValidationError(gettext(exc.modele), params=exc.valeurs) from exc


class TexteLong(forms.CharField):
    """A few lines, free; never searched, never in statistics."""

    def __init__(self, **kwargs: Any) -> None:
        zone = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
        super().__init__(
            required=False, max_length=types_de_champ.LONGUEUR_TEXTE_LIBRE, widget=zone, **kwargs
        )
        invisible = "Un caractère invisible s’est glissé dans le texte. Effacez-le et tapez-le à nouveau."
        motif = types_de_champ.COMMANDES_SAUF_LIGNES
        self.validators = [*self.validators, RegexValidator(motif, invisible, inverse_match=True)]

    def to_python(self, value: Any) -> str:
        """Line ends as the register keeps them."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class Montant(forms.DecimalField):
    """An amount in euros, typed as it is read: « 1 240,50 » or « 1240 € »; cleaned to a ``Decimal`` or ``None``."""

    def __init__(self, *, negatif: bool = False, **kwargs: Any) -> None:
        attributs = {"inputmode": "decimal", "autocomplete": "off"}
        kwargs.setdefault("min_value", -MONTANT_MAXIMUM if negatif else Decimal(0))
        kwargs.setdefault("max_value", MONTANT_MAXIMUM)
        super().__init__(required=False, decimal_places=2, widget=forms.TextInput(attrs=attributs), **kwargs)
        self.error_messages["invalid"] = "Tapez un nombre en chiffres, par exemple 650."
        trop = "Ce montant est trop grand. Vérifiez le nombre de chiffres."
        for validateur in self.validators:
            if isinstance(validateur, MinValueValidator):
                validateur.message = (
                    trop if negatif else "Un montant ne peut pas être négatif. Tapez 0 ou plus."
                )
            if isinstance(validateur, MaxValueValidator):
                validateur.message = trop
            if isinstance(validateur, DecimalValidator):
                validateur.messages = dict.fromkeys(validateur.messages, PHRASE_DECIMALES)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Raises ``ValidationError`` for what is no amount."""
        texte = re.sub(r"[\s\u00a0\u202f€]", "", str(value or ""))
        if not texte.isascii():
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(texte.replace(",", "."))


class Nombre(forms.IntegerField):
    """A small whole number."""

    def __init__(self, *, maximum: int, **kwargs: Any) -> None:
        phrase = format_lazy(gettext_lazy("Tapez un nombre de 0 à {maximum}."), maximum=maximum)
        super().__init__(
            required=False,
            min_value=0,
            max_value=maximum,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": phrase, "min_value": phrase, "max_value": phrase},
            **kwargs,
        )


class Chiffres(Texte):
    """A number of a fixed count of digits (SIREN, SIRET), spaces allowed; cleaned to its digits alone."""

    def __init__(self, *, longueur: int, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)
        self.longueur = longueur
        self.widget.attrs["inputmode"] = "numeric"

    def clean(self, value: Any) -> str:
        """Raises ``ValidationError`` when the count is wrong; the key is a remark, not an error."""
        chiffres = re.sub(r"[\s\u00a0.]", "", str(super().clean(value)))
        if chiffres and not (chiffres.isascii() and chiffres.isdigit() and len(chiffres) == self.longueur):
            phrase = gettext("Ce numéro a %(nombre)s chiffres. Vérifiez-le.")
            raise forms.ValidationError(phrase, params={"nombre": self.longueur})
        return chiffres


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
