"""The attestation that leaves by itself: by e-mail, else by post; and what is left to hand over after that."""

import uuid

from django.db import transaction

from sne.attestations import policies, selectors
from sne.attestations.actions.remettre import SANS_DROIT
from sne.attestations.actions.verrou import verrouiller
from sne.attestations.messages import MessageAttestation
from sne.attestations.models import Attestation, AttestationARemettre
from sne.attestations.rules import (
    PIECE,
    CanalRemise,
    EtatRemise,
    Modele,
    date_longue,
    grouper_numero,
    lire_stockees,
)
from sne.notifications.actions import Projet, preparer_message
from sne.notifications.models import Message
from sne.notifications.parametres import ParametresMessages
from sne.notifications.rules import AdressePostale, Canal, Limites, adresse_postale
from sne.referentiels.selectors import get_geographie, get_parametres
from sne.registre.demande.selectors.attestation import get_contenu_declare, get_donnees
from sne.registre.joindre.rules import lignes_d_adresse, nom_sur_l_enveloppe
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require

GENRES = {
    Modele.SIMPLIFIEE: MessageAttestation.ATTESTATION_SIMPLIFIEE,
    Modele.RENOUVELLEMENT: MessageAttestation.ATTESTATION_RENOUVELLEMENT,
}


def expedier_attestation(attestation: Attestation, *, acte: Acte) -> Message | None:
    """Prepare the message that carries an attestation issued by itself, of a registration or of a renewal.

    By e-mail when that is how it should go, with a letter if the e-mail does not arrive; else by letter. ``None``
    when no address is known, or when it does not fit an envelope: the attestation stays in the list of those that the
    counter has to hand over.
    """
    demande = get_donnees(attestation.demande_id, acteur=acte.acteur)
    contenu = get_contenu_declare(demande.version_id)
    titulaire = contenu.demandeur or contenu.association
    courriel = titulaire.contact.courriel if titulaire else None
    lignes = lignes_d_adresse(titulaire.adresse_courrier if titulaire else None, get_geographie())
    adresse = adresse_postale(_nom(attestation), lignes)
    par_courriel = attestation.canal_prevu == CanalRemise.COURRIEL and courriel is not None
    destinataire: str | AdressePostale | None = courriel if par_courriel else adresse
    if destinataire is None or attestation.origine is None:
        return None
    parametres = get_parametres(horloge.jour(acte.survenu_le))
    projet = Projet(
        territoire=attestation.territoire,
        demande_id=attestation.demande_id,
        revision=attestation.revision,
        nud=demande.nud,
        genre=GENRES[Modele(attestation.modele)],
        canal=Canal.COURRIEL if par_courriel else Canal.LETTRE,
        destinataire=destinataire,
        contexte=_contexte(attestation),
        origine=attestation.origine,
        limites=Limites(
            parametres[ParametresMessages].courriel_echecs_temporaires,
            parametres[ParametresMessages].courriel_echecs_heures,
        ),
        piece=f"{PIECE}:{attestation.reference}",
        secours=adresse if par_courriel else None,
    )
    return preparer_message(projet, acte=acte)


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


def _nom(attestation: Attestation) -> str:
    donnees = attestation.donnees
    return nom_sur_l_enveloppe(
        donnees["prenoms"], nom_naissance=donnees["nom_naissance"], nom_usage=donnees["nom_usage"] or ""
    )


def _contexte(attestation: Attestation) -> dict[str, str]:
    donnees = lire_stockees(attestation.modele, attestation.donnees)
    return {
        "numero": grouper_numero(donnees.numero),
        "date_depot": date_longue(donnees.date_depot),
        "date_expiration": date_longue(donnees.date_expiration),
        "verification": donnees.adresse_verification,
    }
