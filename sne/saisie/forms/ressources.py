"""Forms of money: reference tax incomes, monthly incomes, payments made."""

from decimal import Decimal
from typing import Any

from django import forms

from sne.saisie.forms.champs import Cadre, Montant
from sne.saisie.forms.foyer import Ligne
from sne.socle.forms import HORS_LISTE, Choix, Formulaire

ANNEES_PROPOSEES = 4


class FormulaireRevenus(Formulaire):
    """Reference tax incomes of an adult (CCH R441-2-2, e): two years ago is what ceilings are compared with."""

    n_moins_2__annee = forms.TypedChoiceField(
        label="Année",
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": HORS_LISTE},
    )
    n_moins_2__montant = Montant(label="Revenu fiscal de référence", negatif=True)
    n_moins_1__annee = forms.TypedChoiceField(
        label="Année",
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": HORS_LISTE},
    )
    n_moins_1__montant = Montant(label="Revenu fiscal plus récent, s’il a baissé", negatif=True)

    avis_commun = forms.BooleanField(
        label="Avis d’impôt commun avec le demandeur",
        help_text="Le revenu commun est compté une fois, chez le demandeur\u00a0: ici, ce sera 0\u00a0€.",
        required=False,
    )

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.prefix == "demandeur":
            del self.fields["avis_commun"]
        for recul in (1, 2):
            nom, attendue = f"n_moins_{recul}__annee", cadre.aujourd_hui.year - recul
            connue = str(self.data.get(self.add_prefix(nom), "") or self.initial.get(nom) or "")
            annees = {cadre.aujourd_hui.year - n for n in range(ANNEES_PROPOSEES + 1)}
            if connue.isascii() and connue.isdigit() and 1900 <= int(connue) <= 2100:
                annees.add(int(connue))  # a file may hold an older year: it is shown, and remarked on
            self.fields[nom].choices = [(annee, str(annee)) for annee in sorted(annees, reverse=True)]
            if not self.initial.get(nom):
                self.initial[nom] = attendue

    def clean(self) -> dict[str, Any]:
        """A notice in common is on the line of the applicant: this one says none, and says so."""
        donnees: dict[str, Any] = super().clean() or {}
        if donnees.get("avis_commun"):
            if donnees.get("n_moins_2__montant"):
                self.add_error(
                    "n_moins_2__montant",
                    "Décochez l’avis commun, ou tapez ce revenu chez le demandeur seulement.",
                )
            donnees["n_moins_2__montant"] = Decimal(0)
        return donnees


class LigneDeRessource(Ligne):
    """One line of resources: what it is, how much a month. No amount means that it is not known yet."""

    nature = Choix(label="Nature", widget=forms.Select())
    montant_mensuel = Montant(label="Montant par mois, en euros")
    liste = "ListeRessourceRecue"

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nature"].choices = cadre.choix(self.liste, vide="Choisir")

    def clean(self) -> dict[str, Any]:
        """A line says what it is (contents rule 10)."""
        donnees: dict[str, Any] = super().clean() or {}
        if donnees.get("montant_mensuel") is not None and not donnees.get("nature"):
            self.add_error("nature", "Choisissez la nature, ou effacez le montant.")
        return donnees


class LigneDePension(LigneDeRessource):
    """A payment made by the person: alimony."""

    liste = "ListeRessourceVersee"
