"""Which demande is kept, and what happened."""

from typing import Any

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.rules import numero_unique
from sne.socle.forms import Formulaire, Texte


class FormulaireRetablissement(Formulaire):
    """Why the demande was no double."""

    precision = Texte(
        label="Ce qui s’est passé",
        absence="Dites en une phrase ce qui s’est passé.",
        help_text=f"Une phrase, {TEXTE_MAX} signes au plus. Pas de numéro de sécurité sociale.",
        max_length=TEXTE_MAX,
    )


class FormulaireAnnulation(FormulaireRetablissement):
    """The household's other demande besides."""

    gardee = Texte(
        label="Numéro de la demande gardée",
        absence="Donnez le numéro de la demande gardée.",
        help_text="L’autre demande du même ménage, au moins aussi ancienne.",
    )
    field_order = ("gardee", "precision")

    def clean_gardee(self) -> Any:
        """A number as it is written anywhere, in its one form."""
        try:
            return numero_unique.lire(self.cleaned_data["gardee"]).canonique
        except numero_unique.NumeroInvalide as exc:
            raise forms.ValidationError("Ce n’est pas un numéro unique. Vérifiez-le.") from exc
