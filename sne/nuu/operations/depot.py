"""CRE and CRS: a demande is registered, alone or by somebody who leaves another, and its number given."""

from dataclasses import replace
from http import HTTPStatus

from sne.conventions.actions import echange_neuf, ligne_d_appel
from sne.nuu.operations.message import FORCE, Message, Traite, manque
from sne.nuu.rules.anomalies import dire
from sne.registre.contenu.rules.arbre.sante import porte_sante
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.depot.actions.deposer import Depot, Recepisse, deposer_demande
from sne.registre.lecture.actions.consulter import relire_demande
from sne.registre.separation.actions.separer import separer_demande
from sne.registre.separation.rules import FaitsSeparation
from sne.socle.horloge import vrai
from sne.socle.signes import INSECABLE

ANTERIEURE = (
    f"La demande est enregistrée à la date du jour{INSECABLE}: le gestionnaire territorial décidera de la date de "
    "dépôt antérieure. Tout le reste est enregistré."
)


PREUVE = ("ADRSEP", "Preuve gardée par le guichet, selon sa convention.")
"""What the counter keeps of a separation, by its agreement: the message cannot carry it."""


def depot_de(message: Message) -> Depot:
    """What the counter hands in by this message. Raises ``DepotIncomplet``."""
    contenu = message.contenu()
    acteur = message.acte.acteur
    contexte = message.contexte
    assert contexte.appelant is not None  # who acts, whose act this is
    recue = message.jour("date_depot", element="dateCreationDemande")
    return Depot(
        id=message.cle,
        territoire=acteur.territoire,
        guichet=acteur.guichet,
        contenu=contenu,
        date_reception=recue,
        nirs={},
        doublons_ecartes=FORCE if message.lu.message.get("forcer_doublon") is True else "",
        echange=echange_neuf(
            contexte.identite.convention,
            message.cle,
            territoire=acteur.territoire,
            acte=message.acte,
            reference=message.reference,
        ),
        appel=ligne_d_appel(contexte.appelant, contexte.fait(HTTPStatus.OK), survenu_le=vrai()),
    )


def deposer(message: Message) -> Traite:
    """Register. Raises the refusals of :func:`deposer_demande`."""
    depot = depot_de(message)
    recepisse = deposer_demande(depot, acte=message.acte)
    message.contexte.note = depot.appel is not None and not recepisse.deja
    neuve = not recepisse.deja and not porte_sante(depot.contenu)  # health is for who may read it
    return replace(_traite(recepisse), neuve=(depot.contenu, recepisse.date_depot) if neuve else None)


def separer(message: Message) -> Traite:
    """Register the adult who leaves ``numUniqueAssocie``, found by their identity. Raises as ``separer_demande``."""
    origine = message.texte("demande_origine")
    if not origine:
        raise DepotIncomplet([manque("numUniqueAssocie", "donnez le numéro de la demande quittée")])
    quittee = relire_demande(origine, acte=message.acte)
    preuve, document = PREUVE if message.reglages.preuve_gardee else ("", "")
    depot = depot_de(message)
    faits = FaitsSeparation(personne="", preuve=preuve, document=document)
    recepisse = separer_demande(quittee.demande.id, faits, depot, acte=message.acte)
    message.contexte.note = depot.appel is not None and not recepisse.deja
    return _traite(recepisse)


def _traite(recepisse: Recepisse) -> Traite:
    attend = [dire("ANTERIORITE_DEMANDEE", ANTERIEURE)] if recepisse.anteriorite_en_attente else []
    return Traite(recepisse.nud, recepisse.demande_id, atteste=True, attend=attend)
