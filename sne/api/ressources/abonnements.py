"""Subscriptions of a software to the feed: asked, confirmed, tried, closed; what was delivered, and delivered again."""

import uuid
from contextlib import AbstractContextManager
from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from sne.api.operation import D_UN_ACTE, D_UN_CORPS, RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import RACINE, repondre
from sne.api.schemas.abonnements import AbonnementLu, AbonnementRecu, EssaiLu, LivraisonLue
from sne.api.schemas.commun import Reponse
from sne.cellules.routage import cellule_de, cellule_ou, dans, lister_partout
from sne.conventions.models import Convention
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.flux.actions import abonnements as actions
from sne.flux.actions.livraisons import renvoyer
from sne.flux.models import Abonnement, Livraison
from sne.flux.rappels import defier, essayer
from sne.flux.rules.lignes import en_instant
from sne.flux.rules.livraisons import est_recue
from sne.flux.selectors.abonnements import get_abonnement, has_abonnement, list_abonnements, list_livraisons
from sne.flux.tasks import programmer

routeur = Router(tags=["Abonnements au flux"])
LIRE = Regles(Portee.FLUX_LIRE, Groupe.FLUX, nominative=False)
ECRIRE = Regles(Portee.FLUX_LIRE, Groupe.FLUX, nominative=False, cle=True)
ABSENT = (HTTPStatus.NOT_FOUND,)


@operation(
    routeur,
    "GET",
    "/abonnements",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[list[AbonnementLu]]},
    resume="Abonnements de la convention",
)
def lister_abonnements(request: RequeteDEditeur) -> HttpResponse:
    """Sans leur secret."""
    return repondre(_tous(request))


@operation(
    routeur,
    "POST",
    "/abonnements",
    regles=ECRIRE,
    reponses={HTTPStatus.CREATED: Reponse[AbonnementLu]},
    erreurs=(*ABSENT, *D_UN_CORPS, *D_UN_ACTE),
    resume="S’abonner au flux d’un territoire",
)
def ouvrir_abonnement(request: RequeteDEditeur, corps: AbonnementRecu) -> HttpResponse:
    """Le secret est rendu cette seule fois. Rien n’est appelé avant la confirmation."""
    with dans(cellule_de(corps.territoire)):
        ouvert = actions.demander_abonnement(
            _convention(request),
            corps.territoire,
            corps.serie,
            corps.adresse,
            acte=request.appel.acte,
            cle=request.identifiant,
        )
    lieu = f"{RACINE}/abonnements/{ouvert.abonnement.id}"
    return repondre(
        dire_abonnement(ouvert.abonnement, ouvert.secret),
        statut=HTTPStatus.CREATED,
        links={"confirmations": f"{lieu}/confirmations"},
    )


@operation(
    routeur,
    "POST",
    "/abonnements/{abonnement}/confirmations",
    regles=ECRIRE,
    reponses={HTTPStatus.OK: Reponse[AbonnementLu]},
    erreurs=(*ABSENT, *D_UN_ACTE),
    resume="Confirmer, ou reprendre un abonnement suspendu",
)
def confirmer_abonnement(request: RequeteDEditeur, abonnement: uuid.UUID) -> HttpResponse:
    """Votre service est appelé avec un défi signé : il répond 200 et {"defi": …}, tel qu’il l’a reçu."""
    de, acte = _convention(request), request.appel.acte
    with _chez(abonnement):
        defi = defier(get_abonnement(abonnement, de), acte=acte)
        return repondre(dire_abonnement(actions.confirmer_abonnement(defi, de, acte=acte)))


@operation(
    routeur,
    "POST",
    "/abonnements/{abonnement}/secrets",
    regles=ECRIRE,
    reponses={HTTPStatus.CREATED: Reponse[AbonnementLu]},
    erreurs=(*ABSENT, *D_UN_ACTE),
    resume="Remplacer le secret de signature",
)
def remplacer_secret(request: RequeteDEditeur, abonnement: uuid.UUID) -> HttpResponse:
    """Le nouveau secret est rendu cette seule fois ; l’ancien signe aussi, pendant le délai publié."""
    with _chez(abonnement):
        tourne = actions.tourner_secret(
            abonnement, _convention(request), acte=request.appel.acte, cle=request.identifiant
        )
    return repondre(dire_abonnement(tourne.abonnement, tourne.secret), statut=HTTPStatus.CREATED)


@operation(
    routeur,
    "POST",
    "/abonnements/{abonnement}/essais",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[EssaiLu]},
    erreurs=(*ABSENT, *D_UN_ACTE),
    resume="Appeler une fois, sans contenu",
)
def essayer_abonnement(request: RequeteDEditeur, abonnement: uuid.UUID) -> HttpResponse:
    """Un appel signé de type « abonnement.essai »."""
    with _chez(abonnement):
        statut = essayer(get_abonnement(abonnement, _convention(request)), acte=request.appel.acte)
    return repondre(EssaiLu(statut=statut, recu=est_recue(statut)))


@operation(
    routeur,
    "DELETE",
    "/abonnements/{abonnement}",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[list[AbonnementLu]]},
    erreurs=ABSENT,
    resume="Fermer un abonnement",
)
def fermer_abonnement(request: RequeteDEditeur, abonnement: uuid.UUID) -> HttpResponse:
    """Plus aucun appel n’est fait. Rend les abonnements qui restent."""
    with _chez(abonnement):
        actions.fermer_abonnement(abonnement, _convention(request), acte=request.appel.acte)
    return repondre(_tous(request))


@operation(
    routeur,
    "GET",
    "/abonnements/{abonnement}/livraisons",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[list[LivraisonLue]]},
    erreurs=ABSENT,
    resume="Dernières livraisons",
)
def lister_livraisons(request: RequeteDEditeur, abonnement: uuid.UUID) -> HttpResponse:
    """Le numéro le plus haut d’abord."""
    with _chez(abonnement):
        lues = list_livraisons([get_abonnement(abonnement, _convention(request))])
    return repondre([dire_livraison(v) for v in lues])


@operation(
    routeur,
    "POST",
    "/abonnements/{abonnement}/livraisons/{livraison}/renvois",
    regles=ECRIRE,
    reponses={HTTPStatus.ACCEPTED: Reponse[LivraisonLue]},
    erreurs=(*ABSENT, *D_UN_ACTE),
    resume="Livrer de nouveau une ligne",
)
def renvoyer_livraison(request: RequeteDEditeur, abonnement: uuid.UUID, livraison: uuid.UUID) -> HttpResponse:
    """La ligne est livrée de nouveau, avec le même identifiant, dès que possible."""
    with _chez(abonnement):
        de = get_abonnement(abonnement, _convention(request))
        remise = renvoyer(livraison, de.convention, acte=request.appel.acte)
        programmer(remise)
    return repondre(dire_livraison(remise), statut=HTTPStatus.ACCEPTED)


def _convention(request: RequeteDEditeur) -> Convention:
    return request.appel.appelant.identite.convention


def _tous(request: RequeteDEditeur) -> list[AbonnementLu]:
    return [dire_abonnement(a) for a in lister_partout(lambda: list_abonnements(_convention(request)))]


def _chez(abonnement: uuid.UUID) -> AbstractContextManager[None]:
    """The cell of the territory that it follows."""
    return dans(cellule_ou(lambda: has_abonnement(abonnement)))


def dire_abonnement(abonnement: Abonnement, secret: str = "") -> AbonnementLu:
    """A subscription as the interface says it. ``secret``: when it has just been drawn."""
    return AbonnementLu(
        id=abonnement.id,
        territoire=abonnement.territoire,
        serie=abonnement.serie,
        adresse=abonnement.adresse,
        etat=abonnement.etat,
        motif=abonnement.motif or None,
        numero=abonnement.numero,
        secret=secret or None,
    )


def dire_livraison(livraison: Livraison) -> LivraisonLue:
    """A delivery as the interface says it."""
    return LivraisonLue(
        id=livraison.id,
        numero=livraison.numero,
        etat=livraison.etat,
        essais=livraison.essais,
        statut=livraison.statut,
        essaye_le=en_instant(livraison.essaye_le) if livraison.essaye_le else None,
        prochain_le=en_instant(livraison.prochain_le) if livraison.prochain_le else None,
    )
