"""Addresses of subscriptions and editions."""

from django.urls import path

from sne.guichet.infocentre.abonnements import liens, views

urlpatterns = [
    path("infocentre/abonnements/", views.abonnements, name="abonnements"),
    path("infocentre/abonnements/nouveau/", views.nouveau, name="abonnement-nouveau"),
    path("infocentre/abonnements/<uuid:abonnement_id>/", views.abonnement, name="abonnement"),
    path("infocentre/abonnements/<uuid:abonnement_id>/changer/", views.changer, name="abonnement-changer"),
    path("infocentre/abonnements/<uuid:abonnement_id>/arreter/", views.arreter, name="abonnement-arreter"),
    path(
        "infocentre/abonnements/<uuid:abonnement_id>/reprendre/", views.reprendre, name="abonnement-reprendre"
    ),
    path("infocentre/abonnements/<uuid:abonnement_id>/version/", views.version, name="abonnement-version"),
    path("ne-plus-recevoir/<str:jeton>/", liens.ne_plus_recevoir, name="ne-plus-recevoir"),
    path("infocentre/envois/<uuid:envoi_id>/renvoyer/", views.renvoyer, name="envoi-renvoyer"),
    path("infocentre/editions/<uuid:edition_id>/", views.edition, name="edition"),
    path("infocentre/editions/<uuid:edition_id>/refaire/", views.refaire, name="edition-refaire"),
    path("infocentre/editions/<uuid:edition_id>/fichier/", views.fichier, name="edition-fichier"),
]
