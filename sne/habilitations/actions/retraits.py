"""The end of a role, written the same way, no matter what or who ends it."""

from datetime import date

from sne.habilitations.models import Habilitation
from sne.habilitations.rules import MotifRetrait
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte


def terminer(
    habilitation: Habilitation,
    *,
    fin: date,
    motif: MotifRetrait,
    acte: Acte,
    role: str,
    **faits: str,
) -> None:
    """End a role that the caller has locked, from ``fin`` on; the row stays. ``faits``: what else the entry says."""
    habilitation.fin, habilitation.motif_retrait = fin, str(motif)
    habilitation.retiree_par, habilitation.retiree_le = acte.acteur.id, acte.survenu_le
    habilitation.save(update_fields=["fin", "motif_retrait", "retiree_par", "retiree_le"])
    inscrire(
        Entree(
            VerbeHabilitation.RETIRER_HABILITATION,
            acte,
            territoire=habilitation.territoire,
            role=role,
            faits={**faits_de(habilitation), "motif": str(motif), **faits},
        )
    )


def faits_de(habilitation: Habilitation) -> dict[str, object]:
    """What the journal says of a role."""
    return {
        "habilitation": str(habilitation.id),
        "compte": str(habilitation.compte_id),
        "role": habilitation.role,
        "guichet": habilitation.guichet,
        **({"zone": habilitation.zone} if habilitation.zone else {}),
        "debut": habilitation.debut.isoformat(),
        "fin": habilitation.fin.isoformat() if habilitation.fin else None,
    }
