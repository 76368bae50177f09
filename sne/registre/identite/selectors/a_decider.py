"""Changes of identity that wait for a decision: the queue of those who decide, one change whole."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sne.habilitations.selectors import list_comptes_de
from sne.habilitations.selectors.deux_personnes import est_de_soi
from sne.journal.selectors import list_entrees
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_parametres
from sne.registre.attente.models import Attente
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.identite import Voie
from sne.registre.controle.models import ExamenIdentite, Operation
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.policies import can_permettre_contact
from sne.registre.controle.rules.decision import RESERVEES_AU_GT
from sne.registre.controle.rules.score import Alerte, alerte
from sne.registre.controle.rules.termes import Terme
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.demande.models.demande import Version
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.personne import IssueIdentite, MotifRefusIdentite
from sne.registre.demande.selectors.identites import ancre, get_base, list_identites, nirs_masques, vers_arbre
from sne.registre.enquete.models.enquete import Gel
from sne.registre.identite import policies
from sne.registre.identite.attentes import AttenteIdentite
from sne.registre.identite.models import EchangeIdentite
from sne.registre.identite.parametres import ParametresIdentite
from sne.registre.identite.rules.decision import PieceDuChangement, est_reservee
from sne.registre.identite.rules.echanges import (
    Echange,
    NatureEchange,
    Rappel,
    attend_une_reponse,
    fin_de_l_attente,
    rappel,
)
from sne.registre.identite.selectors.echanges import EchangeLu, is_en_enquete, list_echanges
from sne.registre.identite.selectors.pieces_du_changement import list_pieces_du_changement
from sne.registre.identite.selectors.regards import (
    Explication,
    Regard,
    list_explications,
    list_noms,
    list_regards,
)
from sne.registre.joindre.rules.protection import Raison, protection
from sne.registre.joindre.selectors.protection import list_violences_ajoutees
from sne.registre.modification.verbes import VerbeModification
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour
from sne.socle.lignes import trouver
from sne.socle.pages import DEBUT, Page, Position, paginer
from sne.socle.pages_sql import au_dela

PAR_PAGE = 50


class Ordre(StrEnum):
    """In which order changes that wait are read: the oldest first, or the highest score first, then the oldest."""

    AGE = "age"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class ChangementBref:
    """One line of the queue. ``nom``: in force, of the applicant; ``question``: the counter's answer is awaited.

    ``violences``: that reason came with the change or around it, so only a person tells the household of it, never a
    message. ``fige``: its file is frozen. ``score``: the last one of the file; ``None`` when no act of a professional
    gave one.
    """

    id: uuid.UUID
    nud: str
    nom: str
    depot: date
    en_vigueur: arbre.Identite
    demandee: arbre.Identite
    retrait: bool
    guichet: str
    survenu_le: datetime
    attendue_le: date
    rappel: Rappel
    question: bool
    violences: bool
    fige: bool
    score: float | None
    alerte: Alerte


@dataclass(frozen=True, slots=True)
class OrdreDeLecture:
    """Where a file stands among those to read: its last score, the alert that it makes, its terms."""

    score: float
    alerte: Alerte
    termes: tuple[Terme, ...]


@dataclass(frozen=True, slots=True)
class ChangementLu:
    """One change whole. ``base``: in force when it was asked; ``nirs``: masked, of anchor, in force and asked.

    ``ancre_du``: the day on which the anchor was set, ``ancre_validee``: by a decision rather than by the deposit.
    ``agent``: the person who typed it. ``phrase``: what holds it. ``lecture``: where the file stands among those to
    read. ``au_gt``: only a territorial manager decides on it. ``issue`` is ``None`` while it waits.
    ``la_sienne``: typed by the reader. ``violences_le``: when that reason came, with the change or around it.
    ``en_enquete``: reported, and the enquiry goes on.
    """

    id: uuid.UUID
    territoire: str
    demande_id: uuid.UUID
    nud: str
    statut: str
    depot: date
    personne_id: uuid.UUID
    demandeur: bool
    ancre: arbre.Identite
    ancre_du: date
    ancre_validee: bool
    base: arbre.Identite
    en_vigueur: arbre.Identite
    demandee: arbre.Identite
    nirs: tuple[str, str, str]
    retrait: bool
    agent: str
    guichet: str
    auteur: uuid.UUID
    la_sienne: bool
    survenu_le: datetime
    attendue_le: date
    motif: str
    document: str
    phrase: str
    lecture: OrdreDeLecture | None
    explications: tuple[Explication, ...]
    regards: tuple[Regard, ...]
    violences_le: datetime | None
    au_gt: bool
    pieces: tuple[PieceDuChangement, ...]
    echanges: tuple[EchangeLu, ...]
    en_enquete: bool
    fin_le: date
    rappel: Rappel
    issue: IssueIdentite | None
    motif_refus: MotifRefusIdentite | None
    precision: str
    decideur: str
    decide_le: datetime | None


def list_changements(
    acteur: Acteur,
    *,
    le: date,
    apres: uuid.UUID | None = None,
    au_plus: int | None = None,
    ordre: Ordre = Ordre.AGE,
) -> Page[ChangementBref]:
    """Changes that this actor may decide of, page by page; an unknown place is the first page."""
    au_plus = au_plus or PAR_PAGE
    cles = _cles(acteur, le=le, apres=apres, ordre=ordre, au_plus=au_plus + 1)
    page = paginer(cles, DEBUT, par_page=au_plus, repere=lambda cle: Position(None, cle))
    parametres = get_parametres(le)
    lignes = Identite.objects.select_related("demande", "personne__identite_courante").in_bulk(page.lignes)
    noms = list_noms({ligne.demande_id for ligne in lignes.values()})
    questions, violences = list_questionnees(lignes), _violences(lignes.values(), parametres)
    scores = _scores({ligne.demande_id for ligne in lignes.values()})
    figees = _figees({ligne.demande_id for ligne in lignes.values()})
    return page.montrer(
        _bref(
            lignes[cle],
            noms,
            parametres,
            le=le,
            questions=questions,
            violences=violences,
            scores=scores,
            figees=figees,
        )
        for cle in page.lignes
        if cle in lignes
    )


def get_suivant(apres: uuid.UUID, acteur: Acteur, *, le: date, ordre: Ordre) -> uuid.UUID | None:
    """The change that waits next; the first one when this one does not wait for the actor."""
    return next(
        (cle for cle in _cles(acteur, le=le, apres=apres, ordre=ordre, au_plus=1) if cle != apres), None
    )


def _cles(
    acteur: Acteur, *, le: date, apres: uuid.UUID | None, ordre: Ordre, au_plus: int
) -> list[uuid.UUID]:
    attendent = changements_de(acteur, le).annotate(rang=Coalesce(_dernier_score(), 0.0))
    colonnes = ("-rang", "depuis", "id") if ordre is Ordre.SCORE else ("depuis", "id")
    borne = (
        attendent.filter(id=apres).values_list(*(c.removeprefix("-") for c in colonnes)).first()
        if apres
        else None
    )
    if borne is not None:
        attendent = attendent.filter(au_dela(colonnes, borne))
    return list(attendent.order_by(*colonnes).values_list("id", flat=True)[:au_plus])


def compter_changements(acteur: Acteur, *, le: date) -> int:
    """How many wait for this actor."""
    return changements_de(acteur, le).count()


def list_decidables(ids: Collection[uuid.UUID], acteur: Acteur, *, le: date) -> frozenset[uuid.UUID]:
    """Which of these changes wait for this actor."""
    return frozenset(changements_de(acteur, le).filter(id__in=[*ids]).values_list("id", flat=True))


def get_changement(identite_id: uuid.UUID, acteur: Acteur, *, le: date) -> ChangementLu:
    """One change that the actor decides of, decided or not; their own too. Raises ``Introuvable``."""
    ligne = trouver(
        Identite.objects.select_related(
            "demande__version_courante", "personne__identite_courante", "decision", "examen"
        ).filter(policies.scope_des_identites(acteur, le=le), id=identite_id, voie=Voie.CONTROLE),
        "Aucun changement à décider dans votre périmètre sous cet identifiant.",
    )
    lignes = list_identites(ligne.demande_id)
    reference, base = ancre(lignes, ligne.personne_id), get_base(lignes, ligne)
    agent, version = _proposition(ligne)
    seuils, lecture = get_seuils(le), get_lecture(ligne.demande_id, le=le)
    examen, decision = getattr(ligne, "examen", None), getattr(ligne, "decision", None)
    return ChangementLu(
        id=ligne.id,
        territoire=ligne.territoire,
        demande_id=ligne.demande_id,
        nud=ligne.demande.nud,
        statut=ligne.demande.statut,
        depot=ligne.demande.date_anciennete,
        personne_id=ligne.personne_id,
        demandeur=ligne.personne.role == "DEMANDEUR",
        ancre=vers_arbre(reference),
        ancre_du=jour(
            reference.decision.survenu_le if hasattr(reference, "decision") else reference.survenu_le
        ),
        ancre_validee=hasattr(reference, "decision"),
        base=vers_arbre(base),
        en_vigueur=vers_arbre(ligne.personne.identite_courante),
        demandee=vers_arbre(ligne),
        nirs=_nirs(reference, ligne.personne.identite_courante, ligne),
        retrait=ligne.retrait,
        agent=agent,
        guichet=ligne.guichet,
        auteur=ligne.auteur,
        la_sienne=est_de_soi(acteur, ligne.auteur),
        survenu_le=ligne.survenu_le,
        attendue_le=_attendue(ligne.survenu_le, get_parametres(le)),
        motif=version.motif if version else "",
        document=version.document if version else "",
        phrase=examen.phrase if examen else "",
        lecture=lecture,
        explications=list_explications(ligne.demande_id),
        regards=list_regards(ligne.demande_id, le=le),
        violences_le=_violences([ligne], get_parametres(le)).get(ligne.id),
        au_gt=est_reservee(examen.clauses if examen else (), lecture.score if lecture else 0.0, seuils),
        pieces=list_pieces_du_changement(ligne, acteur=acteur, le=le),
        echanges=list_echanges(ligne, signalements=True, acteur=acteur),
        en_enquete=is_en_enquete(ligne),
        fin_le=fin_de_l_attente(jour(ligne.survenu_le), seuils),
        rappel=rappel(jour(ligne.survenu_le), le, seuils),
        issue=IssueIdentite(decision.issue) if decision else None,
        motif_refus=MotifRefusIdentite(decision.motif) if decision and decision.motif else None,
        precision=decision.precision if decision else "",
        decideur=str(decision.decide_par.get("nom", "")) if decision else "",
        decide_le=decision.survenu_le if decision else None,
    )


def get_lecture(demande_id: uuid.UUID, *, le: date) -> OrdreDeLecture | None:
    """The last score of a demande; ``None`` when nothing of a professional made one."""
    derniere = (
        Operation.objects.filter(demande=demande_id, score__isnull=False)
        .order_by("-survenu_le", "-id")
        .first()
    )
    if derniere is None or derniere.score is None:
        return None
    termes = tuple(Terme(**terme) for terme in derniere.termes or [])
    return OrdreDeLecture(derniere.score, alerte(derniere.score, get_seuils(le)), termes)


def changements_de(acteur: Acteur, le: date) -> QuerySet[Attente]:
    """What waits for this actor: in their perimeter, not typed by them, and not for a territorial manager alone."""
    siennes = Attente.objects.filter(
        policies.scope_des_identites(acteur, le=le),
        nature=AttenteIdentite.IDENTITE,
        liste="REPONSES",
        ouverte=True,
    ).exclude(auteur__in=list_comptes_de(acteur.id))
    if can_permettre_contact(acteur, territoire=acteur.territoire):
        return siennes
    retenues = ExamenIdentite.objects.filter(
        identite=OuterRef("id"), clauses__overlap=sorted(clause.value for clause in RESERVEES_AU_GT)
    )
    siennes = siennes.annotate(dernier=_dernier_score()).exclude(Exists(retenues))
    return siennes.filter(Q(dernier=None) | Q(dernier__lte=get_seuils(le).score_ligne_gt))


def _dernier_score() -> Subquery:
    """The last score of the demande of a thing awaited."""
    scores = Operation.objects.filter(demande=OuterRef("demande"), score__isnull=False)
    return Subquery(scores.order_by("-survenu_le", "-id").values("score")[:1])


def _scores(demandes: Collection[uuid.UUID]) -> dict[uuid.UUID, float]:
    """The last score of each of these demandes that has one."""
    notees = Operation.objects.filter(demande__in=[*demandes], score__isnull=False)
    derniers = notees.order_by("demande", "-survenu_le", "-id").distinct("demande")
    return {
        demande: score for demande, score in derniers.values_list("demande", "score") if score is not None
    }


def _bref(
    ligne: Identite,
    noms: Mapping[uuid.UUID, str],
    parametres: Parametres,
    *,
    le: date,
    questions: Collection[uuid.UUID],
    violences: Mapping[uuid.UUID, datetime],
    scores: Mapping[uuid.UUID, float],
    figees: Collection[uuid.UUID],
) -> ChangementBref:
    score = scores.get(ligne.demande_id)
    return ChangementBref(
        id=ligne.id,
        nud=ligne.demande.nud,
        nom=noms.get(ligne.demande_id, ""),
        depot=ligne.demande.date_anciennete,
        en_vigueur=vers_arbre(ligne.personne.identite_courante),
        demandee=vers_arbre(ligne),
        retrait=ligne.retrait,
        guichet=ligne.guichet,
        survenu_le=ligne.survenu_le,
        attendue_le=_attendue(ligne.survenu_le, parametres),
        rappel=rappel(jour(ligne.survenu_le), le, parametres[Seuils]),
        question=ligne.id in questions,
        violences=ligne.id in violences,
        fige=ligne.demande_id in figees,
        score=score,
        alerte=alerte(score or 0.0, parametres[Seuils]),
    )


def _figees(demandes: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of these demandes that are frozen."""
    gels = Gel.objects.filter(demande__in=[*demandes], leve_le=None)
    return frozenset(gels.values_list("demande", flat=True))


def list_questionnees(ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of these changes on which the counter's answer is awaited."""
    lus: dict[uuid.UUID, list[Echange]] = {}
    natures = EchangeIdentite.objects.filter(identite__in=[*ids]).order_by("survenu_le", "id")
    for cle, nature in natures.values_list("identite", "nature"):
        lus.setdefault(cle, []).append(Echange(NatureEchange(nature)))
    return frozenset(cle for cle, echanges in lus.items() if attend_une_reponse(echanges))


def _violences(lignes: Iterable[Identite], parametres: Parametres) -> dict[uuid.UUID, datetime]:
    """When violence came among the reasons, for those of these changes around which it came."""
    lignes, jours = tuple(lignes), parametres[ParametresIdentite].avis_contact_recent_jours
    ajoutees = list_violences_ajoutees({ligne.demande_id for ligne in lignes})
    return {
        ligne.id: dite_le
        for ligne in lignes
        if (dite_le := ajoutees.get(ligne.demande_id)) is not None
        and protection(dite_le=dite_le, acte_le=ligne.survenu_le, jours=jours) is Raison.PROTECTION_NEUVE
    }


def _attendue(survenu_le: datetime, parametres: Parametres) -> date:
    return jour(survenu_le) + timedelta(days=parametres[Seuils].decision_attendue_jours)


def _nirs(*lignes: Identite) -> tuple[str, str, str]:
    masques = nirs_masques([lignes[0].personne_id])
    un, deux, trois = (
        masques.get((ligne.personne_id, bytes(ligne.nir_empreinte)), "") if ligne.nir_empreinte else ""
        for ligne in lignes
    )
    return un, deux, trois


def _proposition(ligne: Identite) -> tuple[str, Version | None]:
    """The person who typed the change, as the journal knew them then, and the version of that act, which says why."""
    entrees = list_entrees(ligne.demande_id, parmi=(VerbeModification.PROPOSER_IDENTITE,))
    dite = next((e for e in entrees if e.faits.get("identite") == str(ligne.id)), None)
    version = Version.objects.filter(demande=ligne.demande_id, numero=ligne.revision).first()
    return str(dite.acteur.get("nom", "")) if dite else "", version
