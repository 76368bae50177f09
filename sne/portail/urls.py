"""Addresses of the public site. The last one is printed in QR codes: it never changes."""

from django.urls import include, path

from sne.portail.views import historique, opposition, porte, verification

urlpatterns = [
    path("", porte.porte, name="porte"),
    path("guichets/", porte.guichets, name="trouver-guichet"),
    path("verifier/", verification.saisir, name="verifier-attestation"),
    path("courriel/confirmee/", verification.courriel_confirme, name="courriel-confirme"),
    path("courriel/<str:jeton>/", verification.verifier_adresse, name="verifier-courriel"),
    path("pas-moi/rien/", opposition.rien_fait, name="opposition-rien"),
    path("pas-moi/retire/", opposition.opposition_retiree, name="opposition-retiree"),
    path("pas-moi/recu/<str:recu>/", opposition.opposition_recue, name="opposition-recue"),
    path("pas-moi/erreur/<str:jeton>/", opposition.retirer, name="retirer-opposition"),
    path("pas-moi/<str:jeton>/", opposition.opposer, name="s-opposer"),
    path("pas-moi/<str:jeton>/historique/", historique.lire, name="historique-du-lien"),
    path("pas-moi/<str:jeton>/historique/<uuid:entree>/", historique.contester, name="contester"),
    path("journal/", include("sne.portail.urls_jalons")),
    path("v/<str:reference>/", verification.verifier, name="verifier"),
]
