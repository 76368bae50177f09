"""Telling households that their demande is followed online, or was opened by a code; sending the codes;
that it is about to end, or is kept.
"""

import uuid

from procrastinate.contrib.django import app

from sne.habilitations.rules.acteurs import service
from sne.journal.selectors import list_entrees_de
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.rattachement.actions.annoncer import annoncer_connexion_changee, annoncer_rattachement
from sne.registre.rattachement.actions.arreter import annoncer_arret, annoncer_maintien
from sne.registre.rattachement.actions.codes import envoyer_code
from sne.registre.rattachement.actions.connexions import annoncer_connexion, noter_code_faux
from sne.registre.rattachement.actions.fermer import fermer_les_laisses
from sne.registre.rattachement.actions.signaler import traiter_signalement
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

FERMER_LAISSES = "registre.fermer_les_comptes_laisses"
ANNONCER_RATTACHEMENT = "registre.annoncer_rattachement"
ANNONCER_CONNEXION = "registre.annoncer_connexion"
ANNONCER_CHANGEE = "registre.annoncer_connexion_changee"
ENVOYER_CODE = "registre.envoyer_code"
NOTER_CODE_FAUX = "registre.noter_code_faux"
TRAITER_SIGNALEMENT = "registre.traiter_signalement"
ANNONCER_ARRET, ANNONCER_MAINTIEN = "registre.annoncer_arret", "registre.annoncer_maintien"


@app.task(name=ANNONCER_RATTACHEMENT, queue="registre", retry=ESSAIS)
def annoncer(*, entree_id: str, territoire: str, **_: object) -> None:
    """Tell a household of a link. Idempotent: running it again prepares nothing."""
    annoncer_rattachement(uuid.UUID(entree_id), acte=Acte(service_du_registre(territoire), maintenant()))


@app.task(name=ANNONCER_CONNEXION, queue="registre", retry=ESSAIS)
def annoncer_une_connexion(*, entree_id: str, demande_id: str, territoire: str, **_: object) -> None:
    """Tell the other contacts of a sign-in by code. Idempotent: running it again prepares nothing."""
    annoncer_connexion(
        uuid.UUID(entree_id),
        demande_id=uuid.UUID(demande_id),
        acte=Acte(service_du_registre(territoire), maintenant()),
    )


@app.task(name=ANNONCER_CHANGEE, queue="registre", retry=ESSAIS)
def annoncer_un_changement(*, entree_id: str, demande_id: str, territoire: str, **_: object) -> None:
    """Tell every contact that codes open a demande no more, or again. Idempotent: running it again prepares nothing."""
    acte = Acte(service_du_registre(territoire), maintenant())
    annoncer_connexion_changee(uuid.UUID(entree_id), demande_id=uuid.UUID(demande_id), acte=acte)


@app.task(name=ENVOYER_CODE, queue="messages", retry=ESSAIS)
def envoyer(*, entree_id: str, **_: object) -> None:
    """Send the code that was asked for, if a demande fits. Idempotent: running it again sends nothing."""
    (entree,) = list_entrees_de([uuid.UUID(entree_id)])
    envoyer_code(uuid.UUID(str(entree.faits["code"])), origine=entree.id, survenu_le=maintenant())


@app.task(name=NOTER_CODE_FAUX, queue="registre", retry=ESSAIS)
def noter(*, entree_id: str, **_: object) -> None:
    """Tell a wrong code in the history of the demande that the right one would have opened. Idempotent."""
    noter_code_faux(uuid.UUID(entree_id))


@app.task(name=TRAITER_SIGNALEMENT, queue="registre", retry=ESSAIS)
def traiter(*, entree_id: str, **_: object) -> None:
    """Make the objection of what somebody said of a line of their history. Idempotent."""
    (entree,) = list_entrees_de([uuid.UUID(entree_id)])
    traiter_signalement(uuid.UUID(str(entree.faits["signalement"])), survenu_le=maintenant())


@app.task(name=ANNONCER_ARRET, queue="registre", retry=ESSAIS)
def annoncer_un_arret(*, entree_id: str, demande_id: str, territoire: str, **_: object) -> None:
    """Tell a household that its demande is about to end. Idempotent: running it again prepares nothing."""
    acte = Acte(service_du_registre(territoire), maintenant())
    annoncer_arret(uuid.UUID(entree_id), demande_id=uuid.UUID(demande_id), acte=acte)


@app.task(name=ANNONCER_MAINTIEN, queue="registre", retry=ESSAIS)
def annoncer_un_maintien(*, entree_id: str, demande_id: str, territoire: str, **_: object) -> None:
    """Tell a household that its demande is kept. Idempotent: running it again prepares nothing."""
    acte = Acte(service_du_registre(territoire), maintenant())
    annoncer_maintien(uuid.UUID(entree_id), demande_id=uuid.UUID(demande_id), acte=acte)


@app.periodic(cron="43 3 * * *", periodic_id="nuit")
@app.task(name=FERMER_LAISSES, queue="entretien", queueing_lock=FERMER_LAISSES)
def fermer(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what is closed stays so."""
    return fermer_les_laisses(service("Service des comptes en ligne"), survenu_le=maintenant())
