"""What is asked of a counter, what it answers, who is to answer, why it is closed."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from sne.guichet.recapitulatif.forms import FormulaireExport
from sne.habilitations.models import Compte
from sne.referentiels.rules import FicheGuichet
from sne.socle.forms import Choix, Formulaire, Phrases
from sne.suivi.rules.alertes import TEXTE_MAX
from sne.suivi.rules.classement import MOTIFS

AIDE = f"{TEXTE_MAX} signes au plus. Ne nommez aucun demandeur, pas de numéro de sécurité sociale."


def _message(label: str, absence: str) -> forms.CharField:
    return Phrases(
        label=label,
        help_text=AIDE,
        max_length=TEXTE_MAX,
        absence=absence,
        error_messages={"max_length": f"Texte trop long\u00a0: {TEXTE_MAX} signes au plus."},
        rangees=4,
    )


class FormulaireAlerte(FormulaireExport):
    """A new alert: which counter, which months, what is asked."""

    guichet = Choix(
        label="Guichet", widget=forms.Select(), absence="Choisissez un guichet de votre territoire."
    )
    texte = _message("Votre question au guichet", "Écrivez votre question.")
    field_order = ("guichet", "de", "a", "texte")

    def __init__(
        self, *args: Any, mois: Sequence[date], fiches: Sequence[FicheGuichet], **kwargs: Any
    ) -> None:
        """``fiches``: counters to choose among."""
        super().__init__(*args, mois=mois, **kwargs)
        self.fields["guichet"].choices = [
            ("", "Choisir"),
            *((f.code, f"{f.libelle} ({f.code})") for f in fiches),
        ]


class FormulaireReponse(Formulaire):
    """The answer of the counter."""

    texte = _message("Votre réponse", "Écrivez votre réponse.")


class FormulaireRelance(Formulaire):
    """Another question."""

    texte = _message("Votre question", "Écrivez votre question.")


class FormulaireCloture(Formulaire):
    """Why it ends."""

    motif = Choix(
        label="Motif",
        absence="Choisissez le motif dans la liste.",
        choices=[(motif.value, libelle) for motif, libelle in MOTIFS.items()],
        widget=forms.RadioSelect(),
    )
    texte = Phrases(
        label="Précision",
        help_text=f"{AIDE} Lue par le guichet.",
        max_length=TEXTE_MAX,
    )


class FormulaireDesignation(Formulaire):
    """Which agent of the counter answers."""

    compte = Choix(label="Agent", widget=forms.Select(), absence="Choisissez un agent de ce guichet.")

    def __init__(self, *args: Any, agents: Sequence[Compte], **kwargs: Any) -> None:
        """``agents``: those to choose among."""
        super().__init__(*args, **kwargs)
        self.fields["compte"].choices = [("", "Choisir"), *((str(a.id), a.nom_complet) for a in agents)]

    def clean_compte(self) -> uuid.UUID:
        """Identifier of the account."""
        return uuid.UUID(self.cleaned_data["compte"])
