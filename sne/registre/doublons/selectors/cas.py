"""Cases of duplicates as the territorial manager sees them, and the questions that a counter asked."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.selectors.identites import nirs_masques
from sne.registre.doublons import policies
from sne.registre.doublons.models import CasDoublon
from sne.registre.doublons.rules.cas import Origine
from sne.registre.enquete.selectors.comparaison import PersonneComparee, comparer, presentes
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import dechiffrer
from sne.socle.erreurs import Introuvable
from sne.socle.pages import Page
from sne.socle.pages_sql import lire_page, situer

PAR_PAGE = 50


@dataclass(frozen=True, slots=True)
class CasBref:
    """One line of the list; ``nom``: of the person who was being registered."""

    id: uuid.UUID
    origine: Origine
    ouvert_le: datetime
    guichet: str
    nom: str
    nud: str
    raisons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CasLu:
    """A case whole. ``nouvelle``: number given since to the person registered, empty before."""

    id: uuid.UUID
    territoire: str
    origine: Origine
    ouvert_le: datetime
    auteur: uuid.UUID
    agent: str
    guichet: str
    nouvelle: str
    nud: str
    statut: str
    date_depot: date
    score: float
    raisons: tuple[str, ...]
    personnes: tuple[PersonneComparee, ...]
    clos_le: datetime | None
    decideur: str
    issue: str
    motif: str
    precision: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a counter asked, and the answer: ``issue`` is empty while it waits."""

    nom: str
    nud: str
    ouvert_le: datetime
    issue: str


def list_cas(
    acteur: Acteur,
    *,
    apres: uuid.UUID | None = None,
    avant: uuid.UUID | None = None,
    par_page: int = PAR_PAGE,
) -> Page[CasBref]:
    """Cases that wait for this actor, the oldest first, page by page; an unknown place is the first page."""
    visibles = CasDoublon.objects.filter(policies.scope_des_cas(acteur))
    page = lire_page(
        visibles.filter(clos_le=None).select_related("demande"),
        situer(visibles, "ouvert_le", apres=apres, avant=avant),
        ordre=("ouvert_le", "id"),
        par_page=par_page,
    )
    return page.montrer(_bref(c) for c in page.lignes)


def compter_cas(acteur: Acteur) -> int:
    """How many cases wait for this actor."""
    return CasDoublon.objects.filter(policies.scope_des_cas(acteur), clos_le=None).count()


def list_questions(acteur: Acteur, *, depuis: datetime, au_plus: int = 10) -> tuple[Question, ...]:
    """What this actor asked since ``depuis``, the newest first."""
    cas = CasDoublon.objects.filter(
        auteur=acteur.id, origine=Origine.GUICHET, ouvert_le__gte=depuis, territoire=acteur.territoire
    )
    return tuple(
        Question(_nom(c), c.demande.nud, c.ouvert_le, c.issue)
        for c in cas.select_related("demande").order_by("-ouvert_le", "-id")[:au_plus]
    )


def get_cas(cas_id: uuid.UUID, acteur: Acteur) -> CasLu:
    """A case, waiting or ended. Raises ``Introuvable`` outside the actor's perimeter."""
    cas = (
        CasDoublon.objects.filter(policies.scope_des_cas(acteur), id=cas_id).select_related("demande").first()
    )
    if cas is None:
        raise Introuvable("Aucun cas dans votre périmètre sous cet identifiant.")
    nouvelle = Demande.objects.filter(id=cas.dossier).values_list("nud", flat=True).first()
    return CasLu(
        id=cas.id,
        territoire=cas.territoire,
        origine=Origine(cas.origine),
        ouvert_le=cas.ouvert_le,
        auteur=cas.auteur,
        agent=cas.ouvert_par["nom"],
        guichet=cas.guichet,
        nouvelle=nouvelle or "",
        nud=cas.demande.nud,
        statut=cas.demande.statut,
        date_depot=cas.demande.date_anciennete,
        score=float(cas.score),
        raisons=tuple(cas.raisons),
        personnes=(*_saisies(cas), *_personnes(cas)),
        clos_le=cas.clos_le,
        decideur=cas.decide_par["nom"] if cas.decide_par else "",
        issue=cas.issue,
        motif=cas.motif,
        precision=cas.precision,
    )


def _bref(cas: CasDoublon) -> CasBref:
    return CasBref(
        id=cas.id,
        origine=Origine(cas.origine),
        ouvert_le=cas.ouvert_le,
        guichet=cas.guichet,
        nom=_nom(cas),
        nud=cas.demande.nud,
        raisons=tuple(cas.raisons),
    )


def _nom(cas: CasDoublon) -> str:
    premiere = next(_saisies(cas))
    return f"{premiere.nom} {premiere.prenoms}".strip()


def _saisies(cas: CasDoublon) -> Iterator[PersonneComparee]:
    """The adults as they were typed, decrypted."""
    for brut in json.loads(dechiffrer(bytes(cas.saisie), lie_a=cas.id.bytes)):
        naissance = brut.pop("date_naissance")
        yield PersonneComparee(
            qui=f"Personne reçue au guichet {cas.guichet}",
            date_naissance=date.fromisoformat(naissance) if naissance else None,
            **brut,
        )


ROLES = {
    "DEMANDEUR": "Titulaire de la demande existante",
    "COTITULAIRE": "Cotitulaire de la demande existante",
}


def _personnes(cas: CasDoublon) -> Iterator[PersonneComparee]:
    """Who is on the existing demande."""
    personnes = list(presentes(cas.demande_id))
    masques = nirs_masques([p.id for p in personnes])
    for personne in personnes:
        yield comparer(ROLES[personne.role], personne.identite_courante, personne.telephone, masques)
