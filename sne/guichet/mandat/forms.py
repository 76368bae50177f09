"""What a helper types, with the person beside them, to offer their help."""

from typing import Any

from django import forms

from sne.registre.demande.rules.mandat_aide import Portee
from sne.registre.mandat.actions.autoriser import QUELLE_DUREE
from sne.registre.mandat.actions.offrir import QUEL_NUMERO, AideOfferte
from sne.registre.mandat.rules.mandat import COCHEZ_DE_L_OFFRE, DUREES, LIBELLES
from sne.socle.forms import Cases, DateSaisie, Formulaire, Texte


class FormulaireOffre(Formulaire):
    """The two that name a person, what one would do for them, for how long."""

    numero = Texte(
        label="Numéro de la demande",
        help_text="Il a 18 signes et figure sur l’attestation.",
        max_length=40,
        absence=QUEL_NUMERO,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    naissance = DateSaisie(
        label="Date de naissance de la personne qui fait la demande",
        absence="Tapez la date de naissance de la personne.",
    )
    portees = forms.MultipleChoiceField(
        label="Ce que vous feriez à sa place",
        choices=[(str(portee), mots) for portee, mots in LIBELLES.items()],
        widget=Cases(en_ligne=False),
        error_messages=dict.fromkeys(("required", "invalid_choice"), COCHEZ_DE_L_OFFRE),
    )
    jours = forms.TypedChoiceField(
        label="Pendant",
        choices=list(DUREES.items()),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), QUELLE_DUREE),
    )

    @property
    def dite(self) -> AideOfferte:
        """What was typed, once it is valid."""
        dits: dict[str, Any] = self.cleaned_data
        portees = [Portee(portee) for portee in dits["portees"]]
        return AideOfferte(dits["numero"], dits["naissance"], portees, dits["jours"])
