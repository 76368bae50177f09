"""Addresses of the infocentre."""

from django.urls import path

from sne.guichet.infocentre import (
    calculs,
    catalogue,
    detail,
    fichier,
    ouvert,
    publication,
    rpls,
    territoire,
    views,
)

urlpatterns = [
    path("infocentre/", views.accueil, name="infocentre"),
    path("infocentre/indicateurs/", catalogue.indicateurs, name="infocentre-indicateurs"),
    path("infocentre/indicateurs/<slug:code>/", catalogue.indicateur, name="infocentre-indicateur"),
    path("infocentre/indicateurs/<slug:code>/definir/", catalogue.definir, name="infocentre-definir"),
    path(
        "infocentre/indicateurs/<slug:code>/definitions/<uuid:indicateur_id>/",
        catalogue.repondre,
        name="infocentre-definition",
    ),
    path("donnees-ouvertes/", ouvert.publiques, name="donnees-ouvertes"),
    path("donnees-ouvertes/<int:annee>/<slug:quoi>/", ouvert.publique, name="donnees-ouvertes-publique"),
    path("infocentre/donnees-ouvertes/", ouvert.editions, name="donnees-ouvertes-editions"),
    path("infocentre/donnees-ouvertes/<uuid:edition_id>/", ouvert.edition, name="donnees-ouvertes-edition"),
    path(
        "infocentre/donnees-ouvertes/<uuid:edition_id>/publier/",
        ouvert.publier,
        name="donnees-ouvertes-publier",
    ),
    path(
        "infocentre/donnees-ouvertes/<uuid:edition_id>/<slug:quoi>/",
        ouvert.fichier,
        name="donnees-ouvertes-fichier",
    ),
    path("infocentre/rpls/", rpls.millesimes, name="rpls"),
    path("infocentre/rpls/<str:territoire>/<str:siren>/<int:annee>/", rpls.bailleur, name="rpls-bailleur"),
    path(
        "infocentre/rpls/<str:territoire>/<str:siren>/<int:annee>/baux/",
        rpls.baux,
        name="rpls-baux",
    ),
    path("infocentre/calculs/", calculs.calculs, name="infocentre-calculs"),
    path("infocentre/territoire/", territoire.territoire, name="infocentre-territoire"),
    path("infocentre/publication/", publication.publication, name="infocentre-publication"),
    path("infocentre/publication/<slug:code>/", publication.rapport, name="infocentre-publier"),
    path("infocentre/publication/<slug:code>/ecrire/", publication.ecrire, name="infocentre-ecrire"),
    path(
        "infocentre/publication/<slug:code>/decisions/<uuid:decision_id>/",
        publication.repondre,
        name="infocentre-decision",
    ),
    path("infocentre/<slug:code>/", views.rapport, name="infocentre-rapport"),
    path("infocentre/<slug:code>/<int:numero>/", views.rapport, name="infocentre-version"),
    path("infocentre/<slug:code>/<int:numero>/comparer/", views.comparaison, name="infocentre-comparer"),
    path(
        "infocentre/<slug:code>/<int:numero>/fichiers/<slug:format_>/",
        fichier.fichier,
        name="infocentre-fichier",
    ),
    path("infocentre/<slug:code>/<int:numero>/detail/", detail.detail, name="infocentre-detail"),
]
