"""Enquiries as those who hold them see them: the list, one of them with its evidence, demandes and freezes."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from sne.journal.rules import Trait, Verbe, verbes_qui
from sne.journal.selectors import list_entrees, list_entrees_de
from sne.registre.contenu.rules.identite import Voie
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.policies import verbes_caches_dans
from sne.registre.demande.selectors.identites import VALIDEE, list_identites, nirs_masques
from sne.registre.enquete import policies
from sne.registre.enquete.models.enquete import DemandeEnquetee, DossierEnquete, ElementEnquete, Gel, LeveeGel
from sne.registre.enquete.rules.enquete import (
    DecisionLevee,
    IssueEnquete,
    MotifEnquete,
    MotifIssue,
    NatureElement,
    OrigineEnquete,
)
from sne.registre.enquete.selectors.ailleurs import VueAilleurs, vue_ailleurs
from sne.registre.enquete.selectors.comparaison import PersonneComparee, comparer, presentes
from sne.registre.enquete.selectors.remplacement import Remplacement, get_remplacement
from sne.socle.acteur import Acteur
from sne.socle.lignes import trouver
from sne.socle.pages import Page
from sne.socle.pages_sql import lire_page, situer

PAR_PAGE = 50
ACTES_PROPOSES = 20
ROLES = {"DEMANDEUR": "Titulaire", "COTITULAIRE": "Cotitulaire"}


@dataclass(frozen=True, slots=True)
class EnqueteBreve:
    """One line of the list. ``figee``: one of its demandes is frozen."""

    id: uuid.UUID
    origine: OrigineEnquete
    motif: MotifEnquete
    ouvert_le: datetime
    ouverte_par: str
    nud: str
    nom: str
    figee: bool
    clos_le: datetime | None


@dataclass(frozen=True, slots=True)
class LeveeLue:
    """Somebody asks that a freeze be lifted, and the answer; ``decision`` is ``None`` while it waits."""

    id: uuid.UUID
    auteur: uuid.UUID
    par: str
    demandee_le: datetime
    precision: str
    decision: DecisionLevee | None
    decidee_par: str
    decidee_le: datetime | None
    precision_decision: str


@dataclass(frozen=True, slots=True)
class GelLu:
    """One freeze of a demande, with what was asked of it."""

    id: uuid.UUID
    pose_par: str
    pose_le: datetime
    leve_le: datetime | None
    jours_rendus: int | None
    levees: tuple[LeveeLue, ...]


@dataclass(frozen=True, slots=True)
class DemandeLue:
    """A demande of the enquiry. ``figee``: by this enquiry or another; ``gels``: those of this one."""

    id: uuid.UUID
    nud: str
    statut: str
    date_depot: date
    date_expiration: date
    nom: str
    principale: bool
    figee: bool
    gels: tuple[GelLu, ...]


@dataclass(frozen=True, slots=True)
class ElementLu:
    """One piece of evidence: a note; an identity, whose, and what took its place; or what an entry says (``acte``)."""

    nature: NatureElement
    texte: str
    par: str
    survenu_le: datetime
    identite: str
    remplacement: Remplacement | None
    ailleurs: VueAilleurs | None
    acte: str
    acte_le: datetime | None


@dataclass(frozen=True, slots=True)
class PieceProposee:
    """Something of a demande that may be joined to its enquiry."""

    nature: NatureElement
    reference: uuid.UUID
    survenu_le: datetime
    quoi: str
    nud: str


@dataclass(frozen=True, slots=True)
class EnqueteLue:
    """An enquiry whole."""

    id: uuid.UUID
    territoire: str
    origine: OrigineEnquete
    motif: MotifEnquete
    precision: str
    auteur: uuid.UUID
    ouverte_par: str
    guichet: str
    ouvert_le: datetime
    demandes: tuple[DemandeLue, ...]
    personnes: tuple[PersonneComparee, ...]
    elements: tuple[ElementLu, ...]
    clos_le: datetime | None
    close_par: str
    issue: IssueEnquete | None
    motif_issue: MotifIssue | None
    precision_issue: str


def list_enquetes(
    acteur: Acteur,
    *,
    closes: bool = False,
    apres: uuid.UUID | None = None,
    avant: uuid.UUID | None = None,
    par_page: int = PAR_PAGE,
) -> Page[EnqueteBreve]:
    """Enquiries of the perimeter, page by page; an unknown place is the first page."""
    visibles = DossierEnquete.objects.filter(policies.scope_des_enquetes(acteur))
    # Open ones are read from the oldest, ended ones from the newest.
    ordre = ("-ouvert_le", "-id") if closes else ("ouvert_le", "id")
    page = lire_page(
        visibles.filter(clos_le__isnull=not closes).annotate(figee=Exists(_gels_en_cours())),
        situer(visibles, "ouvert_le", apres=apres, avant=avant),
        ordre=ordre,
        par_page=par_page,
    )
    return page.montrer(_breves(page.lignes))


def compter_enquetes(acteur: Acteur) -> int:
    """How many enquiries of the perimeter are open."""
    return DossierEnquete.objects.filter(policies.scope_des_enquetes(acteur), clos_le=None).count()


def list_enquetes_de(demande_id: uuid.UUID, acteur: Acteur) -> tuple[EnqueteBreve, ...]:
    """Enquiries on this demande that the actor may see, open ones first; none for a counter."""
    liens = DemandeEnquetee.objects.filter(demande=demande_id, enquete=OuterRef("pk"))
    lues = DossierEnquete.objects.filter(policies.scope_des_enquetes(acteur), Exists(liens))
    lues = lues.annotate(figee=Exists(_gels_en_cours()))
    return _breves(sorted(lues, key=lambda e: (e.clos_le is not None, e.ouvert_le)))


def get_enquete(enquete_id: uuid.UUID, acteur: Acteur) -> EnqueteLue:
    """An enquiry, open or ended. Raises ``Introuvable`` outside the actor's perimeter."""
    enquete = trouver(
        DossierEnquete.objects.filter(policies.scope_des_enquetes(acteur), id=enquete_id),
        "Aucune enquête dans votre périmètre sous cet identifiant.",
    )
    liens = list(
        DemandeEnquetee.objects.filter(enquete=enquete)
        .select_related("demande")
        .order_by("-principale", "demande__nud")
    )
    elements = list(
        ElementEnquete.objects.filter(enquete=enquete)
        .select_related("identite__personne", "identite__demande")
        .order_by("survenu_le", "id")
    )
    personnes = list(presentes(*(lien.demande_id for lien in liens)))
    return EnqueteLue(
        id=enquete.id,
        territoire=enquete.territoire,
        origine=OrigineEnquete(enquete.origine),
        motif=MotifEnquete(enquete.motif),
        precision=enquete.precision,
        auteur=enquete.auteur,
        ouverte_par=enquete.ouvert_par["nom"],
        guichet=enquete.ouvert_par["guichet"],
        ouvert_le=enquete.ouvert_le,
        demandes=_demandes(enquete, liens, personnes),
        personnes=_personnes(liens, personnes, elements),
        elements=_elements(elements, acteur, enquete.territoire),
        clos_le=enquete.clos_le,
        close_par=enquete.decide_par["nom"] if enquete.decide_par else "",
        issue=IssueEnquete(enquete.issue) if enquete.issue else None,
        motif_issue=MotifIssue(enquete.motif_issue) if enquete.motif_issue else None,
        precision_issue=enquete.precision_issue,
    )


def list_pieces(enquete: EnqueteLue, acteur: Acteur) -> tuple[PieceProposee, ...]:
    """What may be joined to an enquiry: the newest acts of each of its demandes, and every identity once in force."""
    sauf = verbes_caches_dans(acteur, territoire=enquete.territoire) | verbes_qui(Trait.LECTURE)
    pieces = []
    for demande in enquete.demandes:
        for entree in list_entrees(demande.id, au_plus=ACTES_PROPOSES, sauf=sauf):
            quoi = Verbe.tous()[entree.verbe].phrase
            pieces.append(
                PieceProposee(NatureElement.ENTREE, entree.id, entree.survenu_le, quoi, demande.nud)
            )
        for ligne in list_identites(demande.id):
            if ligne.voie != Voie.CONTROLE or (
                hasattr(ligne, "decision") and ligne.decision.issue == VALIDEE
            ):
                nom = f"{ligne.nom_naissance} {ligne.prenoms}"
                pieces.append(
                    PieceProposee(NatureElement.IDENTITE, ligne.id, ligne.survenu_le, nom, demande.nud)
                )
    return tuple(pieces)


def _gels_en_cours() -> QuerySet[Gel]:
    return Gel.objects.filter(enquete=OuterRef("pk"), leve_le=None)


def _breves(enquetes: Sequence[DossierEnquete]) -> tuple[EnqueteBreve, ...]:
    """Lines, each with the number and the holder of its main demande."""
    liens = DemandeEnquetee.objects.filter(enquete__in=enquetes, principale=True).select_related("demande")
    principales = {lien.enquete_id: lien.demande for lien in liens}
    noms = _titulaires(presentes(*(d.id for d in principales.values())))
    return tuple(
        EnqueteBreve(
            id=e.id,
            origine=OrigineEnquete(e.origine),
            motif=MotifEnquete(e.motif),
            ouvert_le=e.ouvert_le,
            ouverte_par=e.ouvert_par["nom"],
            nud=principales[e.id].nud,
            nom=noms.get(principales[e.id].id, ""),
            figee=e.figee,  # type: ignore[attr-defined]
            clos_le=e.clos_le,
        )
        for e in enquetes
    )


def _titulaires(personnes: Iterable[Personne]) -> dict[uuid.UUID, str]:
    """The holder of each demande: « Dubreuil Élodie »."""
    return {
        p.demande_id: f"{p.identite_courante.nom_naissance} {p.identite_courante.prenoms}".strip()
        for p in personnes
        if p.role == "DEMANDEUR"
    }


def _demandes(
    enquete: DossierEnquete, liens: Sequence[DemandeEnquetee], personnes: Sequence[Personne]
) -> tuple[DemandeLue, ...]:
    noms = _titulaires(personnes)
    gels: dict[uuid.UUID, list[Gel]] = {}
    for gel in Gel.objects.filter(demande__in=[lien.demande_id for lien in liens]).order_by("pose_le", "id"):
        gels.setdefault(gel.demande_id, []).append(gel)
    levees: dict[uuid.UUID, list[LeveeGel]] = {}
    for levee in LeveeGel.objects.filter(gel__enquete=enquete).order_by("demandee_le", "id"):
        levees.setdefault(levee.gel_id, []).append(levee)
    return tuple(
        DemandeLue(
            id=lien.demande_id,
            nud=lien.demande.nud,
            statut=lien.demande.statut,
            date_depot=lien.demande.date_depot,
            date_expiration=lien.demande.date_expiration,
            nom=noms.get(lien.demande_id, ""),
            principale=lien.principale,
            figee=any(g.leve_le is None for g in gels.get(lien.demande_id, ())),
            gels=tuple(
                _gel(g, levees.get(g.id, ()))
                for g in gels.get(lien.demande_id, ())
                if g.enquete_id == enquete.id
            ),
        )
        for lien in liens
    )


def _gel(gel: Gel, levees: Sequence[LeveeGel]) -> GelLu:
    return GelLu(
        id=gel.id,
        pose_par=gel.pose_par["nom"],
        pose_le=gel.pose_le,
        leve_le=gel.leve_le,
        jours_rendus=gel.jours_rendus,
        levees=tuple(
            LeveeLue(
                id=levee.id,
                auteur=levee.auteur,
                par=levee.demandee_par["nom"],
                demandee_le=levee.demandee_le,
                precision=levee.precision,
                decision=DecisionLevee(levee.decision) if levee.decision else None,
                decidee_par=levee.decide_par["nom"] if levee.decide_par else "",
                decidee_le=levee.clos_le,
                precision_decision=levee.precision_decision,
            )
            for levee in levees
        ),
    )


def _personnes(
    liens: Sequence[DemandeEnquetee], personnes: Sequence[Personne], elements: Sequence[ElementEnquete]
) -> tuple[PersonneComparee, ...]:
    """Who is on each demande, then who was."""
    nuds: Mapping[uuid.UUID, str] = {lien.demande_id: lien.demande.nud for lien in liens}
    anciennes = [e.identite for e in elements if e.identite is not None]
    masques = nirs_masques([p.id for p in personnes] + [i.personne_id for i in anciennes])
    rangs = {lien.demande_id: rang for rang, lien in enumerate(liens)}
    return (
        *(
            comparer(
                f"{ROLES[p.role]} de la demande {nuds[p.demande_id]}",
                p.identite_courante,
                p.telephone,
                masques,
            )
            for p in sorted(personnes, key=lambda p: rangs[p.demande_id])
        ),
        *(comparer(f"Identité passée de la demande {nuds[i.demande_id]}", i, "", masques) for i in anciennes),
    )


def _elements(elements: Sequence[ElementEnquete], acteur: Acteur, territoire: str) -> tuple[ElementLu, ...]:
    caches = verbes_caches_dans(acteur, territoire=territoire)
    lues = {e.id: e for e in list_entrees_de([e.entree for e in elements if e.entree])}
    trouves = []
    for element in elements:
        entree, identite = lues.get(element.entree) if element.entree else None, element.identite
        dite = entree is not None and entree.verbe not in caches
        trouves.append(
            ElementLu(
                nature=NatureElement(element.nature),
                texte=element.texte,
                par=element.ajoute_par["nom"],
                survenu_le=element.survenu_le,
                identite=f"{identite.nom_naissance} {identite.prenoms}" if identite else "",
                remplacement=get_remplacement(identite) if identite else None,
                ailleurs=vue_ailleurs(element),
                acte=Verbe.tous()[entree.verbe].phrase if entree and dite else "",
                acte_le=entree.survenu_le if entree and dite else None,
            )
        )
    return tuple(trouves)


def sans_enquete(demande: str = "pk") -> Q:
    """Condition on ``Demande``, or on a table that names it in ``demande``: no open enquiry is about it."""
    ouvertes = DemandeEnquetee.objects.filter(demande=OuterRef(demande), enquete__clos_le=None)
    return ~Q(Exists(ouvertes))


def is_sous_enquete(demande_id: uuid.UUID) -> bool:
    """Whether an open enquiry is about this demande. An act reads it once the demande is locked."""
    return DemandeEnquetee.objects.filter(demande=demande_id, enquete__clos_le=None).exists()
