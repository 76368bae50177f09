"""How far attestations are known to have gone: their hand-overs, their messages, the addresses verified."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sne.attestations.models import Attestation
from sne.attestations.rules import PIECE, EnvoiConnu, EtatRemise, etat_de, reste_a_remettre
from sne.journal.selectors.entrees import derniers_actes
from sne.notifications.rules import Canal, Etat
from sne.notifications.selectors import EnvoiDePiece, list_envois_de_pieces
from sne.registre.joindre.selectors.courriels import list_adresses_verifiees
from sne.registre.joindre.verbes import VerbeJoindre


@dataclass(frozen=True, slots=True)
class Suite:
    """The state of one attestation; ``reste``: whether the counter has still to hand it over."""

    etat: EtatRemise
    envoi: EnvoiConnu | None
    reste: bool


def list_suites(attestations: Collection[Attestation]) -> dict[uuid.UUID, Suite]:
    """Of each, whose hand-overs were read with it: at most four statements, however many there are."""
    if not attestations:
        return {}
    par_piece = {f"{PIECE}:{a.reference}": a for a in attestations}
    demandes = {a.demande_id for a in attestations}
    envois = list_envois_de_pieces(
        par_piece, demandes=demandes, territoires={a.territoire for a in attestations}
    )
    courriels = {par_piece[p].demande_id for p, e in envois.items() if e.canal is not Canal.LETTRE}
    verifiees = list_adresses_verifiees(courriels)
    verifiees_le = derniers_actes(verifiees, VerbeJoindre.VERIFIER_COURRIEL)
    return {
        a.id: _suite(a, _connu(envois.get(piece), a, verifiees, verifiees_le))
        for piece, a in par_piece.items()
    }


def _connu(
    envoi: EnvoiDePiece | None,
    attestation: Attestation,
    verifiees: Mapping[uuid.UUID, Collection[str]],
    verifiees_le: Mapping[uuid.UUID, datetime],
) -> EnvoiConnu | None:
    if envoi is None:
        return None
    return EnvoiConnu(
        par_lettre=envoi.canal is Canal.LETTRE,
        parti_le=envoi.parti_le,
        delivre=envoi.etat is Etat.DELIVRE,
        refuse=envoi.etat is Etat.REJETE,
        adresse_verifiee=envoi.adresse.lower() in verifiees.get(attestation.demande_id, ()),
        verifiee_le=verifiees_le.get(attestation.demande_id),
    )


def _suite(attestation: Attestation, envoi: EnvoiConnu | None) -> Suite:
    remises = {remise.canal for remise in attestation.remises.all()}
    return Suite(etat_de(remises, envoi), envoi, reste_a_remettre(remises, envoi))
