"""Addresses of the documents of a demande."""

from django.urls import path

from sne.guichet.pieces.views import (
    ajouter,
    demander,
    expliquer,
    liste,
    ouvrir,
    qualifier,
    ranger,
    remplacer,
    televerser,
    voir,
    vue,
)

urlpatterns = [
    path("demandes/<slug:nud>/pieces/", liste.pieces, name="pieces"),
    path("demandes/<slug:nud>/pieces/type/", ajouter.choisir, name="piece-type"),
    path("demandes/<slug:nud>/pieces/ajouter/", ajouter.ajouter, name="piece-ajouter"),
    path("demandes/<slug:nud>/pieces/demander/", demander.demander, name="pieces-demander"),
    path("demandes/<slug:nud>/pieces/vue/", vue.noter, name="piece-vue"),
    path(
        "demandes/<slug:nud>/pieces/<uuid:piece_id>/remplacer/", remplacer.remplacer, name="piece-remplacer"
    ),
    path(
        "demandes/<slug:nud>/pieces/<uuid:piece_id>/qualifier/", qualifier.qualifier, name="piece-qualifier"
    ),
    path(
        "demandes/<slug:nud>/pieces/<uuid:piece_id>/expliquer/", expliquer.expliquer, name="piece-expliquer"
    ),
    path("demandes/<slug:nud>/televersements/", televerser.televerser, name="televerser"),
    path("televersements/<uuid:cle>/", televerser.poursuivre, name="televersement"),
    path("televersements/<uuid:cle>/conclure/", televerser.conclure, name="televersement-conclure"),
    path("pieces/<uuid:piece_id>/voir/", voir.voir, name="piece-voir"),
    path("pieces/<uuid:piece_id>/pages/", ranger.ranger_pages, name="piece-ranger"),
    path("pieces/<uuid:piece_id>/pages/<int:rang>/", voir.page, name="piece-page"),
    path("pieces/<uuid:piece_id>/planches/<int:premiere>/<int:combien>/", voir.planche, name="piece-planche"),
    path("pieces/<uuid:piece_id>/", ouvrir.ouvrir_piece, name="piece-ouvrir"),
]
