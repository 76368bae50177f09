"""Meetings that somebody holds: shown when their rights end, handed over with the rest."""

import uuid
from collections.abc import Collection

from sne.collaboratif.calendrier.models import Rencontre
from sne.collaboratif.verbes import VerbeCollaboratif
from sne.habilitations.detenus import Detenu, Passation
from sne.habilitations.rules.carences import Lieu
from sne.journal.actions import inscrire
from sne.journal.rules import Entree


def list_rencontres_tenues(compte_id: uuid.UUID, lieux: Collection[Lieu]) -> tuple[Detenu, ...]:  # noqa: ARG001 - of no place
    """« 2 rencontres du calendrier »."""
    nombre = Rencontre.objects.filter(tenue_par=compte_id, annulee_le=None).count()
    if not nombre:
        return ()
    libelle = f"{nombre} rencontre{'s' * (nombre > 1)} du calendrier"
    return (
        Detenu(libelle, "Une autre personne les tient\u00a0; les espaces restent à leurs équipes.", True),
    )


def confier_rencontres(passation: Passation) -> int:
    """Give them to who takes over, in the caller's transaction; how many. Without anybody, they keep their holder."""
    if passation.successeur_id is None:
        return 0
    tenues = Rencontre.objects.filter(tenue_par=passation.compte_id, annulee_le=None)
    codes = sorted(map(str, tenues.values_list("id", flat=True)))
    if codes:
        tenues.update(tenue_par=passation.successeur_id)
        faits = {"rencontre": codes, "tenue_par": str(passation.successeur_id)}
        inscrire(Entree(VerbeCollaboratif.TENIR_RENCONTRE, passation.acte, faits=faits))
    return len(codes)
