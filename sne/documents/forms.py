"""The files of a form: chosen now or sent ahead, one or several, within limits that are said beforehand."""

import uuid
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms

from sne.documents.boite import Boite, Recu
from sne.documents.envoi import FichierEcarte
from sne.documents.rules.mesures import en_pages, poids
from sne.socle.forms import Formulaire
from sne.socle.requete import identifiant

FORMATS = ".pdf,.jpg,.jpeg,.png,.heic,.heif"


class PlusieursFichiers(forms.FileInput):
    """One control, several files."""

    allow_multiple_selected = True


class Fichiers(forms.FileField):
    """The files sent in one go, in order."""

    widget = PlusieursFichiers

    def clean(self, data: Any, initial: Any = None) -> list[Recu]:  # noqa: ARG002 - Django's signature
        """Those chosen, if any; what each is worth is for the reception to say."""
        fichiers: Sequence[Any] = data if isinstance(data, (list, tuple)) else [data]
        return [f for f in fichiers if f]


class FormulaireFichiers(Formulaire):
    """A form with files; the template ``documents/televersement.html`` draws their control.

    ``seul``: one file only. Files beyond the limit are left out of ``cleaned_data`` and named by ``en_trop``.
    """

    fichiers = Fichiers(label="Fichiers", required=False, widget=PlusieursFichiers(attrs={"accept": FORMATS}))

    def __init__(self, *args: Any, boite: Boite, seul: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.au_plus = boite.accueil.au_plus
        champ = self["fichiers"]  # bound already, by django-dsfr
        champ.help_text = self.consigne(boite, seul=seul)
        if seul:
            champ.label = "Fichier"
            del champ.field.widget.attrs["multiple"]

    @staticmethod
    def consigne(boite: Boite, *, seul: bool) -> str:
        """What is accepted, said before anything is chosen."""
        chacun = f"{poids(boite.limites.octets)} et {en_pages(boite.limites.pages)} au plus"
        if seul:
            return f"PDF, JPEG, PNG ou HEIC. Un seul fichier, {chacun}."
        return f"PDF, JPEG, PNG ou HEIC. {boite.accueil.au_plus}\u00a0fichiers au plus à la fois, {chacun} chacun."

    @cached_property
    def envoyes(self) -> list[Recu]:
        """The files of this form that are within its limit."""
        lus = [f for f in self.files.getlist("fichiers") if f and not isinstance(f, FichierEcarte)]
        return lus[: self.au_plus]

    @property
    def en_trop(self) -> list[str]:
        """Names of those beyond it, which were not received."""
        return [f.name or "" for f in self.files.getlist("fichiers")[len(self.envoyes) :] if f]

    @property
    def envois(self) -> list[uuid.UUID]:
        """Files sent ahead of the form, and kept ticked."""
        cles = (identifiant(texte) for texte in self.data.getlist("televersements"))
        return list(dict.fromkeys(filter(None, cles)))

    @property
    def retrait(self) -> uuid.UUID | None:
        """The file sent ahead that is to be taken back, instead of sending the form."""
        return identifiant(self.data.get("retirer", "")) if self.is_bound else None

    def clean_fichiers(self) -> list[Recu]:
        return self.envoyes

    def clean(self) -> None:
        """At least one file, sent now or before."""
        super().clean()
        if not self.cleaned_data.get("fichiers") and not self.envois:
            self.add_error("fichiers", "Choisissez au moins un fichier.")

    @property
    def phrase_en_trop(self) -> str:
        """What is to be done of the files that were not received; nothing when all were."""
        combien = len(self.en_trop)
        if not combien:
            return ""
        quels = (
            "Le dernier n’a pas été reçu"
            if combien == 1
            else f"Les {combien}\u00a0derniers n’ont pas été reçus"
        )
        return (
            f"{self.au_plus}\u00a0fichiers au plus à la fois. {quels}. Choisissez de nouveau "
            f"{'ce fichier' if combien == 1 else 'ces fichiers'}, une fois les autres dans le dossier."
        )
