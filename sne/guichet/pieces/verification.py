"""What helps to say what a document is worth: what the file declares, what was read, what came before, what is next."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sne.documents.ouverture import ouvrir
from sne.documents.rules import DocumentIndisponible, Part
from sne.guichet.lecture.dossier import TRAITS, traits_demandes, valeur_trait
from sne.guichet.pieces.lecture import Lecture
from sne.guichet.pieces.presentation import LignePiece, presenter_pieces
from sne.referentiels.rules import CataloguePieces
from sne.registre.demande.selectors.identites import IdentiteEnAttente
from sne.registre.identite.rules.decision import DU_COUPLE
from sne.registre.lecture.selectors.fiche import Fiche, PersonneFiche
from sne.registre.lecture.selectors.vue_de_piece import VueDePiece
from sne.registre.pieces.rules.lecture_automatique import Attendu, confronter_texte
from sne.registre.pieces.selectors.pieces import PieceLue
from sne.saisie.presentation.foyer import noms_des_membres
from sne.saisie.presentation.identite import nom_complet
from sne.saisie.presentation.mots import Lecture as Mots
from sne.socle.erreurs import Introuvable
from sne.socle.templatetags.socle_tags import date_fr

SE_LISENT = frozenset({"nom_naissance", "prenoms", "date_naissance"})
"""Traits that can be looked for in the text of a document; civility is too ordinary a word, and a NIR is never shown.
"""
PAGES_LUES = 20  # of a document, where what is asked is looked for
TEXTE_MAX = 200_000  # bytes of a page's text that are shown


@dataclass(frozen=True, slots=True)
class Declaration:
    """A line of what the file says; ``lecture``: what the automatic reading makes of it, or nothing."""

    libelle: str
    valeur: str
    lecture: str = ""


@dataclass(frozen=True, slots=True)
class TraitDemande:
    """A protected trait that waits for a decision: what is asked, what is in force, and what is read of each."""

    trait: str
    libelle: str
    demande: str
    en_vigueur: str
    lecture_demande: str = ""
    lecture_en_vigueur: str = ""


def declarer(
    piece: PieceLue, fiche: Fiche, *, texte: str, demandes: Sequence[TraitDemande] = ()
) -> list[Declaration]:
    """The person and the year that the document should be about, compared with its text when there is one; values that
    wait for a decision are left out.
    """
    constats = confronter_texte(texte, _attendus(piece, fiche, sauf={d.trait for d in demandes}))
    return [
        Declaration(c.attendu.libelle, c.attendu.valeur, _dire(lu=c.lu).capitalize() if texte else "")
        for c in constats
        if c.attendu.valeur
    ]


def ce_qui_est_demande(piece: PieceLue, fiche: Fiche, lecture: Mots, *, texte: str) -> list[TraitDemande]:
    """Each trait whose change waits and may be proved by this document: the value asked for and the value in force,
    compared with the page.
    """
    return [
        demande
        for personne in fiche.personnes
        if personne.en_attente is not None
        and (personne.reference == piece.reference or piece.type_piece in DU_COUPLE)
        for demande in _demandes(personne, personne.en_attente, lecture, texte)
    ]


def pages_ou_lus(
    lecture: Lecture, piece: PieceLue, demandes: Sequence[TraitDemande], *, sauf: int
) -> dict[str, int]:
    """By trait asked for and not read on the page shown (``sauf``), the first other page where it is read."""
    cherches = [d for d in demandes if d.trait in SE_LISENT and d.lecture_demande != _dire(lu=True)]
    total = piece.fichier.nombre_pages if piece.fichier else 0
    trouves: dict[str, int] = {}
    for rang in range(1, min(total, PAGES_LUES) + 1):
        restent = [d for d in cherches if d.trait not in trouves]
        if rang == sauf or not restent:
            continue
        constats = confronter_texte(
            lire_texte(lecture, piece, rang=rang), [Attendu(d.trait, d.demande) for d in restent]
        )
        trouves |= {c.attendu.libelle: rang for c in constats if c.lu}
    return trouves


def _demandes(
    personne: PersonneFiche, attente: IdentiteEnAttente, lecture: Mots, texte: str
) -> Iterator[TraitDemande]:
    if attente.retrait:
        nom = nom_complet(personne.identite)
        yield TraitDemande("", "Cotitulaire", f"départ de {nom}", nom, "", _lire(nom, texte))
    for trait in traits_demandes(personne.identite, attente.identite):
        demande, en_vigueur = (valeur_trait(i, trait, lecture) for i in (attente.identite, personne.identite))
        cherche = texte if trait in SE_LISENT else ""
        yield TraitDemande(
            trait,
            TRAITS[trait].capitalize(),
            demande,
            en_vigueur,
            _lire(demande, cherche),
            _lire(en_vigueur, cherche),
        )


def _lire(valeur: str, texte: str) -> str:
    """What is read of a value on the page; nothing is said where nothing was read."""
    (constat,) = confronter_texte(texte, [Attendu("", valeur)])
    return _dire(lu=constat.lu) if texte and valeur else ""


def _dire(*, lu: bool) -> str:
    return "lu sur la page" if lu else "non lu sur la page"


def _attendus(piece: PieceLue, fiche: Fiche, *, sauf: Collection[str]) -> list[Attendu]:
    connue, attendus = False, []
    for personne in fiche.personnes:
        if personne.reference == piece.reference:
            identite, connue = personne.identite, True
            naissance = date_fr(identite.date_naissance) if identite.date_naissance else ""
            lus = {
                "nom_naissance": Attendu("Nom de naissance", identite.nom_naissance or ""),
                "prenoms": Attendu("Premier prénom", (identite.prenoms or "").split(",")[0]),
                "date_naissance": Attendu("Naissance", naissance),
            }
            attendus += [attendu for trait, attendu in lus.items() if trait not in sauf]
    if not connue and piece.reference:
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
