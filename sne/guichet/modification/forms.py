"""Why a file is changed, and from which paper; why a remark is right as typed: kept with the version."""

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.socle.forms import Formulaire, Texte

MOTIFS_USUELS = (
    "Déménagement",
    "Changement de téléphone ou de courriel",
    "Mariage, divorce ou séparation",
    "Naissance ou arrivée dans le foyer",
    "Changement de situation professionnelle",
    "Changement de ressources",
    "La personne précise ses souhaits",
    "Correction d’une erreur de saisie",
)


class FormulaireSauvegarde(Formulaire):
    """The reason, in a sentence; the document shown, if any."""

    motif = Texte(
        label="Pourquoi ce changement",
        absence="Dites en quelques mots pourquoi le dossier change.",
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "motifs-usuels"}),
    )
    document = Texte(
        label="Document présenté",
        help_text="Sa nature et sa date, par exemple « Acte de mariage du 12/06/2026 ».",
        max_length=200,
    )


class FormulaireRemarque(Formulaire):
    """Why what the controls remark is right."""

    precision = Texte(
        label="C’est exact, parce que…",
        absence="Dites en une phrase pourquoi c’est exact.",
        help_text="Une phrase. Elle reste dans l’historique du dossier.",
        max_length=TEXTE_MAX,
    )
