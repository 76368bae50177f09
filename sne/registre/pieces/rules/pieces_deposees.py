"""Documents received or seen: what a deposit must say, how a document is qualified, what replaces what. Pure.

Only documents of the order may be received (arrêté du 19 avril 2022); none of them is a condition of the number, except
the document of identity or of stay, which an agent may see without keeping a copy (CCH R441-2-3).
"""

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from sne.referentiels.rules import CataloguePieces, Critere, NiveauPiece, PorteePiece, TypePiece
from sne.registre.contenu.rules.anomalie import citer
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, membres
from sne.registre.contenu.rules.arbre.sante import RESSOURCES_DE_SANTE
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.rules.cycle_de_vie import LIBELLES_STATUT, OUVERTES, Statut
from sne.registre.enquete.rules.gel import Gel, exiger_non_gele
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

PAGES_FIGEES = (
    "La personne que cette pièce concerne n’est plus dans le dossier. Ses pages restent comme elles sont."
)
VIOLENCES = "06"
"""Reason of a demande whose proofs are named to nobody by a message (``ListeMotifDemande``)."""
ANNEES_D_IMPOT = 10
"""How far back a tax notice may be: the year of incomes, counted from the day of the deposit."""
ANS_DE_VALIDITE = 30


class Qualification(StrEnum):
    """What a reader says of a document received; without any, it is to be qualified."""

    VALIDE = "VALIDE"
    INEXPLOITABLE = "INEXPLOITABLE"
    HORS_PERIMETRE = "HORS_PERIMETRE"
    OBSOLETE = "OBSOLETE"
    DOUBLON = "DOUBLON"


QUALIFICATIONS: Mapping[Qualification, str] = MappingProxyType(
    {
        Qualification.VALIDE: "Valide",
        Qualification.INEXPLOITABLE: "Inexploitable",
        Qualification.HORS_PERIMETRE: "Hors de la liste",
        Qualification.OBSOLETE: "Dépassée",
        Qualification.DOUBLON: "En double",
    }
)
ECARTENT = frozenset(Qualification) - {Qualification.VALIDE}
"""Qualifications that set a document aside: it stays in the file, but no longer counts for any document expected."""
SANS_MOTIF = frozenset({Qualification.VALIDE, Qualification.DOUBLON})


@dataclass(frozen=True, slots=True)
class PieceSaisie:
    """What is said of a document handed in, or seen. ``reference``: whose it is, in the tree; empty: the household's.

    ``nature``: which of the accepted papers. ``annee``: the year of incomes. ``validite_fin``: its last day, when it
    bears one. ``explication``: the household's, beside what does not match. ``sante``: it says something of health.
    """

    type_piece: str
    reference: str = ""
    nature: str = ""
    annee: int | None = None
    validite_fin: date | None = None
    explication: str = ""
    sante: bool = False


@dataclass(frozen=True, slots=True)
class PieceEnDossier:
    """A document in force in a file, as rules read it. ``copie``: there is one; ``None`` for what was seen only.

    ``reference``: whose it is in the present tree; ``None`` when they left the household.
    """

    id: uuid.UUID
    type_piece: str
    reference: str | None
    annee: int | None
    recue_le: date
    validite_fin: date | None = None
    qualification: Qualification | None = None
    motif: str = ""
    copie: bool = True
    empreinte: bytes | None = None
    document: uuid.UUID | None = None


class PieceDejaLa(Interdit):
    """The very same file is in the dossier already, for the same thing."""

    code = "PIECE_DEJA_LA"


def exiger_motif_de_lecture(*, sante: bool, motif: str) -> None:
    """A document of health is opened for a reason that is told (CSP L1110-4). Raises ``Interdit``."""
    if sante and not motif:
        raise Interdit(
            "Cette pièce parle de la santé d’une personne. Ouvrez-la depuis sa page, en disant pourquoi.",
            champ="motif",
        )


def exiger_deposable(statut: Statut) -> None:
    """Refuse a document for a demande that is closed. Raises ``Interdit``."""
    if statut not in OUVERTES:
        raise Interdit(
            f"Cette demande est {citer(LIBELLES_STATUT[statut])}{INSECABLE}: aucune pièce ne peut y être ajoutée. "
            "Réactivez-la d’abord, si elle peut l’être."
        )


def exiger_remplacable(gel: Gel | None) -> None:
    """Refuse to replace a document while a file is looked at: what is there is evidence. Raises ``DossierFige``."""
    exiger_non_gele(gel, ce_qui_attend="Le remplacement d’une pièce")


def verifier_saisie(
    saisie: PieceSaisie, *, catalogue: CataloguePieces, contenu: Contenu, jour: date
) -> TypePiece:
    """The document of the catalogue, once what is said of it holds. Raises ``Interdit`` on the field to correct."""
    type_piece = type_recevable(saisie.type_piece, catalogue)
    for champ, phrase in _anomalies(saisie, type_piece, contenu, jour):
        raise Interdit(phrase, champ=champ)
    return type_piece


def type_recevable(code: str, catalogue: CataloguePieces) -> TypePiece:
    """The document of this code, if it may be received. Raises ``Interdit``."""
    try:
        type_piece = catalogue.get(code)
    except KeyError:
        raise Interdit(
            "Choisissez le type de la pièce dans la liste. Une pièce qui n’y est pas ne peut pas être demandée.",
            champ="type_piece",
        ) from None
    if type_piece.niveau is NiveauPiece.JAMAIS:
        precision = f" {type_piece.exemples}" if type_piece.exemples else ""
        raise Interdit(
            f"{citer(type_piece.libelle)}{INSECABLE}: l’arrêté du 19 avril 2022 ne permet ni de demander cette "
            f"pièce ni de la garder.{precision} Rendez-la au ménage.",
            champ="type_piece",
        )
    return type_piece


def type_a_remplacer(code: str, libelle: str, catalogue: CataloguePieces) -> TypePiece:
    """The kind of a document of the file, for another in its place. Raises ``Interdit``: the catalogue dropped it."""
    for type_piece in catalogue.types:
        if type_piece.code == code and type_piece.niveau is not NiveauPiece.JAMAIS:
            return type_piece
    raise Interdit(
        f"{citer(libelle)}{INSECABLE}: cette pièce n’est plus dans la liste de celles qui se demandent. Elle reste "
        "dans le dossier comme elle est. Ajoutez la nouvelle sous un type de la liste."
    )


def _anomalies(
    saisie: PieceSaisie, type_piece: TypePiece, contenu: Contenu, jour: date
) -> Iterator[tuple[str, str]]:
    """(field, sentence) of each thing to correct."""
    connues = {reference for reference, _ in membres(contenu)}
    if saisie.reference and saisie.reference not in connues:
        yield "reference", "Cette personne n’est pas dans le dossier. Choisissez-en une de la liste."
    elif not saisie.reference and type_piece.portee not in {PorteePiece.FOYER, PorteePiece.CHARGE}:
        yield "reference", "Choisissez la personne que cette pièce concerne."
    if saisie.nature and not type_piece.nature(saisie.nature):
        yield "nature", "Ce justificatif n’est pas accepté pour cette pièce. Choisissez-en un de la liste."
    yield from _annee(saisie, type_piece, jour)
    yield from _validite(saisie, jour)
    yield from _anomalies_du_texte(saisie.explication)


def _annee(saisie: PieceSaisie, type_piece: TypePiece, jour: date) -> Iterator[tuple[str, str]]:
    if type_piece.annee is None:
        if saisie.annee is not None:
            yield "annee", "Cette pièce ne porte pas sur une année de revenus. Effacez l’année."
    elif saisie.annee is None:
        yield "annee", "Indiquez l’année des revenus, écrite en haut de l’avis."
    elif not jour.year - ANNEES_D_IMPOT <= saisie.annee < jour.year:
        yield (
            "annee",
            f"L’année des revenus va de {jour.year - ANNEES_D_IMPOT} à {jour.year - 1}. "
            "Relisez-la en haut de l’avis.",
        )


def _validite(saisie: PieceSaisie, jour: date) -> Iterator[tuple[str, str]]:
    if saisie.validite_fin is not None and (phrase := anomalie_de_validite(saisie.validite_fin, jour=jour)):
        yield "validite_fin", phrase


def anomalie_de_validite(fin: date, *, jour: date) -> str:
    """What is wrong with the last day of a document, in a sentence; empty when nothing is."""
    if jour.year - ANS_DE_VALIDITE <= fin.year <= jour.year + ANS_DE_VALIDITE:
        return ""
    return "Cette fin de validité n’est pas possible. Relisez-la sur la pièce."


def anomalies_de_la_vue(fin: date | None, explication: str, *, jour: date) -> Iterator[tuple[str, str]]:
    """What is wrong with a document seen without a copy, as (field, sentence)."""
    if fin is not None and (phrase := anomalie_de_validite(fin, jour=jour)):
        yield "validite_fin", phrase
    yield from _anomalies_du_texte(explication)


def _anomalies_du_texte(explication: str) -> Iterator[tuple[str, str]]:
    try:
        lire_texte(explication, champ="explication", requis=False)
    except Interdit as refus:
        yield refus.champ, refus.phrase


def est_de_sante(saisie: PieceSaisie, type_piece: TypePiece, contenu: Contenu) -> bool:
    """Whether this document says something of somebody's health: because of its kind, of what the person declared, or
    because the agent said so.

    A notice of benefits is of health when the person declared an income that only a disability gives.
    """
    if type_piece.sante or saisie.sante:
        return True
    if type_piece.critere is not Critere.RESSOURCE:
        return False
    declarees = {
        recue.nature
        for reference, adulte in adultes(contenu)
        if saisie.reference in {"", reference}
        for recue in adulte.ressources.recues
    }
    return not declarees.isdisjoint(RESSOURCES_DE_SANTE & set(type_piece.valeurs))


def exiger_nouvelle(
    saisie: PieceSaisie, empreinte: bytes, presentes: Collection[PieceEnDossier], *, libelle: str
) -> None:
    """Refuse the very same file, given again for the same thing. Raises :class:`PieceDejaLa`.

    The same file may prove something else, of somebody else, or be given again once it was set aside.
    """
    for piece in presentes:
        memes = piece.empreinte == empreinte and piece.qualification not in ECARTENT
        if memes and (piece.type_piece, piece.reference, piece.annee) == (
            saisie.type_piece,
            saisie.reference,
            saisie.annee,
        ):
            raise PieceDejaLa(
                f"Ce fichier est déjà dans le dossier{INSECABLE}: {citer(libelle)}, reçu le "
                f"{piece.recue_le:%d/%m/%Y}. Il n’a pas été ajouté une seconde fois."
            )


def exiger_rangeable(reference: str | None) -> str:
    """The person, in the present tree, whose pages are put in order; ``None`` once they have left.

    Raises ``Interdit``.
    """
    if reference is None:
        raise Interdit(PAGES_FIGEES)
    return reference


def exiger_libre(*, depose: bool) -> None:
    """Refuse a file that was already taken in and is in the dossier: the form was sent twice.

    Raises :class:`PieceDejaLa`.
    """
    if depose:
        raise PieceDejaLa(
            "Ce fichier vient d’être ajouté au dossier. Il n’a pas été ajouté une seconde fois."
        )


def verifier_qualification(qualification: str, motif: str) -> Qualification:
    """The qualification, once it says why. Raises ``Interdit`` on the field to correct."""
    try:
        lue = Qualification(qualification)
    except ValueError:
        raise Interdit("Choisissez ce que vous constatez dans la liste.", champ="qualification") from None
    lire_texte(motif, champ="motif", requis=lue not in SANS_MOTIF, dites="Dites pourquoi, en une phrase.")
    return lue


def verifier_explication(texte: str) -> str:
    """What the household says of a document, once there is something to keep. Raises ``Interdit`` on its field."""
    return lire_texte(
        texte, champ="explication", requis=True, dites="Notez ce que le ménage dit, en une phrase."
    )


def exiger_ouvrable(dite: Qualification, *, ouvrable: bool) -> None:
    """Refuse to call valid a document that nobody can have looked at, because it waits for the antivirus.

    Raises ``Interdit``.
    """
    if dite is Qualification.VALIDE and not ouvrable:
        raise Interdit(
            "Cette pièce ne s’ouvre pas\u00a0: personne n’a pu la lire. Qualifiez-la de valide une fois ouverte.",
            champ="qualification",
        )


def verifier_vue(vue_le: date, *, jour: date) -> None:
    """Refuse a document seen in the future. Raises ``Interdit``."""
    if vue_le > jour:
        raise Interdit("Cette date est dans l’avenir. Vérifiez le jour et le mois.", champ="vue_le")


DETRUITE = f"Un contrôle de sécurité fait après la réception a refusé ce fichier{INSECABLE}: il n’a pas pu être gardé."
"""What a household reads of a document found infected."""


def mots_pour_le_menage(
    type_piece: TypePiece | None, *, annee: int | None, recue_le: date, motif: str, reservee: bool
) -> tuple[str, str]:
    """(which document, why it cannot be used), as the household reads them.

    ``reservee``: the message may be opened by somebody else, so it names neither. Violence is never named.
    """
    if reservee or type_piece is None or VIOLENCES in type_piece.valeurs:
        return "une pièce de votre dossier", "Le guichet vous dira laquelle, et pourquoi."
    return citer(type_piece.intitule_de(annee, recue_le)), motif
