"""The answer to one situation."""

from typing import Any

from django import forms

from sne.sensibilisation.rules import Scenario
from sne.socle.forms import Choix, Formulaire


class FormulaireScenario(Formulaire):
    """One answer among three."""

    reponse = Choix(label="Votre réponse", absence="Choisissez une réponse.", widget=forms.RadioSelect())

    def __init__(self, *args: Any, scenario: Scenario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reponse"].choices = [(c.code, c.libelle) for c in scenario.choix]
