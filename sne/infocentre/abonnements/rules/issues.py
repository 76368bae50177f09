"""How an occurrence goes on, and the one way in which it ends. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Issue(StrEnum):
    """What happened to an occurrence. Those of :data:`FINALES` end it: one occurrence has exactly one of them."""

    ESSAI = "ESSAI"
    PREPARE = "PREPARE"
    RETARDE = "RETARDE"
    SANS_LECTEUR = "SANS_LECTEUR"
    ENVOYE = "ENVOYE"
    VIDE = "VIDE"
    ECHEC = "ECHEC"
    ARRETE = "ARRETE"
    REMPLACE = "REMPLACE"
    RENVOYE = "RENVOYE"


FINALES = frozenset({Issue.ENVOYE, Issue.VIDE, Issue.ECHEC, Issue.ARRETE, Issue.REMPLACE})
UNE_FOIS = frozenset({Issue.PREPARE, Issue.RETARDE, Issue.SANS_LECTEUR})
"""Kept, and told, once for an occurrence, however many nights it waits."""
PARTIES = frozenset({Issue.ENVOYE, Issue.VIDE})
"""Somebody received it."""

LIBELLES: Mapping[Issue, str] = {
    Issue.ESSAI: "Essai manqué",
    Issue.PREPARE: "En cours d’envoi",
    Issue.RETARDE: "En retard",
    Issue.SANS_LECTEUR: "Personne à qui l’envoyer",
    Issue.ENVOYE: "Envoyé",
    Issue.VIDE: "Envoyé, aucune activité",
    Issue.ECHEC: "Échec",
    Issue.ARRETE: "Arrêté",
    Issue.REMPLACE: "Remplacé",
    Issue.RENVOYE: "Renvoyé",
}


class Pas(StrEnum):
    """What the service does of an occurrence now."""

    ATTENDRE = "ATTENDRE"
    PREPARER = "PREPARER"
    DIRE_SANS_LECTEUR = "DIRE_SANS_LECTEUR"
    DIRE_EN_RETARD = "DIRE_EN_RETARD"
    CONCLURE = "CONCLURE"
    ECHOUER = "ECHOUER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constat:
    """What is known of an occurrence that is due.

    ``refus``: why it can never be made as it is set, in a sentence, else empty; ``couvert``: the figures go to the end
    of its period; ``lecteurs``: who would receive it; ``tard``: it has waited for longer than is told; ``essais``:
    times that making it failed, ``essais_max`` of which end it. Once prepared, ``partis``, ``refuses``, ``en_attente``
    count its e-mails.
    """

    refus: str = ""
    couvert: bool = True
    lecteurs: int = 1
    tard: bool = False
    essais: int = 0
    essais_max: int = 3
    partis: int = 0
    refuses: int = 0
    en_attente: int = 0


def pas_suivant(deja: Collection[Issue], constat: Constat) -> Pas:
    """What comes next for an occurrence to which ``deja`` happened; one that ended waits for nothing.

    It is not empty, and not failed, as long as nobody is there to read it: it leaves when somebody is.
    """
    if not FINALES.isdisjoint(deja):
        return Pas.ATTENDRE
    if Issue.PREPARE in deja:
        return _une_fois_prepare(deja, constat)
    if constat.refus or constat.essais >= constat.essais_max:
        return Pas.ECHOUER
    if not constat.lecteurs:
        return Pas.ATTENDRE if Issue.SANS_LECTEUR in deja else Pas.DIRE_SANS_LECTEUR
    if constat.couvert:
        return Pas.PREPARER
    return _en_retard(deja, constat)


def derniere(issues: Collection[Issue]) -> Issue | None:
    """How it stands: its end when it has one, else what happened last (``issues`` in order); ``None``: nothing yet."""
    connues = [i for i in issues if i is not Issue.RENVOYE]
    finales = [i for i in connues if i in FINALES]
    return finales[0] if finales else (connues[-1] if connues else None)


def _une_fois_prepare(deja: Collection[Issue], constat: Constat) -> Pas:
    if constat.partis:
        return Pas.CONCLURE
    if not constat.en_attente:
        return Pas.ECHOUER
    return _en_retard(deja, constat)


def _en_retard(deja: Collection[Issue], constat: Constat) -> Pas:
    return Pas.DIRE_EN_RETARD if constat.tard and Issue.RETARDE not in deja else Pas.ATTENDRE
