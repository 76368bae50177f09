"""Messages of a file in words: what was sent to whom, by which channel, and what each attempt gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sne.notifications.rules import Canal, Etat, Issue
from sne.notifications.selectors import MessageLu, TentativeLue

CANAUX: Mapping[Canal, str] = {
    Canal.COURRIEL: "Courriel",
    Canal.SMS: "SMS",
    Canal.LETTRE: "Lettre",
}
ETATS: Mapping[Etat, str] = {
    Etat.A_ENVOYER: "À envoyer",
    Etat.ENVOYE: "Envoyé",
    Etat.DIFFERE: "En attente",
    Etat.DELIVRE: "Arrivé",
    Etat.REJETE: "Refusé",
}
ETATS_DE_LETTRE: Mapping[Etat, str] = {
    Etat.A_ENVOYER: "À imprimer",
    Etat.ENVOYE: "Remise à l’impression",
    Etat.DIFFERE: "En attente",
    Etat.DELIVRE: "Distribuée",
    Etat.REJETE: "Revenue",
}
TONS: Mapping[Etat, str] = {
    Etat.A_ENVOYER: "info",
    Etat.ENVOYE: "success",
    Etat.DIFFERE: "warning",
    Etat.DELIVRE: "success",
    Etat.REJETE: "error",
}
ISSUES: Mapping[Issue, str] = {
    Issue.ACCEPTE: "Parti",
    Issue.TRAITE: "Remis au prestataire",
    Issue.DELIVRE: "Arrivé à sa destination",
    Issue.TEMPORAIRE: "Refusé pour le moment",
    Issue.PERMANENT: "Refusé",
    Issue.INDISPONIBLE: "Envoi impossible pour le moment",
    Issue.INCERTAIN: "Parti ou non, sans réponse",
}


@dataclass(frozen=True, slots=True)
class Essai:
    """One attempt: when, what it gave, in which words."""

    instant: datetime
    issue: str
    precision: str


@dataclass(frozen=True, slots=True)
class Message:
    """One line of the block."""

    instant: datetime
    libelle: str
    canal: str
    adresse: str
    etat: str
    ton: str
    essais: Sequence[Essai]


def presenter_messages(messages: Sequence[MessageLu]) -> list[Message]:
    """Messages in words, in their order."""
    return [
        Message(
            instant=m.survenu_le,
            libelle=m.libelle,
            canal=CANAUX[m.canal],
            adresse=m.adresse_masquee,
            etat=(ETATS_DE_LETTRE if m.canal is Canal.LETTRE else ETATS)[m.etat],
            ton=TONS[m.etat],
            essais=[_essai(t) for t in m.tentatives],
        )
        for m in messages
    ]


def _essai(tentative: TentativeLue) -> Essai:
    code = f" ({tentative.code})" if tentative.code and tentative.code not in tentative.texte else ""
    return Essai(tentative.survenu_le, ISSUES[tentative.issue], f"{tentative.texte}{code}".strip())
