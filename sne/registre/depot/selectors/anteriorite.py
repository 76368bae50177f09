"""Earlier reception dates asked for: what waits for the territorial manager, one request whole."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.depot import policies
from sne.registre.depot.rules.anteriorite import IssueAnteriorite
from sne.socle.acteur import Acteur
from sne.socle.lignes import trouver
from sne.socle.pages import Page
from sne.socle.pages_sql import lire_page, situer

PAR_PAGE = 50


@dataclass(frozen=True, slots=True)
class RequeteLue:
    """One request. ``depot``: the date that counts meanwhile; ``issue`` is ``None`` while it waits."""

    id: uuid.UUID
    territoire: str
    demande_id: uuid.UUID
    nud: str
    nom: str
    date_demandee: date
    depot: date
    motif: str
    guichet: str
    auteur: uuid.UUID
    survenu_le: datetime
    issue: IssueAnteriorite | None
    reponse: str
    decideur: str
    decide_le: datetime | None


def list_requetes(acteur: Acteur, *, apres: uuid.UUID | None = None) -> Page[RequeteLue]:
    """Requests that this actor may answer, the oldest first, page by page; an unknown place is the first page."""
    page = lire_page(
        _entieres(_en_attente(acteur)),
        situer(RequeteAnteriorite.objects.filter(_siennes(acteur)), "survenu_le", apres=apres),
        ordre=("survenu_le", "id"),
        par_page=PAR_PAGE,
    )
    noms = _noms({requete.demande_id for requete in page.lignes})
    return page.montrer(_lire(requete, noms) for requete in page.lignes)


def compter_requetes(acteur: Acteur) -> int:
    """How many wait for this actor's answer."""
    return _en_attente(acteur).count()


def get_requete(requete_id: uuid.UUID, acteur: Acteur) -> RequeteLue:
    """One request that the actor may answer, answered or not. Raises ``Introuvable``."""
    requete = trouver(
        _entieres(RequeteAnteriorite.objects.filter(_siennes(acteur), id=requete_id)),
        "Aucune date à décider dans votre périmètre sous cet identifiant.",
    )
    return _lire(requete, _noms({requete.demande_id}))


def is_separation_en_attente(demande: Demande) -> bool:
    """Whether a separation may still give this demande the seniority of another one."""
    return Separation.objects.filter(nouvelle=demande, decision=None).exclude(a_decider=[]).exists()


def _siennes(acteur: Acteur) -> Q:
    return policies.scope_des_anteriorites(acteur)


def _en_attente(acteur: Acteur) -> QuerySet[RequeteAnteriorite]:
    return RequeteAnteriorite.objects.filter(
        _siennes(acteur), decision=None, demande__statut__in=sorted(OUVERTES)
    )


def _entieres(requetes: QuerySet[RequeteAnteriorite]) -> QuerySet[RequeteAnteriorite]:
    return requetes.select_related("demande__version_courante", "decision")


def _noms(demandes: Collection[uuid.UUID]) -> dict[uuid.UUID, Identite]:
    """The identity in force of the applicant of each of these demandes; an association's has none."""
    demandeurs = Personne.objects.filter(demande__in=demandes, role="DEMANDEUR", retire_le=None)
    return {p.demande_id: p.identite_courante for p in demandeurs.select_related("identite_courante")}


def _nommer(demande: Demande, identite: Identite | None) -> str:
    if identite is not None:
        return f"{identite.nom_naissance} {identite.prenoms}"
    association = (demande.version_courante.contenu or {}).get("association") or {}
    return str(association.get("nom", ""))


def _lire(requete: RequeteAnteriorite, noms: Mapping[uuid.UUID, Identite]) -> RequeteLue:
    demande, decision = requete.demande, getattr(requete, "decision", None)
    return RequeteLue(
        id=requete.id,
        territoire=requete.territoire,
        demande_id=demande.id,
        nud=demande.nud,
        nom=_nommer(demande, noms.get(demande.id)),
        date_demandee=requete.date_demandee,
        depot=demande.date_depot,
        motif=requete.motif,
        guichet=requete.guichet,
        auteur=requete.auteur,
        survenu_le=requete.survenu_le,
        issue=IssueAnteriorite(decision.issue) if decision else None,
        reponse=decision.motif if decision else "",
        decideur=str(decision.decide_par.get("nom", "")) if decision else "",
        decide_le=decision.survenu_le if decision else None,
    )
