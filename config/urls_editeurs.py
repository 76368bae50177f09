"""Root of the addresses of the vendors' listener."""

from django.urls import include, path

urlpatterns = [path("services/", include("sne.nuu.urls"))]
handler404 = "sne.nuu.views.inconnu"
handler500 = "sne.nuu.views.panne"
