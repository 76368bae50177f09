"""What a household had sent online, once it is registered at a counter, or was already: it waits no more."""

import uuid
from collections.abc import Collection

from sne.documents.actions import demander_effacement
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.rules.depot_en_ligne import StatutDepot
from sne.registre.depot.verbes import VerbeDepot
from sne.socle import horloge
from sne.socle.acte import Acte


def inscrire_reconnu(
    depot: DepotEnLigne, demande: Demande, *, gardees: Collection[uuid.UUID] = (), acte: Acte
) -> uuid.UUID:
    """Write and tell that a locked sending is that of a demande; the entry that tells it. ``gardees``: documents that
    the demande now names; the others go.
    """
    depot.statut, depot.motif, depot.demande_id = StatutDepot.DEJA_ENREGISTREE, "", demande.id
    clore_depot(depot, gardees=gardees, acte=acte)
    faits = {"depot": str(depot.id), "envoye_le": horloge.jour(depot.envoye_le).isoformat()}
    return dire(VerbeDepot.RECONNAITRE_DEPOT, demande, acte=acte, faits=faits)


def clore_depot(depot: DepotEnLigne, *, gardees: Collection[uuid.UUID] = (), acte: Acte) -> None:
    """Save an answer: who gave it, when; nobody verifies it any more. With a demande, what it held alone goes."""
    depot.agent, depot.guichet, depot.decide_le = acte.acteur.id, acte.acteur.guichet, acte.survenu_le
    depot.verrou, depot.verrou_nom, depot.verrou_fin = None, "", None
    if depot.demande_id is not None:
        seules = documents_de(depot) - set(gardees)
        demander_effacement(seules, territoire=depot.territoire, survenu_le=acte.survenu_le)
        depot.contenu, depot.cles, depot.pieces = None, [], []
    depot.save()


def documents_de(depot: DepotEnLigne) -> set[uuid.UUID]:
    """Every file that it names, those that another took the place of included."""
    return {uuid.UUID(piece["document"]) for piece in depot.pieces}
