"""Drafts: opened, filled and dropped by their author; their content is encrypted, it may hold a NIR."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from sne.habilitations.detenus import Passation
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.refus import PAS_ICI
from sne.registre.modification import policies
from sne.registre.modification.models import Brouillon
from sne.registre.modification.parametres import ParametresModification
from sne.registre.modification.possible import exiger_modifiable
from sne.registre.modification.selectors.brouillons import (
    ACQUIS,
    COLONNES,
    DISPARU,
    PASSE,
    brouillons_des_lieux,
    get_renouvellement,
    ouvrir_ligne,
)
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import chiffrer
from sne.socle.erreurs import ConflitDeRevision, Interdit, Introuvable, require
from sne.socle.identifiants import uuid7

PASSE_AU_PLUS = (
    40  # saves: a page left open while as many were made is compared with nothing, hence line by line
)

REMETTRE = (
    "DELETE FROM brouillon WHERE id = %s AND auteur = %s AND territoire = %s AND numero = %s "
    "AND demande_id IS NULL AND guichet = '' RETURNING id, territoire"
)
"""Ends a household's own registration as it was read, or nothing: the beginning of the statement that sends it."""
TENIR = "SELECT numero FROM brouillon WHERE id = %s AND auteur = %s FOR UPDATE"


def ouvrir_brouillon(
    donnees: Mapping[str, Any], *, acte: Acte, territoire: str, demande: uuid.UUID | None = None
) -> uuid.UUID:
    """Open a draft for the guichet the actor acts for; returns its id, which will be the demande's.

    A household opens its own with ``demande``, the identifier that its personal perimeter names before any demande has
    it: the draft bears it, is of no guichet, and its author alone ever holds it. Opened twice, it is the same draft.
    ``donnees`` is what was typed, as typed. Raises ``NonHabilite``, ``Interdit`` when that demande is registered.
    """
    require(
        policies.can_ouvrir_brouillon(acte.acteur, territoire=territoire, demande=demande),
        PAS_ICI
        if demande is None
        else "Vous ne pouvez pas commencer cette demande. Reconnectez-vous, puis recommencez.",
    )
    brouillon = construire_brouillon(donnees, acte=acte, territoire=territoire)
    if demande is not None:
        return _ouvrir_la_sienne(brouillon, demande, donnees)
    brouillon.save(force_insert=True)
    cle: uuid.UUID = brouillon.id
    return cle


def _ouvrir_la_sienne(brouillon: Brouillon, demande: uuid.UUID, donnees: Mapping[str, Any]) -> uuid.UUID:
    """Save it under the identifier of the demande to come; one that its author has begun already is taken up."""
    if Demande.objects.filter(id=demande).exists():
        raise Interdit("Cette demande est déjà enregistrée. Ouvrez-la pour la modifier ou la renouveler.")
    brouillon.id, brouillon.donnees = demande, _chiffrer(demande, donnees)
    Brouillon.objects.bulk_create([brouillon], ignore_conflicts=True)
    if not Brouillon.objects.filter(id=demande, auteur=brouillon.auteur).exists():
        raise Introuvable(DISPARU)
    return demande


def construire_brouillon(donnees: Mapping[str, Any], *, acte: Acte, territoire: str) -> Brouillon:
    """An unsaved draft of the actor's."""
    brouillon = Brouillon(
        id=uuid7(),
        territoire=territoire,
        guichet=acte.acteur.guichet,
        auteur=acte.acteur.id,
        ouvert_le=acte.survenu_le,
        maj_le=acte.survenu_le,
    )
    brouillon.donnees = _chiffrer(brouillon.id, donnees)
    return brouillon


@transaction.atomic
def tenir_modification(demande_id: uuid.UUID, *, acte: Acte) -> uuid.UUID:
    """Open the draft where the actor keeps what they type of a demande until it is saved, or take it up; its id.

    Raises ``Introuvable``, ``NonHabilite``, ``TransitionInterdite``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_modifiable(demande, acte.acteur)
    return ouvrir_sur(demande, acte=acte)


def ouvrir_sur(demande: Demande, *, acte: Acte) -> uuid.UUID:
    """The actor's only draft over a demande that the caller holds, read at its present revision if it is new: a renewal
    that begins finds there what was typed and never saved.
    """
    ouvert = get_renouvellement(demande.id, acte.acteur)
    if ouvert is not None:
        return ouvert.id
    brouillon = construire_brouillon({}, acte=acte, territoire=demande.territoire)
    brouillon.demande, brouillon.revision = demande, demande.revision
    brouillon.save(force_insert=True)
    cle: uuid.UUID = brouillon.id
    return cle


@transaction.atomic
def enregistrer_brouillon(
    brouillon_id: uuid.UUID,
    donnees: Mapping[str, Any],
    *,
    acte: Acte,
    lu: int,
    acquis: Mapping[str, Any] | None = None,
) -> None:
    """Replace what the draft holds: what was typed, and what the screen keeps beside (``acquis``).

    ``lu``: the number of the draft that this was made from; what it replaces is kept beside, so that a page opened
    before this save can still be compared with what it showed. Raises ``Introuvable`` when the draft is not the
    actor's, ``ConflitDeRevision`` when it was saved since: nothing is written.
    """
    brouillon = _lock_brouillon(brouillon_id, acte.acteur)
    _exiger_numero(brouillon.numero, lu)
    avant = ouvrir_ligne([getattr(brouillon, colonne) for colonne in COLONNES])
    remplacees = {
        code: avant.donnees.get(code)
        for code in avant.donnees.keys() | donnees.keys()
        if avant.donnees.get(code) != donnees.get(code)
    }
    passe = (*avant.passe, (lu, remplacees))[-PASSE_AU_PLUS:]
    document = {**donnees, PASSE: passe} | ({ACQUIS: acquis} if acquis else {})
    brouillon.donnees = _chiffrer(brouillon.id, document)
    brouillon.numero = lu + 1
    brouillon.maj_le = acte.survenu_le
    brouillon.save(update_fields=["donnees", "numero", "maj_le"])


def tenir_tel_que_lu(brouillon_id: uuid.UUID, lu: int | None, *, acteur: Acteur) -> bool:
    """Hold a draft that is about to be handed in, to the end of the caller's transaction, as it was at ``lu``; whether
    there still is one.

    Raises ``ConflitDeRevision`` when it was saved since: what another tab typed would end with it, unread. ``None``
    asks nothing: what is handed in was made from no draft. One that has ended already is the caller's to recognise.
    """
    if lu is None:
        return False
    with connection.cursor() as curseur:
        curseur.execute(TENIR, [brouillon_id, acteur.id])
        tenu = curseur.fetchone()
    if tenu is not None:
        _exiger_numero(tenu[0], lu)
    return tenu is not None


def _exiger_numero(numero: int, lu: int) -> None:
    if numero != lu:
        raise ConflitDeRevision(
            "Ce brouillon a été enregistré ailleurs depuis que cette page est ouverte. Relisez-le, puis recommencez."
        )


@transaction.atomic
def abandonner_brouillon(brouillon_id: uuid.UUID, *, acteur: Acteur) -> None:
    """Drop a draft for good. Raises ``Introuvable`` when it is not the actor's."""
    _lock_brouillon(brouillon_id, acteur).delete()


def effacer_brouillons(compte: uuid.UUID) -> int:
    """Drop whatever a household's account was typing, in the caller's transaction; how many."""
    return Brouillon.objects.filter(auteur=compte, guichet="").delete()[0]


def purger_brouillons(*, survenu_le: datetime) -> int:
    """Drop drafts left idle beyond the dated limit; returns how many."""
    limite = survenu_le - timedelta(
        days=get_parametres(horloge.jour(survenu_le))[ParametresModification].brouillon_conservation_jours
    )
    return Brouillon.objects.filter(maj_le__lt=limite).delete()[0]


def reprendre_commencees(de: uuid.UUID, par: uuid.UUID) -> int:
    """Give an account the registrations that the same person began under another, in the caller's transaction; how many
    are left there: one is kept for each territory, and the one that was there stays.
    """
    siennes = Brouillon.objects.filter(guichet="", demande=None)
    autres = siennes.filter(auteur=de)
    deja = siennes.filter(auteur=par).values_list("territoire", flat=True)
    autres.exclude(territoire__in=list(deja)).update(auteur=par)
    return autres.count()


def _lock_brouillon(brouillon_id: uuid.UUID, acteur: Acteur) -> Brouillon:
    brouillon = (
        Brouillon.objects.select_for_update(of=("self",)).filter(id=brouillon_id, auteur=acteur.id).first()
    )
    if brouillon is None or not policies.can_tenir_brouillon(
        acteur,
        auteur=brouillon.auteur,
        territoire=brouillon.territoire,
        demande=brouillon.demande_id or brouillon.id,
    ):
        raise Introuvable(DISPARU)
    return brouillon


def _chiffrer(brouillon_id: uuid.UUID, donnees: Mapping[str, Any]) -> bytes:
    return chiffrer(json.dumps(donnees).encode(), lie_a=brouillon_id.bytes)


def confier_brouillons(passation: Passation) -> int:
    """Change their author, in the caller's transaction, which journals it; returns how many.

    When the successor has already begun to renew the same demande, their own draft goes on and this one stays as it is.
    """
    if passation.successeur_id is None:
        return 0
    le_sien = Brouillon.objects.filter(auteur=passation.successeur_id, demande=OuterRef("demande"))
    siens = Brouillon.objects.filter(brouillons_des_lieux(passation.compte_id, passation.lieux))
    return siens.exclude(Exists(le_sien)).update(auteur=passation.successeur_id)
