"""Sending: what was typed at home is received, whole and dated; it becomes a demande once somebody has verified it."""

import uuid
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from pydantic_core import to_json

from sne.demandeurs.rules.niveaux import Niveau, Voie
from sne.demandeurs.selectors import is_mineur
from sne.documents.actions import rattacher_document
from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.oidc.rules.identite import IdentitePivot
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.rapprochement import Verdict, rapprocher
from sne.registre.demande.actions.dire import dire, entree_de
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.rules.depot_en_ligne import StatutDepot, TransitionDepot, next_statut_depot
from sne.registre.demande.selectors.depot_en_ligne import Envoi, cles_de, sceller_envoi
from sne.registre.depot.actions.construire import Depot
from sne.registre.depot.actions.deposer import controler_contenu
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.depot_en_ligne.possible import (
    exiger_completable,
    exiger_courriel_prouve,
    exiger_envoyable,
)
from sne.registre.depot_en_ligne.selectors.envois import COLONNES, DepotEnvoye, lire_envoi
from sne.registre.modification.actions.brouillons import REMETTRE, tenir_tel_que_lu
from sne.registre.modification.selectors.brouillons import DISPARU
from sne.registre.rattachement.selectors.candidats import lire_declaree, lire_pivot
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, Refus
from sne.socle.lignes import trouver
from sne.socle.mesures import compter_un_acte

REFUS = "Vous ne pouvez pas envoyer cette demande. Reconnectez-vous, puis recommencez."
TROP_JEUNE = (
    "Il faut avoir 18 ans pour demander en ligne. En cas d’émancipation, un guichet enregistre votre demande."
)
ECRITES = (
    "compte",
    "statut",
    "niveau",
    "envoye_le",
    "contenu",
    "cles",
    "motif",
    "guichet",
    "verrou_nom",
)
"""Columns of what is sent beside those of the draft, but its documents; the others wait for a counter."""
ENVOYER = (
    f"WITH fini AS ({REMETTRE}), envoi AS ("  # noqa: S608 - names of ours
    f"INSERT INTO depot_en_ligne (id, territoire, {', '.join(ECRITES)}, pieces) "
    f"SELECT id, territoire, {'%s, ' * len(ECRITES)}%s::jsonb FROM fini) "
    "SELECT journal_inscrire_en_lot(%s) FROM fini"
)
"""The draft that ends, what is sent and its entry of the journal: all of them, or none where there is no such draft."""
IDENTITES = frozenset({"IDENTITE", "SEJOUR"})
"""Documents of the catalogue by which somebody proves who they are."""


@dataclass(frozen=True, slots=True)
class PieceRecue:
    """A document of identity or of residence, taken in. ``empreinte``: SHA-256 of what was received, in hexadecimal.

    ``type_piece``: ``IDENTITE`` or ``SEJOUR``, of the catalogue; ``nature``: which of the papers accepted for it.
    """

    document: uuid.UUID
    empreinte: str
    type_piece: str = "IDENTITE"
    nature: str = ""


@dataclass(frozen=True, slots=True)
class AEnvoyer:
    """What leaves. ``lu``: the number of the draft that it was made from, of ``territoire``. ``nirs``: by reference,
    raw as typed.

    ``voie``: how the session signed in; ``pivot``: the civil status that FranceConnect gave to it.
    """

    lu: int
    contenu: Contenu
    nirs: Mapping[str, str] = field(repr=False)
    voie: Voie
    territoire: str
    pivot: IdentitePivot | None = None
    pieces: Sequence[PieceRecue] = ()


def envoyer_depot_en_ligne(brouillon_id: uuid.UUID, envoi: AEnvoyer, *, acte: Acte) -> DepotEnvoye:
    """Receive what a household typed online. The draft ends; sent again, it is the same receipt.

    ``acte``: of ``policies.deposant``. Raises ``Introuvable`` (no such draft of this account), ``NonHabilite``,
    ``DepotIncomplet`` (each field and its remedy), ``Interdit`` (too young, no e-mail or one that no code proved, too
    many that wait, a document that is not there any more), ``ConflitDeRevision`` (the draft was saved since it was
    read).
    """
    try:
        # All that is written is one statement, its own transaction: the documents alone need one around.
        with transaction.atomic() if envoi.pieces else nullcontext():
            return _envoyer(brouillon_id, envoi, acte=acte)
    except Refus:
        # Looked up on failure only: a demande is rarely sent twice.
        if tenir_tel_que_lu(brouillon_id, envoi.lu, acteur=acte.acteur):
            raise
    return _deja(brouillon_id, acte)


def _envoyer(brouillon_id: uuid.UUID, envoi: AEnvoyer, *, acte: Acte) -> DepotEnvoye:
    territoire = envoi.territoire
    exiger_envoyable(
        acte.acteur,
        territoire=territoire,
        demande=brouillon_id,
        voie=envoi.voie,
        instant=acte.survenu_le,
    )
    jour = horloge.jour(acte.survenu_le)
    depot = Depot(
        id=brouillon_id,
        territoire=territoire,
        guichet="",
        contenu=envoi.contenu,
        date_reception=jour,
        nirs=envoi.nirs,
    )
    depot = controler_contenu(depot, acteur=acte.acteur, jour=jour, parametres=get_parametres(jour))
    _exiger_l_age(depot.contenu, jour=jour)
    exiger_courriel_prouve(depot.contenu, compte=acte.acteur.id)
    ligne = DepotEnLigne(
        id=brouillon_id,
        territoire=territoire,
        compte=acte.acteur.id,
        niveau=_niveau(envoi, depot.contenu, jour=jour),
        envoye_le=acte.survenu_le,
        contenu=sceller_envoi(brouillon_id, Envoi(depot.contenu, depot.nirs)),
        cles=cles_de(depot.contenu, territoire=territoire),
        pieces=_garder(envoi.pieces, territoire=territoire, acte=acte),
    )
    faits = {"depot": str(ligne.id), "niveau": ligne.niveau, "pieces": len(ligne.pieces)}
    _inserer(ligne, entree_de(VerbeDepot.ENVOYER_DEPOT, territoire, acte=acte, faits=faits), lu=envoi.lu)
    return lire_envoi(ligne)


def _inserer(ligne: DepotEnLigne, entree: Entree, *, lu: int) -> None:
    """End the draft, write the row and its entry of the journal: one round trip. Whoever sends the same at this very
    moment waits for it.

    Raises ``Introuvable`` when there is no such draft any more, or not as it was read: nothing is written.
    """
    valeurs = [getattr(ligne, colonne) for colonne in ECRITES]
    documents = [to_json(ligne.pieces).decode(), to_json([journal.en_json_sans_compter(entree)]).decode()]
    with connection.cursor() as curseur:
        curseur.execute(ENVOYER, [ligne.id, ligne.compte, ligne.territoire, lu, *valeurs, *documents])
        if curseur.fetchone() is None:
            raise Introuvable(DISPARU)
    compter_un_acte(str(entree.verbe))


@transaction.atomic
def completer_depot_en_ligne(depot_id: uuid.UUID, pieces: Sequence[PieceRecue], *, acte: Acte) -> DepotEnvoye:
    """Send the first documents, or others in the place of those that did not do; it keeps its own date.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (nothing is waited for, no document).
    """
    ligne = _lock_le_sien(depot_id, acte)
    exiger_completable(ligne, acte.acteur)
    if not pieces:
        raise Interdit("Ajoutez la photo de votre pièce d’identité, puis envoyez.", champ="piece")
    ligne.statut = next_statut_depot(StatutDepot(ligne.statut), TransitionDepot.COMPLETER, motif=ligne.motif)
    ligne.motif, ligne.complete_le = "", acte.survenu_le
    # Those that it replaces stay with it until it is a demande or erased: an agent has answered of them.
    anciennes = [{**piece, "remplacee": True} for piece in ligne.pieces]
    ligne.pieces = anciennes + _garder(pieces, territoire=ligne.territoire, acte=acte)
    ligne.save(update_fields=["statut", "motif", "complete_le", "pieces"])
    faits = {"depot": str(ligne.id), "pieces": len(pieces)}
    dire(VerbeDepot.COMPLETER_DEPOT, ligne.territoire, acte=acte, faits=faits)
    return lire_envoi(ligne)


def _deja(depot_id: uuid.UUID, acte: Acte) -> DepotEnvoye:
    """The receipt already given for this draft, to its author alone."""
    ligne = trouver(DepotEnLigne.objects.filter(id=depot_id, compte=acte.acteur.id).only(*COLONNES), DISPARU)
    return lire_envoi(ligne)


def _lock_le_sien(depot_id: uuid.UUID, acte: Acte) -> DepotEnLigne:
    siens = DepotEnLigne.objects.filter(id=depot_id, compte=acte.acteur.id).only(*COLONNES)
    return trouver(siens.select_for_update(of=("self",)), "Aucun envoi en ligne sous cette référence.")


def _exiger_l_age(contenu: Contenu, *, jour: date) -> None:
    naissance = contenu.demandeur.identite.date_naissance if contenu.demandeur else None
    if naissance is not None and is_mineur(naissance, le=jour):
        raise Interdit(TROP_JEUNE, champ="demandeur.identite.date_naissance")


def _niveau(envoi: AEnvoyer, contenu: Contenu, *, jour: date) -> Niveau:
    """What the session is worth for this content: the civil status typed is that of FranceConnect without doubt."""
    if envoi.voie in {Voie.CODE, Voie.COURRIEL}:
        return Niveau.CODE
    if envoi.voie is Voie.FC_AIDANT:
        return Niveau.FC_AIDANT
    if envoi.pivot is None or contenu.demandeur is None:
        return Niveau.FC_MOINS
    declaree = lire_declaree(contenu.demandeur.identite)
    verdict = rapprocher(lire_pivot(envoi.pivot), declaree, get_parametres(jour)[Seuils]).verdict
    return Niveau.FC if verdict is Verdict.FORT else Niveau.FC_MOINS


def _garder(pieces: Sequence[PieceRecue], *, territoire: str, acte: Acte) -> list[dict[str, str]]:
    """Keep the files with what names them: identifier, fingerprint and kind, nothing of what they show."""
    gardees = []
    for piece in pieces:
        if piece.type_piece not in IDENTITES:
            raise Interdit(
                "Avant le numéro, seule une pièce d’identité ou de séjour est demandée. Ajoutez les autres documents "
                "une fois la demande enregistrée.",
                champ="piece",
            )
        rattacher_document(piece.document, territoire=territoire, survenu_le=acte.survenu_le)
        gardees.append(
            {
                "document": str(piece.document),
                "empreinte": piece.empreinte,
                "type": piece.type_piece,
                "nature": piece.nature,
            }
        )
    return gardees
