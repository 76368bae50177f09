"""What a household may ask the desk, who gets it, and where it stands in words of its own. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from sne.assistance.rules.etats import Statut
from sne.assistance.rules.niveaux import Categorie, Niveau, Place


class Mot(StrEnum):
    """What somebody does from their pages: ask, go on, say that it is settled, then whether the answer helped."""

    QUESTION = "QUESTION"
    SUITE = "SUITE"
    REGLE = "REGLE"
    AVIS = "AVIS"


SANS_TEXTE = frozenset({Mot.REGLE, Mot.AVIS})
"""Buttons: they are bounded by their ticket, and count for nothing in a day."""


SORTES: Mapping[Categorie, str] = {
    Categorie.QUESTION: "J’ai une question sur ma demande",
    Categorie.GENANT: "Je n’arrive pas à faire quelque chose ici",
    Categorie.DONNEES: "Une information de ma demande est fausse",
    Categorie.SECURITE: "Quelqu’un a agi à ma place",
}
"""Categories that a household chooses among, in its words."""
ETATS: Mapping[str, str] = {
    Statut.NOUVEAU: "Reçue",
    Statut.EN_COURS: "En cours",
    Statut.ATTENTE_DEMANDEUR: "Attend votre réponse",
    Statut.ATTENTE_TIERS: "En cours",
    Statut.RESOLU: "Résolue",
    Statut.CLOS: "Close",
}
CHEZ: Mapping[Niveau, str] = {
    Niveau.N1: "L’assistance aux demandeurs s’en occupe.",
    Niveau.GT: "Le gestionnaire de votre département s’en occupe.",
    Niveau.N2: "L’assistance nationale s’en occupe.",
    Niveau.DPO: "Le délégué à la protection des données s’en occupe. Lui seul la lit avec vous.",
}
"""Who has it now, in one sentence."""


def place_du_menage(categorie: Categorie, territoire: str) -> Place:
    """Applicants are answered by the first level; what touches security goes straight to the officer."""
    return Place(Niveau.DPO if categorie is Categorie.SECURITE else Niveau.N1, territoire)


def cle_du_menage(compte: object) -> str:
    """The key of a household's account: of no professional, so that none reads by it."""
    return f"menage:{compte}"
