"""The state that all processes share: one row a service, read before each call, written when it changes."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from django.db import transaction

from sne.connecteurs.models import EtatService
from sne.connecteurs.parametres import ParametresConnecteurs
from sne.connecteurs.rules import (
    INCONNU,
    Etat,
    Motif,
    Reglage,
    Service,
    apres_un_echec,
    apres_un_succes,
    suspendu,
)
from sne.referentiels.selectors import get_parametres
from sne.socle.horloge import jour

FRAICHEUR = timedelta(minutes=1)  # a success is not written again before


def get_etats() -> Mapping[Service, Etat]:
    """What is known of each service that was ever asked."""
    return {Service(ligne.service): _lire(ligne) for ligne in EtatService.objects.all()}


def prendre_tour(service: Service, *, le: datetime) -> bool:
    """Whether it may be asked now. Suspended, no; once its suspension ends, one caller tries it for all of us."""
    etat = get_etats().get(service, INCONNU)
    if etat.suspendu_jusqua is None:
        return True
    if suspendu(etat, le):
        return False
    essai = EtatService.objects.filter(service=service, suspendu_jusqua=etat.suspendu_jusqua)
    return bool(essai.update(suspendu_jusqua=le + get_reglage(le).suspension))


def noter_succes(service: Service, *, le: datetime) -> None:
    """It answered. Written when it was in trouble, or when the last answer that is known is a minute old."""
    etat = get_etats().get(service, INCONNU)
    connu = etat.dernier_succes
    if etat.echecs or connu is None or le - connu >= FRAICHEUR:
        _changer(service, etat=apres_un_succes(etat, le))


def noter_echec(service: Service, motif: Motif, *, le: datetime, attente: timedelta | None = None) -> None:
    """It failed; two failures at once are two. ``attente``: how long it asks to be left alone."""
    with transaction.atomic():
        EtatService.objects.bulk_create([EtatService(service=service, echecs=0)], ignore_conflicts=True)
        ligne = EtatService.objects.select_for_update().get(service=service)
        etat = apres_un_echec(_lire(ligne), motif, le=le, reglage=get_reglage(le), attente=attente)
        _changer(service, etat=etat)


def get_reglage(le: datetime) -> Reglage:
    """When a service is left alone, and for how long, as the dated parameters say."""
    p = get_parametres(jour(le))
    return Reglage(
        echecs=p[ParametresConnecteurs].connecteur_echecs_de_suite,
        suspension=timedelta(seconds=p[ParametresConnecteurs].connecteur_suspension_secondes),
        attente_max=timedelta(seconds=p[ParametresConnecteurs].connecteur_attente_max_secondes),
    )


def _lire(ligne: EtatService) -> Etat:
    etat = Etat(**{nom: getattr(ligne, nom) for nom in Etat.__slots__})
    return replace(etat, dernier_motif=Motif(ligne.dernier_motif) if ligne.dernier_motif else None)


def _changer(service: Service, *, etat: Etat) -> None:
    champs = {**asdict(etat), "dernier_motif": etat.dernier_motif or ""}
    EtatService.objects.bulk_create(
        [EtatService(service=service, **champs)],
        update_conflicts=True,
        unique_fields=["service"],
        update_fields=list(champs),
    )
