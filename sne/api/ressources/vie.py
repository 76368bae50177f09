"""The life of a demande: renewed, struck off, back, separated."""

import uuid
from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from sne.api.conflit import dire_conflit
from sne.api.contenu import garder_telephones
from sne.api.operation import D_UN_ACTE, D_UN_CORPS, D_UN_DOSSIER, D_UNE_REVISION, RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import RACINE, depassee, lire_revision, repondre
from sne.api.ressources.demandes import (
    CONTENU,
    adresse,
    dire_attente,
    dire_recepisse,
    lire_depot,
    remarquer,
)
from sne.api.schemas.commun import Reponse
from sne.api.schemas.demandes import Enregistree
from sne.api.schemas.vie import (
    AnnulationDemandee,
    AnnulationEnAttente,
    RadiationRecue,
    Radiee,
    Renouvelee,
    RenouvellementRecu,
    SeparationRecue,
)
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.registre.demande.actions.tentatives import d_un_bloc
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.demande.selectors.existence import get_demande_id, get_revision, list_deja_la
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.separation.actions.separer import separer_demande
from sne.registre.separation.rules import FaitsSeparation
from sne.registre.vie.actions.annuler import demander_annulation
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.selectors.changements import list_en_attente
from sne.socle.erreurs import ConflitDeRevision

routeur = Router(tags=["Vie de la demande"])
ECRIRE = Regles(Portee.DEMANDES_ECRIRE, Groupe.ECRITURE, cle=True, revision=True)
ERREURS = (*D_UN_DOSSIER, *D_UN_CORPS, *D_UN_ACTE, *D_UNE_REVISION)


@operation(
    routeur,
    "POST",
    "/demandes/{nud}/renouvellements",
    regles=ECRIRE,
    reponses={HTTPStatus.CREATED: Reponse[Renouvelee], HTTPStatus.ACCEPTED: Reponse[Renouvelee]},
    erreurs=ERREURS,
    prefixe=CONTENU,
    resume="Renouveler une demande",
)
def renouveler(request: RequeteDEditeur, nud: str, corps: RenouvellementRecu) -> HttpResponse:
    """Un an de plus, sous le même numéro et depuis le même dépôt (CCH R441-2-7)."""
    return _renouveler(request, nud, corps)


@operation(
    routeur,
    "POST",
    "/demandes/{nud}/reactivations",
    regles=ECRIRE,
    reponses={HTTPStatus.CREATED: Reponse[Renouvelee], HTTPStatus.ACCEPTED: Reponse[Renouvelee]},
    erreurs=ERREURS,
    prefixe=CONTENU,
    resume="Faire revenir une demande radiée",
)
def reactiver(request: RequeteDEditeur, nud: str, corps: RenouvellementRecu) -> HttpResponse:
    """Une demande radiée revient par le même acte que son renouvellement (arrêté du 23 mars 2015, annexe, 6.1)."""
    return _renouveler(request, nud, corps)


@operation(
    routeur,
    "POST",
    "/demandes/{nud}/radiations",
    regles=Regles(Portee.DEMANDES_RADIER, Groupe.ECRITURE, cle=True, revision=True),
    reponses={HTTPStatus.CREATED: Reponse[Radiee]},
    erreurs=ERREURS,
    resume="Radier une demande",
)
def radier(request: RequeteDEditeur, nud: str, corps: RadiationRecue) -> HttpResponse:
    """Radie pour un motif de la liste\u00a0; le numéro et l’ancienneté restent (CCH R441-2-8)."""
    acte = request.appel.acte
    revision = lire_revision(request)
    demande_id = get_demande_id(nud, acte.acteur)
    faits = FaitsRadiation(
        corps.motif, corps.sous_motif, corps.date_courrier, corps.document or "", corps.date_radiation
    )
    with d_un_bloc():
        faite = radier_demande(demande_id, faits, acte=acte, cle=request.identifiant)
        if faite.revision != revision + 1:  # the act undone: somebody wrote since the caller read
            raise depassee()
    return repondre(
        Radiee(
            nud=faite.nud,
            revision=faite.revision,
            date_radiation=faite.date_radiation,
            reactivable_jusqu_au=faite.reactivable_jusqu_au,
        ),
        statut=HTTPStatus.CREATED,
        links={"demande": adresse(nud)},
        revision=faite.revision,
    )


@operation(
    routeur,
    "POST",
    "/demandes/{nud}/separations",
    regles=ECRIRE,
    reponses={HTTPStatus.CREATED: Reponse[Enregistree]},
    erreurs=ERREURS,
    prefixe=f"/demande{CONTENU}",
    resume="Enregistrer qui quitte un couple",
)
def separer(request: RequeteDEditeur, nud: str, corps: SeparationRecue) -> HttpResponse:
    """Enregistre l’adulte qui part sous un nouveau numéro. Son ancienneté le suit quand quelqu’un l’accorde."""
    demande_id = _tenue(request, nud)
    faits = FaitsSeparation(corps.personne, corps.preuve, corps.document, corps.secrete)
    acte = request.appel.acte
    depot = lire_depot(corps.demande, request.identifiant, request.appel.appelant.identite, acte)
    recepisse = separer_demande(demande_id, faits, depot, acte=acte)
    return dire_recepisse(recepisse, remarquer(corps.demande, acte))


@operation(
    routeur,
    "POST",
    "/demandes/{nud}/demandes-d-annulation",
    regles=Regles(Portee.DEMANDES_ECRIRE, Groupe.ECRITURE, cle=True),
    reponses={HTTPStatus.ACCEPTED: Reponse[AnnulationEnAttente]},
    erreurs=(*D_UN_DOSSIER, *D_UN_CORPS, *D_UN_ACTE),
    resume="Demander qu’un double soit annulé",
)
def demander_une_annulation(request: RequeteDEditeur, nud: str, corps: AnnulationDemandee) -> HttpResponse:
    """Le gestionnaire territorial décide\u00a0; jusque-là rien ne change."""
    acte = request.appel.acte
    requete = demander_annulation(
        get_demande_id(nud, acte.acteur),
        gardee=corps.gardee,
        precision=corps.precision,
        acte=acte,
        cle=request.identifiant,
    )
    suivi = f"{RACINE}/changements-en-attente/{requete}"
    return repondre(
        AnnulationEnAttente(id=requete, nud=nud, etat="EN_ATTENTE", suivi=suivi),
        statut=HTTPStatus.ACCEPTED,
        links={"demande": adresse(nud)},
        lieu=suivi,
    )


def _renouveler(request: RequeteDEditeur, nud: str, corps: RenouvellementRecu) -> HttpResponse:
    revision, acte = lire_revision(request), request.appel.acte
    demande_id = get_demande_id(nud, acte.acteur)
    base = get_contenu(demande_id, revision, acteur=acte.acteur)
    voulu = garder_telephones(corps.contenu, base) if corps.contenu else base
    saisie = Saisie(voulu, revision, corps.nirs)
    try:
        faite = renouveler_demande(
            demande_id,
            saisie=saisie,
            sans_changement=corps.sans_changement,
            brouillon_id=request.identifiant,
            acte=acte,
        )
    except ConflitDeRevision as refus:
        raise dire_conflit(demande_id, saisie, refus, acte=acte, prefixe=CONTENU) from None
    attentes = [dire_attente(*attente) for attente in list_en_attente(demande_id, acteur=acte.acteur)]
    return repondre(
        Renouvelee(
            nud=faite.nud,
            revision=faite.revision,
            date_renouvellement=faite.date_renouvellement,
            date_expiration=faite.date_expiration,
            en_attente=attentes,
        ),
        statut=HTTPStatus.ACCEPTED if attentes else HTTPStatus.CREATED,
        links={"demande": adresse(nud), "attestations": adresse(nud, "/attestations")},
        meta={"meles": list(faite.meles)} if faite.meles else None,
        revision=faite.revision,
        lieu=attentes[0].suivi if attentes else "",
    )


def _tenue(request: RequeteDEditeur, nud: str) -> uuid.UUID:
    """The demande at the revision that was read, unless what is asked is done. Raises ``ErreurApi``: 412, 428."""
    revision, acteur = lire_revision(request), request.appel.acte.acteur
    demande_id = get_demande_id(nud, acteur)
    if get_revision(demande_id, acteur=acteur) != revision and not list_deja_la([request.identifiant]):
        raise depassee()
    return demande_id
