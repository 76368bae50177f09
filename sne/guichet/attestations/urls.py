"""Addresses of the attestations at the counter."""

from django.urls import path

from sne.guichet.attestations.views import a_traiter, dossier, listes, lots

urlpatterns = [
    path("demandes/<slug:nud>/attestation/", dossier.emettre, name="attestation-emettre"),
    path("demandes/<slug:nud>/attestation/remise/", dossier.remettre_en_main, name="attestation-remise"),
    path("demandes/<slug:nud>/attestations/", dossier.du_dossier, name="attestations-du-dossier"),
    path(
        "demandes/<slug:nud>/attestations/<slug:reference>/remise/",
        dossier.remettre,
        name="attestation-remettre",
    ),
    path("attestations/", listes.a_remettre, name="attestations-a-remettre"),
    path("attestations/registre/", listes.registre, name="attestations-registre"),
    path("attestations/a-etablir/", a_traiter.a_traiter, name="attestations-a-traiter"),
    path("attestations/imprimer/", listes.imprimer, name="attestations-imprimer"),
    path("attestations/remises/", listes.consigner, name="attestations-remettre"),
    path("attestations/lots/<uuid:lot_id>/", lots.lot, name="attestations-lot"),
    path("attestations/lots/<uuid:lot_id>/fichier/", lots.fichier, name="attestations-lot-fichier"),
    path("attestations/lots/<uuid:lot_id>/remise/", lots.remettre, name="attestations-lot-remettre"),
    path("attestations/<uuid:cas_id>/traiter/", a_traiter.traiter, name="attestation-traiter"),
    path("attestations/<slug:reference>/", dossier.attestation, name="attestation"),
]
