"""Acts that a score ranks among those to look at: one's own; when their authors saw it, and what they said."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from sne.habilitations.rules import Permission
from sne.habilitations.selectors import list_comptes_de, list_comptes_des
from sne.journal.selectors.entrees import premiers_dits
from sne.registre.controle.models import Operation
from sne.registre.controle.rules.termes import Terme
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.demande.models.personne import Personne
from sne.registre.identite.models import ObservationIdentite
from sne.registre.identite.verbes import VerbeIdentite
from sne.socle.acteur import Acteur, Canal
from sne.socle.pages import Page
from sne.socle.pages_sql import lire_page, situer

PAR_PAGE = 50


@dataclass(frozen=True, slots=True)
class ChangementRegarde:
    """One act of the reader. ``nom``: in force, of the applicant. ``explication``: empty as long as they said nothing;
    ``vu_le``: when they first saw it.
    """

    id: uuid.UUID
    territoire: str
    nud: str
    nom: str
    survenu_le: datetime
    score: float
    termes: tuple[Terme, ...]
    explication: str
    expliquee_le: datetime | None
    vu_le: datetime | None


@dataclass(frozen=True, slots=True)
class Regard:
    """One act that is looked at, and when its author first saw that it is."""

    acte_le: datetime
    vu_le: datetime | None


@dataclass(frozen=True, slots=True)
class Explication:
    """What an agent said of an act of theirs, for the person who decides."""

    par: str
    acte_le: datetime
    survenu_le: datetime
    texte: str


def operations_regardees(acteur: Acteur, *, le: date) -> QuerySet[Operation]:
    """Acts of this person, under any of their accounts, that are looked at, where they may still make such acts."""
    siennes = Operation.objects.filter(
        auteur__in=list_comptes_de(acteur.id), score__isnull=False, score__gte=get_seuils(le).score_regarder
    )
    territoires = acteur.territoires(Permission.ETAT_CIVIL_PROPOSER)
    return siennes if territoires is None else siennes.filter(territoire__in=sorted(territoires))


def list_changements_regardes(
    acteur: Acteur, *, le: date, apres: uuid.UUID | None = None, avant: uuid.UUID | None = None
) -> Page[ChangementRegarde]:
    """The reader's own acts that are looked at, the newest first; nobody else's.

    ``apres``, ``avant``: the key of one of them; an unknown key gives the first page.
    """
    toutes = operations_regardees(acteur, le=le)
    page = lire_page(
        toutes.select_related("demande", "observation"),
        situer(toutes, "survenu_le", apres=apres, avant=avant),
        ordre=("-survenu_le", "-id"),
        par_page=PAR_PAGE,
    )
    siennes = page.lignes
    vues, noms = _premieres_vues(siennes), list_noms({o.demande_id for o in siennes})
    return page.montrer(
        ChangementRegarde(
            id=o.id,
            territoire=o.territoire,
            nud=o.demande.nud,
            nom=noms.get(o.demande_id, ""),
            survenu_le=o.survenu_le,
            score=float(o.score or 0),
            termes=tuple(Terme(**terme) for terme in o.termes or []),
            explication=o.observation.texte if hasattr(o, "observation") else "",
            expliquee_le=o.observation.survenu_le if hasattr(o, "observation") else None,
            vu_le=vues.get(str(o.id)),
        )
        for o in siennes
    )


def list_regards(demande_id: uuid.UUID, *, le: date) -> tuple[Regard, ...]:
    """Acts of agents on this demande that are looked at, the newest first."""
    actes = Operation.objects.filter(
        demande=demande_id, canal=Canal.GUICHET.value, score__gte=get_seuils(le).score_regarder
    ).order_by("-survenu_le", "-id")
    vues = _premieres_vues(actes)
    return tuple(Regard(o.survenu_le, vues.get(str(o.id))) for o in actes)


def _premieres_vues(actes: Collection[Operation]) -> dict[str, datetime]:
    """When the persons of these acts first saw each of them, under any of their accounts; by identifier."""
    if not actes:
        return {}
    return premiers_dits(
        VerbeIdentite.VOIR_CHANGEMENTS_REGARDES,
        par=list_comptes_des({o.auteur for o in actes}),
        cle="operations",
        depuis=min(o.survenu_le for o in actes),
    )


def compter_changements_regardes(acteur: Acteur, *, le: date) -> int:
    """How many of the reader's own acts are looked at and not explained."""
    return operations_regardees(acteur, le=le).filter(observation=None).count()


def list_explications(demande_id: uuid.UUID) -> tuple[Explication, ...]:
    """What agents said of their acts on this demande, the newest first."""
    dites = ObservationIdentite.objects.filter(demande=demande_id).select_related("operation")
    return tuple(
        Explication(
            par=str(o.ecrite_par["nom"]),
            acte_le=o.operation.survenu_le,
            survenu_le=o.survenu_le,
            texte=o.texte,
        )
        for o in dites.order_by("-survenu_le", "-id")
    )


def list_noms(demandes: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The name in force of the applicant of each of these demandes."""
    demandeurs = Personne.objects.filter(demande__in=demandes, role="DEMANDEUR", retire_le=None)
    return {
        p.demande_id: f"{p.identite_courante.nom_naissance} {p.identite_courante.prenoms}"
        for p in demandeurs.select_related("identite_courante")
    }
