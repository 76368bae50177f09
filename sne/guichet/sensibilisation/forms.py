"""The answer to one situation, and a remark."""

from typing import Any

from django import forms

from sne.sensibilisation.rules import Scenario
from sne.socle.forms import Choix, Formulaire, Texte


class FormulaireScenario(Formulaire):
    """One answer among three."""

    reponse = Choix(label="Votre réponse", absence="Choisissez une réponse.", widget=forms.RadioSelect())

    def __init__(self, *args: Any, scenario: Scenario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reponse"].choices = [(c.code, c.libelle) for c in scenario.choix]


class FormulaireRemarque(Formulaire):
    """What is not clear to a household; the register says what may be kept."""

    texte = Texte(
        label="Qu’est-ce que les ménages ne comprennent pas\u00a0?",
        help_text="Dites les mots qui gênent, ou ce qui manque. N’écrivez ni nom ni numéro.",
        absence="Dites en une phrase ce qui n’est pas clair.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
