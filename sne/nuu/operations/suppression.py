"""SUP: a demande said to be a double is asked to be taken back; the territorial manager decides."""

from sne.nuu.operations.message import Message, Traite, cle_de, manque
from sne.nuu.rules.anomalies import dire
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.lecture.actions.consulter import relire_demande
from sne.registre.vie.actions.annuler import demander_annulation
from sne.socle.signes import INSECABLE

DITE = "Doublon signalé par le logiciel du guichet."
DEMANDEE = (
    f"La suppression est demandée{INSECABLE}: le gestionnaire territorial décidera. "
    "La demande reste en vigueur jusque-là."
)


def demander(message: Message) -> Traite:
    """Ask. ``numUniqueAssocie`` is the demande that is kept. Raises the refusals of :func:`demander_annulation`."""
    gardee = message.texte("demande_origine")
    if not gardee:
        raise DepotIncomplet([manque("numUniqueAssocie", "donnez le numéro de la demande à garder")])
    fiche = relire_demande(message.numero(), acte=message.acte)
    cle = cle_de(message, "annulation")
    demander_annulation(fiche.demande.id, gardee=gardee, precision=DITE, acte=message.acte, cle=cle)
    return Traite(fiche.demande.nud, fiche.demande.id, attend=[dire("SUPPRESSION_DEMANDEE", DEMANDEE)])
