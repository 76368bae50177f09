"""Somebody’s own subscriptions end with their right, and say so; the place may take them over."""

import uuid

from django.db import transaction
from django.db.models import Q

from sne.habilitations.detenus import Passation
from sne.habilitations.selectors import get_compte_actif
from sne.infocentre.abonnements.actions.decider import arreter
from sne.infocentre.abonnements.actions.dire import Avis, dire
from sne.infocentre.abonnements.actions.suites import lock_vivant
from sne.infocentre.abonnements.messages import MessageAbonnement
from sne.infocentre.abonnements.possible import exiger_service
from sne.infocentre.abonnements.rules.decisions import DEPART, SANS_DROIT
from sne.infocentre.abonnements.selectors.abonnements import Abonnement, list_vivants
from sne.infocentre.abonnements.selectors.lecteurs import a_perdu_son_droit
from sne.infocentre.rapports.rules.lieux import territoires_du
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.acte import Acte
from sne.socle.horloge import jour


def confier_abonnements(passation: Passation) -> int:
    """Stop those of somebody who leaves these places, in the caller’s transaction; how many. Their place may go on with
    them: it is offered them on its page."""
    partis = {lieu.territoire for lieu in passation.lieux}
    siens = list_vivants(Q(compte=passation.compte_id))
    decoupage = get_decoupage()
    concernes = [
        a for a in siens if "" in partis or not partis.isdisjoint(territoires_du(a.place.lieu, decoupage))
    ]
    return sum(_terminer(a.id, DEPART, acte=passation.acte) for a in concernes)


def terminer_sans_droit(*, acte: Acte) -> int:
    """Stop those of whoever lost their right for good, and tell them; a right that is suspended ends nothing. Returns
    how many. Raises ``NonHabilite``."""
    exiger_service(acte.acteur)
    le = jour(acte.survenu_le)
    return sum(
        _terminer(a.id, SANS_DROIT, acte=acte)
        for a in list_vivants(Q(compte__isnull=False))
        if a_perdu_son_droit(a.place, le=le)
    )


@transaction.atomic
def _terminer(abonnement_id: uuid.UUID, motif: str, *, acte: Acte) -> bool:
    abonnement = lock_vivant(abonnement_id)
    if abonnement is None:
        return False
    arreter(abonnement, motif=motif, acte=acte)
    _le_dire(abonnement, acte=acte)
    return True


def _le_dire(abonnement: Abonnement, *, acte: Acte) -> None:
    """To the person, whose account may still be theirs."""
    avis = Avis(
        MessageAbonnement.ABONNEMENT_TERMINE,
        "Votre abonnement est arrêté\u00a0: vous n’avez plus le droit de lire ce rapport dans ce lieu.",
        "Ceux qui ont la charge du lieu peuvent le reprendre pour lui.",
        f"abonnement-termine:{abonnement.id}",
    )
    compte = get_compte_actif(str(abonnement.place.compte))
    dire(avis, abonnement, [compte] if compte else [], rapport=abonnement.reglage.rapport, acte=acte)
