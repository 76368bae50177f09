"""Addresses of sign-in and of one's own account."""

from django.urls import path

from sne.habilitations import views

urlpatterns = [
    path("connexion/", views.connexion, name="connexion"),
    path("connexion/code/", views.connexion_code, name="connexion-code"),
    path("connexion/application/", views.connexion_application, name="connexion-application"),
    path("deconnexion/", views.deconnexion, name="deconnexion"),
    path("mon-compte/", views.mon_compte, name="mon-compte"),
    path("mon-compte/mot-de-passe/", views.changer_mot_de_passe, name="changer-mot-de-passe"),
    path("changer-guichet/", views.changer_guichet, name="changer-guichet"),
]
