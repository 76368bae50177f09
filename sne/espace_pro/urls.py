"""Addresses of the site; a page's own comes last, whatever it is."""

from django.urls import path

from sne.espace_pro import ecriture, lecture, reglages, relecture, signalements
from sne.espace_pro.espaces.urls import urlpatterns as des_espaces

R = "aide/redaction/"
urlpatterns = [
    *des_espaces,
    path("aide/", lecture.accueil, name="aide-accueil"),
    path("aide/chercher/", lecture.resultats, name="aide-chercher"),
    path("aide/proposer/", lecture.suggestions, name="aide-suggestions"),
    path("aide/glossaire/", lecture.glossaire, name="aide-glossaire"),
    path("aide/ecran/<slug:ecran>/", lecture.aide_de_ecran, name="aide-ecran"),
    path("aide/theme/<slug:theme>/", lecture.par_theme, name="aide-theme"),
    path("aide/avis/<slug:code>/<int:numero>/", lecture.avis, name="aide-avis"),
    path(R, ecriture.brouillons, name="aide-brouillons"),
    path(f"{R}nouvelle/", ecriture.nouvelle, name="aide-nouvelle"),
    path(f"{R}brouillon/<uuid:brouillon>/", ecriture.ecrire, name="aide-ecrire"),
    path(f"{R}brouillon/<uuid:brouillon>/supprimer/", ecriture.jeter_brouillon, name="aide-jeter"),
    path(f"{R}a-relire/", relecture.a_relire, name="aide-a-relire"),
    path(f"{R}pages/", relecture.suivies, name="aide-suivies"),
    path(f"{R}calendrier/", relecture.calendrier, name="aide-calendrier"),
    path(f"{R}signalements/", signalements.recus, name="aide-recus"),
    path(f"{R}signalements/<uuid:avis>/classer/", signalements.voir, name="aide-avis-vu"),
    path(f"{R}mes-signalements/", signalements.miens, name="aide-miens"),
    path(f"{R}mes-signalements/<uuid:avis>/", signalements.reponse, name="aide-reponse"),
    path(f"{R}recherche/", reglages.recherche, name="aide-reglages"),
    path(f"{R}recherche/oter/", reglages.oter_synonyme, name="aide-oter-synonyme"),
    path(f"{R}recherche/rien-a-faire/", reglages.rien_a_faire, name="aide-rien-a-faire"),
    path(f"{R}page/<slug:code>/", relecture.fiche, name="aide-fiche"),
    path(f"{R}page/<slug:code>/modifier/", ecriture.modifier, name="aide-modifier"),
    path(f"{R}page/<slug:code>/corriger/<uuid:avis>/", signalements.corriger, name="aide-corriger"),
    path(f"{R}page/<slug:code>/verifier/", relecture.verifier, name="aide-verifier"),
    path(f"{R}page/<slug:code>/retirer/", relecture.retirer, name="aide-retirer"),
    path(f"{R}page/<slug:code>/<int:numero>/", relecture.revision, name="aide-revision"),
    path("aide/<path:adresse>/", lecture.page, name="aide-page"),
    path("pgp/", lecture.ancienne, {"adresse": "pgp"}, name="aide-pgp"),
    path(
        "campagne-de-sensibilisation/",
        lecture.ancienne,
        {"adresse": "campagne-de-sensibilisation"},
        name="aide-campagne",
    ),
]
