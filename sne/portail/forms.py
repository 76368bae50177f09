"""Forms of the public pages: the reference of an attestation, what a person objects to."""

from collections.abc import Sequence
from typing import Any

from django import forms

from sne.attestations.rules import ReferenceInvalide, lire_reference
from sne.registre.rules.avis_changement import phrase
from sne.registre.rules.opposition import CONTACT_MAX
from sne.socle.forms import Cases, Formulaire, Texte


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


class FormulaireContestation(Formulaire):
    """Where to reach somebody; what may be kept is said by the register, so that nothing is refused twice."""

    formulaire = forms.CharField(widget=forms.HiddenInput)
    contact = Texte(
        label="Où pouvons-nous vous joindre\u00a0?",
        help_text="Un téléphone ou une adresse électronique que personne d’autre ne lit. Aucun guichet ne le verra.",
        max_length=10 * CONTACT_MAX,
    )


class FormulaireOpposition(FormulaireContestation):
    """The same, with one box for each change that a notice told."""

    field_order = ("formulaire", "codes", "contact")

    codes = forms.MultipleChoiceField(
        label="Dites-nous ce qui n’est pas vous", widget=Cases(en_ligne=False), required=False
    )

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(code, phrase(code)) for code in codes]
