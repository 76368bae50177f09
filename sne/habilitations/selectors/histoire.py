"""The whole history of rights, of one person or of one place: who granted, confirmed, suspended, took away, and why."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from sne.habilitations import policies
from sne.habilitations.models import (
    AvisInactivite,
    Compte,
    Depart,
    Habilitation,
    Reduction,
    ReponseRevue,
    Suspension,
    UsageDroit,
)
from sne.habilitations.rules import (
    MOTIFS_RETRAIT,
    PERMISSIONS,
    ROLES,
    SYSTEME,
    MotifRetrait,
    Permission,
    Role,
)
from sne.habilitations.rules.departs import MOTIFS_DEPART, MotifDepart
from sne.habilitations.rules.revues import REPONSES, IssueSuspension, Reponse
from sne.habilitations.rules.usages import TRACES
from sne.habilitations.selectors.carences import nom_du_lieu
from sne.habilitations.selectors.comptes import list_comptes_de, list_habilitations
from sne.habilitations.selectors.periodes import est_suspendue
from sne.habilitations.selectors.usages import list_jamais_utilises
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import debut_du_jour

AU_PLUS = 200  # rights shown on one page: a place served for years


@dataclass(frozen=True, slots=True)
class Fait:
    """One thing that happened to a right."""

    instant: datetime
    phrase: str
    par: str = ""
    precision: str = ""


@dataclass(frozen=True, slots=True)
class DroitLu:
    """One right with everything that happened to it, the oldest first. ``etat``: « En cours », « Suspendue »…"""

    id: uuid.UUID
    compte_id: uuid.UUID
    personne: str
    role: str
    lieu: str
    territoire: str
    guichet: str
    debut: date
    fin: date | None
    etat: str
    ton: str
    faits: tuple[Fait, ...]
    jamais: tuple[str, ...]
    retirable: bool


@dataclass(frozen=True, slots=True)
class PersonneLue:
    """A person as read by somebody who watches over their rights. ``autres``: their other accounts."""

    id: uuid.UUID
    nom: str
    courriel: str
    cree_le: datetime
    derniere_utilisation: datetime | None
    autres: tuple[tuple[uuid.UUID, str], ...]
    droits: tuple[DroitLu, ...]


def get_personne(compte_id: uuid.UUID, acteur: Acteur, *, le: date) -> PersonneLue:
    """One account with the rights that the actor may see. Raises ``Introuvable`` when there is none."""
    droits = list_droits(list_habilitations(acteur, le=le).filter(compte=compte_id), acteur, le=le)
    compte = Compte.objects.filter(id=compte_id).first() if droits else None
    if compte is None:
        raise Introuvable("Cette personne n’a aucune habilitation dans votre périmètre.")
    autres = Compte.objects.filter(id__in=list_comptes_de(compte_id) - {compte_id}).order_by("courriel")
    return PersonneLue(
        compte.id,
        str(compte),
        compte.courriel,
        compte.cree_le,
        compte.derniere_utilisation,
        tuple((c.id, c.courriel) for c in autres),
        droits,
    )


def list_droits_du_lieu(territoire: str, guichet: str, acteur: Acteur, *, le: date) -> tuple[DroitLu, ...]:
    """Every right ever held in a place, those in force first, :data:`AU_PLUS` at most: the oldest ones that ended are
    left out. Raises ``Introuvable`` out of the perimeter.
    """
    tenues = Habilitation.objects.filter(
        policies.scope_des_lieux(acteur, le=le), territoire=territoire, guichet=guichet
    )
    droits = list_droits(tenues, acteur, le=le)
    if not droits:
        raise Introuvable("Ce lieu n’existe pas, ou n’est pas dans votre périmètre.")
    return droits


def list_droits(tenues: QuerySet[Habilitation], acteur: Acteur, *, le: date) -> tuple[DroitLu, ...]:
    """These rights with their history, in a constant number of statements."""
    finie = Case(When(fin__lte=le, then=1), default=0)
    lues = list(
        tenues.select_related("compte")
        .annotate(suspendue=est_suspendue())
        .order_by(finie, "-debut", "-id")[:AU_PLUS]
    )
    faits = _faits(lues)
    jamais = list_jamais_utilises(lues)
    siens = list_comptes_de(acteur.id)
    droits = (_droit(h, faits[h.id], jamais[h.id], acteur, le) for h in lues)
    return tuple(
        replace(droit, retirable=droit.retirable and droit.compte_id not in siens) for droit in droits
    )


def _droit(h: Any, faits: list[Fait], jamais: Iterable[Permission], acteur: Acteur, le: date) -> DroitLu:
    etat, ton = _etat(h, le)
    terminee = h.fin is not None and h.fin <= le
    return DroitLu(
        id=h.id,
        compte_id=h.compte_id,
        personne=str(h.compte),
        role=ROLES[Role(h.role)].nom,
        lieu=nom_du_lieu(h.territoire, h.guichet, h.zone, le=le),
        territoire=h.territoire,
        guichet=h.guichet,
        debut=h.debut,
        fin=h.fin,
        etat=etat,
        ton=ton,
        faits=tuple(sorted(faits, key=lambda f: f.instant)),
        jamais=() if terminee else tuple(PERMISSIONS[p] for p in jamais),
        retirable=not terminee and policies.mandat_pour_retirer(acteur, h, le=le) is not None,
    )


def _etat(h: Any, le: date) -> tuple[str, str]:
    if h.fin is not None and h.fin <= le:
        return "Terminée", ""
    if h.suspendue:
        return "Suspendue", "warning"
    if h.debut > le:
        return "À venir", "info"
    return "En cours", "success"


def _faits(lues: Sequence[Habilitation]) -> defaultdict[uuid.UUID, list[Fait]]:
    cles = [h.id for h in lues]
    avis = list(AvisInactivite.objects.filter(habilitation__in=cles))
    reponses = list(ReponseRevue.objects.filter(ligne__habilitation__in=cles).select_related("ligne"))
    suspensions = list(Suspension.objects.filter(habilitation__in=cles))
    reductions = list(Reduction.objects.filter(habilitation__in=cles))
    departs = {
        (d.compte_id, d.prononce_le): d for d in Depart.objects.filter(compte__in={h.compte_id for h in lues})
    }
    auteurs = {h.accordee_par for h in lues} | {h.retiree_par for h in lues if h.retiree_par}
    noms = _Noms(auteurs | {s.levee_par for s in suspensions if s.levee_par})
    faits: defaultdict[uuid.UUID, list[Fait]] = defaultdict(list)
    for h in lues:
        faits[h.id].append(Fait(h.accordee_le, "Accordée", noms.de(h.accordee_par)))
        if h.retiree_le:
            faits[h.id].append(_retrait(h, departs.get((h.compte_id, h.retiree_le)), noms))
    for a in avis:
        phrase = (
            f"Fin annoncée pour le {a.retrait_le:%d/%m/%Y}, faute de connexion depuis le {a.depuis:%d/%m/%Y}"
        )
        faits[a.habilitation_id].append(Fait(debut_du_jour(a.avise_le), phrase, noms.de(SYSTEME)))
    for r in reponses:
        dite = f"Revue : {REPONSES[Reponse(r.reponse)].lower()}"
        faits[r.ligne.habilitation_id].append(Fait(r.survenu_le, dite, r.auteur_nom, r.motif))
    for s in suspensions:
        faits[s.habilitation_id] += _suspension(s, noms)
    for h_id, retires in _par_instant(reductions).items():
        for instant, permissions in retires.items():
            phrase = "Droits retirés : " + ", ".join(PERMISSIONS[Permission(p)] for p in sorted(permissions))
            faits[h_id].append(Fait(instant, phrase))
    return faits


def _retrait(h: Habilitation, depart: Depart | None, noms: "_Noms") -> Fait:
    raison = (
        MOTIFS_RETRAIT[MotifRetrait(h.motif_retrait)] if h.motif_retrait else "raison inscrite au journal"
    )
    precision = ""
    if depart is not None:
        precision = depart.precision or MOTIFS_DEPART[MotifDepart(depart.motif)]
    fin = f", à compter du {h.fin:%d/%m/%Y}" if h.fin else ""
    return Fait(
        h.retiree_le or h.accordee_le,
        f"Retirée{fin}\u00a0: {raison[:1].lower()}{raison[1:]}",
        noms.de(h.retiree_par or SYSTEME),
        precision,
    )


def _suspension(s: Suspension, noms: "_Noms") -> list[Fait]:
    faits = [
        Fait(
            s.suspendue_le,
            f"Suspendue, faute de réponse à une revue, jusqu’au {s.expire_le:%d/%m/%Y}",
            noms.de(SYSTEME),
        )
    ]
    if s.levee_le and s.issue == IssueSuspension.RETABLIE:
        faits.append(Fait(s.levee_le, "Rétablie", noms.de(s.levee_par or SYSTEME)))
    return faits


def _par_instant(reductions: Iterable[Reduction]) -> dict[uuid.UUID, dict[datetime, list[str]]]:
    groupes: defaultdict[uuid.UUID, dict[datetime, list[str]]] = defaultdict(dict)
    for r in reductions:
        groupes[r.habilitation_id].setdefault(r.retiree_le, []).append(r.permission)
    return groupes


class _Noms:
    """Names of those who decided, read at once."""

    def __init__(self, cles: set[uuid.UUID]) -> None:
        self._noms = {c.id: str(c) for c in Compte.objects.filter(id__in=cles)}

    def de(self, cle: uuid.UUID) -> str:
        return "le service" if cle == SYSTEME else self._noms.get(cle, "Compte inconnu")


@dataclass(frozen=True, slots=True)
class UsageLu:
    """The last time that a kind of act was done, in words of rights."""

    droit: str
    dernier_le: datetime


def list_usages(compte_id: uuid.UUID, acteur: Acteur, *, le: date) -> tuple[UsageLu, ...]:
    """When this account last used each right that leaves a trace, in the places that the actor watches over."""
    usages = UsageDroit.objects.filter(compte=compte_id).filter(
        policies.scope_des_lieux(acteur, le=le) | Q(territoire="")
    )
    derniers: dict[str, datetime] = {}
    for u in usages:
        derniers[u.verbe] = max(u.dernier_le, derniers.get(u.verbe, u.dernier_le))
    lus = [
        UsageLu(PERMISSIONS[p], max(derniers[v] for v in traces if v in derniers))
        for p, traces in TRACES.items()
        if any(v in derniers for v in traces)
    ]
    return tuple(sorted(lus, key=lambda u: u.dernier_le, reverse=True))
