"""What the follow-up of counters reads: files by their last score, who did what at a counter, the acts on one file."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Func, Max, Q, QuerySet, UUIDField

from sne.registre.attente.models import Attente
from sne.registre.controle.models import Operation
from sne.registre.controle.rules.operations import PROTEGES, Champ
from sne.registre.controle.rules.score import Alerte, alerte
from sne.registre.controle.rules.termes import Terme
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.identite.attentes import AttenteIdentite
from sne.registre.identite.models import ObservationIdentite
from sne.registre.identite.selectors.regards import (
    Explication,
    Regard,
    list_explications,
    list_noms,
    list_regards,
)
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import debut_du_jour

ACTES_AU_PLUS = 200
PERSONNE = Func(F("auteur"), function="compte_personne", output_field=UUIDField())
"""The natural person whose account made an act."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where one looks: a territory, and which of its counters; ``None``: all of them."""

    territoire: str
    guichets: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class DossierRegarde:
    """A file that its last act ranks among those to look at. ``operation``: that act, at ``guichet``.

    ``changement``: the change of identity that waits for a decision, if any. ``explique``: an agent said something.
    """

    demande_id: uuid.UUID
    nud: str
    nom: str
    anciennete: date
    operation: uuid.UUID
    guichet: str
    survenu_le: datetime
    score: float
    alerte: Alerte
    termes: tuple[Terme, ...]
    changement: uuid.UUID | None
    explique: bool


@dataclass(frozen=True, slots=True)
class AgentDuGuichet:
    """What one natural person did at a counter, whichever of their accounts they used.

    ``dossiers``: files of which they touched something watched; ``noms``: acts on a birth name; ``regardes``: acts
    that a score ranks among those to look at, the highest being ``score``.
    """

    personne: uuid.UUID
    dossiers: int
    noms: int
    regardes: int
    score: float | None


@dataclass(frozen=True, slots=True)
class ActeSuivi:
    """One act on who somebody is: which fields, never a value. ``score``: of the file, as it was after the act."""

    operation: uuid.UUID
    demande_id: uuid.UUID
    nud: str
    guichet: str
    personne: uuid.UUID
    survenu_le: datetime
    champs: tuple[Champ, ...]
    score: float | None


@dataclass(frozen=True, slots=True)
class DossierSuivi:
    """One file: why it is looked at, every act of the window of the score, what agents saw of it and said."""

    regarde: DossierRegarde
    actes: tuple[ActeSuivi, ...]
    explications: tuple[Explication, ...]
    regards: tuple[Regard, ...]

    @property
    def auteurs(self) -> frozenset[uuid.UUID]:
        """Natural persons who made one of these acts."""
        return frozenset(acte.personne for acte in self.actes)


def list_dossiers_regardes(
    acteur: Acteur,
    lieu: Lieu,
    *,
    le: date,
    sauf: Collection[uuid.UUID] = (),
    au_plus: int,
) -> tuple[DossierRegarde, ...]:
    """Files to look at, the highest score first, except those whose last act is among ``sauf``.

    Acts older than the window of the score no longer count.
    """
    derniers = _derniers(acteur, lieu, le).exclude(id__in=[*sauf])
    return _presenter(derniers.order_by("-score", "-survenu_le", "-id")[:au_plus], le=le)


def compter_dossiers_regardes(
    acteur: Acteur, lieu: Lieu, *, le: date, sauf: Collection[uuid.UUID] = ()
) -> tuple[int, int]:
    """How many are to look at, and how many of those today."""
    scores = list(_derniers(acteur, lieu, le).exclude(id__in=[*sauf]).values_list("score", flat=True))
    seuils = get_seuils(le)
    return len(scores), sum(alerte(score or 0.0, seuils) is Alerte.JOUR for score in scores)


def get_dossier_suivi(demande_id: uuid.UUID, acteur: Acteur, lieu: Lieu, *, le: date) -> DossierSuivi:
    """A file that is, or was, to look at. Raises ``Introuvable``: out of the place, or nothing ranks it."""
    dernier = _derniers(acteur, lieu, le).filter(demande=demande_id)
    regarde = next(iter(_presenter(dernier, le=le)), None)
    if regarde is None:
        raise Introuvable("Aucun dossier à regarder dans votre périmètre sous cet identifiant.")
    partout = _actes(acteur, Lieu(lieu.territoire), depuis=_fenetre(le)).filter(demande=demande_id)
    actes = _lire(partout.annotate(personne=PERSONNE).order_by("-survenu_le", "-id"))
    return DossierSuivi(regarde, actes, list_explications(demande_id), list_regards(demande_id, le=le))


def list_agents(acteur: Acteur, lieu: Lieu, *, depuis: date, le: date) -> tuple[AgentDuGuichet, ...]:
    """Natural persons who touched who somebody is at a counter since that day, most acts on a birth name first."""
    regardes = Q(score__gte=get_seuils(le).score_regarder)
    par_personne = (
        _actes(acteur, lieu, depuis=depuis)
        .filter(_identitaires())
        .annotate(personne=PERSONNE)
        .values("personne")
        .annotate(
            dossiers=Count("demande", distinct=True),
            noms=Count("id", filter=Q(champs__contains=[Champ.NOM_NAISSANCE.value])),
            regardes=Count("id", filter=regardes),
            plus_haut=Max("score"),
        )
    )
    return tuple(
        AgentDuGuichet(un["personne"], un["dossiers"], un["noms"], un["regardes"], un["plus_haut"])
        for un in par_personne.order_by("-noms", "-regardes", "personne")
    )


def list_actes(
    acteur: Acteur, lieu: Lieu, *, depuis: date, personne: uuid.UUID | None = None
) -> tuple[ActeSuivi, ...]:
    """Acts on who somebody is since that day, the newest first.

    One more than :data:`ACTES_AU_PLUS` when they do not all fit: the screen then says so.
    ``personne``: of one natural person, under any of their accounts.
    """
    actes = _actes(acteur, lieu, depuis=depuis).filter(_identitaires()).annotate(personne=PERSONNE)
    if personne is not None:
        actes = actes.filter(personne=personne)
    return _lire(actes.order_by("-survenu_le", "-id")[: ACTES_AU_PLUS + 1])


def get_derniers_risques(
    acteur: Acteur, lieu: Lieu, *, depuis: date, le: date
) -> dict[str, tuple[datetime, uuid.UUID]]:
    """By counter, the last act since that day that made somebody else of a holder, or that a score ranks; and when."""
    risques = _actes(acteur, lieu, depuis=depuis).filter(
        Q(risque=True) | Q(score__gte=get_seuils(le).score_regarder)
    )
    derniers = risques.order_by("guichet", "-survenu_le", "-id").distinct("guichet")
    return {
        guichet: (survenu_le, cle)
        for guichet, survenu_le, cle in derniers.values_list("guichet", "survenu_le", "id")
    }


def list_auteurs_au_guichet(acteur: Acteur, lieu: Lieu, *, depuis: date) -> frozenset[uuid.UUID]:
    """The accounts that touched who somebody is there since that day."""
    touchants = _actes(acteur, lieu, depuis=depuis).filter(_identitaires())
    return frozenset(touchants.values_list("auteur", flat=True).distinct())


def list_nuds(demandes: Collection[uuid.UUID], acteur: Acteur) -> dict[uuid.UUID, str]:
    """Numbers of these demandes, of those that the actor may read."""
    lues = Demande.objects.filter(policies.scope(acteur), id__in=[*demandes])
    return dict(lues.values_list("id", "nud"))


def _actes(acteur: Acteur, lieu: Lieu, *, depuis: date) -> QuerySet[Operation]:
    """Acts of that place since that day, within what the actor may read."""
    actes = Operation.objects.filter(
        territoire=lieu.territoire,
        survenu_le__gte=debut_du_jour(depuis),
        demande__in=Demande.objects.filter(policies.scope(acteur)),
    )
    return actes if lieu.guichets is None else actes.filter(guichet__in=lieu.guichets)


def _identitaires() -> Q:
    """Acts on who somebody is, and those that a score ranks: it is of a file whose holder is another one."""
    return Q(champs__overlap=sorted(champ.value for champ in PROTEGES)) | Q(score__isnull=False)


def _derniers(acteur: Acteur, lieu: Lieu, le: date) -> QuerySet[Operation]:
    """The last act that was ranked on each file of the place, where it makes the file one to look at."""
    partout = _actes(acteur, Lieu(lieu.territoire), depuis=_fenetre(le)).filter(score__isnull=False)
    derniers = partout.order_by("demande", "-survenu_le", "-id").distinct("demande").values("id")
    regardes = _actes(acteur, lieu, depuis=_fenetre(le)).filter(id__in=derniers)
    return regardes.filter(score__gte=get_seuils(le).score_regarder)


def _fenetre(le: date) -> date:
    return le - timedelta(days=get_seuils(le).score_fenetre_jours)


def _presenter(derniers: Iterable[Operation], *, le: date) -> tuple[DossierRegarde, ...]:
    """With the household, what waits, and whether somebody explained: four statements, however many files."""
    lus = list(derniers)
    demandes = [o.demande_id for o in lus]
    fiches = Demande.objects.in_bulk(demandes)
    noms = list_noms(demandes)
    attendent = dict(
        Attente.objects.filter(
            demande__in=demandes, nature=AttenteIdentite.IDENTITE, ouverte=True
        ).values_list("demande", "id")
    )
    expliques = set(
        ObservationIdentite.objects.filter(demande__in=demandes).values_list("demande", flat=True)
    )
    seuils = get_seuils(le)
    return tuple(
        DossierRegarde(
            demande_id=o.demande_id,
            nud=fiches[o.demande_id].nud,
            nom=noms.get(o.demande_id, ""),
            anciennete=fiches[o.demande_id].date_anciennete,
            operation=o.id,
            guichet=o.guichet,
            survenu_le=o.survenu_le,
            score=o.score or 0.0,
            alerte=alerte(o.score or 0.0, seuils),
            termes=tuple(Terme(**terme) for terme in o.termes or []),
            changement=attendent.get(o.demande_id),
            explique=o.demande_id in expliques,
        )
        for o in lus
    )


def _lire(actes: QuerySet[Any]) -> tuple[ActeSuivi, ...]:
    return tuple(
        ActeSuivi(
            operation=o.id,
            demande_id=o.demande_id,
            nud=o.demande.nud,
            guichet=o.guichet,
            personne=o.personne,
            survenu_le=o.survenu_le,
            champs=tuple(Champ(champ) for champ in o.champs),
            score=o.score,
        )
        for o in actes.select_related("demande")
    )
