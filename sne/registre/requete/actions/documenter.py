"""A household sends a document with the change that it asked of a counter: one of its demande, like any other."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.selectors.etat import assembler
from sne.registre.pieces.actions.deposer import Fichier, exiger_recevable, joindre_piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.requete.actions.demander import AUCUNE
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.requete.possible import exiger_documentable
from sne.registre.requete.rules.requete import (
    DOCUMENTS,
    LIBELLES,
    PAPIERS,
    GenreRequete,
    StatutRequete,
    next_au_document,
    type_de_piece,
)
from sne.registre.requete.selectors.requetes import get_prendre_avant
from sne.registre.requete.verbes import VerbeRequete
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.lignes import trouver

QUEL_PAPIER = "Choisissez un document."


@dataclass(frozen=True, slots=True)
class Documentable:
    """A request whose document may be sent now. ``document``: what is expected; ``papiers``: what it may be."""

    id: uuid.UUID
    reference: str
    quoi: str
    document: str
    papiers: tuple[str, ...]


@transaction.atomic
def ouvrir_au_document(visite: Visite, requete_id: uuid.UUID, *, survenu_le: datetime) -> Documentable:
    """What this session asked, to send its document. Raises ``NonHabilite``, ``Introuvable``, ``Interdit``."""
    requete = _la_sienne(visite, requete_id, acte=Acte(visite.acteur, survenu_le))
    genre = GenreRequete(requete.genre)
    return Documentable(requete.id, requete.reference, LIBELLES[genre], DOCUMENTS[genre], PAPIERS[genre])


@transaction.atomic
def exiger_papier_recevable(
    visite: Visite, requete_id: uuid.UUID, papier: str, *, survenu_le: datetime
) -> None:
    """Whether that paper could be sent now, asked before its files are taken in. Raises as the sending does."""
    acte = Acte(visite.acteur, survenu_le)
    requete = _la_sienne(visite, requete_id, acte=acte)
    exiger_recevable(requete.demande_id, _saisie(visite, requete, papier), acte=acte)


@transaction.atomic
def documenter_requete(
    visite: Visite, requete_id: uuid.UUID, papier: str, fichiers: Sequence[Fichier], *, survenu_le: datetime
) -> None:
    """Add these files to the demande as that paper of this person, and to what they asked; all of them, or none.

    It changes nothing else: a request that waited for a document goes back to who deals with it. Raises
    ``NonHabilite``, ``Introuvable``, ``Interdit``, and as :func:`joindre_piece`.
    """
    acte = Acte(visite.acteur, survenu_le)
    requete = _la_sienne(visite, requete_id, acte=acte)
    saisie = _saisie(visite, requete, papier)
    neuves = [joindre_piece(requete.demande_id, saisie, fichier, acte=acte) for fichier in fichiers]
    requete.pieces = [*requete.pieces, *neuves]
    avant, requete.document_avant = StatutRequete(requete.statut), None
    requete.statut = next_au_document(avant, prise=requete.agent is not None)
    if requete.statut is not avant:
        requete.prendre_avant = get_prendre_avant(jour(survenu_le))
    requete.save(update_fields=["pieces", "statut", "document_avant", "prendre_avant"])
    faits = {"requete": str(requete.id), "pieces": [str(cle) for cle in neuves]}
    demande = lock_demande(requete.demande_id, acteur=acte.acteur)  # its documents made revisions
    dire(VerbeRequete.DOCUMENTER_REQUETE, demande, acte=acte, faits=faits)


def _la_sienne(visite: Visite, requete_id: uuid.UUID, *, acte: Acte) -> RequeteDemandeur:
    """What this account asked of this demande, locked, as long as a document may be sent with it."""
    demande = lock_demande(visite.lien.demande_id, acteur=acte.acteur)
    siennes = RequeteDemandeur.objects.filter(demande=demande, compte=visite.compte)
    requete = trouver(siennes.filter(id=requete_id), AUCUNE)
    exiger_documentable(visite, requete)
    requete.demande = demande
    return requete


def _saisie(visite: Visite, requete: RequeteDemandeur, papier: str) -> PieceSaisie:
    """That paper, of who asked."""
    if papier not in PAPIERS[GenreRequete(requete.genre)]:
        raise Interdit(QUEL_PAPIER, champ="papier")
    contenu = assembler(requete.demande.version_courante)
    de_qui = str(requete.personne)
    reference = next((reference for reference, adulte in adultes(contenu) if adulte.personne == de_qui), "")
    return PieceSaisie(type_de_piece(papier, titulaire=visite.lien.titulaire), reference=reference)
