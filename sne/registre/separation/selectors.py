"""Separations: what the territorial manager examines, and the link between two demandes for those who may read it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.policies import scope
from sne.registre.demande.selectors.etat import assembler
from sne.registre.joindre.selectors.protection import is_protegee, list_protegees
from sne.registre.separation import policies
from sne.registre.separation.rules import IssueSeparation, Reserve
from sne.socle.acteur import Acteur
from sne.socle.horloge import PARIS
from sne.socle.lignes import trouver
from sne.socle.pages import Page
from sne.socle.pages_sql import lire_page, situer

PAR_PAGE = 50
ABSENTE = "Aucune séparation dans votre périmètre sous cet identifiant."


@dataclass(frozen=True, slots=True)
class SeparationBreve:
    """One line of the list of the territorial manager. ``nom``: of the person who left."""

    id: uuid.UUID
    nom: str
    premiere: str
    nouvelle: str
    guichet: str
    survenu_le: datetime
    reserves: tuple[Reserve, ...]


@dataclass(frozen=True, slots=True)
class SeparationLue:
    """A separation whole. ``ancien_depot``: seniority of the first demande; ``nouveau_depot``: own deposit of the new.

    ``issue`` is empty while it waits.
    """

    id: uuid.UUID
    territoire: str
    nom: str
    naissance: date
    premiere: str
    nouvelle: str
    preuve: str
    document: str
    secrete: bool
    reserves: tuple[Reserve, ...]
    ancien_depot: date
    nouveau_depot: date
    auteur: uuid.UUID
    agent: str
    guichet: str
    survenu_le: datetime
    issue: IssueSeparation | None
    motif: str
    decideur: str


@dataclass(frozen=True, slots=True)
class Lien:
    """The other demande of a separation. ``origine``: it is the one that was left; ``attend``: seniority waits."""

    nud: str
    origine: bool
    le: datetime
    secrete: bool
    attend: bool


def get_contenus(demande: Demande, *, le: date) -> tuple[Contenu | None, Contenu]:
    """What a demande said at the end of that day (``None``: it was not there yet), and when it was registered."""
    versions = Version.objects.filter(demande=demande)
    fin = datetime.combine(le, time.max, tzinfo=PARIS)
    alors = versions.filter(survenu_le__lte=fin).order_by("-survenu_le", "-numero").first()
    return (assembler(alors) if alors else None), assembler(versions.earliest("numero"))


def list_liens(demande_id: uuid.UUID, *, acteur: Acteur) -> tuple[Lien, ...]:
    """The other demandes of its separations, both ways; a secret link is shown only to those who examine separations.

    A demande that became protected since is secret too. The actor may read both ends: who left a household, and who
    stayed, learn nothing of each other.
    """
    lisibles = Demande.objects.filter(scope(acteur))
    separations = (
        Separation.objects.filter(
            Q(demande=demande_id) | Q(nouvelle=demande_id), demande__in=lisibles, nouvelle__in=lisibles
        )
        .select_related("demande", "nouvelle", "decision")
        .order_by("survenu_le", "id")
    )
    liens, protegees = [], list_protegees({s.nouvelle_id for s in separations})
    for s in separations:
        secrete = s.nouvelle_id in protegees
        if secrete and not policies.can_decider_separation(acteur, territoire=s.territoire):
            continue
        origine = s.nouvelle_id == demande_id
        autre = s.demande if origine else s.nouvelle
        attend = bool(s.a_decider) and not hasattr(s, "decision")
        liens.append(Lien(autre.nud, origine, s.survenu_le, secrete, attend))
    return tuple(liens)


def list_separations(acteur: Acteur, *, apres: uuid.UUID | None = None) -> Page[SeparationBreve]:
    """Separations that wait for this actor, the oldest first, page by page; an unknown place is the first page."""
    siennes = Separation.objects.filter(policies.scope_des_separations(acteur))
    page = lire_page(
        siennes.filter(decision=None).select_related(
            "demande", "nouvelle", "personne_nouvelle__identite_courante"
        ),
        situer(siennes, "survenu_le", apres=apres),
        ordre=("survenu_le", "id"),
        par_page=PAR_PAGE,
    )
    return page.montrer(_breve(s) for s in page.lignes)


def compter_separations(acteur: Acteur) -> int:
    """How many wait for this actor's look."""
    return Separation.objects.filter(policies.scope_des_separations(acteur), decision=None).count()


def get_separation(separation_id: uuid.UUID, acteur: Acteur) -> SeparationLue:
    """One separation that the actor may examine. Raises ``Introuvable``."""
    s = trouver(
        Separation.objects.filter(policies.scope_des_separations(acteur), id=separation_id).select_related(
            "demande",
            "nouvelle",
            "titre",
            "decision",
            "personne_nouvelle__identite_courante",
        ),
        ABSENTE,
    )
    identite = s.personne_nouvelle.identite_courante
    decision = getattr(s, "decision", None)
    return SeparationLue(
        id=s.id,
        territoire=s.territoire,
        nom=_nom(identite),
        naissance=identite.date_naissance,
        premiere=s.demande.nud,
        nouvelle=s.nouvelle.nud,
        preuve=s.preuve,
        document=s.document,
        secrete=is_protegee(s.nouvelle),
        reserves=tuple(Reserve(code) for code in s.a_decider),
        ancien_depot=s.titre.date_depot,
        nouveau_depot=s.nouvelle.date_depot,
        auteur=s.auteur,
        agent=str(s.separe_par.get("nom", "")),
        guichet=s.guichet,
        survenu_le=s.survenu_le,
        issue=IssueSeparation(decision.issue) if decision else None,
        motif=decision.motif if decision else "",
        decideur=str(decision.decide_par.get("nom", "")) if decision else "",
    )


def _breve(s: Separation) -> SeparationBreve:
    return SeparationBreve(
        id=s.id,
        nom=_nom(s.personne_nouvelle.identite_courante),
        premiere=s.demande.nud,
        nouvelle=s.nouvelle.nud,
        guichet=s.guichet,
        survenu_le=s.survenu_le,
        reserves=tuple(Reserve(code) for code in s.a_decider),
    )


def _nom(identite: Identite) -> str:
    return f"{identite.nom_naissance} {identite.prenoms}"


def list_secretes(separations: Collection[str]) -> frozenset[str]:
    """Among these separations, those of which nothing may bring the two demandes together, whatever came since."""
    lues = Separation.objects.filter(id__in=separations, secrete=True).values_list("id", flat=True)
    return frozenset(map(str, lues)) if separations else frozenset()
