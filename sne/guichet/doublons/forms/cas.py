"""How a case of duplicates ends: the exit, its coded reason, a sentence."""

from typing import Any

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.doublons.rules.cas import ISSUES, MOTIFS, MOTIFS_PAR_ISSUE, Motif
from sne.socle.forms import Choix, Formulaire, Phrases


class FormulaireCloture(Formulaire):
    """The reasons are grouped by exit; whether both go together is the register's to say."""

    issue = Choix(
        label="Comment le cas se termine",
        absence="Choisissez comment le cas se termine.",
        widget=forms.RadioSelect(),
    )
    motif = Choix(label="Motif", absence="Choisissez le motif.", widget=forms.Select())
    precision = Phrases(
        label="Ce que vous avez constaté",
        help_text=f"Une phrase, {TEXTE_MAX} signes au plus. Pas de numéro de sécurité sociale.",
        max_length=TEXTE_MAX,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issue"].choices = list(ISSUES.items())
        groupes = [
            (
                ISSUES[issue],
                [(motif, MOTIFS[motif]) for motif in MOTIFS_PAR_ISSUE[issue] if motif is not Motif.AUTRE],
            )
            for issue in ISSUES
        ]
        autre = ("Toutes les décisions", [(Motif.AUTRE, MOTIFS[Motif.AUTRE])])
        self.fields["motif"].choices = [("", "Choisir"), *groupes, autre]
