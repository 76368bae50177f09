"""What a household types to the support desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from sne.assistance.rules.menages import SORTES
from sne.assistance.rules.textes import TITRE_MAX
from sne.portail.forms import FormulaireDuMenage
from sne.socle.forms import Choix, Texte

CORPS_MAX = 4_000
SANS_NIR = gettext_lazy(
    "N’écrivez jamais votre numéro de sécurité sociale\u00a0: il serait effacé. Nous connaissons déjà votre demande."
)


def _zone() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Votre message"),
        help_text=SANS_NIR,
        max_length=CORPS_MAX,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Écrivez votre message."),
            "max_length": gettext_lazy("Votre message est trop long. Coupez-le en deux."),
        },
    )


class FormulaireQuestion(FormulaireDuMenage):
    """A question; the file, the person and the screen are known already, and none is asked."""

    field_order = ("formulaire", "categorie", "titre", "corps")

    formulaire = forms.CharField(widget=forms.HiddenInput)
    categorie = Choix(
        label=gettext_lazy("De quoi s’agit-il\u00a0?"),
        widget=forms.RadioSelect(),
        absence=gettext_lazy("Choisissez de quoi il s’agit."),
    )
    titre = Texte(
        label=gettext_lazy("En une phrase"),
        max_length=TITRE_MAX,
        absence=gettext_lazy("Dites en une phrase ce qui se passe."),
    )
    corps = _zone()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categorie"].choices = [(str(c), gettext(dite)) for c, dite in SORTES.items()]


class FormulaireMot(FormulaireDuMenage):
    """One more word to a question."""

    field_order = ("formulaire", "corps")

    formulaire = forms.CharField(widget=forms.HiddenInput)
    corps = _zone()
