"""Deciding of a subscription: opened, changed, stopped, taken over by its place, by whoever holds the place."""

import uuid
from dataclasses import replace

from django.db import transaction

from sne.infocentre.abonnements.actions.constater import constater
from sne.infocentre.abonnements.actions.suites import decider, lock_abonnement, lock_vivant, migrer, noter
from sne.infocentre.abonnements.possible import (
    exiger_abonner,
    exiger_reprendre,
    exiger_service,
    exiger_version,
    exiger_vivant,
)
from sne.infocentre.abonnements.rules.decisions import (
    Nature,
    Reglage,
    exiger_change,
    exiger_reglage,
)
from sne.infocentre.abonnements.rules.issues import Issue
from sne.infocentre.abonnements.rules.migration import Migration
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors.abonnements import (
    Abonnement,
    est_repris,
    get_abonnement,
    lire_abonnement,
)
from sne.infocentre.abonnements.selectors.envois import EnvoiVu, list_a_arreter
from sne.infocentre.abonnements.selectors.liens import lire_arret
from sne.infocentre.abonnements.selectors.migrations import get_migration
from sne.infocentre.abonnements.selectors.rapports import get_connus
from sne.infocentre.rapports.possible import exiger_rapport
from sne.infocentre.rapports.selectors.versions import VersionLue, get_rapport
from sne.socle.acte import Acte
from sne.socle.horloge import jour
from sne.socle.identifiants import uuid7

PAR_SON_LIEU = "Repris par le lieu."
PAR_UN_LIEN = "Arrêté par le lien d’un de ses messages."


@transaction.atomic
def abonner(place: Place, reglage: Reglage, *, acte: Acte) -> uuid.UUID:
    """Open a subscription of this place, or one’s own; it may be due from that day on. Returns its identifier.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (a setting that cannot be kept, on its field).
    """
    exiger_abonner(acte.acteur, place)
    _exiger_reglage(place, reglage, acte=acte)
    nouveau = _nouveau(place, reglage, acte=acte)
    decider(nouveau, acte=acte)
    return nouveau.id


@transaction.atomic
def changer_abonnement(abonnement_id: uuid.UUID, voulu: Reglage, *, acte: Acte) -> None:
    """Set it otherwise: what was due before is due as it was. A newer version is accepted by choosing it.

    Raises ``Introuvable``, ``Interdit`` (stopped, the same as now, a setting that cannot be kept, on its field).
    """
    actuel = ouvrir(abonnement_id, acte=acte)
    exiger_change(actuel.reglage, voulu)
    _exiger_reglage(actuel.place, voulu, acte=acte)
    constater(actuel, acte=acte)
    meme = actuel.reglage.calendrier.rythme is voulu.calendrier.rythme
    change = replace(
        actuel,
        nature=Nature.CHANGE,
        reglage=replace(voulu, rapport=actuel.reglage.rapport),
        depuis=actuel.depuis if meme else jour(acte.survenu_le),
        motif="",
    )
    migration = get_migration(abonnement_id)
    if migration is not None and migration.ouverte and migration.nouvelle == voulu.version:
        migrer(actuel, Migration.ACCEPTEE, migration, acte=acte)
    decider(change, acte=acte)


@transaction.atomic
def arreter_abonnement(abonnement_id: uuid.UUID, *, motif: str = "", acte: Acte) -> None:
    """Stop it; what was due and has not left ends with it. Raises ``Introuvable``, ``Interdit`` (stopped already)."""
    actuel = ouvrir(abonnement_id, acte=acte)
    arreter(actuel, motif=motif, acte=acte)


@transaction.atomic
def arreter_par_lien(jeton: str, *, acte: Acte) -> bool:
    """Stop somebody’s own, by the link of one of its messages, for whoever reads them; whether it was still living.

    Raises ``Introuvable`` (no such link), ``NonHabilite``.
    """
    exiger_service(acte.acteur)
    abonnement = lock_vivant(lire_arret(jeton))
    if abonnement is None:
        return False
    arreter(abonnement, motif=PAR_UN_LIEN, acte=acte)
    return True


@transaction.atomic
def reprendre_abonnement(abonnement_id: uuid.UUID, *, acte: Acte) -> uuid.UUID:
    """The place takes over somebody’s own subscription: it goes on for whoever holds the place, from what was due and
    had not left. Returns the identifier of the place’s.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (it is the place’s already, a setting the place cannot keep).
    """
    lock_abonnement(abonnement_id)
    actuel = lire_abonnement(abonnement_id)
    place = exiger_reprendre(actuel, acte.acteur, repris=est_repris(actuel.id))
    roles = get_connus(_version(actuel.reglage, acte=acte), place, le=jour(acte.survenu_le)).roles
    reglage = replace(actuel.reglage, roles=tuple(roles))
    _exiger_reglage(place, reglage, acte=acte)
    restants: tuple[EnvoiVu, ...] = ()
    if actuel.vivant:
        constater(actuel, acte=acte)
        restants = list_a_arreter(actuel.id)
        arreter(actuel, motif=PAR_SON_LIEU, issue=Issue.REMPLACE, acte=acte)
    nouveau = _nouveau(place, reglage, acte=acte)
    depuis = min((e.due_le for e in restants), default=nouveau.depuis)
    decider(replace(nouveau, depuis=min(depuis, nouveau.depuis), reprend=actuel.id), acte=acte)
    return nouveau.id


def arreter(actuel: Abonnement, *, motif: str, acte: Acte, issue: Issue = Issue.ARRETE) -> None:
    """The same for a subscription that is locked and read, whoever stops it."""
    exiger_vivant(actuel)
    constater(actuel, acte=acte)
    for envoi in list_a_arreter(actuel.id):
        noter(envoi, issue, actuel.place, motif=motif, acte=acte)
    migration = get_migration(actuel.id)
    if migration is not None and migration.ouverte:
        migrer(actuel, Migration.ARRETEE, migration, acte=acte)
    decider(replace(actuel, nature=Nature.ARRETE, motif=motif), acte=acte)


def ouvrir(abonnement_id: uuid.UUID, *, acte: Acte) -> Abonnement:
    """A living subscription that the actor decides of, locked. Raises ``Introuvable``, ``Interdit``."""
    lock_abonnement(abonnement_id)
    actuel = get_abonnement(abonnement_id, acte.acteur)
    exiger_vivant(actuel)
    return actuel


def _nouveau(place: Place, reglage: Reglage, *, acte: Acte) -> Abonnement:
    return Abonnement(
        id=uuid7(),
        place=place,
        reglage=reglage if place.compte is None else replace(reglage, roles=()),
        nature=Nature.OUVERT,
        depuis=jour(acte.survenu_le),
        par=acte.acteur.nom,
        motif="",
        survenu_le=acte.survenu_le,
    )


def _exiger_reglage(place: Place, reglage: Reglage, *, acte: Acte) -> None:
    exiger_rapport(acte.acteur, reglage.rapport)
    connus = get_connus(_version(reglage, acte=acte), place, le=jour(acte.survenu_le))
    exiger_reglage(reglage, connus, a_soi=place.compte is not None)


def _version(reglage: Reglage, *, acte: Acte) -> VersionLue:
    return exiger_version(get_rapport(reglage.rapport), reglage.version, instant=acte.survenu_le)
