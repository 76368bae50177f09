"""What is in a file, what is missing and why: documents expected against documents there. Pure.

A readable document that is there and not obsolete is never asked for again (rules of the « dossier unique »), and no
document is ever a condition of the number: nothing here is read to register.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from dateutil.relativedelta import relativedelta

from sne.referentiels.rules import CataloguePieces, NiveauPiece, TypePiece
from sne.registre.contenu.rules.anomalie import citer
from sne.registre.pieces.rules.pieces import PieceAttendue
from sne.registre.pieces.rules.pieces_deposees import ECARTENT, PieceEnDossier, Qualification
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE


class Situation(StrEnum):
    """How a document that is expected stands."""

    PRESENTE = "PRESENTE"
    VUE = "VUE"
    A_VENIR = "A_VENIR"
    A_REMPLACER = "A_REMPLACER"
    PERIMEE = "PERIMEE"
    AUTRE_ANNEE = "AUTRE_ANNEE"
    MANQUANTE = "MANQUANTE"


SATISFONT = frozenset({Situation.PRESENTE, Situation.VUE, Situation.A_VENIR})
"""Nothing is to be done about these."""
MANQUE = "Elle n’est pas dans le dossier."
CE_QUI_SUIT = MappingProxyType(
    {
        NiveauPiece.ENREGISTREMENT: "Il suffit de la voir au guichet. Le numéro n’attend pas sa copie.",
        NiveauPiece.INSTRUCTION: "Elle sera demandée pour instruire la demande. Le numéro n’en dépend pas.",
        NiveauPiece.COMPLEMENT: "Elle peut être demandée pendant l’instruction. Rien n’en dépend aujourd’hui.",
    }
)


@dataclass(frozen=True, slots=True)
class LigneDePiece:
    """One document expected, how it stands in a sentence, and the documents of the file that are about it."""

    attendue: PieceAttendue
    situation: Situation
    phrase: str
    pieces: tuple[uuid.UUID, ...] = ()
    lue: bool = False  # somebody opened the copy and said that it is good

    @property
    def satisfaite(self) -> bool:
        """Whether there is nothing to ask."""
        return self.situation in SATISFONT

    @property
    def copie(self) -> bool:
        """Whether a document of the file answers: asking for it again is refused."""
        return self.situation is Situation.PRESENTE


@dataclass(frozen=True, slots=True)
class Calendrier:
    """What depends on the day. ``mois_des_avis``: the month on whose first day the new tax notices are there."""

    jour: date
    mois_des_avis: int


def fin_de_validite(piece: PieceEnDossier, type_piece: TypePiece | None) -> date | None:
    """The last day on which a document counts: the date that it bears, else some months after it was received."""
    if piece.validite_fin is not None or type_piece is None or type_piece.validite_mois is None:
        return piece.validite_fin
    return piece.recue_le + relativedelta(months=type_piece.validite_mois)


def confronter(
    attendues: Iterable[PieceAttendue],
    presentes: Sequence[PieceEnDossier],
    catalogue: CataloguePieces,
    calendrier: Calendrier,
) -> tuple[LigneDePiece, ...]:
    """One line for each document expected, in their order."""
    return tuple(
        _ligne(attendue, _candidates(attendue, presentes, catalogue), catalogue, calendrier)
        for attendue in attendues
    )


def _candidates(
    attendue: PieceAttendue, presentes: Sequence[PieceEnDossier], catalogue: CataloguePieces
) -> list[PieceEnDossier]:
    """Documents of the file about the same thing, whatever their year and state; the newest first.

    A document that names nobody counts for the whole household: a family record book answers for each child.
    """
    codes = {attendue.code, *catalogue.get(attendue.code).repondent}
    memes = [p for p in presentes if p.type_piece in codes and p.reference in {"", attendue.reference}]
    return sorted(memes, key=lambda p: (p.recue_le, p.id), reverse=True)


def _ligne(
    attendue: PieceAttendue,
    candidates: list[PieceEnDossier],
    catalogue: CataloguePieces,
    calendrier: Calendrier,
) -> LigneDePiece:
    de_l_annee = [p for p in candidates if p.annee == attendue.annee]
    recevables = [p for p in de_l_annee if p.qualification not in ECARTENT]
    vues = [p for p in recevables if not p.copie]
    comptent = [
        p for p in recevables if p.copie or p is vues[0]
    ]  # a look replaces the one before: it may have an end
    en_cours = [p for p in comptent if not _perimee(p, catalogue, calendrier.jour)]
    copies = [p for p in en_cours if p.copie]
    if copies:
        return LigneDePiece(
            attendue,
            Situation.PRESENTE,
            _presente(copies[0], catalogue),
            tuple(p.id for p in copies),
            lue=copies[0].qualification is Qualification.VALIDE,
        )
    if en_cours:
        return LigneDePiece(
            attendue,
            Situation.VUE,
            f"Vue au guichet le {_fr(en_cours[0].recue_le)}, sans copie.",
            tuple(p.id for p in en_cours),
        )
    if recevables:
        fin = fin_de_validite(recevables[0], _type(recevables[0], catalogue))
        phrase = (
            f"La pièce du {_fr(recevables[0].recue_le)} a cessé de valoir le {_fr(fin)}. "
            "Une plus récente est attendue."
        )
        return LigneDePiece(attendue, Situation.PERIMEE, phrase, (recevables[0].id,))
    if de_l_annee:
        return LigneDePiece(attendue, Situation.A_REMPLACER, _ecartee(de_l_annee[0]), (de_l_annee[0].id,))
    return _absente(attendue, candidates, calendrier)


def est_doublee(
    piece: PieceEnDossier, presentes: Iterable[PieceEnDossier], catalogue: CataloguePieces, *, jour: date
) -> bool:
    """Whether another copy of the dossier, neither set aside nor ended, is about the very same thing."""
    return any(
        p.id != piece.id
        and p.copie
        and p.qualification not in ECARTENT
        and (p.type_piece, p.reference, p.annee) == (piece.type_piece, piece.reference, piece.annee)
        and not _perimee(p, catalogue, jour)
        for p in presentes
    )


def _absente(
    attendue: PieceAttendue, candidates: list[PieceEnDossier], calendrier: Calendrier
) -> LigneDePiece:
    paraitra = _parution(attendue.annee, calendrier)
    if paraitra is not None and calendrier.jour < paraitra:
        return LigneDePiece(
            attendue,
            Situation.A_VENIR,
            f"L’avis sur les revenus de {attendue.annee} paraît à partir du {_fr(paraitra)}. Ne le demandez pas avant.",
        )
    autres = [p for p in candidates if p.annee is not None and p.qualification not in ECARTENT]
    if autres:
        return LigneDePiece(
            attendue,
            Situation.AUTRE_ANNEE,
            f"L’avis sur les revenus de {autres[0].annee} est dans le dossier. Il faut maintenant celui sur "
            f"les revenus de {attendue.annee}.",
            tuple(p.id for p in autres),
        )
    return LigneDePiece(attendue, Situation.MANQUANTE, f"{MANQUE} {CE_QUI_SUIT[attendue.niveau]}")


def _parution(annee: int | None, calendrier: Calendrier) -> date | None:
    """The day from which the notice on the incomes of that year can be had: in the year after."""
    return None if annee is None else date(annee + 1, calendrier.mois_des_avis, 1)


def _presente(piece: PieceEnDossier, catalogue: CataloguePieces) -> str:
    etat = "vérifiée" if piece.qualification is Qualification.VALIDE else "à vérifier"
    fin = fin_de_validite(piece, _type(piece, catalogue))
    valable = f" Elle vaut jusqu’au {_fr(fin)}." if fin else ""
    return f"Reçue le {_fr(piece.recue_le)}, {etat}.{valable}"


def _ecartee(piece: PieceEnDossier) -> str:
    raisons = {
        Qualification.INEXPLOITABLE: "est inexploitable",
        Qualification.HORS_PERIMETRE: "n’est pas de celles que la liste permet",
        Qualification.OBSOLETE: "est dépassée",
        Qualification.DOUBLON: "est en double",
    }
    assert piece.qualification is not None
    motif = f"{INSECABLE}: {piece.motif}" if piece.motif else ""
    raison = f"{raisons[piece.qualification]}{motif.rstrip('.')}"
    return f"La pièce du {_fr(piece.recue_le)} {raison}. Une autre est attendue."


def _perimee(piece: PieceEnDossier, catalogue: CataloguePieces, jour: date) -> bool:
    fin = fin_de_validite(piece, _type(piece, catalogue))
    return fin is not None and fin < jour


def _type(piece: PieceEnDossier, catalogue: CataloguePieces) -> TypePiece | None:
    """The kind of a document, ``None`` when the catalogue of that day no longer has it."""
    try:
        return catalogue.get(piece.type_piece)
    except KeyError:
        return None


def _fr(jour: date | None) -> str:
    return f"{jour:%d/%m/%Y}" if jour else ""


def exiger_demandables(codes: Collection[str], lignes: Iterable[LigneDePiece]) -> None:
    """Refuse to ask for a document that is there.

    Raises ``Interdit``, which names it and says what to do if it does not suit.
    """
    par_code: dict[str, list[LigneDePiece]] = {}
    for ligne in lignes:
        par_code.setdefault(ligne.attendue.code, []).append(ligne)
    for code in codes:
        concernees = par_code.get(code, [])
        if concernees and all(ligne.copie for ligne in concernees):
            raise Interdit(refus_de_redemander(concernees[0]), champ="pieces_manquantes")


def refus_de_redemander(ligne: LigneDePiece) -> str:
    """Why a document that is there is not asked for again, and what to do if it will not do."""
    return (
        f"{citer(ligne.attendue.libelle)} est déjà dans le dossier. {ligne.phrase} Ne la redemandez pas"
        f"{INSECABLE}: si elle ne convient pas, qualifiez-la d’abord et dites pourquoi."
    )
