"""Addresses of sign-in, of one's own account, of the rights of others."""

from django.urls import path

from sne.habilitations import views
from sne.habilitations.views import actes, droits, proconnect, revues, rythmes

urlpatterns = [
    path("connexion/", views.connexion, name="connexion"),
    path("connexion/code/", views.connexion_code, name="connexion-code"),
    path("connexion/application/", views.connexion_application, name="connexion-application"),
    path("connexion/proconnect/", proconnect.partir, name="proconnect-partir"),
    path("connexion/proconnect/retour/", proconnect.revenir, name="proconnect-retour"),
    path("deconnexion/", views.deconnexion, name="deconnexion"),
    path("deconnexion/proconnect/", proconnect.deconnecte, name="proconnect-deconnecte"),
    path("mon-compte/", views.mon_compte, name="mon-compte"),
    path("mon-compte/mot-de-passe/", views.changer_mot_de_passe, name="changer-mot-de-passe"),
    path("mon-compte/proconnect/", proconnect.relier, name="proconnect"),
    path("mon-compte/proconnect/delier/", proconnect.delier, name="proconnect-delier"),
    path("mon-compte/envois/", views.envois_gardes, name="envois-gardes"),
    path("mon-compte/session/", views.prolonger, name="prolonger-session"),
    path("mon-compte/sessions/fermer/", views.fermer_session, name="fermer-session"),
    path("changer-guichet/", views.changer_guichet, name="changer-guichet"),
    path("habilitations/", droits.habilitations, name="habilitations"),
    path("habilitations/inviter/", actes.inviter, name="habilitations-inviter"),
    path("habilitations/accorder/", actes.accorder, name="habilitations-accorder"),
    path("habilitations/personnes/<uuid:compte_id>/", droits.personne, name="habilitations-personne"),
    path("habilitations/personnes/<uuid:compte_id>/acces/", actes.redonner, name="habilitations-redonner"),
    path("habilitations/personnes/<uuid:compte_id>/depart/", actes.partir, name="habilitations-depart"),
    path("habilitations/personnes/<uuid:compte_id>/relier/", actes.relier, name="habilitations-relier"),
    path(
        "habilitations/personnes/<uuid:compte_id>/retirer/<uuid:habilitation_id>/",
        actes.retirer,
        name="habilitations-retirer",
    ),
    path("habilitations/lieux/<slug:territoire>/", droits.lieu, name="habilitations-territoire"),
    path("habilitations/lieux/<slug:territoire>/<slug:guichet>/", droits.lieu, name="habilitations-guichet"),
    path("habilitations/revues/ouvrir/", revues.ouvrir, name="revue-ouvrir"),
    path("habilitations/revues/rythme/<slug:territoire>/", rythmes.rythme, name="revue-rythme"),
    path(
        "habilitations/revues/rythme/<slug:territoire>/arreter/", rythmes.arreter, name="revue-rythme-arreter"
    ),
    path("habilitations/revues/nationale/", revues.ouvrir_nationale, name="revue-nationale"),
    path("habilitations/revues/<uuid:campagne_id>/", revues.revue, name="revue"),
]
