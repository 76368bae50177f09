"""An agent reads what was sent online, and its pictures: each reading is told."""

import uuid

from django.db import transaction

from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.depot.actions.reconnaitre import documents_de
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.depot_en_ligne import policies
from sne.registre.depot_en_ligne.possible import ABSENT
from sne.registre.depot_en_ligne.selectors.a_verifier import DepotAVerifier, get_a_verifier
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable


@transaction.atomic
def consulter_depot(depot_id: uuid.UUID, *, acte: Acte) -> DepotAVerifier:
    """What is to be verified, and the demandes that are close to it. Raises ``Introuvable``."""
    depot = get_a_verifier(depot_id, acte.acteur, instant=acte.survenu_le)
    faits = {"depot": str(depot.id), "demandes": [str(proche.demande_id) for proche in depot.proches]}
    dire(VerbeDepot.LIRE_DEPOT, depot.territoire, acte=acte, faits=faits)
    return depot


def exiger_document(depot_id: uuid.UUID, document: uuid.UUID, *, acteur: Acteur) -> str:
    """The territory of a picture of a sending that is being verified, opened with it. Raises ``Introuvable``."""
    siens = DepotEnLigne.objects.filter(policies.scope_a_verifier(acteur), id=depot_id, demande=None)
    depot = siens.first()
    if depot is None or not policies.can_verifier(acteur, depot) or document not in documents_de(depot):
        raise Introuvable(ABSENT)
    return str(depot.territoire)
