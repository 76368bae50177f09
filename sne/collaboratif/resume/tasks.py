"""The digest of the morning, on working days; announcements to be read before a day, within the hour."""

from procrastinate.contrib.django import app

from sne.collaboratif.fermeture.actions import service_des_espaces
from sne.collaboratif.questionnaires.actions import verser
from sne.collaboratif.questionnaires.lecture import list_a_verser
from sne.collaboratif.resume.actions import ecrire_les_annonces, ecrire_les_resumes
from sne.registre.demande.rules.dates import est_ouvre
from sne.socle.horloge import PARIS, jour, maintenant

HEURE = "collaboratif.heure"
MATIN = 7


@app.periodic(cron="30 * * * *", periodic_id="heure")
@app.task(name=HEURE, queue="entretien", queueing_lock=HEURE, lock=HEURE)
def heure(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: each message is written once, anonymous answers are written as they are enough."""
    le = maintenant()
    acte = service_des_espaces(le)
    for questionnaire in list_a_verser():
        verser(questionnaire, le=le)
    ecrire_les_annonces(acte=acte)
    if le.astimezone(PARIS).hour == MATIN and est_ouvre(jour(le)):
        ecrire_les_resumes(acte=acte)
