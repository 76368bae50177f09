"""What a person signs for a body or a relative; the code by which a relative finds it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from sne.portail.forms import FormulaireDuMenage
from sne.registre.demande.rules.mandat_aide import Portee
from sne.registre.mandat.actions.autoriser import Autorisation, Invitation
from sne.registre.mandat.rules.papier import NOM_MAX
from sne.registre.mandat.selectors.mandats import Offre
from sne.socle.forms import Cases, Formulaire, Texte

COURRIEL_MAX, CODE_MAX = 254, 20
PORTEES: Mapping[Portee, Any] = {
    Portee.LIRE: gettext_lazy("Lire ma demande, sans mes coordonnées ni mes ressources connues"),
    Portee.DOCUMENTS: gettext_lazy("Ajouter mes documents"),
    Portee.COMPLETER: gettext_lazy("Compléter mes revenus et le logement que je demande"),
    Portee.RENOUVELER: gettext_lazy("Renouveler ma demande, quand rien n’a changé"),
}
DUREES: Mapping[int, Any] = {
    1: gettext_lazy("1 jour"),
    31: gettext_lazy("1 mois"),
    182: gettext_lazy("6 mois"),
    365: gettext_lazy("1 an"),
}


class FormulaireASigner(FormulaireDuMenage):
    """For what, for how long; what may be signed is said by the register."""

    formulaire = forms.CharField(widget=forms.HiddenInput)
    portees = forms.MultipleChoiceField(
        label=gettext_lazy("Que peut faire cette personne à votre place\u00a0?"),
        widget=Cases(en_ligne=False),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"),
            gettext_lazy("Cochez ce que cette personne peut faire à votre place."),
        ),
    )
    jours = forms.TypedChoiceField(
        label=gettext_lazy("Pour combien de temps\u00a0?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choisissez pour combien de temps.")
        ),
    )

    def __init__(self, *args: Any, offre: Offre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["portees"].choices = [(str(portee), PORTEES[portee]) for portee in offre.portees]
        self.fields["jours"].choices = [(jours, DUREES[jours]) for jours in offre.durees]

    @property
    def _limites(self) -> dict[str, Any]:
        dits = self.cleaned_data
        return {"portees": [Portee(portee) for portee in dits["portees"]], "jours": dits["jours"]}


class FormulaireAide(FormulaireASigner):
    """Which body may act in one's place."""

    field_order = ("formulaire", "organisme", "portees", "jours")

    organisme = forms.ChoiceField(
        label=gettext_lazy("Quel organisme vous aide\u00a0?"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choisissez l’organisme qui vous aide.")
        ),
    )
    portees = forms.MultipleChoiceField(
        label=gettext_lazy("Que peut-il faire à votre place\u00a0?"),
        widget=Cases(en_ligne=False),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"),
            gettext_lazy("Cochez ce que l’organisme peut faire à votre place."),
        ),
    )

    def __init__(self, *args: Any, offre: Offre, **kwargs: Any) -> None:
        super().__init__(*args, offre=offre, **kwargs)
        self.fields["organisme"].choices = [("", gettext("Choisir un organisme")), *offre.organismes.items()]

    @property
    def dite(self) -> Autorisation:
        """What was chosen, once it is valid."""
        return Autorisation(self.cleaned_data["organisme"], **self._limites)


class FormulaireProche(FormulaireASigner):
    """Which relative may, and where they are invited."""

    field_order = ("formulaire", "proche", "courriel", "portees", "jours")

    proche = Texte(
        label=gettext_lazy("Son prénom et son nom"),
        max_length=NOM_MAX,
        absence=gettext_lazy("Tapez le prénom et le nom de la personne qui vous aide."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    courriel = Texte(
        label=gettext_lazy("Son adresse électronique"),
        help_text=gettext_lazy("Nous lui envoyons une invitation. Exemple\u00a0: prenom.nom@exemple.fr"),
        max_length=COURRIEL_MAX,
        absence=gettext_lazy("Tapez l’adresse électronique de la personne qui vous aide."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"}),
    )

    @property
    def dite(self) -> Invitation:
        """What was typed, once it is valid."""
        dits = self.cleaned_data
        return Invitation(dits["proche"], dits["courriel"], **self._limites)


class FormulaireInvitation(Formulaire):
    """The code of the message received; spaces, hyphens and case do not matter."""

    code = Texte(
        label=gettext_lazy("Code reçu"),
        help_text=gettext_lazy(
            "12 lettres et chiffres, dans le message qui vous invite. Exemple : 7KMR-W3XQ-9TFA"
        ),
        max_length=CODE_MAX,
        absence=gettext_lazy("Tapez le code du message qui vous invite."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
