"""Changes of identity to read again without knowing what was decided: those drawn, one of them whole."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from sne.habilitations.rules import Role
from sne.habilitations.selectors import list_comptes_de
from sne.referentiels.selectors import get_parametres
from sne.registre import policies
from sne.registre.models import Identite, Version
from sne.registre.rules import contenu as arbre
from sne.registre.rules.controle import Clause, Decision
from sne.registre.rules.decision_identite import IssueIdentite, PieceDuChangement
from sne.registre.rules.identite import Voie
from sne.registre.rules.refus import Introuvable
from sne.registre.rules.relecture import est_tiree
from sne.registre.selectors.identites import ancre, get_base, list_identites, nirs_masques, vers_arbre
from sne.registre.selectors.pieces_du_changement import list_pieces_du_changement
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import cle_pour
from sne.socle.horloge import debut_du_jour

TIRAGE = "relecture d’une identité"
"""What the key that draws is for."""
AU_PLUS = 100  # lines of the list: a share of a few weeks of one territory


@dataclass(frozen=True, slots=True)
class RelectureBreve:
    """One line of the list: which file, since when; nothing of what was decided."""

    id: uuid.UUID
    nud: str
    survenu_le: datetime


@dataclass(frozen=True, slots=True)
class RelectureLue:
    """A change as it was asked, beside its anchor of then; whether it was applied, by whom, is not here."""

    id: uuid.UUID
    nud: str
    retrait: bool
    ancre: arbre.Identite
    base: arbre.Identite
    demandee: arbre.Identite
    nirs: tuple[str, str, str]
    survenu_le: datetime
    motif: str
    document: str
    pieces: tuple[PieceDuChangement, ...]


def list_relectures(acteur: Acteur, *, le: date) -> tuple[RelectureBreve, ...]:
    """Changes drawn that nobody has read again, the oldest first; not those that the actor typed or decided."""
    return tuple(
        RelectureBreve(ligne.id, ligne.demande.nud, ligne.survenu_le)
        for ligne in Identite.objects.select_related("demande")
        .filter(id__in=_a_relire(acteur, le)[:AU_PLUS])
        .order_by("survenu_le", "id")
    )


def compter_relectures(acteur: Acteur, *, le: date) -> int:
    """How many wait for this reader."""
    return len(_a_relire(acteur, le))


def get_relecture(identite_id: uuid.UUID, acteur: Acteur, *, le: date) -> RelectureLue:
    """A change that the actor is to read again. Raises ``Introuvable``, also once it is read."""
    if identite_id not in _a_relire(acteur, le):
        raise Introuvable("Aucun changement à relire dans votre territoire sous cet identifiant.")
    ligne = Identite.objects.select_related("demande__version_courante").get(id=identite_id)
    avant = [x for x in list_identites(ligne.demande_id) if x.survenu_le < ligne.survenu_le]
    reference, base = ancre(avant, ligne.personne_id), get_base(avant, ligne)
    masques = nirs_masques([ligne.personne_id])
    versions = Version.objects.filter(
        demande=ligne.demande_id, survenu_le=ligne.survenu_le, auteur=ligne.auteur
    )
    version = versions.order_by("numero").first()
    return RelectureLue(
        id=ligne.id,
        nud=ligne.demande.nud,
        retrait=ligne.retrait,
        ancre=vers_arbre(reference),
        base=vers_arbre(base),
        demandee=vers_arbre(ligne),
        nirs=tuple(  # type: ignore[arg-type]  # three of them
            masques.get((x.personne_id, bytes(x.nir_empreinte)), "") if x.nir_empreinte else ""
            for x in (reference, base, ligne)
        ),
        survenu_le=ligne.survenu_le,
        motif=version.motif if version else "",
        document=version.document if version else "",
        pieces=list_pieces_du_changement(ligne, acteur=acteur, le=le),
    )


def est_a_relire(identite_id: uuid.UUID, *, le: date) -> bool:
    """Whether a change was drawn, among those that are read again; already read or not."""
    parametres = get_parametres(le)
    trouvee = Identite.objects.filter(_candidates(), id=identite_id, survenu_le__gte=_depuis(le)).exists()
    return trouvee and est_tiree(identite_id, parametres.relecture_part, cle=cle_pour(TIRAGE))


def _depuis(le: date) -> datetime:
    return debut_du_jour(le - timedelta(days=get_parametres(le).relecture_jours))


def _candidates() -> Q:
    """What no territorial manager decided: applied at once, but by a demande's youth; decided by a guichet manager."""
    automatiques = Q(voie=Voie.AUTOMATIQUE, examen__decision=Decision.AUTOMATIQUE.value) & ~Q(
        examen__clauses__contains=[Clause.ANCIENNETE_COURTE.value]
    )
    return automatiques | Q(
        decision__issue__in=[IssueIdentite.VALIDEE.value, IssueIdentite.REFUSEE.value],
        decision__decide_par__role=str(Role.RESPONSABLE_GUICHET),
    )


def _a_relire(acteur: Acteur, le: date) -> list[uuid.UUID]:
    """Those drawn that this actor neither typed nor decided, the oldest first."""
    siens = list_comptes_de(acteur.id)
    candidates = (
        Identite.objects.filter(
            policies.scope_des_relectures(acteur), _candidates(), survenu_le__gte=_depuis(le), relecture=None
        )
        .exclude(auteur__in=siens)
        .exclude(decision__decideur__in=siens)
    )
    part = get_parametres(le).relecture_part
    cles = candidates.order_by("survenu_le", "id").values_list("id", flat=True)
    secret = cle_pour(TIRAGE)
    return [cle for cle in cles if est_tiree(cle, part, cle=secret)]
