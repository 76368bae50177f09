"""Monthly resources that the administration knows of an applicant: six states, by the one gate."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Router
from pydantic import TypeAdapter

from sne.api.operation import D_UN_DOSSIER, RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import repondre
from sne.api.ressources.demandes import adresse
from sne.api.schemas.commun import Reponse
from sne.api.schemas.ressources import Mois, RessourcesLues
from sne.connecteurs.drm.rules import mois as drm
from sne.conventions.rules.portees import Portee
from sne.registre.lecture.actions.consulter import ouvrir
from sne.registre.ressources.actions.lire import Forme, lire_ressources
from sne.registre.ressources.rules.stockage import Colonnes, en_colonnes
from sne.socle import horloge

routeur = Router(tags=["Ressources mensuelles"])
LIRE_UN_MOIS: TypeAdapter[Any] = TypeAdapter(Mois)


@operation(
    routeur,
    "GET",
    "/demandes/{nud}/ressources-mensuelles",
    regles=Regles(Portee.DRM_LIRE),
    reponses={HTTPStatus.OK: Reponse[RessourcesLues]},
    erreurs=D_UN_DOSSIER,
    resume="Ressources connues de l’administration",
)
def lire_ressources_mensuelles(request: RequeteDEditeur, nud: str) -> HttpResponse:
    """Trois mois du demandeur, chacun dans un de six états. Une absence n’est jamais un zéro."""
    acte = request.appel.acte
    demande = ouvrir(nud, acte.acteur)
    connues = lire_ressources(demande, acte=acte, forme=Forme.FICHIER)
    lues = RessourcesLues(
        nud=demande.nud,
        personne="demandeur",
        demande_le=horloge.jour(connues.le) if connues.le else None,
        mois=dire_mois(connues.mois),
        anciennes=dire_mois(connues.anciennes),
        anciennes_le=horloge.jour(connues.anciennes_le) if connues.anciennes_le else None,
    )
    return repondre(lues, links={"demande": adresse(demande.nud)}, meta={"source": "DRM"})


def dire_mois(mois: Iterable[drm.Mois]) -> list[Any]:
    """Months as the interface says them."""
    return [LIRE_UN_MOIS.validate_python(_brut(en_colonnes(m))) for m in mois]


def _brut(colonnes: Colonnes) -> dict[str, Any]:
    """Only what the state has: an amount in one of them, a reason in others."""
    brut: dict[str, Any] = {
        "mois": f"{colonnes.mois:%Y-%m}",
        "etat": colonnes.etat,
        "natures": colonnes.natures,
    }
    if colonnes.montant is not None:
        brut["montant"] = f"{colonnes.montant:.2f}"
    if colonnes.raison:
        brut["raison"] = colonnes.raison
    return brut
