"""Deferred issue: the attestation that follows a registration is made and leaves by itself."""

import contextlib
import uuid
from collections.abc import Mapping

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sne.attestations import selectors
from sne.attestations.actions import (
    emettre_attestation,
    expedier_attestation,
    revoir_attestations,
    tenir_la_liste,
)
from sne.attestations.rules import PIECE, AttestationAEtablir, FichierDifferent, Modele
from sne.habilitations.rules import Permission
from sne.habilitations.rules.acteurs import service
from sne.journal.rules import Verbe
from sne.notifications.envois.pieces import Piece, PieceIndisponible
from sne.notifications.selectors import get_suite
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.joindre.selectors.protection import is_a_taire
from sne.registre.joindre.verbes import VerbeJoindre
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Efface, Interdit

EMETTRE = "attestations.emettre"
REVOIR = "attestations.revoir"
SUIVRE = "attestations.suivre"
MODELES: Mapping[Verbe, Modele] = {
    VerbeDemande.DEPOSER: Modele.SIMPLIFIEE,
    VerbeDemande.RENOUVELER: Modele.RENOUVELLEMENT,
    VerbeDemande.REACTIVER: Modele.RENOUVELLEMENT,
}
ESSAIS = RetryStrategy(max_attempts=6, exponential_wait=3)  # the database may be restarting


@app.task(name=EMETTRE, queue="attestations", retry=ESSAIS)
def emettre(*, entree_id: str, demande_id: str, territoire: str, verbe: str, **_: object) -> None:
    """Give the demande of a journal entry its attestation. Idempotent: running it again issues nothing."""
    acte = Acte(service_des_attestations(territoire), horloge.maintenant())
    # A case queued for a person is done as far as this task goes: trying again would draw no better. A demande that is
    # erased, or not valid any more, is given nothing.
    with transaction.atomic(), contextlib.suppress(AttestationAEtablir, Efface, Interdit):
        attestation = emettre_attestation(
            uuid.UUID(demande_id),
            acte=acte,
            origine=uuid.UUID(entree_id),
            modele=MODELES[Verbe.tous()[verbe]],
        )
        # One that a counter issued before us was asked for there, and is handed over there.
        if attestation.origine == uuid.UUID(entree_id):
            expedier_attestation(attestation, acte=acte)


@app.task(name=REVOIR, queue="attestations", retry=ESSAIS)
def revoir(*, entree_id: str, demande_id: str, territoire: str, revision: int, **_: object) -> None:
    """Replace the attestations that a change made false. Idempotent. A protected household is sent nothing."""
    acte = Acte(service_des_attestations(territoire), horloge.maintenant())
    with transaction.atomic(), contextlib.suppress(Efface, Interdit):
        nouvelle = revoir_attestations(
            uuid.UUID(demande_id),
            acte=acte,
            origine=uuid.UUID(entree_id),
            sur_place=is_a_taire(uuid.UUID(demande_id), revision=revision),
        )
        if nouvelle is not None:
            expedier_attestation(nouvelle, acte=acte)


@app.task(name=SUIVRE, queue="attestations", retry=ESSAIS)
def suivre(*, entree_id: str, demande_id: str, territoire: str, verbe: str, **_: object) -> None:
    """Something is known of the message that carries an attestation, or of an address. Idempotent."""
    if verbe != VerbeJoindre.VERIFIER_COURRIEL:
        suite = get_suite(uuid.UUID(entree_id))
        if suite is None or not suite.piece.startswith(f"{PIECE}:"):
            return
    tenir_la_liste(uuid.UUID(demande_id), acteur=service_des_attestations(territoire))


def fournir_attestation(reference: str, territoire: str) -> Piece:
    """The file that a message carries, made again. Raises ``PieceIndisponible``."""
    acteur = service_des_attestations(territoire)
    try:
        attestation = selectors.get_attestation(reference, acteur=acteur)
        contenu = selectors.refaire(attestation)
    except FichierDifferent as exc:
        raise PieceIndisponible("L’attestation jointe ne peut plus être composée à l’identique") from exc
    return Piece(f"attestation-{attestation.donnees['numero']}.pdf", contenu)


def service_des_attestations(territoire: str) -> Acteur:
    """The service acting by itself: it may read and issue in that territory, and nothing else."""
    return service(
        "Service des attestations",
        "SERVICE_ATTESTATIONS",
        territoire=territoire,
        permissions=(Permission.DEMANDE_LIRE, Permission.ATTESTATION_EMETTRE),
    )
