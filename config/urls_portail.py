"""Root of the addresses of the households' portal: pages in six languages, and what witnesses ask, in French."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("journal/", include("sne.portail.urls_jalons")),
    *i18n_patterns(path("", include("sne.portail.urls_menage")), prefix_default_language=False),
]
handler500 = "sne.socle.indisponible.erreur_du_serveur"
