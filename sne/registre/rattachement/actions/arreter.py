"""Ending one's demande online, and keeping it: the session may, then the act of the register; every adult is told."""

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from sne.demandeurs.rules.niveaux import Geste
from sne.notifications.selectors import has_messages
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.rattachement.actions.ecrire import ecrire_a_tous
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.vie.actions.arreter import demander_arret, garder_demande
from sne.registre.vie.messages import MessageVie
from sne.registre.vie.selectors.arrets import get_arret
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import date_longue, numero


def arreter_la_sienne(visite: Visite, *, survenu_le: datetime) -> date:
    """Ask that it end; the day when it does. Raises ``NonHabilite``, ``TransitionInterdite``, ``DossierFige``."""
    exiger_geste(Geste.ARRETER, visite.presence)
    return demander_arret(visite.lien.demande_id, acte=Acte(visite.acteur, survenu_le))


def garder_la_sienne(visite: Visite, *, survenu_le: datetime) -> None:
    """Take that back, whichever adult asked. Raises ``NonHabilite``."""
    exiger_geste(Geste.GARDER, visite.presence)
    garder_demande(visite.lien.demande_id, acte=Acte(visite.acteur, survenu_le))


@transaction.atomic
def annoncer_arret(entree_id: uuid.UUID, *, demande_id: uuid.UUID, acte: Acte) -> None:
    """Tell every adult that their demande is about to end, and how to keep it. Idempotent; nothing once it is kept."""
    arret = get_arret(demande_id)
    if arret is None or has_messages(entree_id, territoire=arret.territoire):
        return
    demande = Demande.objects.select_related("version_courante").get(id=demande_id)
    mots = {
        "numero": numero(demande.nud),
        "effet_le": date_longue(arret.effet_le),
        "portail": settings.URL_PORTAIL,
    }
    ecrire_a_tous(demande, MessageVie.ARRET_DEMANDE, mots, origine=entree_id, acte=acte)


@transaction.atomic
def annoncer_maintien(entree_id: uuid.UUID, *, demande_id: uuid.UUID, acte: Acte) -> None:
    """Tell every adult that their demande is kept after all. Idempotent."""
    demande = Demande.objects.select_related("version_courante").get(id=demande_id)
    if demande.statut != Statut.PURGEE and not has_messages(entree_id, territoire=demande.territoire):
        mots = {"numero": numero(demande.nud)}
        ecrire_a_tous(demande, MessageVie.ARRET_ANNULE, mots, origine=entree_id, acte=acte)
