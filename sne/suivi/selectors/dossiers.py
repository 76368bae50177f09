"""Files to look at, as the follow-up shows them: those that nobody closed, one of them whole."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from sne.habilitations.selectors import list_noms
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.identite.selectors.suivi import (
    DossierRegarde,
    DossierSuivi,
    Lieu,
    compter_dossiers_regardes,
    get_dossier_suivi,
    list_dossiers_regardes,
)
from sne.socle.acteur import Acteur
from sne.suivi import policies
from sne.suivi.selectors.classements import (
    ClassementLu,
    list_classements_du_dossier,
    list_operations_classees,
)

AU_PLUS = 50


@dataclass(frozen=True, slots=True)
class DossiersARegarder:
    """Files that nobody closed, the highest score first, so many at most; how many there are, and for today."""

    dossiers: tuple[DossierRegarde, ...]
    nombre: int
    aujourd_hui: int


@dataclass(frozen=True, slots=True)
class DossierALire:
    """One file to look at. ``classement``: how its case stands closed, as long as no other act came.

    ``anciens``: what was answered before. ``depuis``: first day of the acts.
    """

    suivi: DossierSuivi
    depuis: date
    classement: ClassementLu | None
    anciens: tuple[ClassementLu, ...]


def list_dossiers(acteur: Acteur, *, le: date, au_plus: int = AU_PLUS) -> DossiersARegarder:
    """Files to look at, of the counters that the actor follows."""
    lieu = Lieu(acteur.territoire, policies.guichets_suivis(acteur, le=le))
    classees = list_operations_classees(acteur, depuis=_depuis(le))
    nombre, ce_jour = compter_dossiers_regardes(acteur, lieu, le=le, sauf=classees)
    return DossiersARegarder(
        list_dossiers_regardes(acteur, lieu, le=le, sauf=classees, au_plus=au_plus), nombre, ce_jour
    )


def get_dossier(demande_id: uuid.UUID, acteur: Acteur, *, le: date) -> DossierALire:
    """One of them, closed or not. Raises ``Introuvable``."""
    lieu = Lieu(acteur.territoire, policies.guichets_suivis(acteur, le=le))
    suivi = get_dossier_suivi(demande_id, acteur, lieu, le=le)
    tous = list_classements_du_dossier(demande_id, acteur)
    actuel = next((c for c in tous if c.operation == suivi.regarde.operation), None)
    return DossierALire(
        suivi=suivi,
        depuis=_depuis(le),
        classement=actuel,
        anciens=tuple(c for c in tous if c is not actuel),
    )


def list_auteurs(lu: DossierALire, acteur: Acteur) -> dict[uuid.UUID, str]:
    """Names of those who did these acts, at the counters whose agents the actor may know."""
    territoire = acteur.territoire
    actes = lu.suivi.actes
    return list_noms(
        {a.personne for a in actes if policies.can_nommer(acteur, territoire=territoire, guichet=a.guichet)}
    )


def _depuis(le: date) -> date:
    """First day of the window of the score."""
    return le - timedelta(days=get_seuils(le).score_fenetre_jours)
