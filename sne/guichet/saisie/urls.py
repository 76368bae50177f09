"""Addresses of a registration, from its first question to its number."""

from django.urls import path

from sne.guichet.saisie.views import brouillon, nouvelle, propositions, verifier

urlpatterns = [
    path("demandes/nouvelle/", nouvelle.enregistrer, name="enregistrer"),
    path("demandes/nouvelle/association/", nouvelle.enregistrer_association, name="enregistrer-association"),
    path("propositions/", propositions.proposer, name="propositions"),
    path("brouillons/<uuid:brouillon_id>/doublons/", nouvelle.doublons, name="brouillon-doublons"),
    path("brouillons/<uuid:brouillon_id>/abandonner/", brouillon.abandonner, name="brouillon-abandonner"),
    # The last step is one of « brouillon-etape » for the code that makes a link to it.
    path("brouillons/<uuid:brouillon_id>/verifier/", verifier.verifier, name="brouillon-verifier"),
    path("brouillons/<uuid:brouillon_id>/immediat/", verifier.immediat, name="brouillon-immediat"),
    path("brouillons/<uuid:brouillon_id>/<slug:etape>/", brouillon.etape, name="brouillon-etape"),
    path("demandes/<slug:nud>/enregistree/", verifier.enregistree, name="demande-enregistree"),
]
