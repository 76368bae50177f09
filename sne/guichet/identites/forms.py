"""The answer to a change of identity: what is decided, the coded reason of a refusal, a sentence."""

from django import forms

from sne.registre.rules.decision_identite import MOTIFS_REFUS, PRECISION_MAX
from sne.socle.forms import Choix, Formulaire

VALIDER, REFUSER = "valider", "refuser"


class FormulaireDecision(Formulaire):
    """Whether documents were opened, whether the reason goes with the decision: the register's to say."""

    decision = Choix(
        label="Décision",
        absence="Choisissez votre décision.",
        choices=[(VALIDER, "Valider le changement"), (REFUSER, "Refuser")],
        widget=forms.RadioSelect(),
    )
    motif = forms.ChoiceField(
        label="Motif du refus",
        required=False,
        choices=[("", "Choisir"), *MOTIFS_REFUS.items()],
        widget=forms.Select(),
    )
    precision = forms.CharField(
        label="Précision",
        help_text=f"{PRECISION_MAX} signes au plus. Pas de numéro de sécurité sociale.",
        required=False,
        max_length=PRECISION_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
