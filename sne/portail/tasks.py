"""Those who left a demande half typed are reminded of it, unless they said otherwise; news of what was asked of the
support desk.
"""

import uuid
from datetime import timedelta

from procrastinate.contrib.django import app

from sne.portail.assistance.annoncer import annoncer_reponse
from sne.portail.nouvelle.en_cours import DemandeEnLigne
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.depot_en_ligne.actions.rappeler import rappeler_brouillon
from sne.registre.depot_en_ligne.parametres import ParametresDepotEnLigne
from sne.registre.depot_en_ligne.selectors.commencees import list_laissees_entre
from sne.registre.modification.parametres import ParametresModification
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant

RAPPELER_BROUILLONS, ANNONCER_REPONSE = "portail.rappeler_brouillons", "portail.annoncer_reponse"


@app.task(name=ANNONCER_REPONSE, queue="registre", retry=ESSAIS)
def annoncer(*, entree_id: str, territoire: str, **_: object) -> None:
    """Tell a household that its question has news. Idempotent: running it again prepares nothing."""
    annoncer_reponse(uuid.UUID(entree_id), acte=Acte(service_du_registre(territoire), maintenant()))


@app.periodic(cron="33 9 * * *", periodic_id="matin")
@app.task(name=RAPPELER_BROUILLONS, queue="entretien", queueing_lock=RAPPELER_BROUILLONS)
def rappeler(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: each reminder once. Nothing of a demande that must be spoken of to nobody."""
    le = maintenant()
    parametres = get_parametres(jour(le))
    gardes = timedelta(days=parametres[ParametresModification].brouillon_conservation_jours)
    laisses = timedelta(days=parametres[ParametresDepotEnLigne].brouillon_rappel_jours)
    faits = 0
    for laissee in list_laissees_entre(le - gardes, le - laisses):
        brouillon, acteur = laissee.brouillon, laissee.acteur
        demande = DemandeEnLigne(brouillon, le=jour(le), identite=None, acteur=acteur)
        if demande.rappelable:
            faits += rappeler_brouillon(brouillon, acteur.id, courriel=demande.courriel, survenu_le=le)
    return faits
