"""The answer to a change of identity, and the counter's own: what is decided, why, a sentence."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.rules.personne import MotifRefusIdentite
from sne.registre.identite.rules.decision import MOTIFS_REFUS
from sne.registre.identite.rules.relecture import AVIS
from sne.socle.forms import Choix, Formulaire, Phrases

VALIDER, QUESTIONNER, REFUSER, SIGNALER = "valider", "question", "refuser", "dpo"
DECISIONS = {
    VALIDER: "Valider le changement",
    QUESTIONNER: "Demander une précision au guichet",
    REFUSER: "Refuser",
    SIGNALER: "Transmettre au délégué à la protection des données",
}
UN_CLIC = "un_clic"
"""Button of a usual answer."""
DEMANDER_LA_PIECE = "piece"
USUELLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    VALIDER: (DECISIONS[VALIDER], {"decision": VALIDER}),
    DEMANDER_LA_PIECE: (
        "Demander la pièce au guichet",
        {
            "decision": QUESTIONNER,
            "precision": "Ajoutez au dossier la pièce qui montre ce changement. Sans elle, il ne peut pas être validé.",
        },
    ),
    **{
        motif.value: (
            f"Refuser\u00a0: {libelle[:1].lower()}{libelle[1:]}",
            {"decision": REFUSER, "motif": motif.value},
        )
        for motif, libelle in MOTIFS_REFUS.items()
        if motif is not MotifRefusIdentite.AUTRE
    },
}
"""By button, what it says and what it answers."""
SANS_NIR = "Pas de numéro de sécurité sociale."


def deplier(donnees: QueryDict) -> QueryDict:
    """What was answered; a usual answer is the form that it stands for."""
    if (dite := USUELLES.get(donnees.get(UN_CLIC, ""))) is None:
        return donnees
    pleine = donnees.copy()
    for champ, valeur in dite[1].items():
        pleine[champ] = valeur
    return pleine


class FormulaireDecision(Formulaire):
    """The register checks whether documents were opened, and whether the reason goes with the decision.

    ``signale``: the reader may report the change.
    """

    decision = Choix(
        label="Décision",
        absence="Choisissez votre décision.",
        widget=forms.RadioSelect(),
    )
    motif = forms.ChoiceField(
        label="Motif, si vous refusez",
        required=False,
        choices=[("", "Choisir"), *MOTIFS_REFUS.items()],
        widget=forms.Select(),
    )
    precision = Phrases(
        label="Message au guichet, ou précision",
        help_text=f"{TEXTE_MAX} signes au plus. Visible par l’agent et sa responsable, sauf s’il s’agit d’une "
        f"transmission au délégué. {SANS_NIR}",
        max_length=TEXTE_MAX,
    )

    def __init__(self, *args: Any, signale: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [
            (code, libelle) for code, libelle in DECISIONS.items() if signale or code != SIGNALER
        ]


class FormulaireRelecture(Formulaire):
    """What a second reader would have decided."""

    avis = Choix(
        label="Votre lecture",
        absence="Choisissez si ce changement se justifie.",
        choices=list(AVIS.items()),
        widget=forms.RadioSelect(),
    )
    precision = Phrases(
        label="Pourquoi",
        help_text=f"Nécessaire si vous répondez non. {TEXTE_MAX} signes au plus. {SANS_NIR}",
        max_length=TEXTE_MAX,
    )


class FormulaireReponse(Formulaire):
    """What the counter answers to a question."""

    texte = Phrases(
        label="Votre réponse",
        help_text=f"{TEXTE_MAX} signes au plus. Lue par la personne qui décide. {SANS_NIR}",
        max_length=TEXTE_MAX,
        absence="Écrivez votre réponse.",
    )


class FormulaireExplication(Formulaire):
    """What an agent says of an act of theirs that is looked at."""

    texte = Phrases(
        label="Votre explication",
        help_text=f"{TEXTE_MAX} signes au plus, une seule fois. Lue par la personne qui décide. {SANS_NIR}",
        max_length=TEXTE_MAX,
        absence="Écrivez votre explication.",
    )
