"""The attestation that leaves by itself: by e-mail, else by post; and what is left to hand over after that."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from sne.attestations import policies, selectors
from sne.attestations.actions.remettre import SANS_DROIT
from sne.attestations.actions.verrou import verrouiller
from sne.attestations.messages import MessageAttestation
from sne.attestations.models import Attestation, AttestationARemettre
from sne.attestations.rules import (
    PIECE,
    CanalRemise,
    Donnees,
    EtatRemise,
    Modele,
    date_longue,
    grouper_numero,
    lire_stockees,
)
from sne.notifications.models import Message
from sne.notifications.rules import Canal
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.joindre.rules.canaux import Joignable, canaux_du_numero
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require

GENRES = {
    Modele.SIMPLIFIEE: MessageAttestation.ATTESTATION_SIMPLIFIEE,
    Modele.RENOUVELLEMENT: MessageAttestation.ATTESTATION_RENOUVELLEMENT,
}


def expedier_attestation(attestation: Attestation, *, acte: Acte) -> Message | None:
    """Prepare the message that carries an attestation issued by itself, of a registration or of a renewal.

    By e-mail when that is how it should go, with a letter if the e-mail does not arrive; else by letter. That of a
    demande sent online goes with its number by each way that the household gave (``canaux_du_numero``). ``None`` when
    no address is known, or when it does not fit an envelope: the attestation stays in the list of those that the
    counter has to hand over.
    """
    if attestation.origine is None:
        return None
    donnees = lire_stockees(attestation.modele, attestation.donnees)
    annonce = Annonce(
        territoire=attestation.territoire,
        demande_id=attestation.demande_id,
        revision=attestation.revision,
        nud=donnees.numero,
        genre=GENRES[Modele(attestation.modele)],
        origine=attestation.origine,
        mots=lambda _: _contexte(donnees),
        piece=f"{PIECE}:{attestation.reference}",
    )
    prevu = attestation.canal_prevu == CanalRemise.COURRIEL

    def canaux(moyens: Joignable) -> Iterable[Canal]:
        if moyens.en_ligne and annonce.genre is MessageAttestation.ATTESTATION_SIMPLIFIEE:
            return canaux_du_numero(moyens)
        return [Canal.COURRIEL if prevu and moyens.courriel else Canal.LETTRE]

    messages = ecrire_au_menage(annonce, acte=acte, canaux=canaux)
    return messages[0] if messages else None


@transaction.atomic
def tenir_la_liste(demande_id: uuid.UUID, *, acteur: Acteur) -> None:
    """Bring the list of attestations to hand over up to date for a demande: those that still have to be, and no other.
    Called each time that something becomes known of a message or of an address, in any order. Raises ``NonHabilite``.
    """
    verrouiller([demande_id])
    siennes = Attestation.objects.filter(policies.scope(acteur), demande=demande_id, remplacante=None)
    attestations = list(siennes.prefetch_related("remises"))
    suites = selectors.list_suites(attestations)
    for attestation in attestations:
        require(policies.can_remettre(acteur, territoire=attestation.territoire), SANS_DROIT)
        suite = suites[attestation.id]
        if suite.etat is EtatRemise.REVENUE or not suite.reste:
            AttestationARemettre.objects.filter(attestation=attestation).delete()
        if suite.reste:
            revenue = suite.etat is EtatRemise.REVENUE
            _inscrire(attestation, CanalRemise.GUICHET if revenue else attestation.canal_prevu)


def _inscrire(attestation: Attestation, canal: str) -> None:
    AttestationARemettre.objects.get_or_create(
        attestation=attestation,
        defaults={
            "territoire": attestation.territoire,
            "guichet": attestation.guichet,
            "canal_prevu": canal,
            "survenu_le": attestation.survenu_le,
        },
    )


def _contexte(donnees: Donnees) -> dict[str, str]:
    return {
        "numero": grouper_numero(donnees.numero),
        "date_depot": date_longue(donnees.date_depot),
        "date_expiration": date_longue(donnees.date_expiration),
        "verification": donnees.adresse_verification,
    }
