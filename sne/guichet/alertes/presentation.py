"""Alerts in words: their state, their thread, their figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sne.guichet.recapitulatif.presentation import en_decimal
from sne.socle.templatetags.socle_tags import date_fr, mois_en_lettres
from sne.suivi.rules.alertes import EtatAlerte, NatureSuite
from sne.suivi.rules.classement import MOTIFS
from sne.suivi.selectors.alertes import AlerteLue, SuiteLue

ETATS: Mapping[EtatAlerte, tuple[str, str]] = {
    EtatAlerte.A_REPONDRE: ("Réponse attendue", "warning"),
    EtatAlerte.REPONDUE: ("Répondue", "info"),
    EtatAlerte.CLOSE: ("Close", "success"),
}
"""Label and tone of each state."""


@dataclass(frozen=True, slots=True)
class Message:
    """One line of the thread."""

    titre: str
    texte: str


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One month of the figures kept with the alert."""

    mois: str
    traitees: int
    changements: int
    taux: str
    taux_territoire: str
    signale: bool


def etat_en_mots(alerte: AlerteLue, *, le: date) -> str:
    """What is awaited, and since when it is late."""
    if alerte.etat is EtatAlerte.REPONDUE:
        return "Le guichet a répondu. Le gestionnaire territorial pose une autre question, ou ferme l’alerte."
    if alerte.etat is EtatAlerte.CLOSE:
        return "L’alerte est close."
    retard = " La date est passée, le guichet est relancé." if le > alerte.attendue_le else ""
    return f"Le guichet répond avant le {date_fr(alerte.attendue_le)}.{retard}"


def fil(alerte: AlerteLue) -> list[Message]:
    """The thread, in order, from the question."""
    ouverture = Message(f"{alerte.par}, le {date_fr(alerte.survenu_le)}\u00a0: question", alerte.texte)
    return [ouverture, *(_message(suite) for suite in alerte.suites)]


def chiffres(alerte: AlerteLue) -> list[Chiffre]:
    """The figures as they were."""
    return [_chiffre(ligne) for ligne in alerte.chiffres]


def _message(suite: SuiteLue) -> Message:
    qui, quand = suite.par, date_fr(suite.survenu_le)
    match suite.nature:
        case NatureSuite.DESIGNATION:
            return Message(f"{qui}, le {quand}\u00a0: {suite.designe} répondra", "")
        case NatureSuite.REPONSE:
            return Message(f"{qui}, le {quand}\u00a0: réponse", suite.texte)
        case NatureSuite.RELANCE:
            quoi = "relance, sans réponse" if suite.du_service else "autre question"
            return Message(f"{qui}, le {quand}\u00a0: {quoi}", suite.texte)
    motif = MOTIFS[suite.motif] if suite.motif else ""
    return Message(f"{qui}, le {quand}\u00a0: alerte close. {motif}", suite.texte)


def _chiffre(ligne: dict[str, Any]) -> Chiffre:
    return Chiffre(
        mois=mois_en_lettres(date.fromisoformat(f"{ligne['mois']}-01")),
        traitees=ligne["traitees"],
        changements=ligne["mineurs"] + ligne["majeurs"],
        taux="" if ligne["taux"] is None else en_decimal(ligne["taux"]),
        taux_territoire="" if ligne["taux_territoire"] is None else en_decimal(ligne["taux_territoire"]),
        signale=ligne["signale"],
    )
