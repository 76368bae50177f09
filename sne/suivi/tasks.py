"""What the follow-up of counters does by night: the activity of each, recaps that are due, reminders, the nation."""

from datetime import date

from procrastinate.contrib.django import app

from sne.notifications.envois.pieces import Piece
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from sne.socle.tableur import ECRIRE, TYPES, Format
from sne.suivi.actions.activite import calculer_activite, service_du_suivi
from sne.suivi.actions.alerter import relancer_alertes
from sne.suivi.actions.envoyer import envoyer_recapitulatifs
from sne.suivi.actions.national import calculer_veille
from sne.suivi.selectors.recapitulatif import en_lignes_de_fichier, entetes_de_fichier, list_lignes

NUIT = "suivi.nuit"


@app.periodic(cron="4 3 * * *", periodic_id="nuit")
@app.task(name=NUIT, queue="entretien", queueing_lock=NUIT, lock=NUIT)
def nuit(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what did not move is not written again, what left does not leave again; nights missed are caught up.

    In one task: no recap leaves on figures that were not computed.
    """
    survenu_le = maintenant()
    calculer_activite(acte=Acte(service_du_suivi(), survenu_le))
    envoyer_recapitulatifs(acte=Acte(service_du_suivi(), survenu_le))
    relancer_alertes(acte=Acte(service_du_suivi(), survenu_le))
    calculer_veille(acte=Acte(service_du_suivi(), survenu_le))


def fournir_recapitulatif(reference: str, territoire: str) -> Piece:
    """The file that a message carries: the recap of one month, with the figures of the day on which it leaves."""
    code, _, extension = reference.partition(".")
    mois, format_ = date.fromisoformat(f"{code}-01"), Format(extension)
    lignes = list_lignes(territoire, de=mois, a=mois)
    contenu = b"".join(ECRIRE[format_](entetes_de_fichier(), en_lignes_de_fichier(lignes)))
    return Piece(f"recapitulatif-{territoire}-{code}.{format_}", contenu, TYPES[format_].partition(";")[0])
