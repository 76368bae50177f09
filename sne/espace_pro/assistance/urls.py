"""Addresses of the support desk; a ticket's own comes last."""

from django.urls import path

from sne.espace_pro.assistance import listes, niveau2, nouveau, ticket

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
    path(f"{A}incidents/", niveau2.incidents, name="assistance-incidents"),
    path(f"{A}incidents/<uuid:incident_id>/", niveau2.incident, name="assistance-incident"),
    path(f"{A}incidents/<uuid:incident_id>/finir/", niveau2.finir_incident, name="assistance-finir-incident"),
    path(f"{A}courriels/", niveau2.courriels, name="assistance-courriels"),
    path(f"{A}chiffres/", niveau2.chiffres, name="assistance-chiffres"),
    path(T, ticket.voir, name="assistance-ticket"),
    path(f"{T}repondre/", ticket.repondre, name="assistance-repondre"),
    path(f"{T}prendre/", ticket.prendre_ticket, name="assistance-prendre"),
    path(f"{T}passer/", ticket.passer_ticket, name="assistance-passer"),
    path(f"{T}partager/", ticket.partager_ticket, name="assistance-partager"),
    path(f"{T}ne-plus-partager/", ticket.departager_ticket, name="assistance-departager"),
    path(f"{T}resoudre/", ticket.resoudre_ticket, name="assistance-resoudre"),
    path(f"{T}relier/", niveau2.relier, name="assistance-relier"),
    path(f"{T}proposer/", niveau2.proposer_au_site, name="assistance-promouvoir"),
    path(f"{T}utile/", ticket.juger_ticket, name="assistance-utile"),
    path(f"{T}cacher/", listes.cacher, name="assistance-cacher"),
    path(f"{T}dossier/<slug:nud>/", ticket.dossier, name="assistance-dossier"),
]
