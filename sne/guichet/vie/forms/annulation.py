"""Which demande is kept, and what happened; the answer of the territorial manager."""

from typing import Any

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.rules import numero_unique
from sne.registre.vie.rules.annulation import ISSUES
from sne.socle.forms import Choix, Formulaire, Texte


class FormulaireRetablissement(Formulaire):
    """Why the demande was no double."""

    precision = Texte(
        label="Ce qui s’est passé",
        absence="Dites en une phrase ce qui s’est passé.",
        help_text=f"Une phrase, {TEXTE_MAX} signes au plus. Pas de numéro de sécurité sociale.",
        max_length=TEXTE_MAX,
    )


class FormulaireReponse(Formulaire):
    """Whether the demande is the double that somebody says."""

    issue = Choix(
        label="Votre réponse",
        absence="Choisissez votre réponse.",
        choices=[(issue.value, libelle) for issue, libelle in ISSUES.items()],
        widget=forms.RadioSelect(),
    )
    motif = Texte(
        label="Motif",
        help_text=f"Nécessaire pour un refus. Une phrase, {TEXTE_MAX} signes au plus.",
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
