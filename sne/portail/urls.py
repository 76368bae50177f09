"""Addresses of the public site: what the link of a message opens, in French or under the prefix of a language; the
last one is printed in QR codes: it never changes.
"""

from django.urls import include, path, register_converter

from sne.portail.views import historique, opposition, porte, verification
from sne.socle.langues import ConvertisseurDeLangue

register_converter(ConvertisseurDeLangue, "langue")

DES_LIENS = [
    path("courriel/confirmee/", verification.courriel_confirme, name="courriel-confirme"),
    path("courriel/<str:jeton>/", verification.verifier_adresse, name="verifier-courriel"),
    path("pas-moi/rien/", opposition.rien_fait, name="opposition-rien"),
    path("pas-moi/retire/", opposition.opposition_retiree, name="opposition-retiree"),
    path("pas-moi/recu/<str:recu>/", opposition.opposition_recue, name="opposition-recue"),
    path("pas-moi/erreur/<str:jeton>/", opposition.retirer, name="retirer-opposition"),
    path("pas-moi/<str:jeton>/", opposition.opposer, name="s-opposer"),
    path("pas-moi/<str:jeton>/historique/", historique.lire, name="historique-du-lien"),
    path("pas-moi/<str:jeton>/historique/<uuid:entree>/", historique.contester, name="contester"),
]
urlpatterns = [
    path("", porte.porte, name="porte"),
    path("guichets/", porte.guichets, name="trouver-guichet"),
    path("verifier/", verification.saisir, name="verifier-attestation"),
    path("", include(DES_LIENS)),
    path("<langue:langue>/", include(DES_LIENS)),
    path("journal/", include("sne.portail.urls_jalons")),
    path("v/<str:reference>/", verification.verifier, name="verifier"),
]
