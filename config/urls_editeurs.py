"""Root of the addresses of the vendors' process: REST and its contract."""

from django.urls import include, path

urlpatterns = [path("api/v1/", include("sne.api.urls"))]

handler400 = "sne.api.middleware.requete_illisible"
handler404 = "sne.api.middleware.adresse_inconnue"
handler500 = "sne.api.middleware.erreur_du_service"
