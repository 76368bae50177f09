"""Sets of close demandes as the territorial manager sees them: the list, the closest first, and one set compared."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.demande.selectors.identites import nirs_masques
from sne.registre.demande.selectors.radiation import get_radiations
from sne.registre.doublons import policies
from sne.registre.doublons.models import EnsembleDoublon, EnsembleMembre, EnsemblePaire, EnsembleSort
from sne.registre.doublons.rules.ensembles import IssueEnsemble, Paire, deux_a_deux
from sne.registre.enquete.selectors.comparaison import PersonneComparee, comparer, presentes
from sne.registre.vie.rules.radiation import refus_de_retour
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.pages import Page
from sne.socle.pages_sql import lire_page, situer

PAR_PAGE = 50
ROLES = {"DEMANDEUR": "Titulaire", "COTITULAIRE": "Cotitulaire"}


@dataclass(frozen=True, slots=True)
class EnsembleBref:
    """One line of the list: the holders' names, the numbers, why the closest two are close."""

    id: uuid.UUID
    noms: tuple[str, ...]
    nuds: tuple[str, ...]
    score: Decimal
    raisons: tuple[str, ...]
    ouvert_le: datetime


@dataclass(frozen=True, slots=True)
class MembreLu:
    """One demande of a set. ``reactivable_jusqu_au``: last day to come back, when it is struck off and still may.

    ``groupe`` and ``gardee``: what was decided on it; 0 and ``False`` while the set waits.
    """

    demande_id: uuid.UUID
    nud: str
    statut: str
    date_depot: date
    date_expiration: date
    guichet: str
    personnes: tuple[PersonneComparee, ...]
    ouverte: bool
    reactivable_jusqu_au: date | None
    groupe: int
    gardee: bool

    @property
    def peut_continuer(self) -> bool:
        """Whether the household may go on with this one."""
        return self.ouverte or self.reactivable_jusqu_au is not None


@dataclass(frozen=True, slots=True)
class PaireLue:
    """Two demandes to tell apart, or not. ``revue``: decided once, an identity changed since."""

    nud_a: str
    nud_b: str
    score: Decimal
    raisons: tuple[str, ...]
    revue: bool


@dataclass(frozen=True, slots=True)
class Acquis:
    """Two demandes of a set that were decided before, and hold."""

    nud_a: str
    nud_b: str
    meme: bool


@dataclass(frozen=True, slots=True)
class EnsembleLu:
    """A set whole. ``issue`` is empty while it waits."""

    id: uuid.UUID
    territoire: str
    ouvert_le: datetime
    membres: tuple[MembreLu, ...]
    paires: tuple[PaireLue, ...]
    acquis: tuple[Acquis, ...]
    clos_le: datetime | None
    decideur: str
    issue: str
    motif: str
    precision: str


def list_ensembles(
    acteur: Acteur,
    *,
    apres: uuid.UUID | None = None,
    avant: uuid.UUID | None = None,
    par_page: int = PAR_PAGE,
) -> Page[EnsembleBref]:
    """Sets that wait for this actor, the closest first, page by page; an unknown place is the first page."""
    visibles = EnsembleDoublon.objects.filter(policies.scope_des_cas(acteur))
    page = lire_page(
        visibles.filter(clos_le=None).prefetch_related(*_details()),
        situer(visibles, "score", apres=apres, avant=avant),
        ordre=("-score", "id"),
        par_page=par_page,
    )
    noms = _noms_des_titulaires(m.demande_id for e in page.lignes for m in e.membres.all())
    return page.montrer(_bref(e, noms) for e in page.lignes)


def compter_ensembles(acteur: Acteur) -> int:
    """How many sets wait for this actor."""
    return EnsembleDoublon.objects.filter(policies.scope_des_cas(acteur), clos_le=None).count()


def get_ensemble(ensemble_id: uuid.UUID, acteur: Acteur, *, le: datetime) -> EnsembleLu:
    """A set, waiting or ended, its demandes in the order of their deposit. Raises ``Introuvable``."""
    ensemble = (
        EnsembleDoublon.objects.filter(policies.scope_des_cas(acteur), id=ensemble_id)
        .prefetch_related(*_details())
        .first()
    )
    if ensemble is None:
        raise Introuvable("Aucune demande proche à décider dans votre périmètre sous cet identifiant.")
    demandes = {m.demande_id: m.demande for m in ensemble.membres.all()}
    nuds = {id_: demande.nud for id_, demande in demandes.items()}
    acquis = get_acquis(ensemble.id, demandes) if ensemble.clos_le is None else {}
    return EnsembleLu(
        id=ensemble.id,
        territoire=ensemble.territoire,
        ouvert_le=ensemble.ouvert_le,
        membres=_membres(ensemble, demandes, horloge.jour(le)),
        paires=tuple(
            PaireLue(nuds[p.demande_a_id], nuds[p.demande_b_id], p.score, tuple(p.raisons), p.revue)
            for p in ensemble.paires.all()
        ),
        acquis=tuple(
            Acquis(nud_a, nud_b, meme)
            for (nud_a, nud_b), meme in sorted(
                (tuple(sorted(nuds[demande] for demande in paire)), meme) for paire, meme in acquis.items()
            )
        ),
        clos_le=ensemble.clos_le,
        decideur=ensemble.clos_par["nom"] if ensemble.clos_par else "",
        issue=ensemble.issue,
        motif=ensemble.motif,
        precision=ensemble.precision,
    )


def get_acquis(ensemble_id: uuid.UUID, demandes: Collection[uuid.UUID]) -> dict[Paire, bool]:
    """Pairs of these demandes decided in other sets and not asked again by this one: of one household, or not."""
    demandees = {
        frozenset(p)
        for p in EnsemblePaire.objects.filter(ensemble=ensemble_id).values_list("demande_a", "demande_b")
    }
    sorts = EnsembleSort.objects.filter(demande__in=list(demandes)).exclude(
        Q(ensemble=ensemble_id) | Q(ensemble__issue=IssueEnsemble.SANS_OBJET)
    )
    par_ensemble: dict[uuid.UUID, list[EnsembleSort]] = {}
    for sort in sorts.select_related("ensemble").order_by("inscrit_le", "id"):
        par_ensemble.setdefault(sort.ensemble_id, []).append(sort)
    acquis: dict[Paire, bool] = {}
    for siens in par_ensemble.values():
        a_separer = siens[0].ensemble.issue == IssueEnsemble.A_SEPARER
        groupes = {sort.demande_id: sort.groupe for sort in siens}
        for paire in deux_a_deux(groupes) - demandees:
            un, autre = paire
            meme = groupes[un] == groupes[autre]
            if not (meme and a_separer):
                acquis[paire] = meme
    return acquis


def _place(borne: EnsembleDoublon, *, en_arriere: bool) -> Q:
    if en_arriere:
        return Q(score__gt=borne.score) | Q(score=borne.score, id__lt=borne.id)
    return Q(score__lt=borne.score) | Q(score=borne.score, id__gt=borne.id)


def _details() -> "tuple[Prefetch[Any, Any], ...]":
    membres = EnsembleMembre.objects.select_related("demande").order_by("demande__date_depot", "demande__nud")
    return (
        Prefetch("membres", membres),
        Prefetch("paires", EnsemblePaire.objects.order_by("-score", "id")),
        Prefetch("sorts", EnsembleSort.objects.all()),
    )


def _noms_des_titulaires(demandes: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    titulaires = Personne.objects.filter(demande__in=set(demandes), role="DEMANDEUR", retire_le=None)
    return {
        p.demande_id: f"{p.identite_courante.nom_naissance} {p.identite_courante.prenoms}".strip()
        for p in titulaires.select_related("identite_courante")
    }


def _bref(ensemble: EnsembleDoublon, noms: dict[uuid.UUID, str]) -> EnsembleBref:
    membres = list(ensemble.membres.all())
    siens = dict.fromkeys(noms.get(m.demande_id, "") for m in membres)  # each name once
    return EnsembleBref(
        id=ensemble.id,
        noms=tuple(nom for nom in siens if nom),
        nuds=tuple(m.demande.nud for m in membres),
        score=ensemble.score,
        raisons=tuple(next((p.raisons for p in ensemble.paires.all()), ())),
        ouvert_le=ensemble.ouvert_le,
    )


def _membres(
    ensemble: EnsembleDoublon, demandes: dict[uuid.UUID, Demande], jour: date
) -> tuple[MembreLu, ...]:
    personnes = list(presentes(*demandes))
    masques = nirs_masques([p.id for p in personnes])
    radiees = [id_ for id_, demande in demandes.items() if demande.statut == Statut.RADIEE]
    limites = {id_: r.reactivable_jusqu_au for id_, r in get_radiations(radiees).items()}
    sorts = {sort.demande_id: sort for sort in ensemble.sorts.all()}
    return tuple(
        MembreLu(
            demande_id=id_,
            nud=demande.nud,
            statut=demande.statut,
            date_depot=demande.date_depot,
            date_expiration=demande.date_expiration,
            guichet=demande.guichet_gestionnaire,
            personnes=tuple(
                comparer(ROLES[p.role], p.identite_courante, p.telephone, masques)
                for p in personnes
                if p.demande_id == id_
            ),
            ouverte=demande.statut in OUVERTES,
            reactivable_jusqu_au=_limite(limites.get(id_), jour),
            groupe=sorts[id_].groupe if id_ in sorts else 0,
            gardee=id_ in sorts and sorts[id_].gardee,
        )
        for id_, demande in demandes.items()
    )


def _limite(limite: date | None, jour: date) -> date | None:
    return None if limite is None or refus_de_retour(jour=jour, limite=limite) else limite
