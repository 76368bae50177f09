"""A counter takes a change that a household asked for, and answers: what changes the file is another act, its own."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sne.habilitations.rules import Permission, sans_droit
from sne.journal.rules import Verbe
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.selectors.etat import assembler
from sne.registre.pieces.policies import can_lire_pieces
from sne.registre.pieces.selectors.pieces import PieceLue, list_en_vigueur, list_pieces
from sne.registre.rattachement.selectors.lectures import is_lue_ce_jour
from sne.registre.requete import policies
from sne.registre.requete.actions.demander import AUCUNE
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.requete.possible import exiger_faite, exiger_prenable, exiger_traitable
from sne.registre.requete.rules.requete import GenreRequete, MotifRefus, StatutRequete, is_tenue
from sne.registre.requete.selectors.requetes import (
    RequeteLue,
    get_document_avant,
    get_prendre_avant,
    get_tenue_jusqu_au,
    lire,
)
from sne.registre.requete.verbes import VerbeRequete
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import refus_de, require
from sne.socle.horloge import jour
from sne.socle.lignes import trouver

PRISE = ("agent", "prise_le", "tenue_jusqu_au", "prise_par")
"""Columns of who holds a request."""


@dataclass(frozen=True, slots=True)
class RequeteOuverte:
    """One request on the screen of a counter: the demande, who holds it and until when, what this agent may do of it,
    why not; what the file says now, ``personne`` being who asked; ``pieces``: what they sent, ``None`` for
    who may not read documents.
    """

    nud: str
    lue: RequeteLue
    agent: str
    tenue_jusqu_au: date | None
    prendre: str
    traiter: str
    faire: str
    genre: GenreRequete
    personne: str
    contenu: Contenu
    date_anciennete: date
    pieces: tuple[PieceLue, ...] | None


@transaction.atomic
def ouvrir_requete(requete_id: uuid.UUID, *, acte: Acte) -> RequeteOuverte:
    """What was asked for, as a counter reads it; told once a day. Raises ``Introuvable``, ``NonHabilite``."""
    requete, demande = _verrouiller(requete_id, acte=acte)
    require(policies.can_traiter(acte.acteur, demande), sans_droit(Permission.DEMANDE_MODIFIER))
    if not is_lue_ce_jour(demande, VerbeRequete.LIRE_REQUETE, par=acte.acteur.id, instant=acte.survenu_le):
        _dire(VerbeRequete.LIRE_REQUETE, requete, demande, acte=acte)
    le = jour(acte.survenu_le)
    tenue = requete.clos_le is not None or is_tenue(requete.tenue_jusqu_au, le=le)
    return RequeteOuverte(
        nud=demande.nud,
        lue=lire(requete, sienne=True),
        agent=requete.prise_par["nom"] if requete.prise_par and tenue else "",
        tenue_jusqu_au=requete.tenue_jusqu_au,
        prendre=refus_de(exiger_prenable, requete, acte.acteur, le=le),
        traiter=refus_de(exiger_traitable, requete, acte.acteur, le=le),
        faire=refus_de(exiger_faite, requete, demande, acte.acteur, le=le),
        genre=GenreRequete(requete.genre),
        personne=str(requete.personne),
        contenu=(contenu := assembler(demande.version_courante, avec_sante=False)),
        date_anciennete=demande.date_anciennete,
        pieces=_envoyees(requete, demande, contenu, acteur=acte.acteur, le=le),
    )


def _envoyees(
    requete: RequeteDemandeur, demande: Demande, contenu: Contenu, *, acteur: Acteur, le: date
) -> tuple[PieceLue, ...] | None:
    if not can_lire_pieces(acteur, territoire=demande.territoire, demande=demande.id):
        return None
    envoyees = set(list_en_vigueur(demande, requete.pieces))
    return tuple(p for p in list_pieces(demande.id, contenu, acteur=acteur, le=le) if p.id in envoyees)


@transaction.atomic
def prendre_requete(requete_id: uuid.UUID, *, acte: Acte) -> None:
    """Hold a request for some days (``requete_garde_jours``), in the place of who held it: nobody else answers it.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    requete, demande = _verrouiller(requete_id, acte=acte)
    le = jour(acte.survenu_le)
    exiger_prenable(requete, acte.acteur, le=le)
    if requete.statut == StatutRequete.DEPOSEE:
        requete.statut = StatutRequete.PRISE
    requete.agent, requete.prise_le = acte.acteur.id, acte.survenu_le
    requete.tenue_jusqu_au = get_tenue_jusqu_au(le)
    requete.prise_par = acte.acteur.instantane_pour(Permission.DEMANDE_MODIFIER, demande.territoire)
    requete.save(update_fields=["statut", *PRISE])
    _dire(VerbeRequete.PRENDRE_REQUETE, requete, demande, acte=acte)


@transaction.atomic
def rendre_requete(requete_id: uuid.UUID, *, acte: Acte) -> None:
    """Hold it no more: whoever of a counter takes it next goes on. A document that was asked for stays asked for.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    requete, demande = _verrouiller(requete_id, acte=acte)
    exiger_traitable(requete, acte.acteur, le=jour(acte.survenu_le))
    if requete.statut == StatutRequete.PRISE:
        requete.statut, requete.prendre_avant = (
            StatutRequete.DEPOSEE,
            get_prendre_avant(jour(acte.survenu_le)),
        )
    for colonne in PRISE:
        setattr(requete, colonne, None)
    requete.save(update_fields=["statut", "prendre_avant", *PRISE])
    _dire(VerbeRequete.RENDRE_REQUETE, requete, demande, acte=acte)


@transaction.atomic
def demander_document(requete_id: uuid.UUID, *, precision: str, acte: Acte) -> None:
    """Say what the person is to send, or to bring, within some days (``requete_silence_jours``).

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    requete, demande = _verrouiller(requete_id, acte=acte)
    exiger_traitable(requete, acte.acteur, le=jour(acte.survenu_le))
    requete.precision = lire_texte(precision, requis=True, dites="Dites quel document la personne apporte.")
    requete.statut = StatutRequete.DOCUMENT_DEMANDE
    requete.document_avant = get_document_avant(jour(acte.survenu_le))
    requete.save(update_fields=["statut", "precision", "document_avant"])
    _dire(VerbeRequete.COMPLETER_REQUETE, requete, demande, acte=acte)


@transaction.atomic
def conclure_requete(requete_id: uuid.UUID, *, acte: Acte) -> None:
    """Say that it is done, once another act has changed the file.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    requete, demande = _verrouiller(requete_id, acte=acte)
    exiger_faite(requete, demande, acte.acteur, le=jour(acte.survenu_le))
    requete.statut, requete.clos_le, requete.document_avant = StatutRequete.FAITE, acte.survenu_le, None
    requete.save(update_fields=["statut", "clos_le", "document_avant"])
    _dire(VerbeRequete.FAIRE_REQUETE, requete, demande, acte=acte)


@transaction.atomic
def refuser_requete(requete_id: uuid.UUID, *, motif: MotifRefus, precision: str, acte: Acte) -> None:
    """Refuse it, with a reason of the list and a sentence. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    requete, demande = _verrouiller(requete_id, acte=acte)
    exiger_traitable(requete, acte.acteur, le=jour(acte.survenu_le))
    requete.precision = lire_texte(precision, requis=True, dites="Dites à la personne ce qu’elle peut faire.")
    requete.statut, requete.motif, requete.clos_le = StatutRequete.REFUSEE, motif, acte.survenu_le
    requete.document_avant = None
    requete.save(update_fields=["statut", "motif", "precision", "clos_le", "document_avant"])
    _dire(VerbeRequete.REFUSER_REQUETE, requete, demande, acte=acte, motif=str(motif))


def _verrouiller(requete_id: uuid.UUID, *, acte: Acte) -> tuple[RequeteDemandeur, Demande]:
    """The request, once its demande is locked. Raises ``Introuvable``, out of the actor's perimeter too."""
    de = trouver(RequeteDemandeur.objects.filter(id=requete_id).values_list("demande", flat=True), AUCUNE)
    demande = lock_demande(de, acteur=acte.acteur)
    return RequeteDemandeur.objects.get(id=requete_id), demande


def _dire(verbe: Verbe, requete: RequeteDemandeur, demande: Demande, *, acte: Acte, **faits: str) -> None:
    dire(verbe, demande, acte=acte, faits={"requete": str(requete.id), **faits})
