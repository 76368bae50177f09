"""Reads of exchanges: topics of a space, those that wait, one topic as its reader may see it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sne.collaboratif.echanges.models import Contribution, LectureSujet, Sujet, Veille
from sne.collaboratif.echanges.possible import (
    exiger_accepter,
    exiger_lire_sujet,
    exiger_modifier,
    exiger_repondre,
    exiger_retirer,
    exiger_visible,
)
from sne.collaboratif.echanges.rules import GenreSujet, Niveau
from sne.collaboratif.espaces.models import Espace
from sne.collaboratif.espaces.rules import INTROUVABLE, Droit, suffit
from sne.collaboratif.espaces.selectors import Lecteur
from sne.habilitations.selectors import list_noms
from sne.socle.erreurs import Introuvable, refus_de
from sne.socle.lignes import trouver

COMBIEN = 50


def sans_reponse(sujets: QuerySet[Sujet]) -> QuerySet[Sujet]:
    """Questions that wait, the oldest first."""
    return sujets.filter(genre=GenreSujet.QUESTION, acceptee=None, clos_le=None).order_by("cree_le", "id")


def list_sujets(espace: Espace, lecteur: Lecteur, *, attendent: bool = False) -> tuple[Any, ...]:
    """The latest topics of a space, or its questions without an accepted answer; :data:`COMBIEN` at most. Raises
    ``Introuvable``.
    """
    sujets = _sujets(espace, lecteur)
    return tuple((sans_reponse(sujets) if attendent else sujets.order_by("-activite_le", "-id"))[:COMBIEN])


def compter_sujets(espace: Espace, lecteur: Lecteur) -> tuple[int, int]:
    """How many topics of a space this reader has to read, and how many of its questions wait. Raises
    ``Introuvable``.
    """
    sujets = _sujets(espace, lecteur)
    return sujets.filter(nouveau=True).count(), sans_reponse(sujets).count()


def list_recents(espace: Espace, lecteur: Lecteur, *, page: int) -> tuple[tuple[Any, ...], bool]:
    """A page of the topics of a space, the latest first, and whether others follow it. Raises ``Introuvable``."""
    debut = (page - 1) * COMBIEN
    lus = tuple(_sujets(espace, lecteur).order_by("-activite_le", "-id")[debut : debut + COMBIEN + 1])
    return lus[:COMBIEN], len(lus) > COMBIEN


def _sujets(espace: Espace, lecteur: Lecteur) -> "QuerySet[Any]":
    """Those that this reader sees; ``nouveau``: not read since. Raises ``Introuvable``."""
    if espace.id not in lecteur.droits:
        raise Introuvable(INTROUVABLE)
    lu = LectureSujet.objects.filter(
        compte=lecteur.acteur.id, sujet=OuterRef("pk"), jusqu_a__gte=OuterRef("activite_le")
    )
    dites = Count("contributions", filter=Q(contributions__ouvre=False, contributions__retiree_le=None))
    sujets = Sujet.objects.filter(espace=espace)
    if not suffit(lecteur.droits[espace.id], Droit.ANIMER):
        sujets = sans_les_retires(sujets)
    return sujets.annotate(nouveau=~Exists(lu), reponses=dites)


def sans_les_retires(sujets: QuerySet[Sujet]) -> QuerySet[Sujet]:
    """But those whose opening was withdrawn: read by their authors, by their address, and by who runs the space."""
    return sujets.exclude(
        Exists(Contribution.objects.filter(sujet=OuterRef("pk"), ouvre=True, retiree_le__isnull=False))
    )


@dataclass(frozen=True, slots=True)
class ContributionLue:
    """One contribution as its reader sees it; ``versions``: what it said before, the latest first."""

    id: uuid.UUID
    ouvre: bool
    auteur: str
    corps: str
    html: str
    cree_le: datetime
    modifiee_le: datetime | None
    retiree_le: datetime | None
    motif: str
    acceptee: bool
    signalements: tuple[str, ...]
    versions: tuple[tuple[datetime, str], ...]
    modifiable: bool
    retirable: bool


@dataclass(frozen=True, slots=True)
class SujetLu:
    """A topic as its reader sees it: what it asks, the accepted answer, the rest in its order."""

    sujet: Sujet
    ouverture: ContributionLue
    acceptee: ContributionLue | None
    acceptee_par: str
    suite: tuple[ContributionLue, ...]
    refus: str
    acceptable: bool


def get_sujet(sujet_id: uuid.UUID, lecteur: Lecteur) -> SujetLu:
    """Raises ``Introuvable``: none, or of a space that does not open."""
    sujet = trouver(Sujet.objects.select_related("espace").filter(id=sujet_id), INTROUVABLE)
    exiger_lire_sujet(lecteur, sujet)
    ecrites = list(sujet.contributions.prefetch_related("versions", "signalements").order_by("cree_le", "id"))
    noms = list_noms({c.auteur for c in ecrites} | {sujet.acceptee_par or sujet.auteur})
    for contribution in ecrites:
        contribution.sujet = sujet
    lues = [_lue(c, lecteur, noms) for c in ecrites if not refus_de(exiger_visible, lecteur, c)]
    ouverture = next((c for c in lues if c.ouvre), None)
    if ouverture is None:
        raise Introuvable(INTROUVABLE)
    acceptee = next((c for c in lues if c.acceptee), None)
    return SujetLu(
        sujet,
        ouverture,
        acceptee,
        noms.get(sujet.acceptee_par or sujet.auteur, "") if acceptee else "",
        tuple(c for c in lues if not c.ouvre and not c.acceptee),
        refus_de(exiger_repondre, lecteur, sujet),
        not refus_de(exiger_accepter, lecteur, sujet),
    )


def get_contribution(contribution_id: uuid.UUID, lecteur: Lecteur) -> Contribution:
    """Raises ``Introuvable``."""
    contribution = trouver(
        Contribution.objects.select_related("sujet__espace").filter(id=contribution_id), INTROUVABLE
    )
    exiger_visible(lecteur, contribution)
    return contribution


def niveau_de(compte: uuid.UUID, espace: uuid.UUID | None) -> Niveau:
    """What the digest tells this account: of this space, else what was chosen for all, else its own answers."""
    dits: dict[uuid.UUID | None, str] = dict(
        Veille.objects.filter(compte=compte).values_list("espace", "niveau")
    )
    return Niveau(dits.get(espace) or dits.get(None) or Niveau.RESUME)


def _lue(c: Contribution, lecteur: Lecteur, noms: dict[uuid.UUID, str]) -> ContributionLue:
    retirable = not refus_de(exiger_retirer, lecteur, c)
    return ContributionLue(
        c.id,
        c.ouvre,
        noms.get(c.auteur, ""),
        c.corps,
        c.html,
        c.cree_le,
        c.modifiee_le,
        c.retiree_le,
        c.motif,
        c.id == c.sujet.acceptee_id,
        tuple(s.motif for s in c.signalements.all()) if retirable else (),
        tuple((v.remplacee_le, v.html) for v in sorted(c.versions.all(), key=lambda v: v.id, reverse=True)),
        not refus_de(exiger_modifier, lecteur, c),
        retirable,
    )
