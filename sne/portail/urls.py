"""Addresses of the public site. The last one is printed in QR codes: it never changes."""

from django.urls import path

from sne.portail import views

urlpatterns = [
    path("verifier/", views.saisir, name="verifier-attestation"),
    path("courriel/confirmee/", views.courriel_confirme, name="courriel-confirme"),
    path("courriel/<str:jeton>/", views.verifier_adresse, name="verifier-courriel"),
    path("pas-moi/rien/", views.rien_fait, name="opposition-rien"),
    path("pas-moi/retire/", views.opposition_retiree, name="opposition-retiree"),
    path("pas-moi/recu/<str:recu>/", views.opposition_recue, name="opposition-recue"),
    path("pas-moi/erreur/<str:jeton>/", views.retirer, name="retirer-opposition"),
    path("pas-moi/<str:jeton>/", views.opposer, name="s-opposer"),
    path("v/<str:reference>/", views.verifier, name="verifier"),
]
