"""The copy of a history: who shows who they are, in which form."""

from django import forms

from sne.registre.lecture.actions.historique_demandeur import VERIFIER, Format
from sne.socle.forms import Choix, Formulaire

FORMATS = ((Format.PDF.value, "PDF, à lire ou à imprimer"), (Format.CSV.value, "CSV, pour un tableur"))


class FormulaireCopie(Formulaire):
    """The adult is the one whose history is shown."""

    format = Choix(
        label="Forme de la copie",
        absence="Choisissez la forme de la copie.",
        choices=FORMATS,
        initial=Format.PDF.value,
        widget=forms.RadioSelect(),
    )
    verifiee = forms.BooleanField(
        label="La personne m’a montré une pièce d’identité à ce nom",
        error_messages={"required": VERIFIER},
    )
