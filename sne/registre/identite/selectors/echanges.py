"""Messages around a change of identity that waits, and the change as the counter that typed it follows it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sne.habilitations.selectors.deux_personnes import est_de_soi
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.identite import Voie
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.policies import scope
from sne.registre.demande.rules.personne import IssueIdentite, MotifRefusIdentite
from sne.registre.demande.selectors.identites import get_base, list_identites, vers_arbre
from sne.registre.enquete.models.enquete import DossierEnquete
from sne.registre.enquete.policies import scope_des_enquetes
from sne.registre.enquete.rules.enquete import IssueEnquete, MotifIssue
from sne.registre.identite import policies
from sne.registre.identite.models import EchangeIdentite
from sne.registre.identite.rules.echanges import Echange, NatureEchange, attend_une_reponse, fin_de_l_attente
from sne.registre.identite.selectors.pieces_du_changement import list_sans_piece
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import jour


@dataclass(frozen=True, slots=True)
class EchangeLu:
    """One message: by whom, at which counter, when. ``retour``: what came of a report, for those who read enquiries."""

    nature: NatureEchange
    texte: str
    auteur: str
    guichet: str
    survenu_le: datetime
    retour: "RetourLu | None" = None


@dataclass(frozen=True, slots=True)
class RetourLu:
    """The enquiry that a report opened. Its end, ``None`` while it goes on, is the close of the report."""

    enquete_id: uuid.UUID
    clos_le: datetime | None
    clos_par: str
    issue: IssueEnquete | None
    motif: MotifIssue | None
    precision: str


@dataclass(frozen=True, slots=True)
class ChangementSuivi:
    """A change as its counter follows it. ``sien``: the reader typed it, and may take it back while it waits.

    ``base``: in force when it was asked for.
    """

    id: uuid.UUID
    nud: str
    base: arbre.Identite
    demandee: arbre.Identite
    retrait: bool
    guichet: str
    survenu_le: datetime
    attendue_le: date
    fin_le: date
    echanges: tuple[EchangeLu, ...]
    question: bool
    sans_piece: bool
    sien: bool
    issue: IssueIdentite | None
    motif_refus: MotifRefusIdentite | None
    precision: str
    decide_le: datetime | None


def list_echanges(ligne: Identite, *, signalements: bool, acteur: Acteur) -> tuple[EchangeLu, ...]:
    """Messages of a change, the oldest first; reports are shown to those who decide, their close to those who read
    enquiries.
    """
    siens = EchangeIdentite.objects.filter(territoire=ligne.territoire, identite=ligne)
    if not signalements:
        siens = siens.exclude(nature=NatureEchange.SIGNALEMENT.value)
    lus = list(siens.order_by("survenu_le", "id"))
    retours = _retours([e.enquete_id for e in lus if e.enquete_id], acteur)
    return tuple(
        EchangeLu(
            nature=NatureEchange(e.nature),
            texte=e.texte,
            auteur=str(e.ecrit_par.get("nom", "")),
            guichet=str(e.ecrit_par.get("guichet", "")),
            survenu_le=e.survenu_le,
            retour=retours.get(e.enquete_id) if e.enquete_id else None,
        )
        for e in lus
    )


def is_en_enquete(ligne: Identite) -> bool:
    """Whether this change was reported, and the enquiry that it opened goes on."""
    signalements = EchangeIdentite.objects.filter(
        territoire=ligne.territoire, identite=ligne, nature=NatureEchange.SIGNALEMENT.value
    )
    return signalements.filter(enquete__clos_le=None).exists()


def _retours(enquetes: Collection[uuid.UUID], acteur: Acteur) -> dict[uuid.UUID, RetourLu]:
    """What came of these enquiries, where the actor may read them."""
    if not enquetes:
        return {}
    lisibles = DossierEnquete.objects.filter(scope_des_enquetes(acteur), id__in=enquetes)
    return {
        e.id: RetourLu(
            enquete_id=e.id,
            clos_le=e.clos_le,
            clos_par=e.decide_par["nom"] if e.decide_par else "",
            issue=IssueEnquete(e.issue) if e.issue else None,
            motif=MotifIssue(e.motif_issue) if e.motif_issue else None,
            precision=e.precision_issue,
        )
        for e in lisibles
    }


def get_suivi(identite_id: uuid.UUID, acteur: Acteur, *, le: date) -> ChangementSuivi:
    """A change that the actor's counter typed, or that they typed elsewhere. Raises ``Introuvable``."""
    ligne = (
        Identite.objects.select_related("demande", "personne", "decision")
        .filter(demande__in=Demande.objects.filter(scope(acteur)), id=identite_id, voie=Voie.CONTROLE)
        .first()
    )
    if ligne is None or not policies.is_du_guichet(
        acteur, territoire=ligne.territoire, guichet=ligne.guichet
    ):
        raise Introuvable("Aucun changement de votre guichet sous cet identifiant.")
    decision = getattr(ligne, "decision", None)
    echanges = list_echanges(ligne, signalements=False, acteur=acteur)
    saisi = jour(ligne.survenu_le)
    return ChangementSuivi(
        id=ligne.id,
        nud=ligne.demande.nud,
        base=vers_arbre(get_base(list_identites(ligne.demande_id), ligne)),
        demandee=vers_arbre(ligne),
        retrait=ligne.retrait,
        guichet=ligne.guichet,
        survenu_le=ligne.survenu_le,
        attendue_le=saisi + timedelta(days=get_parametres(le)[Seuils].decision_attendue_jours),
        fin_le=fin_de_l_attente(saisi, get_seuils(le)),
        echanges=echanges,
        question=decision is None and attend_une_reponse([Echange(e.nature) for e in echanges]),
        sans_piece=decision is None and ligne.id in list_sans_piece([ligne.id], le=le),
        sien=est_de_soi(acteur, ligne.auteur),
        issue=IssueIdentite(decision.issue) if decision else None,
        motif_refus=MotifRefusIdentite(decision.motif) if decision and decision.motif else None,
        precision=decision.precision if decision else "",
        decide_le=decision.survenu_le if decision else None,
    )


def get_change_de(echange_id: uuid.UUID) -> uuid.UUID | None:
    """The change that a question is about; the caller asks who may know of it."""
    return EchangeIdentite.objects.filter(id=echange_id).values_list("identite", flat=True).first()
