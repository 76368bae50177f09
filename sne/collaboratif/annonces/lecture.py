"""Reads of announcements: those that go to one, those that one has not read, who has read where."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from sne.collaboratif.annonces.models import Annonce, LectureAnnonce
from sne.collaboratif.annonces.possible import exiger_lire_annonce, exiger_relayer
from sne.collaboratif.annonces.rules import Couverture, Lectrice, compter, couvrir
from sne.collaboratif.espaces.possible import exiger_tenir
from sne.collaboratif.espaces.rules import INTROUVABLE
from sne.collaboratif.espaces.selectors import Lecteur, list_personnes, siens
from sne.habilitations.rules import Permission
from sne.habilitations.selectors import list_comptes_des
from sne.socle.erreurs import Introuvable, refus_de
from sne.socle.lignes import trouver


def _siens(lecteur: Lecteur) -> Exists:
    """Whether one has said so, from any account of theirs."""
    dites = LectureAnnonce.objects.filter(compte__in=siens(lecteur))
    return Exists(dites.filter(annonce=OuterRef("pk")))


def list_annonces(lecteur: Lecteur, *, le: datetime) -> "QuerySet[Any]":
    """Those of that instant that go to one, the latest first; ``lue``: said read, from any account of theirs."""
    ouvertes = Annonce.objects.filter(du__lte=le, au__gt=le, acces__overlap=sorted(lecteur.cles))
    return ouvertes.annotate(lue=_siens(lecteur)).order_by("-du", "-id")


@dataclass(frozen=True, slots=True)
class AnnonceLue:
    """An announcement as its reader sees it; ``phrases``: of who relayed it to them."""

    annonce: Annonce
    lue: bool
    phrases: tuple[str, ...]
    relais: tuple[str, str] | None
    suivie: bool


def get_annonce(annonce_id: uuid.UUID, lecteur: Lecteur) -> AnnonceLue:
    """Raises ``Introuvable``."""
    annonce = trouver(Annonce.objects.filter(id=annonce_id), INTROUVABLE)
    exiger_lire_annonce(lecteur, annonce)
    lue = annonce.lectures.filter(compte__in=siens(lecteur)).exists()
    ici = {(m.perimetre.territoire, g) for m in lecteur.acteur.mandats for g in ("", m.perimetre.guichet)}
    phrases = tuple(
        r.phrase for r in annonce.relais.order_by("survenu_le") if (r.territoire, r.guichet) in ici
    )
    relayable = None if refus_de(exiger_relayer, lecteur, annonce) else exiger_relayer(lecteur, annonce)
    return AnnonceLue(annonce, lue, phrases, relayable, bool(_suivi(annonce, lecteur)))


def _suivi(annonce: Annonce, lecteur: Lecteur) -> str:
    """Whose coverage one reads: ``*`` for all, a territory, nothing."""
    if not refus_de(exiger_tenir, lecteur.acteur, annonce.territoire):
        return annonce.territoire or "*"
    tenus = lecteur.acteur.territoires(Permission.ANIMATION_TENIR) or ()
    return min(tenus, default="")


@dataclass(frozen=True, slots=True)
class Suivi:
    """Who an announcement reached: in all, and place by place."""

    annonce: Annonce
    personnes: int
    lues: int
    territoires: tuple[Couverture, ...]
    guichets: tuple[Couverture, ...]


def get_couverture(annonce_id: uuid.UUID, lecteur: Lecteur, *, le: datetime) -> Suivi:
    """Persons, each once, by territory and by counter: of the whole country, or of the territory that one holds.

    Raises ``Introuvable``.
    """
    annonce = trouver(Annonce.objects.filter(id=annonce_id), INTROUVABLE)
    exiger_lire_annonce(lecteur, annonce)
    if not (place := _suivi(annonce, lecteur)):
        raise Introuvable(INTROUVABLE)
    personnes = [
        Lectrice(p.id, p.territoire, p.guichet, p.nom)
        for p in list_personnes(annonce.acces, le=le)
        if place in {"*", p.territoire}
    ]
    lues = list_personnes_qui_ont_lu(annonce)
    relais = [(r.territoire, r.guichet) for r in annonce.relais.all()]
    au_guichet = [p for p in personnes if p.guichet]
    return Suivi(
        annonce,
        **compter(personnes, lues=lues),
        territoires=couvrir(personnes, lues=lues, relais=relais, par_guichet=False),
        guichets=couvrir(au_guichet, lues=lues, relais=relais, par_guichet=True),
    )


def list_personnes_qui_ont_lu(annonce: Annonce) -> frozenset[uuid.UUID]:
    """Every account of the persons who said so from one of theirs."""
    return list_comptes_des(annonce.lectures.values_list("compte", flat=True))
