"""The form by which a household says which of our messages it does without."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from sne.notifications.rules import Famille
from sne.socle.forms import Cases, Formulaire

LIBELLES = {
    Famille.DOCUMENTS: gettext_lazy("Un document est à envoyer, ou à envoyer de nouveau"),
    Famille.REQUETES: gettext_lazy("La suite d’un changement demandé à un guichet"),
}


class FormulaireAvis(Formulaire):
    """One box a family, ticked for those that are received."""

    recus = forms.MultipleChoiceField(
        label=gettext_lazy("Je veux recevoir ces messages"),
        required=False,
        choices=[(famille.value, libelle) for famille, libelle in LIBELLES.items()],
        widget=Cases(en_ligne=False),
        error_messages={"invalid_choice": gettext_lazy("Choisissez dans la liste.")},
    )

    def refuses(self) -> frozenset[Famille]:
        """The families that are not ticked; of a valid form."""
        recus: Any = self.cleaned_data["recus"]
        return frozenset(famille for famille in Famille if famille not in recus)
