"""What subscriptions offer to others: files to messages, what people hold, what stands before a withdrawal."""

from sne.habilitations.detenus import Detenteur, inscrire_detenteur
from sne.infocentre.abonnements.actions.departs import confier_abonnements
from sne.infocentre.abonnements.actions.dire import PIECE
from sne.infocentre.abonnements.detenus import list_abonnements_detenus
from sne.infocentre.abonnements.possible import exiger_sans_orphelin
from sne.infocentre.abonnements.tasks import fournir_edition
from sne.infocentre.rapports.gardiens import inscrire_gardien
from sne.notifications.envois.pieces import fournir

NOM = "abonnements"


def brancher() -> None:
    """Say it once, when the application is ready."""
    fournir(PIECE, fournir_edition)
    inscrire_detenteur(Detenteur(NOM, list_abonnements_detenus, confier_abonnements))
    inscrire_gardien(NOM, exiger_sans_orphelin)
