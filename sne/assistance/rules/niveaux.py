"""Levels of support and categories of question: who gets a ticket first, and who it may be handed over to. Pure.

Who asks of a counter is answered by the manager of their territory; managers and national roles by the second level;
what an applicant asks, the national assistance writes, and the manager of the file's territory gets it. What touches
security goes straight to the data protection officer.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sne.habilitations.rules import ROLES, Role, cle_du_role
from sne.socle.acteur import Acteur


class Niveau(StrEnum):
    """Who has a ticket."""

    N1 = "N1"
    GT = "GT"
    N2 = "N2"
    DPO = "DPO"


class Categorie(StrEnum):
    """What a ticket is about."""

    BLOQUANT = "BLOQUANT"
    GENANT = "GENANT"
    DONNEES = "DONNEES"
    QUESTION = "QUESTION"
    CONTENU = "CONTENU"
    EVOLUTION = "EVOLUTION"
    SECURITE = "SECURITE"


CATEGORIES: Mapping[Categorie, tuple[str, str]] = {
    Categorie.BLOQUANT: ("Le guichet est bloqué", "On ne peut plus enregistrer de demande."),
    Categorie.GENANT: ("Quelque chose ne marche pas", "On peut continuer, mais moins bien."),
    Categorie.DONNEES: ("Une donnée à corriger", "Une information est fausse ou en double."),
    Categorie.QUESTION: ("Une question", "Comment faire, quelle règle suivre."),
    Categorie.CONTENU: ("Une page du site", "Il manque quelque chose, ou ce n’est pas juste."),
    Categorie.EVOLUTION: ("Une idée", "Le service pourrait faire mieux."),
    Categorie.SECURITE: (
        "Sécurité",
        "Détournement, fuite, «\u00a0ce n’est pas moi\u00a0»\u00a0: va tout droit au délégué à la protection des "
        "données.",
    ),
}
"""Category → (name, one sentence)."""
ROLE_DU_NIVEAU: Mapping[Niveau, Role] = {
    Niveau.N1: Role.SUPPORT_N1,
    Niveau.GT: Role.GESTIONNAIRE_TERRITORIAL,
    Niveau.N2: Role.SUPPORT_N2,
    Niveau.DPO: Role.DPO,
}
SUITES: Mapping[Niveau, tuple[Niveau, ...]] = {
    Niveau.N1: (Niveau.GT, Niveau.N2, Niveau.DPO),
    Niveau.GT: (Niveau.N2, Niveau.N1, Niveau.DPO),
    Niveau.N2: (Niveau.GT, Niveau.N1, Niveau.DPO),
    Niveau.DPO: (),
}
"""Whom each level hands a ticket over to. Nothing leaves the officer: what is told there is told to them alone."""
_AU_GESTIONNAIRE = frozenset({Role.AGENT_GUICHET, Role.AIDANT, Role.SUPPORT_N1})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ticket is: a level, and the territory of the manager who has it (empty for the others)."""

    niveau: Niveau
    territoire: str = ""

    @property
    def cle(self) -> str:
        """The team that has it."""
        role = ROLE_DU_NIVEAU[self.niveau]
        return cle_du_role(role, self.territoire if self.niveau is Niveau.GT else "")


def premiere_place(categorie: Categorie, role: str, territoire: str) -> Place:
    """Who gets a ticket of this category from this role. Without a territory to manage, the second level does."""
    if categorie is Categorie.SECURITE:
        return Place(Niveau.DPO, territoire)
    if categorie is not Categorie.CONTENU and role in _AU_GESTIONNAIRE and territoire:
        return Place(Niveau.GT, territoire)
    return Place(Niveau.N2, territoire)


def territoire_de(acteur: Acteur, nuds: Collection[str]) -> str:
    """Where a question is from: the place acted for; of a national role, that of the file which it shows, if any."""
    return acteur.territoire or next((nud[:3] for nud in sorted(nuds)), "")


def nom_du_niveau(niveau: str) -> str:
    """« Support de niveau 2 »."""
    return ROLES[ROLE_DU_NIVEAU[Niveau(niveau)]].nom


def est_confidentiel(niveau: str) -> bool:
    """Whether only its author and the officer read it, whatever was shared before."""
    return niveau == Niveau.DPO


def role_de(acteur: Acteur) -> str:
    """The role under which somebody asks: that of the place they act for."""
    return acteur.mandats[0].role
