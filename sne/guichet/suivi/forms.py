"""Why a case of the follow-up is closed."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from sne.guichet.suivi.presentation import AUCUN_ACTE
from sne.registre.enquete.selectors.enquetes import EnqueteBreve
from sne.socle.forms import Choix, Formulaire
from sne.socle.requete import identifiant
from sne.socle.templatetags.socle_tags import date_fr, numero
from sne.suivi.rules.classement import MOTIFS


class FormulaireClassement(Formulaire):
    """The reason; ``vu`` is the last act that the page showed."""

    vu = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=36)
    motif = Choix(
        label="Motif",
        absence="Choisissez le motif dans la liste.",
        choices=[(motif.value, libelle) for motif, libelle in MOTIFS.items()],
        widget=forms.RadioSelect(),
    )

    def clean_vu(self) -> uuid.UUID | None:
        return identifiant(self.cleaned_data["vu"]) if self.cleaned_data["vu"] != AUCUN_ACTE else None


class FormulaireClassementGuichet(FormulaireClassement):
    """The same of a counter, with the enquiry that takes over once it is confirmed."""

    observes = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=1_000_000)
    enquete = Choix(label="Enquête ouverte, si c’est confirmé", required=False, widget=forms.Select())

    def __init__(self, *args: Any, enquetes: Sequence[EnqueteBreve], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enquete"].choices = [
            ("", "Choisir"),
            *((str(e.id), f"{numero(e.nud)}, ouverte le {date_fr(e.ouvert_le)}") for e in enquetes),
        ]

    def clean_enquete(self) -> uuid.UUID | None:
        return identifiant(self.cleaned_data["enquete"])
