"""The public answer about a reference."""

from datetime import date

from sne.attestations.models import Attestation
from sne.attestations.rules import EtatVerification, Verification, verifier
from sne.cellules.routage import premiere
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.selectors.attestation import get_statut
from sne.socle.replique import d_abord_ailleurs


def verifier_reference(reference: str, *, aujourd_hui: date) -> Verification:
    """Public answer about a reference: valid, replaced, no longer valid, unknown. Never who it is for."""
    connue = premiere(lambda: _verifier_ici(reference, aujourd_hui=aujourd_hui))
    return connue or Verification(EtatVerification.INCONNUE)


def _verifier_ici(reference: str, *, aujourd_hui: date) -> Verification | None:
    """The same of one cell; ``None`` when it does not know the reference."""
    lues = Attestation.objects.filter(reference=reference)
    trouvee = d_abord_ailleurs(
        lues.values_list("demande_id", "date_expiration", "remplacante__date_delivrance").first
    )
    if trouvee is None:
        return None
    demande_id, date_expiration, remplacee_le = trouvee
    etat = get_statut(demande_id)
    return verifier(
        demande_active=etat is not None and etat[0] == Statut.ACTIVE,
        date_expiration=date_expiration,
        remplacee_le=remplacee_le,
        aujourd_hui=aujourd_hui,
    )
