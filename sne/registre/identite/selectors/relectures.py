"""Changes of identity to read again without knowing what was decided: those drawn, one of them whole."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from sne.habilitations.rules import Role
from sne.habilitations.selectors import list_comptes_de
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.identite import Voie
from sne.registre.controle.models import ExamenIdentite
from sne.registre.controle.rules.decision import Clause, Decision
from sne.registre.demande.models.demande import Version
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.personne import IssueIdentite
from sne.registre.demande.selectors.identites import ancre, get_base, list_identites, nirs_masques, vers_arbre
from sne.registre.identite import policies
from sne.registre.identite.parametres import ParametresIdentite
from sne.registre.identite.rules.decision import PieceDuChangement
from sne.registre.identite.selectors.pieces_du_changement import list_pieces_du_changement
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import debut_du_jour
from sne.socle.pages import Page
from sne.socle.pages_sql import lire_page, situer

PAR_PAGE = 50


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


def list_relectures(
    acteur: Acteur, *, le: date, apres: uuid.UUID | None = None, avant: uuid.UUID | None = None
) -> Page[RelectureBreve]:
    """Changes drawn that nobody has read again, the oldest first; not those that the actor typed or decided.

    ``apres``, ``avant``: the key of a line, read again since or not; an unknown one gives the first page.
    """
    connus = Identite.objects.filter(policies.scope_des_relectures(acteur))
    page = lire_page(
        _a_relire(acteur, le).select_related("demande"),
        situer(connus, "examen__survenu_le", apres=apres, avant=avant),
        ordre=("survenu_le", "identite_id"),
        par_page=PAR_PAGE,
    )
    return page.montrer(RelectureBreve(x.identite_id, x.demande.nud, x.survenu_le) for x in page.lignes)


def compter_relectures(acteur: Acteur, *, le: date) -> int:
    """How many wait for this reader."""
    return _a_relire(acteur, le).count()


def get_relecture(identite_id: uuid.UUID, acteur: Acteur, *, le: date) -> RelectureLue:
    """A change that the actor is to read again. Raises ``Introuvable``, also once it is read."""
    if not _a_relire(acteur, le).filter(identite=identite_id).exists():
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
    return _tires(le).filter(identite=identite_id).exists()


def _tires(le: date) -> QuerySet[ExamenIdentite]:
    """Changes drawn that no territorial manager decided: those applied at once (unless only because the demande is
    recent), and those decided by a guichet manager.
    """
    automatiques = Q(identite__voie=Voie.AUTOMATIQUE, decision=Decision.AUTOMATIQUE.value) & ~Q(
        clauses__contains=[Clause.ANCIENNETE_COURTE.value]
    )
    du_responsable = Q(
        identite__decision__issue__in=[IssueIdentite.VALIDEE.value, IssueIdentite.REFUSEE.value],
        identite__decision__decide_par__role=str(Role.RESPONSABLE_GUICHET),
    )
    depuis = debut_du_jour(le - timedelta(days=get_parametres(le)[ParametresIdentite].relecture_jours))
    return ExamenIdentite.objects.filter(automatiques | du_responsable, tiree=True, survenu_le__gte=depuis)


def _a_relire(acteur: Acteur, le: date) -> QuerySet[ExamenIdentite]:
    """Those drawn that nobody read again, and that this actor neither typed nor decided."""
    siens = list_comptes_de(acteur.id)
    return (
        _tires(le)
        .filter(policies.scope_des_relectures(acteur), identite__relecture=None)
        .exclude(identite__auteur__in=siens)
        .exclude(identite__decision__decideur__in=siens)
    )
