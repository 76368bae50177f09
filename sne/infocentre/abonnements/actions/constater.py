"""What is due, noted as soon as it is: an occurrence stands from then on, until it ends."""

import uuid

from django.db import transaction

from sne.infocentre.abonnements.actions.suites import inscrire, lock_vivant
from sne.infocentre.abonnements.models import EnvoiDu
from sne.infocentre.abonnements.possible import exiger_service
from sne.infocentre.abonnements.rules.calendrier import Rythme, occurrences_dues
from sne.infocentre.abonnements.rules.periodes import couvrir
from sne.infocentre.abonnements.selectors.abonnements import Abonnement, list_vivants
from sne.infocentre.abonnements.selectors.envois import list_codes
from sne.infocentre.abonnements.selectors.rapports import list_publications
from sne.infocentre.abonnements.verbes import VerbeAbonnement
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.identifiants import uuid7


def constater_dus(*, acte: Acte) -> int:
    """Note what every subscription is due, each in its own transaction; how many occurrences. Idempotent.

    Raises ``NonHabilite``.
    """
    exiger_service(acte.acteur)
    return sum(_constater(abonnement.id, acte=acte) for abonnement in list_vivants())


@transaction.atomic
def _constater(abonnement_id: uuid.UUID, *, acte: Acte) -> int:
    abonnement = lock_vivant(abonnement_id)
    if abonnement is None:
        return 0
    return constater(abonnement, acte=acte)


def constater(abonnement: Abonnement, *, acte: Acte) -> int:
    """The same for one subscription, locked, as it is set now: asked before it is set otherwise, so that nothing due
    before is lost."""
    reglage = abonnement.reglage
    publie = reglage.calendrier.rythme is Rythme.PUBLICATION
    le = horloge.jour(acte.survenu_le)
    dues = occurrences_dues(
        reglage.calendrier,
        depuis=abonnement.depuis,
        le=le,
        connues=list_codes(abonnement.id),
        publications=list_publications(reglage.rapport, le=le) if publie else (),
    )
    lignes = []
    for due in dues:
        periode = couvrir(reglage.periode, le=due.due_le)
        lignes.append(
            EnvoiDu(
                id=uuid7(),
                territoire=abonnement.place.territoire,
                abonnement=abonnement.id,
                occurrence=due.code,
                due_le=due.due_le,
                du=periode.du,
                au=periode.au,
                survenu_le=acte.survenu_le,
            )
        )
    if lignes:
        EnvoiDu.objects.bulk_create(lignes)
        inscrire(
            VerbeAbonnement.CONSTATER_ENVOIS_DUS,
            abonnement.place.territoire,
            acte,
            abonnement=abonnement.id,
            envois=[str(ligne.id) for ligne in lignes],
            occurrences=[ligne.occurrence for ligne in lignes],
        )
    return len(lignes)
