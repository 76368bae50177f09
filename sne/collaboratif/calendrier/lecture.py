"""Reads of the calendar: a month, one meeting, what a secret opens with the keys of that day."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet

from sne.collaboratif.calendrier.models import FluxCalendrier, Rencontre
from sne.collaboratif.calendrier.possible import exiger_changer, exiger_lire_rencontre
from sne.collaboratif.calendrier.rules import Couche, empreinte_du_secret
from sne.collaboratif.espaces.rules import INTROUVABLE
from sne.collaboratif.espaces.selectors import Lecteur, lecteur_de
from sne.habilitations.models import Compte
from sne.habilitations.selectors import acteur_de, list_noms
from sne.socle.erreurs import Introuvable, refus_de
from sne.socle.horloge import debut_du_jour, jour
from sne.socle.lignes import trouver

PASSES_MOIS = 12


def list_rencontres(
    lecteur: Lecteur, *, mois: date, couches: Collection[Couche] = tuple(Couche)
) -> QuerySet[Rencontre]:
    """Meetings that begin in a month, those cancelled too, in their order."""
    debut = debut_du_jour(mois.replace(day=1))
    return _lues(lecteur, couches).filter(
        debut__gte=debut, debut__lt=debut_du_jour(mois.replace(day=1) + relativedelta(months=1))
    )


def _lues(lecteur: Lecteur, couches: Collection[Couche]) -> QuerySet[Rencontre]:
    lues = Rencontre.objects.filter(acces__overlap=sorted(lecteur.toutes), couche__in=list(couches))
    return lues.select_related("espace").order_by("debut", "id")


@dataclass(frozen=True, slots=True)
class RencontreLue:
    """A meeting as its reader sees it; ``refus``: why they do not change it."""

    rencontre: Rencontre
    vient: bool
    inscrits: tuple[str, ...]
    refus: str


def get_rencontre(rencontre_id: uuid.UUID, lecteur: Lecteur) -> RencontreLue:
    """Raises ``Introuvable``."""
    rencontre = trouver(
        Rencontre.objects.select_related("espace", "annonce", "questions").filter(id=rencontre_id),
        INTROUVABLE,
    )
    exiger_lire_rencontre(lecteur, rencontre)
    comptes = set(rencontre.inscriptions.filter(retiree_le=None).values_list("compte", flat=True))
    refus = refus_de(exiger_changer, lecteur, rencontre)
    inscrits = () if refus else tuple(sorted(list_noms(comptes).values()))
    return RencontreLue(rencontre, lecteur.acteur.id in comptes, inscrits, refus)


def get_flux(compte: uuid.UUID) -> FluxCalendrier | None:
    """The feed that one has, without its secret."""
    return FluxCalendrier.objects.filter(compte=compte, revoque_le=None).first()


def lire_flux(secret: str, *, le: datetime) -> list[Rencontre]:
    """What this secret opens at that instant, by the rights of its owner then. Raises ``Introuvable``.

    Revoked, replaced, or of somebody who holds no role any more: there is no such feed.
    """
    flux = FluxCalendrier.objects.filter(empreinte=empreinte_du_secret(secret), revoque_le=None).first()
    compte = Compte.objects.filter(id=flux.compte, actif=True).first() if flux else None
    if flux is None or compte is None:
        raise Introuvable(INTROUVABLE)
    lecteur = lecteur_de(acteur_de(compte, le=jour(le)), le=le)
    if not lecteur.acteur.mandats:
        raise Introuvable(INTROUVABLE)
    couches = [Couche(c) for c in flux.couches]
    return list(_lues(lecteur, couches).filter(fin__gt=le - relativedelta(months=PASSES_MOIS)))
