"""Documents of a demande: one added, one that takes the place of another, one only seen. Each makes a revision."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from sne.documents.actions import rattacher_document
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.referentiels.rules import TypePiece
from sne.referentiels.selectors import get_pieces
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.controle.actions import noter_operation
from sne.registre.controle.rules.operations import Operation, agent_de, champs_des_pieces
from sne.registre.demande.actions.dire import entree_de
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.actions.une_fois import deja_ecrite
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import scope
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.selectors.etat import assembler
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.pieces import policies
from sne.registre.pieces.models import Piece
from sne.registre.pieces.possible import (
    exiger_joignable,
    exiger_place_en_ligne,
    exiger_remplacement,
    exiger_sante_joignable,
)
from sne.registre.pieces.rules.pieces_deposees import (
    PieceSaisie,
    est_de_sante,
    exiger_libre,
    exiger_nouvelle,
    exiger_rangeable,
    verifier_saisie,
    verifier_vue,
)
from sne.registre.pieces.selectors.pieces import ABSENTE, list_en_dossier
from sne.registre.pieces.verbes import VerbePiece
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.identifiants import uuid7


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file taken in. ``empreinte``: SHA-256 of what was received, in hexadecimal."""

    document: uuid.UUID
    empreinte: str


@dataclass(frozen=True, slots=True)
class _Depot:
    """A demande locked, and a document that it may receive."""

    demande: Demande
    saisie: PieceSaisie
    type_piece: TypePiece
    contenu: Contenu
    sante: bool
    acte: Acte
    cle: uuid.UUID


@transaction.atomic
def exiger_recevable(demande_id: uuid.UUID, saisie: PieceSaisie, *, acte: Acte) -> None:
    """Whether a document could be added now, asked before its file is taken in. Raises as :func:`joindre_piece`."""
    _ouvrir(demande_id, saisie, acte=acte)


@transaction.atomic
def joindre_piece(
    demande_id: uuid.UUID,
    saisie: PieceSaisie,
    fichier: Fichier,
    *,
    acte: Acte,
    cle: uuid.UUID | None = None,
) -> uuid.UUID:
    """Add a document to a demande; its id, which ``cle`` takes from outside (:func:`deja_ecrite`). The file was taken
    in before, and is attached here.

    Raises ``Introuvable``, ``NonHabilite``, ``PieceDejaLa`` (the very same file for the same thing), ``Interdit``
    (closed demande, or what is said of the document, on its field), ``DocumentIndisponible``.
    """
    if deja := _deja_la(demande_id, cle, acte=acte):
        return deja
    depot = _ouvrir(demande_id, saisie, acte=acte, cle=cle)
    _exiger_nouveau(depot, fichier)
    return _ecrire(depot, VerbePiece.JOINDRE_PIECE, fichier=fichier)


@transaction.atomic
def remplacer_piece(
    piece_id: uuid.UUID,
    saisie: PieceSaisie,
    fichier: Fichier,
    *,
    acte: Acte,
    cle: uuid.UUID | None = None,
) -> uuid.UUID:
    """Put a document in the place of another, which stays in the file and out of what counts; the new one's id.

    Raises as :func:`joindre_piece`, and ``DossierFige``, or ``Interdit`` for one that was replaced already.
    """
    demande_id, sante = demande_de(piece_id, acteur=acte.acteur)
    if deja := _deja_la(demande_id, cle, acte=acte):
        return deja
    depot = _ouvrir(demande_id, saisie, acte=acte, sante=sante, cle=cle)
    exiger_remplacement(depot.demande, acte.acteur, gel=get_gel(demande_id))
    exiger_en_vigueur(depot.demande, piece_id)
    _exiger_nouveau(depot, fichier)
    return _ecrire(depot, VerbePiece.REMPLACER_PIECE, fichier=fichier, remplace=piece_id)


@transaction.atomic
def noter_piece_vue(
    demande_id: uuid.UUID,
    saisie: PieceSaisie,
    *,
    vue_le: date,
    acte: Acte,
    cle: uuid.UUID | None = None,
) -> uuid.UUID:
    """Note that a document was seen at the counter: which one, whose, until when it is valid; no copy, no number.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` on the field to correct.
    """
    if deja := _deja_la(demande_id, cle, acte=acte):
        return deja
    depot = _ouvrir(demande_id, saisie, acte=acte, cle=cle)
    verifier_vue(vue_le, jour=horloge.jour(acte.survenu_le))
    return _ecrire(depot, VerbePiece.NOTER_PIECE_VUE, vue_le=vue_le)


def demande_de(piece_id: uuid.UUID, *, acteur: Acteur) -> tuple[uuid.UUID, bool]:
    """The demande of a document that the actor may know of, and whether it is of health. Raises ``Introuvable``."""
    lisibles = Piece.objects.filter(demande__in=Demande.objects.filter(scope(acteur)))
    piece = lisibles.filter(id=piece_id).values_list("demande_id", "territoire", "sante").first()
    if piece is None or not policies.can_lire_piece(
        acteur, territoire=piece[1], demande=piece[0], sante=piece[2]
    ):
        raise Introuvable(ABSENTE)
    return piece[0], piece[2]


def exiger_en_vigueur(demande: Demande, piece_id: uuid.UUID) -> None:
    """Refuse what another document took the place of. Raises ``Introuvable``."""
    if piece_id not in demande.version_courante.pieces:
        raise Introuvable(ABSENTE)


def _ouvrir(
    demande_id: uuid.UUID,
    saisie: PieceSaisie,
    *,
    acte: Acte,
    sante: bool = False,
    cle: uuid.UUID | None = None,
) -> _Depot:
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_joignable(demande, acte.acteur)
    exiger_place_en_ligne(demande, acte.acteur, instant=acte.survenu_le)
    jour = horloge.jour(acte.survenu_le)
    contenu = assembler(demande.version_courante)
    type_piece = verifier_saisie(saisie, catalogue=get_pieces(jour), contenu=contenu, jour=jour)
    sante = sante or est_de_sante(saisie, type_piece, contenu)
    if sante:
        exiger_sante_joignable(demande, acte.acteur)
    return _Depot(demande, saisie, type_piece, contenu, sante, acte, cle or uuid7())


def _deja_la(demande_id: uuid.UUID, cle: uuid.UUID | None, *, acte: Acte) -> uuid.UUID | None:
    """The document that this author already added under this id."""
    if cle is None:
        return None
    demande = lock_demande(demande_id, acteur=acte.acteur)
    return cle if deja_ecrite(Piece, cle, demande=demande, acteur=acte.acteur) else None


def _exiger_nouveau(depot: _Depot, fichier: Fichier) -> None:
    exiger_libre(
        depose=Piece.objects.filter(
            territoire=depot.demande.territoire, demande=depot.demande, document=fichier.document
        ).exists()
    )
    exiger_nouvelle(
        depot.saisie,
        bytes.fromhex(fichier.empreinte),
        list_en_dossier(depot.demande, depot.contenu),
        libelle=depot.type_piece.intitule(horloge.jour(depot.acte.survenu_le)),
    )


def _ecrire(
    depot: _Depot,
    verbe: Verbe,
    *,
    fichier: Fichier | None = None,
    vue_le: date | None = None,
    remplace: uuid.UUID | None = None,
) -> uuid.UUID:
    """The revision, the row, the entry: one for the document, one more when it says something of health."""
    demande, acteur, survenu_le = depot.demande, depot.acte.acteur, depot.acte.survenu_le
    cle = depot.cle
    gardees = [p for p in demande.version_courante.pieces if p != remplace]
    if fichier is not None:
        rattacher_document(fichier.document, territoire=demande.territoire, survenu_le=survenu_le)
    jour = horloge.jour(survenu_le)
    version = avancer(
        demande,
        statut=Statut(demande.statut),
        acte=depot.acte,
        motif="" if depot.sante else depot.type_piece.intitule_de(depot.saisie.annee, jour),
        pieces=[*gardees, cle],
    )
    _piece(depot, cle, fichier=fichier, vue_le=vue_le, remplace=remplace).save(force_insert=True)
    operation = Operation(
        horodatage=survenu_le,
        canal=acteur.canal,
        guichet=acteur.guichet,
        agent=agent_de(acteur),
        champs=champs_des_pieces([depot.type_piece.code]),
    )
    noter_operation(demande, operation, auteur=acteur.id, agent=acteur.agent)
    commun = {"version": str(version.id), "numero": demande.nud, "pieces": [str(cle)]}
    faits = commun | ({} if depot.sante else {"type": depot.type_piece.code})
    entree = entree_de(
        verbe,
        demande,
        acte=depot.acte,
        faits=faits | ({"remplace": str(remplace)} if remplace else {}),
    )
    entrees = [entree]
    if depot.sante:
        entrees.append(sante_de(entree, cle))
    journal.inscrire_en_lot(entrees)
    return cle


def sante_de(entree: Entree, piece_id: uuid.UUID) -> Entree:
    """The entry beside ``entree`` that says that health data were written, for those who may read them."""
    return replace(entree, verbe=VerbeDemande.MODIFIER_SANTE, faits={"piece": str(piece_id)}, valeurs=())


def _piece(
    depot: _Depot,
    cle: uuid.UUID,
    *,
    fichier: Fichier | None,
    vue_le: date | None,
    remplace: uuid.UUID | None,
) -> Piece:
    saisie, acteur = depot.saisie, depot.acte.acteur
    adulte = dict(arbre.adultes(depot.contenu)).get(saisie.reference)
    return Piece(
        id=cle,
        territoire=depot.demande.territoire,
        demande=depot.demande,
        revision=depot.demande.revision,
        personne_id=uuid.UUID(adulte.personne) if adulte and adulte.personne else None,
        membre="" if adulte else saisie.reference,
        type_piece=depot.type_piece.code,
        nature=saisie.nature,
        annee=saisie.annee,
        sante=depot.sante,
        document=fichier.document if fichier else None,
        empreinte=bytes.fromhex(fichier.empreinte) if fichier else None,
        vue_le=vue_le,
        validite_fin=saisie.validite_fin,
        explication=saisie.explication.strip(),
        remplace_id=remplace,
        canal=str(acteur.canal),
        auteur=acteur.id,
        depose_par=acteur.instantane(),
        guichet=acteur.guichet,
        survenu_le=depot.acte.survenu_le,
    )


@transaction.atomic
def remanier_piece(
    piece_id: uuid.UUID,
    saisie: PieceSaisie,
    fichiers: Sequence[Fichier],
    *,
    acte: Acte,
) -> list[uuid.UUID]:
    """Replace a document by the first of ``fichiers`` and add the others beside it, all or none; their ids.

    Raises as :func:`remplacer_piece` and :func:`joindre_piece`, and ``Interdit`` once the person has left.
    """
    demande_id, _ = demande_de(piece_id, acteur=acte.acteur)
    partie = Piece.objects.filter(id=piece_id, personne__retire_le__isnull=False).exists()
    exiger_rangeable(None if partie else saisie.reference)
    premiere, *autres = fichiers
    faites = [remplacer_piece(piece_id, saisie, premiere, acte=acte)]
    return faites + [joindre_piece(demande_id, saisie, fichier, acte=acte) for fichier in autres]
