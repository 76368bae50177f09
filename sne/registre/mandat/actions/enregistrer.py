"""A counter records what it was handed on paper: what a person signed, the judgment that protects one.

The paper goes into the file by the reception of every document. Whatever body it names, nothing is open until somebody
of that body accepts, who is not the person who recorded it.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from sne.habilitations.rules import Permission
from sne.habilitations.selectors.aidants import list_organismes_aidants
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.references import DEMANDEUR
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.mandat_aide import MesureProtection, Portee, StatutMandat
from sne.registre.mandat.actions.autoriser import signature
from sne.registre.mandat.parametres import ParametresMandat
from sne.registre.mandat.possible import exiger_enregistrable
from sne.registre.mandat.rules.mandat import VERSION_JUGEMENT, VERSION_PAPIER, empreinte_de, exiger_portees
from sne.registre.mandat.rules.papier import (
    exiger_dates_du_jugement,
    exiger_jour_du_papier,
    exiger_protecteur,
)
from sne.registre.mandat.selectors.mandats import get_offre, texte_de
from sne.registre.mandat.verbes import VerbeMandat
from sne.registre.pieces.actions.deposer import Fichier, exiger_recevable, joindre_piece
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceDejaLa, PieceSaisie
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.identifiants import uuid7

AUTORISATION, JUGEMENT = "AUTORISATION_AIDE", "TUTELLE"
"""How the catalogue of documents names the two papers."""
PAS_UNE_PERSONNE = "Cette demande est celle d’une association. Aucune personne n’y est aidée ni protégée."
QUEL_ORGANISME = "Choisissez l’organisme dans la liste."
QUELLE_DUREE = "Choisissez la durée écrite sur le papier."
DEJA = "Une aide ou une protection du même nom est déjà en cours pour cette demande. Arrêtez-la d’abord."


@dataclass(frozen=True, slots=True)
class AidePapier:
    """What the signed paper says. ``organisme``: its key; ``jours``: from ``signe_le``, the day that it bears."""

    organisme: str
    portees: Collection[Portee]
    jours: int
    signe_le: date


@dataclass(frozen=True, slots=True)
class Jugement:
    """What the judgment says. ``organisme``: key of the body that protects, with what it may do online; or else the
    name of who does (``protecteur``). ``debut``, ``fin``: first and last day.
    """

    mesure: MesureProtection
    protecteur: str
    organisme: str
    portees: Collection[Portee]
    debut: date
    fin: date


Papier = AidePapier | Jugement


@transaction.atomic
def exiger_papier(demande_id: uuid.UUID, dit: Papier, *, acte: Acte) -> None:
    """Whether it could be recorded now, asked before its file is taken in. Raises as :func:`enregistrer_papier`."""
    demande = lock_demande(demande_id, acteur=acte.acteur)
    _lire(demande, dit, acte=acte)
    exiger_recevable(demande_id, _saisie(dit), acte=acte)


@transaction.atomic
def enregistrer_papier(demande_id: uuid.UUID, dit: Papier, fichier: Fichier, *, acte: Acte) -> uuid.UUID:
    """Record it, with its file in the documents of the demande; its id.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` on the field, and as ``joindre_piece``.
    A file that is in the documents of the demande already is not added again.
    """
    mandat = _lire(lock_demande(demande_id, acteur=acte.acteur), dit, acte=acte)
    mandat.piece_id = _joindre(demande_id, _saisie(dit), fichier, acte=acte)
    demande = lock_demande(demande_id, acteur=acte.acteur)  # a new document made a revision
    mandat.save(force_insert=True)
    verbe = VerbeMandat.ENREGISTRER_JUGEMENT if mandat.mesure else VerbeMandat.ENREGISTRER_MANDAT
    dire(verbe, demande, acte=acte, faits=signature(mandat) | {"piece": str(mandat.piece_id)})
    cle: uuid.UUID = mandat.id
    return cle


def _joindre(demande_id: uuid.UUID, saisie: PieceSaisie, fichier: Fichier, *, acte: Acte) -> uuid.UUID:
    """The document of the paper: a new one, or the one that is there already when it is the very same file."""
    try:
        return joindre_piece(demande_id, saisie, fichier, acte=acte)
    except PieceDejaLa:
        memes = Piece.objects.filter(demande=demande_id, empreinte=bytes.fromhex(fichier.empreinte))
        cle: uuid.UUID = memes.filter(type_piece=saisie.type_piece).latest("id").id
        return cle


def _saisie(dit: Papier) -> PieceSaisie:
    return PieceSaisie(JUGEMENT if isinstance(dit, Jugement) else AUTORISATION, reference=DEMANDEUR)


def _lire(demande: Demande, dit: Papier, *, acte: Acte) -> MandatAide:
    """The row that says it, not written yet."""
    exiger_enregistrable(demande, acte.acteur)
    personne = Personne.objects.filter(demande=demande, role="DEMANDEUR", retire_le=None).first()
    if personne is None:
        raise Interdit(PAS_UNE_PERSONNE)
    le = jour(acte.survenu_le)
    mandat = MandatAide(
        id=uuid7(),
        territoire=demande.territoire,
        demande=demande,
        personne=personne,
        identite_id=personne.identite_courante_id,
        agent=acte.acteur.id,
        agent_par=acte.acteur.instantane_pour(Permission.DEMANDE_MODIFIER, demande.territoire),
        organisme=dit.organisme,
        survenu_le=acte.survenu_le,
    )
    if isinstance(dit, Jugement):
        _du_jugement(mandat, dit, le=le)
    else:
        _de_la_personne(mandat, dit, le=le)
    if MandatAide.objects.filter(demande=demande, organisme=dit.organisme, clos_le=None).exists():
        raise Interdit(DEJA, champ="organisme")
    mandat.empreinte = empreinte_de(texte_de(mandat))
    return mandat


def _de_la_personne(mandat: MandatAide, dit: AidePapier, *, le: date) -> None:
    offre, parametres = get_offre(mandat.territoire, le=le, papier=True), get_parametres(le)[ParametresMandat]
    if dit.organisme not in offre.organismes:
        raise Interdit(QUEL_ORGANISME, champ="organisme")
    mandat.organisme_nom = offre.organismes[dit.organisme]
    mandat.portees = [str(portee) for portee in exiger_portees(dit.portees)]
    if dit.jours not in offre.durees:
        raise Interdit(QUELLE_DUREE, champ="jours")
    fin = dit.signe_le + timedelta(days=dit.jours)
    exiger_jour_du_papier(dit.signe_le, fin, le=le)
    mandat.jours, mandat.jusqu_au, mandat.texte = dit.jours, fin, VERSION_PAPIER
    mandat.accepter_avant = min(fin, le + timedelta(days=parametres.mandat_acceptation_jours))


def _du_jugement(mandat: MandatAide, dit: Jugement, *, le: date) -> None:
    """A body that helps accepts when it wants, and is named meanwhile; anybody else is named, and no more."""
    organismes = list_organismes_aidants(mandat.territoire, le=le)
    if dit.organisme and dit.organisme not in organismes:
        raise Interdit(QUEL_ORGANISME, champ="organisme")
    protecteur = exiger_protecteur(dit.protecteur, organisme=dit.organisme)
    mandat.organisme_nom = organismes.get(dit.organisme, protecteur)
    mandat.portees = [str(portee) for portee in exiger_portees(dit.portees)] if dit.organisme else []
    mandat.statut = StatutMandat.PROPOSE if dit.organisme else StatutMandat.NOMME
    au_plus = get_parametres(le)[ParametresMandat].mandat_jugement_duree_max_jours
    exiger_dates_du_jugement(dit.debut, dit.fin, le=le, au_plus=au_plus)
    mandat.jours, mandat.jusqu_au = (dit.fin - dit.debut).days, dit.fin
    mandat.accepter_avant, mandat.mesure, mandat.texte = dit.fin, dit.mesure.value, VERSION_JUGEMENT
