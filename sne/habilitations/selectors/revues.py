"""Campaigns of review: which are there, their lines, who may answer each, how far they are."""

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from sne.habilitations import policies
from sne.habilitations.models import CampagneRevue, Habilitation, LigneRevue, ReponseRevue, Suspension
from sne.habilitations.parametres import ParametresHabilitations
from sne.habilitations.rules import PERMISSIONS, ROLES, Permission, Role
from sne.habilitations.rules.revues import MODELES, RELECTEURS, CodeModele, Reponse
from sne.habilitations.rules.usages import reductibles
from sne.habilitations.selectors.carences import nom_du_lieu
from sne.habilitations.selectors.comptes import list_comptes_de
from sne.habilitations.selectors.periodes import en_vigueur
from sne.habilitations.selectors.usages import UsageLu, list_usages
from sne.habilitations.selectors.veilleurs import (
    Veilleur,
    list_exploitants,
    list_gestionnaires,
    list_responsables,
)
from sne.referentiels.selectors import get_parametres
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour
from sne.socle.lignes import trouver

AU_PLUS = 100
CLOSES_PAR_PAGE = 20


@dataclass(frozen=True, slots=True)
class LigneLue:
    """One line as a reviewer reads it. ``droits``: never used, in words; ``a_repondre``: by this reader, now.

    ``reductibles``: those that « Réduire » takes away; ``restent``: what it leaves, in words.
    """

    id: uuid.UUID
    compte_id: uuid.UUID
    personne: str
    role: str
    lieu: str
    depuis: date
    derniere_utilisation: date | None
    droits: tuple[str, ...]
    reductibles: tuple[tuple[Permission, str], ...]
    restent: tuple[str, ...]
    tous: bool
    reponse: Reponse | None
    motif: str
    par: str
    repondue_le: datetime | None
    suspendue_jusqu_au: date | None
    terminee: bool
    a_repondre: bool
    la_sienne: bool


@dataclass(frozen=True, slots=True)
class CampagneLue:
    """One campaign: where, until when, how many lines are answered of those that the reader sees."""

    id: uuid.UUID
    territoire: str
    guichet: str
    titre: str
    lieu: str
    ouverte_le: datetime
    limite: date
    close_le: datetime | None
    total: int
    repondues: int

    @property
    def restent(self) -> int:
        return self.total - self.repondues


@dataclass(frozen=True, slots=True)
class AvanceeNationale:
    """One national campaign: how many of its reviews are open, a territory each and one for national roles."""

    titre: str
    ouvertes: int
    total: int


def derniere_reponse(champ: str) -> Subquery:
    """One column of the answer that counts."""
    reponses = ReponseRevue.objects.filter(ligne=OuterRef("pk")).order_by("-survenu_le", "-id")
    return Subquery(reponses.values(champ)[:1])


def lignes_visibles(acteur: Acteur, *, le: date) -> QuerySet[LigneRevue]:
    """Lines of the places that the actor watches over."""
    tenues = Habilitation.objects.filter(policies.scope_des_lieux(acteur, le=le), id=OuterRef("habilitation"))
    return LigneRevue.objects.filter(Exists(tenues))


def list_campagnes(acteur: Acteur, *, le: date) -> tuple[CampagneLue, ...]:
    """Campaigns under way where the actor sees a line, those that end first at the top."""
    lignes = lignes_visibles(acteur, le=le)
    en_cours = _campagnes_visibles(lignes).filter(close_le=None)
    return _lire(en_cours.order_by("limite", "territoire", "guichet", "id"), lignes, le)


def list_campagnes_closes(acteur: Acteur, *, le: date, page: int = 1) -> tuple[tuple[CampagneLue, ...], int]:
    """A page of the campaigns that ended where the actor sees a line, the last ones first; how many there are."""
    lignes = lignes_visibles(acteur, le=le)
    closes = _campagnes_visibles(lignes).filter(close_le__isnull=False)
    debut = (page - 1) * CLOSES_PAR_PAGE
    ordonnees = closes.order_by("-limite", "territoire", "guichet", "id")
    return _lire(ordonnees[debut : debut + CLOSES_PAR_PAGE], lignes, le), closes.count()


def _campagnes_visibles(lignes: QuerySet[LigneRevue]) -> QuerySet[CampagneRevue]:
    return CampagneRevue.objects.filter(Exists(lignes.filter(campagne=OuterRef("pk"))))


def _lire(
    campagnes: QuerySet[CampagneRevue], lignes: QuerySet[LigneRevue], le: date
) -> tuple[CampagneLue, ...]:
    lues = list(campagnes)
    avancees = _avancees(lues, lignes, le)
    return tuple(_campagne(c, avancees[c.id], le) for c in lues)


def list_territoires_tenus(*, le: date) -> tuple[str, ...]:
    """Territories where somebody holds a role on that day; the nation too, by the empty code."""
    tenues = Habilitation.objects.filter(en_vigueur(le)).order_by("territoire")
    return tuple(tenues.values_list("territoire", flat=True).distinct())


def list_territoires_a_ouvrir(modele: CodeModele, *, le: date) -> tuple[str, ...]:
    """Those of them where this campaign is not under way."""
    ouverts = set(_en_cours().filter(modele=modele).values_list("territoire", flat=True))
    return tuple(code for code in list_territoires_tenus(le=le) if code not in ouverts)


def is_revue_ouverte(territoire: str, modele: CodeModele) -> bool:
    """Whether this campaign is under way over the whole of a territory (empty: for national roles)."""
    return _en_cours().filter(territoire=territoire, modele=modele).exists()


def list_modeles_nationaux(acteur: Acteur) -> list[tuple[str, str]]:
    """National campaigns that the actor may open everywhere, as choices of a form."""
    if policies.mandat_pour_ouvrir_revue(acteur, territoire="") is None:
        return []
    return [(str(code), modele.libelle) for code, modele in MODELES.items() if modele.nationale]


def list_avancees_nationales(acteur: Acteur, *, le: date) -> tuple[AvanceeNationale, ...]:
    """Each national campaign under way, and how far its opening is, for who opens them: two statements at most."""
    nationaux = [code for code, _ in list_modeles_nationaux(acteur)]
    ouvertes: dict[str, set[str]] = {}
    for modele, territoire in _en_cours().filter(modele__in=nationaux).values_list("modele", "territoire"):
        ouvertes.setdefault(modele, set()).add(territoire)
    tenus = set(list_territoires_tenus(le=le)) if ouvertes else set()
    return tuple(
        AvanceeNationale(MODELES[CodeModele(modele)].libelle, len(la), len(la | tenus))
        for modele, la in sorted(ouvertes.items())
    )


def _en_cours() -> QuerySet[CampagneRevue]:
    return CampagneRevue.objects.filter(guichet="", close_le=None)


def get_campagne(campagne_id: uuid.UUID, acteur: Acteur, *, le: date) -> CampagneLue:
    """One campaign. Raises ``Introuvable`` when the actor sees no line of it."""
    lignes = lignes_visibles(acteur, le=le)
    campagne = trouver(
        _campagnes_visibles(lignes).filter(id=campagne_id),
        "Cette revue n’existe pas, ou n’est pas dans votre périmètre.",
    )
    return _campagne(campagne, _avancees([campagne], lignes, le)[campagne.id], le)


def _avancees(
    campagnes: Collection[CampagneRevue], lignes: QuerySet[LigneRevue], le: date
) -> dict[uuid.UUID, tuple[int, int]]:
    """By campaign, how many of these lines there are, and how many are answered: one statement for all."""
    repondue = Q(Exists(ReponseRevue.objects.filter(ligne=OuterRef("pk")))) | Q(habilitation__fin__lte=le)
    siennes = lignes.filter(campagne__in=campagnes).values_list("campagne")
    comptees = siennes.annotate(total=Count("id"), repondues=Count("id", filter=repondue))
    return {cle: (total, repondues) for cle, total, repondues in comptees}


def _campagne(c: CampagneRevue, avancee: tuple[int, int], le: date) -> CampagneLue:
    total, repondues = avancee
    return CampagneLue(
        id=c.id,
        territoire=c.territoire,
        guichet=c.guichet,
        titre=MODELES[CodeModele(c.modele)].libelle,
        lieu=nom_du_lieu(c.territoire, c.guichet, le=le),
        ouverte_le=c.ouverte_le,
        limite=c.limite,
        close_le=c.close_le,
        total=total,
        repondues=repondues,
    )


def list_lignes(campagne: CampagneLue, acteur: Acteur, *, le: date) -> tuple[LigneLue, ...]:
    """The lines that the actor sees, those to answer and those never used first; at most :data:`AU_PLUS`.

    The next ones come as these are answered.
    """
    siens = list_comptes_de(acteur.id)
    en_cours = Suspension.objects.filter(habilitation=OuterRef("habilitation"), levee_le=None)
    lignes = (
        lignes_visibles(acteur, le=le)
        .filter(campagne=campagne.id)
        .select_related("habilitation__compte")
        .annotate(
            reponse=derniere_reponse("reponse"),
            motif=derniere_reponse("motif"),
            par=derniere_reponse("auteur_nom"),
            repondue_le=derniere_reponse("survenu_le"),
            expire_le=Subquery(en_cours.values("expire_le")[:1]),
        )
        .order_by(
            Case(When(_a_repondre(acteur, siens, le), then=0), default=1),
            F("reponse").asc(nulls_first=True),
            F("derniere_utilisation").asc(nulls_first=True),
            "id",
        )
    )
    lues = list(lignes[:AU_PLUS])
    usages = list_usages(x.habilitation for x in lues)
    return tuple(_ligne(x, campagne, acteur, siens, le, usage=usages[x.habilitation_id]) for x in lues)


def _ligne(
    ligne: Any,
    campagne: CampagneLue,
    acteur: Acteur,
    siens: Collection[uuid.UUID],
    le: date,
    *,
    usage: UsageLu,
) -> LigneLue:
    """``ligne`` carries what :func:`list_lignes` read with it. Never used: when the campaign opened, nor since."""
    h = ligne.habilitation
    jamais = [Permission(p) for p in ligne.jamais if p in usage.jamais]
    retires = reductibles(jamais)
    derniere = _derniere(ligne, usage)
    role = Role(h.role)
    terminee = h.fin is not None and h.fin <= le
    ouverte = not ligne.reponse or le <= campagne.limite or ligne.expire_le is not None
    peut = policies.mandat_pour_revoir(acteur, h, le=le) is not None and h.compte_id not in siens
    return LigneLue(
        id=ligne.id,
        compte_id=h.compte_id,
        personne=str(h.compte),
        role=ROLES[role].nom,
        lieu=nom_du_lieu(h.territoire, h.guichet, h.zone, le=le),
        depuis=h.debut,
        derniere_utilisation=derniere,
        droits=tuple(PERMISSIONS[p] for p in jamais),
        reductibles=tuple((p, PERMISSIONS[p]) for p in retires),
        restent=tuple(PERMISSIONS[p] for p in usage.tenus if p not in retires),
        tous=derniere is None,
        reponse=Reponse(ligne.reponse) if ligne.reponse else None,
        motif=ligne.motif or "",
        par=ligne.par or "",
        repondue_le=ligne.repondue_le,
        suspendue_jusqu_au=ligne.expire_le,
        terminee=terminee,
        a_repondre=peut and ouverte and not terminee,
        la_sienne=h.compte_id in siens,
    )


def _derniere(ligne: Any, usage: UsageLu) -> date | None:
    """The last day of use: as it was when the campaign opened, or since, by a sign-in or by an act."""
    instants = (ligne.habilitation.compte.derniere_utilisation, usage.dernier_le)
    depuis = [jour(instant) for instant in instants if instant is not None]
    return max((d for d in (ligne.derniere_utilisation, *depuis) if d is not None), default=None)


class Relecteurs:
    """Who is asked to answer for a role: the managers of its body, else the territory's, else national operation.

    Never the person whose role it is. Each place is read once.
    """

    def __init__(self, le: date) -> None:
        self._le = le
        self._lus: dict[tuple[str, ...], tuple[Veilleur, ...]] = {}

    def de(self, habilitation: Habilitation) -> tuple[Veilleur, ...]:
        """Of one role; its account was read with it."""
        personne = habilitation.compte.titulaire_id or habilitation.compte_id
        for veilleurs in self._rangs(habilitation):
            if autres := tuple(v for v in veilleurs if v.personne != personne):
                return autres
        return ()

    def compter(self, habilitations: Iterable[Habilitation]) -> Counter[Veilleur]:
        """How many roles each is asked about."""
        return Counter(veilleur for h in habilitations for veilleur in self.de(h))

    def _rangs(self, h: Habilitation) -> Iterator[tuple[Veilleur, ...]]:
        territoire, guichet, le = h.territoire, h.guichet, self._le
        if h.role in (Role.AGENT_GUICHET, Role.AIDANT):
            yield self._lire(
                ("G", territoire, guichet), lambda: list_responsables(territoire, guichet, le=le)
            )
        if guichet:
            yield self._lire(("T", territoire), lambda: list_gestionnaires(territoire, le=le))
        yield self._lire(("N",), lambda: list_exploitants(le=le))

    def _lire(self, cle: tuple[str, ...], lire: Callable[[], tuple[Veilleur, ...]]) -> tuple[Veilleur, ...]:
        if cle not in self._lus:
            self._lus[cle] = lire()
        return self._lus[cle]


def lignes_sans_reponse(campagne: CampagneRevue, *, le: date) -> QuerySet[LigneRevue]:
    """Lines of a campaign that nobody answered, of roles that live on."""
    reponses = ReponseRevue.objects.filter(ligne=OuterRef("pk"))
    vivantes = Q(habilitation__fin=None) | Q(habilitation__fin__gt=le)
    return campagne.lignes.filter(~Exists(reponses), vivantes).select_related("habilitation__compte")


def compter_a_repondre(acteur: Acteur, *, le: date) -> int:
    """How many roles under review nobody has answered for, among those that the actor may answer for."""
    attend = _a_repondre(acteur, list_comptes_de(acteur.id), le)
    return lignes_visibles(acteur, le=le).filter(attend, campagne__close_le=None).count()


def _a_repondre(acteur: Acteur, siens: Collection[uuid.UUID], le: date) -> Q:
    """Lines that nobody answered, of roles that live on, of others, which the actor's roles answer for."""
    roles = [str(role) for role, relecteurs in RELECTEURS.items() if relecteurs & acteur.roles()]
    reponses = ReponseRevue.objects.filter(ligne=OuterRef("pk"))
    vivantes = Q(habilitation__fin=None) | Q(habilitation__fin__gt=le)
    return vivantes & ~Q(habilitation__compte__in=siens) & Q(~Exists(reponses), habilitation__role__in=roles)


def get_rappels(campagne: CampagneLue, *, le: date) -> tuple[date, ...]:
    """The days of the reminders that are still to come."""
    parametres = get_parametres(le)
    jours = (
        parametres[ParametresHabilitations].revue_rappel_1_jours,
        parametres[ParametresHabilitations].revue_rappel_2_jours,
    )
    return tuple(j for n in jours if (j := campagne.limite - timedelta(days=n)) > le)
