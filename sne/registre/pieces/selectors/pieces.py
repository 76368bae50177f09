"""Documents of a file, now or as it was: what is there, what was said of it, what is missing."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from sne.documents.rules import EtatDocument
from sne.documents.selectors import DocumentLu, get_documents
from sne.journal.selectors import list_entrees_de
from sne.referentiels.rules import CataloguePieces, TypePiece
from sne.referentiels.selectors import get_parametres, get_pieces
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import DEMANDEUR, adultes
from sne.registre.contenu.rules.sejour import type_de_la_vue
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.policies import can_lire_sante, scope
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.selectors.etat import assembler
from sne.registre.pieces import policies
from sne.registre.pieces.models import ExplicationPiece, Piece, QualificationPiece
from sne.registre.pieces.parametres import ParametresPieces
from sne.registre.pieces.rules.pieces import pieces_attendues, pieces_sur_indication
from sne.registre.pieces.rules.pieces_deposees import PieceEnDossier, Qualification
from sne.registre.pieces.rules.pieces_manquantes import Calendrier, LigneDePiece, confronter, fin_de_validite
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable


def list_sans_piece(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Those of ``ids`` that are on record, active, and hold no document, with their number."""
    pieces = Piece.objects.filter(territoire=OuterRef("territoire"), demande=OuterRef("id"))
    actives = Demande.objects.filter(id__in=list(ids), statut=Statut.ACTIVE)
    return dict(actives.filter(~Exists(pieces)).values_list("id", "nud"))


def has_pieces(territoire: str) -> bool:
    """Whether any document was ever added in that territory."""
    return Piece.objects.filter(territoire=territoire).exists()


LU_SANS_COPIE = frozenset({EtatDocument.INFECTE, EtatDocument.EFFACE})
PAR_L_ANTIVIRUS = "l’antivirus l’a détruite"
INCONNUE = "Cette demande n’est pas dans votre périmètre."
ABSENTE = "Cette pièce n’est pas, ou plus, dans un dossier de votre périmètre."


@dataclass(frozen=True, slots=True)
class Explication:
    """What the household said of a document, with the deposit or later; the agent who noted it."""

    texte: str
    le: date
    auteur: str


@dataclass(frozen=True, slots=True)
class PieceLue:
    """One document of a file. ``reference``: whose it is in the present tree; ``None`` when they left the household.

    ``fichier``: ``None`` for one that was only seen (``vue_le``). ``fin``: last day on which it counts.
    ``remplacee``: another took its place. ``jumelles``: other documents of the file that are the very same file.
    """

    id: uuid.UUID
    type_piece: str
    libelle: str
    nature: str
    reference: str | None
    annee: int | None
    recue_le: date
    survenu_le: datetime
    vue_le: date | None
    validite_fin: date | None
    fin: date | None
    explications: tuple[Explication, ...]
    sante: bool
    auteur: str
    guichet: str
    canal: str
    fichier: DocumentLu | None
    qualification: Qualification | None
    motif: str
    qualifiee_le: datetime | None
    qualifiee_par: str
    en_vigueur: bool
    remplace: uuid.UUID | None
    remplacee: bool
    jumelles: tuple[uuid.UUID, ...]

    @property
    def a_qualifier(self) -> bool:
        """Whether nobody has said yet what it is worth."""
        return self.en_vigueur and self.fichier is not None and self.qualification is None


def list_lignes(
    demande: Demande, *, acteur: Acteur, le: date, sur_indication: bool = False
) -> tuple[LigneDePiece, ...]:
    """Each document expected with what became of it, for an act; without health data for a reader who may not read
    them.

    ``sur_indication``: with those that an agent may ask for on the household's indication. The caller has checked that
    ``demande`` is locked, or in the actor's perimeter.
    """
    contenu = assembler(demande.version_courante, avec_sante=can_lire_sante(acteur, demande))
    catalogue = get_pieces(le)
    en_dossier = [*list_en_dossier(demande, contenu), *_vue_au_depot(demande, contenu)]
    attendues = pieces_attendues(contenu, catalogue, jour=le)
    if sur_indication:
        attendues += pieces_sur_indication(catalogue, jour=le)
    return confronter(attendues, en_dossier, catalogue, get_calendrier(le))


def list_pieces(demande_id: uuid.UUID, contenu: Contenu, *, acteur: Acteur, le: date) -> tuple[PieceLue, ...]:
    """Every document of a file, replaced ones too, the newest first. Raises ``Introuvable``."""
    return tuple(_lire(_demande(demande_id, acteur), get_pieces(le), contenu, acteur=acteur))


def list_pieces_a(
    demande_id: uuid.UUID, contenu: Contenu, *, ids: Collection[uuid.UUID], acteur: Acteur, instant: datetime
) -> tuple[PieceLue, ...]:
    """Documents that a past version named, qualified as they were at ``instant``. Raises ``Introuvable``."""
    catalogue = get_pieces(horloge.jour(instant))
    return tuple(
        _lire(_demande(demande_id, acteur), catalogue, contenu, acteur=acteur, ids=ids, instant=instant)
    )


def list_en_dossier(demande: Demande, contenu: Contenu) -> list[PieceEnDossier]:
    """Documents in force as the rules read them, health included: for the actions, which show nothing of it."""
    rangees = list(Piece.objects.filter(id__in=demande.version_courante.pieces))
    qualifications = _qualifications(demande, None)
    references = _references(contenu)
    fichiers = get_documents([p.document for p in rangees if p.document], territoire=demande.territoire)
    detruits = {cle for cle, fichier in fichiers.items() if fichier.etat in LU_SANS_COPIE}
    return [
        PieceEnDossier(
            id=p.id,
            type_piece=p.type_piece,
            reference=_reference(p, references),
            annee=p.annee,
            recue_le=p.vue_le or horloge.jour(p.survenu_le),
            validite_fin=p.validite_fin,
            qualification=(
                Qualification.INEXPLOITABLE
                if p.document in detruits
                else _qualification(qualifications.get(p.id))
            ),
            motif=PAR_L_ANTIVIRUS if p.document in detruits else _motif(qualifications.get(p.id)),
            copie=p.document is not None and p.document not in detruits,
            empreinte=bytes(p.empreinte) if p.empreinte else None,
            document=p.document,
        )
        for p in rangees
    ]


def list_en_vigueur(demande: Demande, ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Of documents of this demande, in their order, those in force, or what took their place."""
    siennes = Piece.objects.filter(territoire=demande.territoire, demande=demande, remplace__isnull=False)
    suites = dict(siennes.values_list("remplace_id", "id"))
    derniers = []
    for cle in ids:
        while cle in suites:
            cle = suites[cle]  # noqa: PLW2901 - down the chain
        derniers.append(cle)
    en_vigueur = demande.version_courante.pieces
    return [cle for cle in dict.fromkeys(derniers) if cle in en_vigueur]


def list_pieces_sans(demande: Demande, personne_id: uuid.UUID) -> list[uuid.UUID]:
    """Documents in force of a demande, in their order, except those of somebody who leaves it."""
    en_vigueur = demande.version_courante.pieces
    parties = set(
        Piece.objects.filter(id__in=en_vigueur, personne_id=personne_id).values_list("id", flat=True)
    )
    return [p for p in en_vigueur if p not in parties]


def list_fichiers_dits(entree_id: uuid.UUID) -> list[uuid.UUID]:
    """Files of the documents that this entry tells; none once they are erased."""
    ids = [cle for entree in list_entrees_de([entree_id]) for cle in _ids(entree.faits.get("pieces"))]
    fichiers = Piece.objects.filter(id__in=ids, document__isnull=False).values_list("document", flat=True)
    return [fichier for fichier in fichiers if fichier is not None]


def is_fichier_nomme(document_id: uuid.UUID) -> bool:
    """Whether a document of some demande is this file."""
    return Piece.objects.filter(document=document_id).exists()


def _ids(dites: object) -> list[str]:
    return [str(cle) for cle in dites] if isinstance(dites, list) else []


def list_fichiers(demande: Demande) -> list[uuid.UUID]:
    """Files that documents of this demande name, even when others name them too."""
    siens = Piece.objects.filter(territoire=demande.territoire, demande=demande, document__isnull=False)
    return sorted(d for d in siens.values_list("document", flat=True) if d is not None)


def list_fichiers_seuls(demande: Demande) -> list[uuid.UUID]:
    """Files that documents of this demande name, and those of no other."""
    ailleurs = Piece.objects.filter(document=OuterRef("document")).exclude(demande=demande)
    siens = Piece.objects.filter(territoire=demande.territoire, demande=demande, document__isnull=False)
    seuls = siens.exclude(Exists(ailleurs)).values_list("document", flat=True)
    return sorted({document for document in seuls if document is not None})


def get_calendrier(le: date) -> Calendrier:
    """The day, and the month from which the tax notices of the year are there."""
    return Calendrier(le, get_parametres(le)[ParametresPieces].avis_impot_mois)


def _demande(demande_id: uuid.UUID, acteur: Acteur) -> Demande:
    demande = Demande.objects.select_related("version_courante").filter(scope(acteur), id=demande_id).first()
    if demande is None or not policies.can_lire_pieces(
        acteur, territoire=demande.territoire, demande=demande.id
    ):
        raise Introuvable("Aucun dossier dans votre périmètre sous ce numéro.")
    return demande


def _lire(
    demande: Demande,
    catalogue: CataloguePieces,
    contenu: Contenu,
    *,
    acteur: Acteur,
    ids: Collection[uuid.UUID] | None = None,
    instant: datetime | None = None,
) -> list[PieceLue]:
    rangees = Piece.objects.filter(territoire=demande.territoire, demande=demande)
    if ids is not None:
        rangees = rangees.filter(id__in=list(ids))
    permises = [
        p
        for p in rangees.order_by("-survenu_le", "-id")
        if policies.can_lire_piece(acteur, territoire=demande.territoire, demande=demande.id, sante=p.sante)
    ]
    lecteur = _Lecteur(
        en_vigueur=frozenset(demande.version_courante.pieces if ids is None else ids),
        qualifications=_qualifications(demande, instant),
        explications=_explications(demande, instant),
        fichiers=get_documents([p.document for p in permises if p.document], territoire=demande.territoire),
        references=_references(contenu),
        catalogue=catalogue,
    )
    return lecteur.lire(permises)


@dataclass(frozen=True, slots=True)
class _Lecteur:
    """What is read once for all the documents of a file."""

    en_vigueur: frozenset[uuid.UUID]
    qualifications: Mapping[uuid.UUID, QualificationPiece]
    explications: Mapping[uuid.UUID, Sequence[ExplicationPiece]]
    fichiers: Mapping[uuid.UUID, DocumentLu]
    references: Mapping[uuid.UUID, str]
    catalogue: CataloguePieces

    def lire(self, pieces: Sequence[Piece]) -> list[PieceLue]:
        remplacees = {p.remplace_id for p in pieces}
        par_contenu: dict[bytes, list[uuid.UUID]] = {}
        for p in pieces:
            if p.empreinte:
                par_contenu.setdefault(bytes(p.empreinte), []).append(p.id)
        return [
            self._piece(
                p,
                remplacee=p.id in remplacees,
                jumelles=tuple(x for x in par_contenu.get(bytes(p.empreinte or b""), []) if x != p.id),
            )
            for p in pieces
        ]

    def _explications(self, p: Piece) -> Iterator[Explication]:
        if p.explication:
            yield Explication(p.explication, horloge.jour(p.survenu_le), str(p.depose_par.get("nom", "")))
        for dite in self.explications.get(p.id, ()):
            yield Explication(
                dite.texte, horloge.jour(dite.survenu_le), str(dite.explique_par.get("nom", ""))
            )

    def _piece(self, p: Piece, *, remplacee: bool, jumelles: tuple[uuid.UUID, ...]) -> PieceLue:
        recue_le = p.vue_le or horloge.jour(p.survenu_le)
        type_piece = _type(p.type_piece, self.catalogue)
        nomme = type_piece or _type(p.type_piece, get_pieces(horloge.jour(p.survenu_le)))
        dite = self.qualifications.get(p.id)
        return PieceLue(
            id=p.id,
            type_piece=p.type_piece,
            libelle=nomme.intitule_de(p.annee, recue_le) if nomme else p.type_piece,
            nature=nomme.nature(p.nature) if nomme else "",
            reference=_reference(p, self.references),
            annee=p.annee,
            recue_le=recue_le,
            survenu_le=p.survenu_le,
            vue_le=p.vue_le,
            validite_fin=p.validite_fin,
            fin=fin_de_validite(_sans_qualification(p, recue_le), type_piece),
            explications=tuple(self._explications(p)),
            sante=p.sante,
            auteur=str(p.depose_par.get("nom", "")),
            guichet=p.guichet,
            canal=p.canal,
            fichier=self.fichiers.get(p.document) if p.document else None,
            qualification=_qualification(dite),
            motif=dite.motif if dite else "",
            qualifiee_le=dite.survenu_le if dite else None,
            qualifiee_par=str(dite.qualifie_par.get("nom", "")) if dite else "",
            en_vigueur=p.id in self.en_vigueur,
            remplace=p.remplace_id,
            remplacee=remplacee,
            jumelles=jumelles,
        )


def _type(code: str, catalogue: CataloguePieces) -> TypePiece | None:
    """The kind of a document; ``None`` when the catalogue of that day does not have it."""
    return next((t for t in catalogue.types if t.code == code), None)


def _sans_qualification(p: Piece, recue_le: date) -> PieceEnDossier:
    return PieceEnDossier(p.id, p.type_piece, None, p.annee, recue_le, p.validite_fin)


def _explications(demande: Demande, instant: datetime | None) -> dict[uuid.UUID, list[ExplicationPiece]]:
    """What the household said of each document after its deposit, in order."""
    dites = ExplicationPiece.objects.filter(territoire=demande.territoire, demande=demande)
    if instant is not None:
        dites = dites.filter(survenu_le__lte=instant)
    par_piece: dict[uuid.UUID, list[ExplicationPiece]] = {}
    for dite in dites.order_by("survenu_le", "id"):
        par_piece.setdefault(dite.piece_id, []).append(dite)
    return par_piece


def _qualifications(demande: Demande, instant: datetime | None) -> dict[uuid.UUID, QualificationPiece]:
    """The last thing said of each document."""
    dites = QualificationPiece.objects.filter(territoire=demande.territoire, demande=demande)
    if instant is not None:
        dites = dites.filter(survenu_le__lte=instant)
    return {dite.piece_id: dite for dite in dites.order_by("survenu_le", "id")}


def _qualification(dite: QualificationPiece | None) -> Qualification | None:
    return Qualification(dite.qualification) if dite else None


def _motif(dite: QualificationPiece | None) -> str:
    return dite.motif if dite else ""


def _references(contenu: Contenu) -> dict[uuid.UUID, str]:
    return {uuid.UUID(a.personne): reference for reference, a in adultes(contenu) if a.personne}


def _reference(p: Piece, references: Mapping[uuid.UUID, str]) -> str | None:
    if p.personne_id is not None:
        return references.get(p.personne_id)
    return p.membre


def _en_dossier(lue: PieceLue) -> PieceEnDossier:
    sans_copie = lue.fichier is None or lue.fichier.etat in LU_SANS_COPIE
    detruit = lue.fichier is not None and lue.fichier.etat in LU_SANS_COPIE
    return PieceEnDossier(
        id=lue.id,
        type_piece=lue.type_piece,
        reference=lue.reference,
        annee=lue.annee,
        recue_le=lue.recue_le,
        validite_fin=lue.validite_fin,
        qualification=Qualification.INEXPLOITABLE if detruit else lue.qualification,
        motif=PAR_L_ANTIVIRUS if detruit else lue.motif,
        copie=not sans_copie,
    )


def _vue_au_depot(demande: Demande, contenu: Contenu) -> list[PieceEnDossier]:
    """The identity or stay seen to register, as long as the applicant is the one it was seen of."""
    premiere = demande.version_courante
    if demande.revision > 1:
        premiere = Version.objects.only("piece_vue", "contenu", "id").get(demande=demande, numero=1)
    if not premiere.piece_vue or contenu.demandeur is None:
        return []
    if premiere.contenu.get("demandeur", {}).get("personne") != contenu.demandeur.personne:
        return []
    vue = premiere.piece_vue
    if "fin" in vue:  # it is a document of the file, with its end of validity
        return []
    return [
        PieceEnDossier(
            id=premiere.id,
            type_piece=type_de_la_vue(vue["type"], dispense="dispense_titre" in vue),
            reference=DEMANDEUR,
            annee=None,
            recue_le=date.fromisoformat(vue["vue_le"]),
            copie=False,
        )
    ]
