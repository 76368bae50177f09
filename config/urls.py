"""Root of the URLs: each interface hangs its own; the other failures take Django's pages and our templates."""

from django.urls import include, path

urlpatterns = [
    path("", include("sne.habilitations.urls")),
    path("", include("sne.notifications.urls")),
    path("", include("sne.portail.urls")),
    path("", include("sne.espace_pro.urls")),
    path("", include("sne.guichet.urls")),
]

handler400 = "sne.habilitations.views.requete_illisible"
handler404 = "sne.habilitations.views.page_introuvable"
handler500 = "sne.socle.indisponible.erreur_du_serveur"
