"""Opening a file, now or as it was: a read that leaves a trace, so that the household can see who looked."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from sne.habilitations.parametres import ParametresHabilitations
from sne.habilitations.rules import Permission, sans_droit
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.journal.selectors import list_actes_de
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.sante import porte_sante
from sne.registre.demande import policies
from sne.registre.demande.actions.dire import entree_de
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules import numero_unique
from sne.registre.demande.rules.effacement import demande_absente
from sne.registre.demande.selectors.effacement import get_effacement
from sne.registre.demande.selectors.etat import EtatDemande, etat, get_contenu
from sne.registre.demande.selectors.identites import en_attente, list_identites, nirs_masques_par_reference
from sne.registre.demande.selectors.versions import VersionLue, list_versions
from sne.registre.lecture.policies import lit_pour_un_appel
from sne.registre.lecture.selectors.fiche import Fiche, get_fiche, is_ouverte_au_guichet
from sne.registre.lecture.verbes import VerbeLecture
from sne.registre.pieces.actions.deposer import demande_de
from sne.registre.pieces.models import Piece
from sne.registre.pieces.possible import exiger_pieces_lisibles
from sne.registre.pieces.rules.pieces_deposees import exiger_motif_de_lecture
from sne.registre.pieces.verbes import VerbePiece
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Mandat, Perimetre
from sne.socle.erreurs import Introuvable, NonHabilite, refus_de, require
from sne.socle.lignes import trouver

LECTURES_DE_LA_FICHE = (VerbeLecture.CONSULTER, VerbeLecture.CONSULTER_SANTE)


class AppelAttendu(NonHabilite):
    """This file is opened for a call, and nobody said which."""

    def __init__(self) -> None:
        super().__init__(
            "Donnez d’abord la référence de l’appel, sur la page du dossier. Le demandeur la lira dans son historique."
        )


@dataclass(frozen=True, slots=True)
class EtatConsulte:
    """A file as it was: masked numbers by person reference, and whose identity waited then, by ``personne``.

    ``sante_lisible``, ``pieces_lisibles``: what of it this actor may read.
    """

    etat: EtatDemande
    nirs: Mapping[str, str]
    en_attente: frozenset[uuid.UUID]
    sante_lisible: bool
    pieces_lisibles: bool


@dataclass(frozen=True, slots=True)
class VersionsConsultees:
    """A file, its versions, the newest first, the contents of the two compared, the masked numbers of the second."""

    fiche: Fiche
    versions: tuple[VersionLue, ...]
    avant: Contenu
    apres: Contenu
    nirs: Mapping[str, str]


@transaction.atomic
def consulter_demande(nud: str, *, acte: Acte, motif: str = "") -> Fiche:
    """The file of this number, its reading journalled first (CCH R441-2-6); reading health has its own entry.

    ``motif``: why, as the history and the household are told; who opens files for a call gives its reference. Raises
    ``Introuvable`` when the number is unreadable, unknown, or out of the actor's perimeter: all the same answer;
    ``AppelAttendu``.
    """
    demande = ouvrir(nud, acte.acteur, motif=motif)
    faits = {"motif": motif} if motif else {}
    if motif and lit_pour_un_appel(acte.acteur, demande):
        faits["pour"] = "APPEL"
    return _lire(demande, replace(_lecture(demande, acte=acte), faits=faits))


@transaction.atomic
def consulter_pour_repondre(nud: str, *, question: str, acte: Acte) -> Fiche:
    """The file that a question points to, for who answers it: read under its number (``question``), which the history
    and the household are told. Whoever asks has checked that the question points to this file, and is this actor's.

    Raises ``Introuvable``, ``NonHabilite``.
    """
    acteur = acte.acteur
    if not acteur.peut(Permission.DEMANDE_LIRE):
        require(
            acteur.peut(Permission.DEMANDE_LIRE_POUR_REPONDRE),
            sans_droit(Permission.DEMANDE_LIRE_POUR_REPONDRE),
        )
        acteur = _pour_cette_demande(nud, acteur)
    demande = ouvrir(nud, acteur, motif=question)
    lecture = _lecture(demande, acte=replace(acte, acteur=acteur))
    return _lire(demande, replace(lecture, faits={"motif": question, "pour": "ASSISTANCE"}))


@transaction.atomic
def relire_demande(nud: str, *, acte: Acte) -> Fiche:
    """The same file when the form of a page that showed it comes back: its opening is journalled once. When this
    account has not opened the file within the length of a session, the reading is journalled as by
    :func:`consulter_demande`, so that nobody reads a file unseen by posting to its pages. Raises ``Introuvable``.
    """
    demande = ouvrir(nud, acte.acteur)
    dites = deja_dites(demande, LECTURES_DE_LA_FICHE, acte=acte)
    return _lire(demande, _lecture(demande, acte=acte), dites=dites)


def deja_dites(demande: Demande, lectures: Collection[Verbe], *, acte: Acte) -> frozenset[str]:
    """Which of these readings of the demande by this account were told in the time that a session lasts."""
    heures = get_parametres(horloge.jour(acte.survenu_le))[ParametresHabilitations].session_duree_max_heures
    return list_actes_de(demande.id, par=acte.acteur.id, parmi=lectures, depuis=timedelta(hours=heures))


@transaction.atomic
def consulter_etat(nud: str, instant: datetime, *, acte: Acte) -> EtatConsulte:
    """The file as it was at ``instant`` (aware), a journalled read that names that instant and the version read.

    Raises ``Introuvable``, also before the deposit.
    """
    demande = ouvrir(nud, acte.acteur)
    passe = etat(demande.nud, instant, acteur=acte.acteur)
    lecture = replace(
        _lecture(demande, acte=acte),
        revision=passe.revision,
        faits={"instant": instant.isoformat()},
    )
    journal.inscrire(lecture)
    _journaliser_sante(lecture, passe.contenu)
    attentes = en_attente(list_identites(demande.id), a=instant)
    return EtatConsulte(
        passe,
        nirs_masques_par_reference(passe.contenu),
        frozenset(attentes),
        sante_lisible=policies.can_lire_sante(acte.acteur, demande),
        pieces_lisibles=not refus_de(exiger_pieces_lisibles, demande, acte.acteur),
    )


@transaction.atomic
def consulter_versions(nud: str, *, de: int, a: int, acte: Acte) -> VersionsConsultees:
    """Every version of the file, two of them opened to be compared: a journalled read that names both.

    Raises ``Introuvable``, also for a version that never was.
    """
    demande = ouvrir(nud, acte.acteur)
    avant, apres = (get_contenu(demande.id, numero, acteur=acte.acteur) for numero in (de, a))
    lecture = replace(_lecture(demande, acte=acte), faits={"versions": [de, a]})
    journal.inscrire(lecture)
    fiche = get_fiche(demande, acte.acteur)
    _journaliser_sante(lecture, fiche.contenu, avant, apres)
    versions = list_versions(demande.id, acteur=acte.acteur)
    return VersionsConsultees(fiche, versions, avant, apres, nirs_masques_par_reference(apres))


def ouvrir(nud: str, acteur: Acteur, *, motif: str = "") -> Demande:
    """The demande of this number, which the actor may read; the caller journals the reading.

    Who reads files for a call alone says which, once in the length of a session. Raises ``Introuvable``,
    ``AppelAttendu``.
    """
    try:
        canonique = numero_unique.lire(nud).canonique
    except numero_unique.NumeroInvalide as exc:
        raise Introuvable(str(exc)) from None
    demande = (
        Demande.objects.select_related("version_courante")
        .filter(policies.scope(acteur), nud=canonique)
        .first()
    )
    if demande is None:
        effacement = get_effacement(acteur, nud=canonique)
        raise demande_absente(
            effacement, "Aucun dossier dans votre périmètre sous ce numéro. Vérifiez-le signe par signe."
        )
    require(policies.can_lire(acteur, demande), "Votre rôle ne permet pas de lire ce dossier.")
    if not motif and lit_pour_un_appel(acteur, demande) and not _deja_ouverte(demande, acteur):
        raise AppelAttendu
    return demande


def _deja_ouverte(demande: Demande, acteur: Acteur) -> bool:
    acte = Acte(acteur, horloge.maintenant())
    return bool(deja_dites(demande, {VerbeLecture.CONSULTER}, acte=acte))


def _pour_cette_demande(nud: str, acteur: Acteur) -> Acteur:
    """The same person with the right to read this very demande, and no other."""
    situee = trouver(
        Demande.objects.filter(nud=nud).values_list("id", "territoire"), "Aucun dossier sous ce numéro."
    )
    mandat = acteur.mandat_pour(Permission.DEMANDE_LIRE_POUR_REPONDRE)
    assert mandat is not None
    demande_id, territoire = situee
    lecture = Mandat(
        mandat.role, frozenset({Permission.DEMANDE_LIRE}), Perimetre(territoire, demande=demande_id)
    )
    return replace(acteur, mandats=(lecture, *acteur.mandats))


def _lire(demande: Demande, lecture: Entree, *, dites: Collection[str] = ()) -> Fiche:
    """The file, its reading journalled first, except for the entries that are already written."""
    if VerbeLecture.CONSULTER not in dites:
        journal.inscrire(lecture)
    fiche = get_fiche(demande, lecture.acte.acteur)
    if VerbeLecture.CONSULTER_SANTE not in dites:
        _journaliser_sante(lecture, fiche.contenu)
    ouverte = is_ouverte_au_guichet(demande.id, acteur=lecture.acte.acteur, le=lecture.acte.survenu_le)
    return replace(fiche, ouverte_au_guichet=ouverte)


def _lecture(demande: Demande, *, acte: Acte) -> Entree:
    return entree_de(VerbeLecture.CONSULTER, demande, acte=acte)


def _journaliser_sante(lecture: Entree, *lus: Contenu) -> None:
    if any(porte_sante(contenu) for contenu in lus):
        journal.inscrire(replace(lecture, verbe=VerbeLecture.CONSULTER_SANTE))


@dataclass(frozen=True, slots=True)
class PieceConsultee:
    """What is needed to open the file of a document, now that its reading is told."""

    id: uuid.UUID
    document: uuid.UUID
    territoire: str
    nud: str


@transaction.atomic
def consulter_piece(piece_id: uuid.UUID, *, acte: Acte, motif: str = "") -> PieceConsultee:
    """Let a document be opened, replaced ones too, its reading journalled first; health has its own entry besides.

    ``motif``: why, which a document of health asks for. Raises ``Introuvable`` (out of the perimeter, of health for who
    may not read it, or seen without a copy), ``NonHabilite``, ``Interdit``.
    """
    demande, piece = _a_ouvrir(piece_id, acte.acteur)
    exiger_motif_de_lecture(sante=piece.sante, motif=motif)
    lecture = entree_de(
        VerbePiece.CONSULTER_PIECE,
        demande,
        acte=acte,
        faits={"piece": str(piece_id)} | ({"motif": motif} if motif else {}),
    )
    entrees = [lecture, replace(lecture, verbe=VerbeLecture.CONSULTER_SANTE)] if piece.sante else [lecture]
    journal.inscrire_en_lot(entrees)
    return _consultee(demande, piece)


def suivre_piece(piece_id: uuid.UUID, *, acteur: Acteur) -> PieceConsultee:
    """The next page of a reading that is already journalled: the right is checked again, nothing is written.

    Raises as :func:`consulter_piece`.
    """
    return _consultee(*_a_ouvrir(piece_id, acteur))


def _a_ouvrir(piece_id: uuid.UUID, acteur: Acteur) -> tuple[Demande, Piece]:
    permis = acteur.peut(Permission.PIECE_LIRE) or acteur.siennes(Permission.PIECE_LIRE)
    require(bool(permis), sans_droit(Permission.PIECE_LIRE))
    demande_id, _ = demande_de(piece_id, acteur=acteur)
    demande = Demande.objects.get(id=demande_id)
    piece = Piece.objects.get(id=piece_id)
    if piece.document is None:
        raise Introuvable("Cette pièce a été vue au guichet, sans copie. Il n’y a rien à ouvrir.")
    return demande, piece


def _consultee(demande: Demande, piece: Piece) -> PieceConsultee:
    assert piece.document is not None
    return PieceConsultee(piece.id, piece.document, demande.territoire, demande.nud)
