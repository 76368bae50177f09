"""The one field of the public check."""

from typing import Any

from django import forms

from sne.attestations.rules import ReferenceInvalide, lire_reference
from sne.socle.forms import Formulaire, Texte


class FormulaireReference(Formulaire):
    """The reference printed under the code; spaces, hyphens and case do not matter."""

    reference = Texte(
        label="Référence de l’attestation",
        help_text="12 lettres et chiffres, imprimés sous le code à scanner. Exemple : 7KMR-W3XQ-9TFA",
        max_length=40,
        absence="Tapez les 12 signes imprimés sous le code à scanner.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_reference(self) -> Any:
        """The twelve signs."""
        try:
            return lire_reference(self.cleaned_data["reference"])
        except ReferenceInvalide as exc:
            raise forms.ValidationError(str(exc)) from exc
