"""Deferred issue: the attestation that follows a registration leaves by itself."""

import contextlib
import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sne.attestations.actions import emettre_attestation
from sne.attestations.rules import AttestationAEtablir, Modele
from sne.habilitations.rules import SYSTEME, Permission
from sne.journal.rules import Verbe
from sne.socle import horloge
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre

EMETTRE = "attestations.emettre"
MODELES = {Verbe.DEPOSER: Modele.SIMPLIFIEE, Verbe.RENOUVELER: Modele.RENOUVELLEMENT}
ESSAIS = RetryStrategy(max_attempts=6, exponential_wait=3)  # the database may be restarting


@app.task(name=EMETTRE, queue="attestations", retry=ESSAIS)
def emettre(*, entree_id: str, demande_id: str, territoire: str, verbe: str, **_: object) -> None:
    """Give the demande of a journal entry its attestation. Idempotent: running it again issues nothing."""
    # A case queued for a person is done as far as this task goes: trying again would draw no better.
    with contextlib.suppress(AttestationAEtablir):
        emettre_attestation(
            uuid.UUID(demande_id),
            acteur=service_des_attestations(territoire),
            survenu_le=horloge.maintenant(),
            origine=uuid.UUID(entree_id),
            modele=MODELES[Verbe(verbe)],
        )


def service_des_attestations(territoire: str) -> Acteur:
    """The service acting by itself: it may read and issue in that territory, and nothing else."""
    permissions = frozenset({str(Permission.DEMANDE_LIRE), str(Permission.ATTESTATION_EMETTRE)})
    return Acteur(
        id=SYSTEME,
        nom="Service des attestations",
        canal=Canal.SYSTEME,
        mandats=(Mandat("SERVICE_ATTESTATIONS", permissions, Perimetre(territoire)),),
    )
