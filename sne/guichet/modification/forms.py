"""Why a file is changed, and from which paper; why a remark is right as typed: kept with the version."""

from collections.abc import Mapping
from typing import Any

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.saisie.forms.pages.page import Page
from sne.socle.forms import DEUX_POINTS, Choix, Formulaire, Texte

ERREUR = "Correction d’une erreur de saisie"
COUPLE = "Mariage, divorce ou séparation"
USUELS: Mapping[str, tuple[str, ...]] = {
    "personne": (ERREUR, "Changement de nom à l’état civil", COUPLE, "Donnée qui manquait"),
    "coordonnees": ("Changement de téléphone ou de courriel", "Déménagement", COUPLE, ERREUR),
    "foyer": ("Naissance ou arrivée dans le foyer", "Départ du foyer", COUPLE, ERREUR),
    "situation": ("Changement de situation professionnelle", "Changement de ressources", COUPLE, ERREUR),
    "ressources": ("Changement de ressources", "Nouvel avis d’impôt", COUPLE, ERREUR),
    "logement": ("Déménagement", "Changement de loyer ou d’occupation", COUPLE, ERREUR),
}
"""The four reasons that come most often, by page."""
AILLEURS = ("La personne précise ses souhaits", "Changement de situation", "Donnée qui manquait", ERREUR)
MOTIF_MAX, PRECISION_MAX = 300, 240  # signs, of both together and of what is typed


class FormulaireSauvegarde(Formulaire):
    """A usual reason in one click, or a sentence, or both; the document shown, if any."""

    usuel = Choix(label="Pourquoi ce changement", required=False, widget=forms.RadioSelect())
    motif = Texte(
        label="Autre raison, ou précision",
        max_length=PRECISION_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    document = Texte(
        label="Document présenté",
        help_text="Sa nature et sa date, par exemple «\u00a0Acte de mariage du 12/06/2026\u00a0».",
        max_length=200,
    )

    def __init__(self, *args: Any, page: type[Page] | Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["usuel"].choices = [(motif, motif) for motif in USUELS.get(page.code, AILLEURS)]

    def clean(self) -> None:
        """One sentence of the two."""
        super().clean()
        dits = [self.cleaned_data.get(nom) for nom in ("usuel", "motif")]
        self.cleaned_data["motif"] = DEUX_POINTS.join(filter(None, dits))
        if not self.cleaned_data["motif"] and "motif" not in self.errors:
            self.add_error("motif", "Dites en quelques mots pourquoi le dossier change.")


class FormulaireRemarque(Formulaire):
    """Why what the controls remark is right."""

    precision = Texte(
        label="C’est exact, parce que…",
        absence="Dites en une phrase pourquoi c’est exact.",
        help_text="Une phrase. Elle reste dans l’historique du dossier.",
        max_length=TEXTE_MAX,
    )
