"""Addresses of what renews, ends and brings back a demande."""

from django.urls import path

from sne.guichet.vie.views import annuler, garder, preavis, radier, renouveler

urlpatterns = [
    path("demandes/<slug:nud>/renouveler/", renouveler.renouveler, name="renouvellement"),
    path(
        "demandes/<slug:nud>/renouveler/abandonner/", renouveler.abandonner, name="renouvellement-abandonner"
    ),
    path("demandes/<slug:nud>/renouveler/verifier/", renouveler.verifier, name="renouvellement-verifier"),
    path("demandes/<slug:nud>/renouveler/<slug:etape>/", renouveler.page, name="renouvellement-etape"),
    path("demandes/<slug:nud>/renouvelee/", renouveler.renouvelee, name="demande-renouvelee"),
    path("demandes/<slug:nud>/annuler/", annuler.annuler, name="demande-annuler"),
    path("demandes/<slug:nud>/demander-annulation/", annuler.demander, name="demande-annulation-demander"),
    path("annulations/<uuid:requete_id>/", annuler.decider, name="annulation"),
    path("demandes/<slug:nud>/retablir/", annuler.retablir, name="demande-retablir"),
    path("demandes/<slug:nud>/garder/", garder.garder, name="demande-garder"),
    path("demandes/<slug:nud>/radier/", radier.radier, name="demande-radier"),
    path("preavis/", preavis.preavis_a_remettre, name="preavis-a-remettre"),
]
