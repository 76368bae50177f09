"""Form of the last step of a renewal: the household read it again, or nothing changed at all."""

from typing import Any

from django import forms

from sne.socle.forms import Formulaire


class FormulaireRenouvellement(Formulaire):
    """One box to tick: which one depends on whether anything changes (CCH R441-2-7)."""

    relu = forms.BooleanField(
        label="La personne a relu ces informations et les confirme",
        error_messages={"required": "Faites relire les informations à la personne, puis cochez la case."},
    )
    sans_changement = forms.BooleanField(
        label="Rien n’a changé\u00a0: la personne a tout relu et confirme que c’est encore exact",
        error_messages={"required": "Relisez le dossier avec la personne, puis cochez la case."},
    )

    def __init__(self, *args: Any, change: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["sans_changement" if change else "relu"]
