"""What is told of an enquiry: why it opens, what is found, who asks and decides to lift a freeze, how it ends."""

from collections.abc import Sequence
from typing import Any

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.enquete.rules.enquete import (
    ISSUES,
    MOTIFS,
    MOTIFS_A_LA_MAIN,
    MOTIFS_ISSUE,
    MOTIFS_PAR_ISSUE,
    NOTE_MAX,
    DecisionLevee,
    MotifIssue,
)
from sne.socle.forms import Choix, Formulaire, Phrases, Texte

PAS_DE_NIR = "Pas de numéro de sécurité sociale."


def _phrase(label: str, *, requis: bool = False, maximum: int = TEXTE_MAX) -> forms.CharField:
    return Phrases(
        label=label,
        help_text=f"{maximum} signes au plus. {PAS_DE_NIR}",
        absence="Dites en une phrase ce que vous avez constaté." if requis else "",
        max_length=maximum,
    )


class FormulaireOuverture(Formulaire):
    """Why an enquiry is opened; the file may be frozen at once."""

    motif = Choix(
        label="Pourquoi ouvrir une enquête",
        absence="Choisissez pourquoi l’enquête est ouverte.",
        choices=[(motif.value, MOTIFS[motif]) for motif in MOTIFS_A_LA_MAIN],
        widget=forms.RadioSelect(),
    )
    precision = _phrase("Ce que vous avez constaté")
    figer = forms.BooleanField(
        label="Figer le dossier tout de suite",
        help_text="L’identité et les contacts ne peuvent plus changer, rien ne met fin à la demande.",
        required=False,
    )


class FormulaireElement(Formulaire):
    """A note, or a line of the history or an identity joined to the enquiry, with or without words."""

    texte = _phrase("Note", maximum=NOTE_MAX)
    piece = Choix(label="Joindre un élément du dossier", required=False, widget=forms.Select())

    def __init__(
        self, *args: Any, pieces: Sequence[tuple[str, Sequence[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        """``pieces``: groups of (code, words)."""
        super().__init__(*args, **kwargs)
        self.fields["piece"].choices = [("", "Aucun"), *pieces]


class FormulaireLien(Formulaire):
    """Another demande of the territory that the enquiry is about too."""

    numero = Texte(label="Numéro unique d’une autre demande", absence="Tapez le numéro unique de la demande.")


class FormulaireLevee(Formulaire):
    """Why a file should be frozen no more."""

    precision = _phrase("Pourquoi lever le gel", requis=True)


class FormulaireDecision(Formulaire):
    """The answer to the person who asked that a freeze be lifted."""

    decision = Choix(
        label="Votre décision",
        absence="Choisissez d’accepter ou de refuser.",
        choices=[
            (DecisionLevee.ACCEPTEE.value, "Lever le gel"),
            (DecisionLevee.REFUSEE.value, "Garder le dossier figé"),
        ],
        widget=forms.RadioSelect(),
    )
    precision = _phrase("Ce que vous avez constaté")


class FormulaireFin(Formulaire):
    """How an enquiry ends; the reasons are grouped by exit."""

    issue = Choix(
        label="Comment l’enquête se termine",
        absence="Choisissez comment l’enquête se termine.",
        choices=[(issue.value, libelle) for issue, libelle in ISSUES.items()],
        widget=forms.RadioSelect(),
    )
    motif = Choix(label="Motif", absence="Choisissez le motif.", widget=forms.Select())
    precision = _phrase("Ce que vous avez constaté")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groupes = [
            (
                libelle,
                [(m.value, MOTIFS_ISSUE[m]) for m in MOTIFS_PAR_ISSUE[issue] if m is not MotifIssue.AUTRE],
            )
            for issue, libelle in ISSUES.items()
        ]
        autre = ("Toutes les fins", [(MotifIssue.AUTRE.value, MOTIFS_ISSUE[MotifIssue.AUTRE])])
        self.fields["motif"].choices = [("", "Choisir"), *groupes, autre]
