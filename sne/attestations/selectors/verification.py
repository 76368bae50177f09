"""The public answer about a reference."""

from datetime import date

from sne.attestations.models import Attestation
from sne.attestations.rules import EtatVerification, Verification, verifier
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.selectors.attestation import get_statut


def verifier_reference(reference: str, *, aujourd_hui: date) -> Verification:
    """Public answer about a reference: valid, replaced, no longer valid, unknown. Never who it is for."""
    trouvee = Attestation.objects.filter(reference=reference).select_related("remplacante").first()
    if trouvee is None:
        return Verification(EtatVerification.INCONNUE)
    etat = get_statut(trouvee.demande_id)
    remplacante = getattr(trouvee, "remplacante", None)
    return verifier(
        demande_active=etat is not None and etat[0] == Statut.ACTIVE,
        date_expiration=trouvee.date_expiration,
        remplacee_le=remplacante.date_delivrance if remplacante else None,
        aujourd_hui=aujourd_hui,
    )
