"""CRE: a demande is registered, and its number given."""

from sne.nuu.operations.message import FORCE, Message, Traite
from sne.nuu.rules.anomalies import dire
from sne.registre.depot.actions.deposer import Depot, PieceVue, deposer_demande
from sne.socle.horloge import jour
from sne.socle.signes import INSECABLE

DATE_DU_MESSAGE = "Date de dépôt donnée par le logiciel du guichet."
ANTERIEURE = (
    f"La demande est enregistrée à la date du jour{INSECABLE}: le gestionnaire territorial décidera de la date de "
    "dépôt antérieure. Tout le reste est enregistré."
)


def depot_de(message: Message) -> Depot:
    """What the counter hands in by this message. Raises ``DepotIncomplet``."""
    contenu = message.contenu()
    acteur = message.acte.acteur
    recue = message.jour("date_depot", element="dateCreationDemande")
    return Depot(
        id=message.cle,
        territoire=acteur.territoire,
        guichet=acteur.guichet,
        contenu=contenu,
        date_reception=recue,
        nirs={},
        piece_vue=_piece_vue(message),
        doublons_ecartes=FORCE if message.lu.message.get("forcer_doublon") is True else "",
        anteriorite_motif=DATE_DU_MESSAGE if message.reglages.anteriorite == "DEMANDER" else "",
    )


def deposer(message: Message) -> Traite:
    """Register. Raises the refusals of :func:`deposer_demande`."""
    recepisse = deposer_demande(depot_de(message), acte=message.acte)
    attend = [dire("ANTERIORITE_DEMANDEE", ANTERIEURE)] if recepisse.anteriorite_en_attente else []
    return Traite(recepisse.nud, recepisse.demande_id, atteste=True, attend=attend)


def _piece_vue(message: Message) -> PieceVue | None:
    """The counter says, by its agreement, that it saw a document; its kind is not on the wire."""
    return PieceVue("CNI", jour(message.acte.survenu_le)) if message.reglages.piece_vue else None
