"""Who may issue, hand over or establish an attestation: any counter of the territory serves any of its files."""

from django.db.models import Q

from sne.attestations.models import Attestation
from sne.attestations.rules import Modele
from sne.habilitations.rules import Permission
from sne.registre.demande.policies import avec_les_siennes, scope_de
from sne.socle.acteur import Acteur, Perimetre


def can_emettre(acteur: Acteur, *, territoire: str) -> bool:
    """Issue an attestation (CCH R441-2-4: the registering service gives it)."""
    return acteur.peut(Permission.ATTESTATION_EMETTRE, territoire)


def can_remettre(acteur: Acteur, *, territoire: str) -> bool:
    """Open the file of an attestation to hand it over."""
    return acteur.peut(Permission.ATTESTATION_EMETTRE, territoire)


def can_ouvrir(acteur: Acteur, attestation: Attestation) -> bool:
    """Open a file: who hands it over; the household its own, the complete one by who may read all that it prints."""
    if can_remettre(acteur, territoire=attestation.territoire):
        return True
    complete = attestation.modele == Modele.INTEGRALE
    permission = Permission.SANTE_LIRE if complete else Permission.DEMANDE_LIRE
    mandats = acteur.siennes(permission)
    return Perimetre(attestation.territoire, demande=attestation.demande_id) in mandats


def can_traiter(acteur: Acteur, *, territoire: str) -> bool:
    """Establish by hand an attestation that the service could not draw."""
    return acteur.peut(Permission.ATTESTATION_TRAITER, territoire)


def scope(acteur: Acteur) -> Q:
    """Attestations that the actor may know of: those of the demandes that they may read."""
    return avec_les_siennes(scope_de(acteur, Permission.DEMANDE_LIRE), acteur, "demande")


def can_connaitre(acteur: Acteur, attestation: Attestation) -> bool:
    """Whether :func:`scope` holds this one, for who has read it."""
    return acteur.peut(Permission.DEMANDE_LIRE, attestation.territoire, demande=attestation.demande_id)


def scope_des_remises(acteur: Acteur) -> Q:
    """The register of the counters, what they have left to hand over, their batches: where they may issue."""
    return scope_de(acteur, Permission.ATTESTATION_EMETTRE)


def scope_a_traiter(acteur: Acteur) -> Q:
    """Waiting cases that the actor may see: where they may treat them."""
    return scope_de(acteur, Permission.ATTESTATION_TRAITER)
