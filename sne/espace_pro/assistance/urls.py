"""Addresses of the support desk; a ticket's own comes last."""

from django.urls import path

from sne.espace_pro.assistance import listes, nouveau, ticket

A = "assistance/"
T = f"{A}<str:numero>/"
urlpatterns = [
    path(A, listes.accueil, name="assistance"),
    path(f"{A}vue/<slug:vue>/", listes.liste, name="assistance-vue"),
    path(f"{A}vues/nommer/", listes.nommer, name="assistance-nommer"),
    path(f"{A}vues/oublier/", listes.oublier, name="assistance-oublier"),
    path(f"{A}nouvelle/", nouveau.nouvelle, name="assistance-nouvelle"),
    path(f"{A}proposer/", nouveau.propositions, name="assistance-proposer"),
    path(f"{A}equipes/", nouveau.equipes, name="assistance-equipes"),
    path(f"{A}piece/<uuid:piece_id>/", ticket.piece, name="assistance-piece"),
    path(T, ticket.voir, name="assistance-ticket"),
    path(f"{T}repondre/", ticket.repondre, name="assistance-repondre"),
    path(f"{T}prendre/", ticket.prendre_ticket, name="assistance-prendre"),
    path(f"{T}passer/", ticket.passer_ticket, name="assistance-passer"),
    path(f"{T}partager/", ticket.partager_ticket, name="assistance-partager"),
    path(f"{T}ne-plus-partager/", ticket.departager_ticket, name="assistance-departager"),
    path(f"{T}resoudre/", ticket.resoudre_ticket, name="assistance-resoudre"),
    path(f"{T}utile/", ticket.juger_ticket, name="assistance-utile"),
    path(f"{T}cacher/", listes.cacher, name="assistance-cacher"),
    path(f"{T}dossier/<slug:nud>/", ticket.dossier, name="assistance-dossier"),
]
