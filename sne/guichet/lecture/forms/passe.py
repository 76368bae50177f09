"""Which moment of the past of a file, or which two versions."""

import re
from datetime import datetime, time
from typing import Any

from django import forms

from sne.registre.demande.selectors.versions import VersionLue
from sne.socle.forms import Choix, DateSaisie, Formulaire, Texte
from sne.socle.horloge import PARIS
from sne.socle.templatetags.socle_tags import instant_fr

_HEURE = re.compile(r"(\d{1,2})\s*(?:h|:)?\s*(\d{2})?")
FIN_DE_MINUTE = (59, 999_999)


class FormulaireInstant(Formulaire):
    """A day, and an hour of that day; without the hour, the end of the day. Cleaned to ``instant`` (aware)."""

    jour = DateSaisie(label="Jour", absence="Tapez le jour qui vous intéresse.")
    heure = Texte(label="Heure", exemple="14 h 30", max_length=10)

    def clean_heure(self) -> time:
        """« 14 h 30 », « 14:30 », « 1430 », « 14 » → 14:30:59.999999; nothing → the last moment of the day."""
        texte = self.cleaned_data["heure"].strip()
        if not texte:
            return time.max
        lue = _HEURE.fullmatch(texte)
        if lue is None or int(lue[1]) > 23 or int(lue[2] or 0) > 59:
            raise forms.ValidationError("Tapez une heure entre 0 h et 23 h 59, par exemple 14 h 30.")
        return time(int(lue[1]), int(lue[2] or 0), *FIN_DE_MINUTE)

    def clean(self) -> dict[str, Any]:
        """The instant, in Paris."""
        propres = super().clean() or {}
        if propres.get("jour") and propres.get("heure"):
            propres["instant"] = datetime.combine(propres["jour"], propres["heure"], tzinfo=PARIS)
        return propres


class FormulaireVersions(Formulaire):
    """Two versions to compare."""

    de = Choix(label="De la version", widget=forms.Select(), absence="Choisissez la première version.")
    a = Choix(label="À la version", widget=forms.Select(), absence="Choisissez la seconde version.")

    def __init__(self, *args: Any, versions: tuple[VersionLue, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = [(str(v.numero), f"{v.numero}, du {instant_fr(v.survenu_le)}") for v in versions]
        for champ in ("de", "a"):
            self.fields[champ].choices = choix
