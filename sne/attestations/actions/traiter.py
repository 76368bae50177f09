"""End by hand a case that the service could not draw."""

import uuid

from django.db import transaction

from sne.attestations import policies
from sne.attestations.models import AttestationATraiter
from sne.attestations.verbes import VerbeAttestation
from sne.habilitations.rules import Permission
from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, require
from sne.socle.lignes import trouver


@transaction.atomic
def traiter_attestation(cas_id: uuid.UUID, *, suite: str, acte: Acte) -> None:
    """End a case established by hand; ``suite`` says in a sentence how the household got it (300 signs).

    Raises ``Introuvable`` outside the perimeter, ``NonHabilite``, ``Interdit`` when already done or without a sentence.
    """
    cas = trouver(
        AttestationATraiter.objects.select_for_update(of=("self",)).filter(
            policies.scope_a_traiter(acte.acteur), id=cas_id
        ),
        "Aucune attestation à établir dans votre périmètre sous cet identifiant.",
    )
    require(
        policies.can_traiter(acte.acteur, territoire=cas.territoire),
        "Votre rôle ne permet pas d’établir une attestation à la main.",
    )
    if cas.traitee_le is not None:
        raise Interdit("Une autre personne a déjà traité ce cas.")
    suite = suite.strip()
    if not 1 <= len(suite) <= 300:
        raise Interdit(
            "Suite donnée : dites en une phrase de 300 signes au plus comment l’attestation a été remise."
        )
    mandat = acte.acteur.mandat_pour(Permission.ATTESTATION_TRAITER, cas.territoire)
    cas.traitee_le = acte.survenu_le
    cas.traitee_par = acte.acteur.instantane(mandat.role if mandat else "")
    cas.suite = suite
    cas.save(update_fields=["traitee_le", "traitee_par", "suite"])
    journal.inscrire(
        Entree(
            verbe=VerbeAttestation.TRAITER_ATTESTATION,
            acte=acte,
            role=mandat.role if mandat else "",
            territoire=cas.territoire,
            demande_id=cas.demande_id,
            revision=cas.revision,
            faits={"modele": cas.modele, "cas": str(cas.id)},
        )
    )
