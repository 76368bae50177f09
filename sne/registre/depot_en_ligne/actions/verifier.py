"""A counter answers what was sent online: registered by the act of any counter, or not, and why."""

import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from sne.demandeurs.actions import ajouter_acces
from sne.demandeurs.selectors import get_nature_du_courriel, sujet_du_code
from sne.documents.rules import EtatDocument
from sne.documents.selectors import get_etat
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.references import DEMANDEUR
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.policies import scope
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.demande.rules.depot_en_ligne import (
    DOCUMENTS,
    REFUS,
    MotifInvalidite,
    Raison,
    TransitionDepot,
)
from sne.registre.demande.rules.rattachement import PreuveRattachement
from sne.registre.demande.selectors.depot_en_ligne import Envoi, ouvrir_envoi
from sne.registre.depot.actions.construire import Depot, EnLigne, PieceEnvoyee, PieceVue
from sne.registre.depot.actions.deposer import Recepisse, deposer_demande
from sne.registre.depot.actions.reconnaitre import clore_depot, inscrire_reconnu
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.depot_en_ligne import policies
from sne.registre.depot_en_ligne.actions.ecrire import ecrire_au_deposant
from sne.registre.depot_en_ligne.messages import MessageDepot
from sne.registre.depot_en_ligne.parametres import ParametresDepotEnLigne
from sne.registre.depot_en_ligne.possible import ABSENT, exiger_verifiable
from sne.registre.doublons.actions.signaler import lock_foyer
from sne.registre.pieces.actions.deposer import Fichier, joindre_piece
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceDejaLa, PieceSaisie, Qualification
from sne.registre.rattachement.actions.rattacher import ouvrir
from sne.registre.rattachement.rules.contacts import lire_contact
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.lignes import trouver


@dataclass(frozen=True, slots=True)
class _Reponse:
    """A way of giving no number: what it does, how it is told, for which reasons."""

    transition: TransitionDepot
    verbe: VerbeDepot
    genre: MessageDepot
    motifs: Mapping[MotifInvalidite, Raison]


DEMANDE_DE_DOCUMENT = _Reponse(
    TransitionDepot.DEMANDER, VerbeDepot.DEMANDER_DOCUMENT, MessageDepot.DEPOT_A_COMPLETER, DOCUMENTS
)
REFUS_DE_NUMERO = _Reponse(
    TransitionDepot.REFUSER, VerbeDepot.REFUSER_DEPOT, MessageDepot.DEPOT_REFUSE, REFUS
)


@dataclass(frozen=True, slots=True)
class Verification:
    """What the agent read. ``piece``: the document, sent or shown; ``doublons_ecartes``: why the close demandes
    ``doublons_vus`` are of somebody else.
    """

    piece: PieceVue | None = None
    doublons_ecartes: str = ""
    doublons_vus: frozenset[uuid.UUID] | None = None


@transaction.atomic
def prendre_depot(depot_id: uuid.UUID, *, acte: Acte) -> None:
    """Keep one for the agent who is about to verify it, for a dated time; again, for as long once more.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (somebody else verifies it; answered already).
    """
    depot = _lock(depot_id, acte=acte)
    exiger_verifiable(depot, acte.acteur, TransitionDepot.VALIDER, instant=acte.survenu_le)
    parametres = get_parametres(horloge.jour(acte.survenu_le))[ParametresDepotEnLigne]
    depot.verrou, depot.verrou_nom = acte.acteur.id, acte.acteur.nom
    depot.verrou_fin = acte.survenu_le + timedelta(minutes=parametres.depot_verrou_minutes)
    depot.save(update_fields=["verrou", "verrou_nom", "verrou_fin"])
    dire(VerbeDepot.PRENDRE_DEPOT, depot.territoire, acte=acte, faits={"depot": str(depot.id)})


@transaction.atomic
def rendre_depot(depot_id: uuid.UUID, *, acte: Acte) -> None:
    """Let others verify it. Raises as :func:`prendre_depot`."""
    depot = _lock(depot_id, acte=acte)
    exiger_verifiable(depot, acte.acteur, TransitionDepot.VALIDER, instant=acte.survenu_le)
    depot.verrou, depot.verrou_nom, depot.verrou_fin = None, "", None
    depot.save(update_fields=["verrou", "verrou_nom", "verrou_fin"])


@transaction.atomic
def valider_depot_en_ligne(depot_id: uuid.UUID, verification: Verification, *, acte: Acte) -> Recepisse:
    """Register it, by the act of any counter: a demande of the day of sending, and its number (CCH R441-2-3).

    The account that sent it follows the demande. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (answered
    already, somebody else verifies it), and as ``deposer_demande``.
    """
    envoi = ouvrir_sous_verrou(depot_id, acte=acte)
    depot = _lock(depot_id, acte=acte)
    suivant = exiger_verifiable(depot, acte.acteur, TransitionDepot.VALIDER, instant=acte.survenu_le)
    deposant = policies.deposant(depot.compte, territoire=depot.territoire, brouillon=depot.id)
    recepisse = deposer_demande(
        Depot(
            id=depot.id,
            territoire=depot.territoire,
            guichet=acte.acteur.guichet,
            contenu=envoi.contenu,
            date_reception=horloge.jour(depot.envoye_le),
            nirs=envoi.nirs,
            piece_vue=verification.piece,
            doublons_ecartes=verification.doublons_ecartes,
            doublons_vus=verification.doublons_vus,
            en_ligne=EnLigne(deposant, depot.envoye_le, pieces_de(depot)),
        ),
        acte=acte,
    )
    depot.statut, depot.motif, depot.demande_id = suivant, "", depot.id
    clore_depot(depot, gardees={piece.document for piece in pieces_de(depot)}, acte=acte)
    _rattacher(depot, acte=acte)
    if verification.piece is not None:
        _qualifier(depot, acte=acte)
    return recepisse


@transaction.atomic
def demander_document(depot_id: uuid.UUID, *, motif: str, acte: Acte) -> None:
    """Ask the household for another picture of its document, for one of the closed reasons; its date is kept.

    Raises as :func:`refuser_depot`.
    """
    _invalider(depot_id, DEMANDE_DE_DOCUMENT, motif=motif, acte=acte)


@transaction.atomic
def refuser_depot(depot_id: uuid.UUID, *, motif: str, acte: Acte) -> None:
    """Give no number, for one of the closed reasons.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (no such reason, answered already, somebody else verifies it).
    """
    _invalider(depot_id, REFUS_DE_NUMERO, motif=motif, acte=acte)


@transaction.atomic
def reconnaitre_depot(depot_id: uuid.UUID, *, nud: str, acte: Acte) -> None:
    """Say that the household is already registered under that number: its documents go there, its date does not change.

    Raises ``Introuvable`` (no such sending, no such demande in the territory), ``NonHabilite``, ``Interdit``.
    """
    depot = _lock(depot_id, acte=acte)
    exiger_verifiable(depot, acte.acteur, TransitionDepot.RECONNAITRE, instant=acte.survenu_le)
    siennes = Demande.objects.filter(scope(acte.acteur), territoire=depot.territoire, statut__in=OUVERTES)
    demande = siennes.filter(nud=nud.replace(" ", "")).first()
    if demande is None:
        raise Interdit(
            "Aucune demande ouverte sous ce numéro dans votre territoire. Vérifiez le numéro.", champ="nud"
        )
    contenu = ouvrir_envoi(depot).contenu
    gardees = joindre_les_pieces(depot, demande.id, acte=acte)
    demande.refresh_from_db()
    origine = inscrire_reconnu(depot, demande, gardees=gardees, acte=acte)
    genre = MessageDepot.DEPOT_RECONNU
    ecrire_au_deposant(depot, contenu, genre, origine=origine, survenu_le=acte.survenu_le)


def joindre_les_pieces(depot: DepotEnLigne, demande_id: uuid.UUID, *, acte: Acte) -> frozenset[uuid.UUID]:
    """Move the documents into a demande that there was already; those moved, without the files that it has."""
    jointes = set()
    for piece in pieces_de(depot):
        saisie = PieceSaisie(piece.type_piece, reference=DEMANDEUR, nature=piece.nature)
        with suppress(PieceDejaLa), transaction.atomic():
            joindre_piece(demande_id, saisie, Fichier(piece.document, piece.empreinte), acte=acte)
            jointes.add(piece.document)
    return frozenset(jointes)


def ouvrir_sous_verrou(depot_id: uuid.UUID, *, acte: Acte) -> Envoi:
    """What was sent, once the household is locked as a registration locks it: by birth dates, before any row.

    Raises ``Introuvable``, ``Interdit`` when it holds nothing any more.
    """
    depot = trouver(_visibles(acte).filter(id=depot_id), ABSENT)
    exiger_verifiable(depot, acte.acteur, TransitionDepot.VALIDER, instant=acte.survenu_le)
    envoi = ouvrir_envoi(depot)
    lock_foyer(depot.territoire, envoi.contenu)
    return envoi


def pieces_de(depot: DepotEnLigne) -> tuple[PieceEnvoyee, ...]:
    """Its documents in force, the last received first; those that another took the place of are left out."""
    return tuple(
        PieceEnvoyee(uuid.UUID(p["document"]), p["empreinte"], p["type"], p["nature"])
        for p in reversed(depot.pieces)
        if not p.get("remplacee")
    )


def _invalider(depot_id: uuid.UUID, reponse: _Reponse, *, motif: str, acte: Acte) -> None:
    depot = _lock(depot_id, acte=acte)
    suivant = exiger_verifiable(depot, acte.acteur, reponse.transition, instant=acte.survenu_le)
    if motif not in reponse.motifs:
        raise Interdit("Choisissez une raison dans la liste.", champ="motif")
    depot.statut, depot.motif = suivant, motif
    clore_depot(depot, acte=acte)
    origine = dire(reponse.verbe, depot.territoire, acte=acte, faits={"depot": str(depot.id), "motif": motif})
    contenu = ouvrir_envoi(depot).contenu
    ecrire_au_deposant(depot, contenu, reponse.genre, origine=origine, survenu_le=acte.survenu_le)


def _rattacher(depot: DepotEnLigne, *, acte: Acte) -> None:
    """The account that sent it follows the demande, as its applicant; by a code, through the address that it proved."""
    demande = Demande.objects.get(id=depot.id)
    personne = Personne.objects.get(demande=demande, role="DEMANDEUR", retire_le=None)
    lien = Rattachement(
        territoire=demande.territoire,
        demande=demande,
        personne=personne,
        identite_id=personne.identite_courante_id,
        compte=depot.compte,
        preuve=PreuveRattachement.DEPOT,
        survenu_le=acte.survenu_le,
    )
    ouvrir(lien, demande, acte=acte)
    contact = lire_contact(personne.courriel or "")
    nature = get_nature_du_courriel(depot.compte, contact)
    if nature is not None:
        sujet = sujet_du_code(personne.id, contact)
        ajouter_acces(depot.compte, sujet, survenu_le=acte.survenu_le, nature=nature)


def _qualifier(depot: DepotEnLigne, *, acte: Acte) -> None:
    """The agent has just read the picture: only one that does not open yet waits to be verified once more."""
    for piece in Piece.objects.filter(demande=depot.id).exclude(document=None):
        if (
            piece.document
            and get_etat(piece.document, territoire=depot.territoire) is EtatDocument.DISPONIBLE
        ):
            qualifier_piece(piece.id, Qualification.VALIDE, acte=acte)


def _visibles(acte: Acte) -> QuerySet[DepotEnLigne]:
    return DepotEnLigne.objects.filter(policies.scope_a_verifier(acte.acteur))


def _lock(depot_id: uuid.UUID, *, acte: Acte) -> DepotEnLigne:
    """Raises ``Introuvable``, out of the actor's perimeter too."""
    depot: DepotEnLigne | None = _visibles(acte).select_for_update(of=("self",)).filter(id=depot_id).first()
    if depot is None:
        raise Introuvable(ABSENT)
    return depot
