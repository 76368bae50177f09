"""Addresses of the screens of an application."""

from django.urls import path

from sne.guichet.demandes.views import (
    brouillon,
    courriel,
    egalite,
    fiche,
    modifier,
    nouvelle,
    passe,
    recherche,
    renouveler,
    verifier,
)

urlpatterns = [
    path("rechercher/", recherche.rechercher, name="rechercher"),
    path("rechercher/r/<slug:jeton>/", recherche.resultats, name="recherche-resultats"),
    path("demandes/nouvelle/", nouvelle.enregistrer, name="enregistrer"),
    path("demandes/nouvelle/association/", nouvelle.enregistrer_association, name="enregistrer-association"),
    path("brouillons/<uuid:brouillon_id>/doublons/", nouvelle.doublons, name="brouillon-doublons"),
    path("brouillons/<uuid:brouillon_id>/abandonner/", brouillon.abandonner, name="brouillon-abandonner"),
    # The last step is one of « brouillon-etape » for whoever makes a link to it.
    path("brouillons/<uuid:brouillon_id>/verifier/", verifier.verifier, name="brouillon-verifier"),
    path("brouillons/<uuid:brouillon_id>/<slug:etape>/", brouillon.etape, name="brouillon-etape"),
    path("brouillons/<uuid:brouillon_id>/<slug:etape>/<slug:page>/", brouillon.etape, name="brouillon-page"),
    path("demandes/<slug:nud>/", fiche.demande, name="demande"),
    path("demandes/<slug:nud>/historique/", passe.historique, name="demande-historique"),
    path("demandes/<slug:nud>/etat/", passe.etat, name="demande-etat"),
    path("demandes/<slug:nud>/versions/", passe.versions, name="demande-versions"),
    path("demandes/<slug:nud>/versions/<int:numero>/", passe.version, name="demande-version"),
    path("demandes/<slug:nud>/enregistree/", verifier.enregistree, name="demande-enregistree"),
    path("demandes/<slug:nud>/courriel/", courriel.verification, name="demande-courriel"),
    path("demandes/<slug:nud>/egalite/", egalite.egalite, name="demande-egalite"),
    path("demandes/<slug:nud>/modifier/<slug:bloc>/", modifier.modifier, name="demande-modifier"),
    path("demandes/<slug:nud>/renouveler/", renouveler.renouveler, name="renouvellement"),
    path(
        "demandes/<slug:nud>/renouveler/abandonner/", renouveler.abandonner, name="renouvellement-abandonner"
    ),
    path("demandes/<slug:nud>/renouveler/verifier/", renouveler.verifier, name="renouvellement-verifier"),
    path("demandes/<slug:nud>/renouveler/<slug:etape>/", renouveler.page, name="renouvellement-etape"),
    path(
        "demandes/<slug:nud>/renouveler/<slug:etape>/<slug:page>/",
        renouveler.page,
        name="renouvellement-page",
    ),
    path("demandes/<slug:nud>/renouvelee/", renouveler.renouvelee, name="demande-renouvelee"),
]
