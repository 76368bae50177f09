"""What helps to say what a document is worth: what the file declares, what was read, what came before, what is next."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sne.documents.ouverture import ouvrir
from sne.documents.rules import DocumentIndisponible, Part
from sne.guichet.demandes.presentation.foyer import noms_des_membres
from sne.guichet.pieces.lecture import Lecture
from sne.guichet.pieces.presentation import LignePiece, presenter_pieces
from sne.referentiels.rules import CataloguePieces
from sne.registre.rules.confrontation import Attendu, confronter_texte
from sne.registre.selectors.fiche import Fiche
from sne.registre.selectors.pieces import PieceLue, VueDePiece
from sne.socle.erreurs import Introuvable
from sne.socle.templatetags.socle_tags import date_fr

TEXTE_MAX = 200_000  # bytes of a page's text that are shown


@dataclass(frozen=True, slots=True)
class Declaration:
    """A line of what the file says; ``lecture``: what the automatic reading makes of it, or nothing."""

    libelle: str
    valeur: str
    lecture: str = ""


def declarer(piece: PieceLue, fiche: Fiche, *, texte: str) -> list[Declaration]:
    """Who the document should be of, and of which year, against its text when there is one."""
    constats = confronter_texte(texte, _attendus(piece, fiche))
    return [
        Declaration(c.attendu.libelle, c.attendu.valeur, _dire(lu=c.lu) if texte else "")
        for c in constats
        if c.attendu.valeur
    ]


def _dire(*, lu: bool) -> str:
    return "Lu sur la page" if lu else "Non lu sur la page"


def _attendus(piece: PieceLue, fiche: Fiche) -> list[Attendu]:
    attendus = []
    for personne in fiche.personnes:
        if personne.reference == piece.reference:
            identite = personne.identite
            attendus += [
                Attendu("Nom de naissance", identite.nom_naissance or ""),
                Attendu("Premier prénom", (identite.prenoms or "").split(",")[0]),
                Attendu("Naissance", date_fr(identite.date_naissance) if identite.date_naissance else ""),
            ]
    if not attendus and piece.reference:
        attendus.append(Attendu("Personne", dict(noms_des_membres(fiche.contenu)).get(piece.reference, "")))
    if piece.annee:
        attendus.append(Attendu("Année des revenus", str(piece.annee)))
    return attendus


def lire_texte(lecture: Lecture, piece: PieceLue, *, rang: int) -> str:
    """The text that a machine read on this page, or of the whole document; empty when none was read."""
    parties = piece.fichier.parties if piece.fichier else ()
    for cherche in (rang, 0):
        if (Part.TEXTE, cherche) in parties:
            return _texte(lecture, cherche)
    return ""


def _texte(lecture: Lecture, rang: int) -> str:
    consultee = lecture.consultee
    try:
        ouvert = ouvrir(
            consultee.document, territoire=consultee.territoire, part=Part.TEXTE, rang=rang, filigrane=None
        )
    except (DocumentIndisponible, Introuvable):
        return ""
    return b"".join(ouvert.octets)[:TEXTE_MAX].decode(errors="replace")


def histoire(vue: VueDePiece, catalogue: CataloguePieces, *, le: date) -> Sequence[LignePiece]:
    """What took the place of this document and what it took the place of, the newest first; itself left out."""
    suite, toutes = {vue.piece.id}, list(vue.pieces)
    for _ in toutes:
        suite |= {p.id for p in toutes if p.remplace in suite}
        suite |= {p.remplace for p in toutes if p.id in suite and p.remplace}
    voisines = [p for p in toutes if p.id in suite and p.id != vue.piece.id]
    return presenter_pieces(voisines, vue.fiche.contenu, catalogue, le=le)


def prochaine(vue: VueDePiece) -> uuid.UUID | None:
    """Another document of the file that nobody has looked at yet, the oldest first."""
    attendent = [p.id for p in reversed(vue.pieces) if p.a_qualifier and p.id != vue.piece.id]
    return attendent[0] if attendent else None
