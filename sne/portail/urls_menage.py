"""Addresses of the households' portal, under the prefix of a language; French bears none."""

from django.urls import path

from sne.portail.views import code, connexion, espace, histoire, pages, porte, verification

urlpatterns = [
    path("", pages.accueil, name="porte"),
    path("connexion/", connexion.connexion, name="connexion"),
    path("connexion/franceconnect/", connexion.partir, name="partir"),
    path("connexion/retour/", connexion.retour_de_connexion, name="retour-de-connexion"),
    path("connexion/code/", code.demander, name="code-demander"),
    path("connexion/code/saisir/", code.saisir, name="code-saisir"),
    path("connexion/code/encore/", code.renvoyer, name="code-renvoyer"),
    path("deconnexion/", connexion.deconnexion, name="deconnexion"),
    path("deconnexion/retour/", connexion.retour_de_deconnexion, name="retour-de-deconnexion"),
    path("ma-demande/", espace.espace, name="espace"),
    path("ma-demande/signalement/", histoire.signalement_recu, name="signalement-recu"),
    path("ma-demande/<slug:nud>/historique/", histoire.historique, name="historique"),
    path("ma-demande/<slug:nud>/historique/<uuid:entree>/", histoire.contester, name="contester-en-ligne"),
    path("ma-demande/<slug:nud>/historique/copie/", histoire.copier, name="copier-historique"),
    path("ma-demande/<slug:nud>/codes/", histoire.choisir_le_code, name="choisir-le-code"),
    path("comment-ca-marche/", pages.comment, name="comment"),
    path("vos-droits/", pages.droits, name="droits"),
    path("vos-donnees/", pages.donnees, name="donnees"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("guichets/", porte.guichets, name="trouver-guichet"),
    path("verifier/", verification.saisir, name="verifier-attestation"),
    path("v/<str:reference>/", verification.verifier, name="verifier"),
]
