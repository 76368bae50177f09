"""What waits for a decision: the address that a 202 gives."""

import uuid
from dataclasses import asdict
from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from sne.api.operation import D_UN_DOSSIER, RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import repondre
from sne.api.ressources.demandes import adresse, dire_attente
from sne.api.schemas.commun import Reponse
from sne.api.schemas.demandes import Changement, EnAttente
from sne.conventions.rules.portees import Portee
from sne.registre.demande.selectors.existence import get_demande_id
from sne.registre.vie.selectors.changements import get_changement, list_en_attente

routeur = Router(tags=["Changements en attente"])
LIRE = Regles(Portee.DEMANDES_LIRE)


@operation(
    routeur,
    "GET",
    "/demandes/{nud}/changements-en-attente",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[list[EnAttente]]},
    erreurs=D_UN_DOSSIER,
    resume="Ce qui attend une décision dans une demande",
)
def lister_changements(request: RequeteDEditeur, nud: str) -> HttpResponse:
    """Les changements d’identité et les départs qui attendent, sans ce qu’ils proposent."""
    acteur = request.appel.acte.acteur
    attentes = list_en_attente(get_demande_id(nud, acteur), acteur=acteur)
    return repondre([dire_attente(*attente) for attente in attentes], links={"demande": adresse(nud)})


@operation(
    routeur,
    "GET",
    "/changements-en-attente/{changement}",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[Changement]},
    erreurs=D_UN_DOSSIER,
    resume="Ce que devient un changement",
)
def lire_changement(request: RequeteDEditeur, changement: uuid.UUID) -> HttpResponse:
    """«\u00a0EN_ATTENTE\u00a0», puis ce qui a été décidé."""
    suivi = get_changement(changement, acteur=request.appel.acte.acteur)
    dits = {nom: valeur for nom, valeur in asdict(suivi).items() if valeur != ""}
    return repondre(Changement(**dits), links={"demande": adresse(suivi.nud)})
