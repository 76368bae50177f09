"""Addresses of the shared spaces."""

from django.urls import path

from sne.espace_pro.espaces import (
    annonces,
    essais,
    fichiers,
    lieux,
    parties,
    questionnaires,
    rencontres,
    sujets,
)

E = "espaces/"
UN = f"{E}espace/<slug:code>/"
SUJET = f"{E}sujet/<uuid:sujet_id>/"
DIT = f"{E}contribution/<uuid:contribution_id>/"
ANNONCE = f"{E}annonces/<uuid:annonce_id>/"
FICHIER = f"{E}fichier/<uuid:fichier_id>/"
VERSION = f"{E}version/<uuid:version_id>/"
RENCONTRE = f"{E}rencontre/<uuid:rencontre_id>/"
DEMANDE = f"{E}questionnaires/<slug:code>/"
ESSAI = f"{E}essai/<slug:code>/"
PARTIE = f"{E}parties/<slug:code>/"
urlpatterns = [
    path(E, lieux.espaces, name="espaces"),
    path(f"{E}nouvel/", lieux.nouvel, name="espace-nouvel"),
    path(f"{E}recevoir/", lieux.veille, name="espaces-veille"),
    path(UN, lieux.espace, name="espace"),
    path(f"{UN}equipes/", lieux.equipes, name="espace-equipes"),
    path(f"{UN}equipes/changer/", lieux.acces, name="espace-acces"),
    path(f"{UN}fermer/", lieux.fermer, name="espace-fermer"),
    path(f"{UN}recevoir/", lieux.veille, name="espace-veille"),
    path(f"{UN}demander/", sujets.nouveau, name="sujet-nouveau"),
    path(SUJET, sujets.sujet, name="sujet"),
    path(f"{SUJET}clore/", sujets.clore, name="sujet-clore"),
    path(f"{SUJET}deplacer/", sujets.deplacer, name="sujet-deplacer"),
    path(f"{SUJET}proposer/", sujets.proposer, name="sujet-proposer"),
    path(f"{DIT}accepter/", sujets.accepter, name="contribution-accepter"),
    path(f"{DIT}modifier/", sujets.modifier, name="contribution-modifier"),
    path(f"{DIT}retirer/", sujets.retirer, name="contribution-retirer"),
    path(f"{DIT}signaler/", sujets.signaler, name="contribution-signaler"),
    path(f"{UN}fichiers/", fichiers.fichiers, name="espace-fichiers"),
    path(f"{UN}fichiers/deposer/", fichiers.deposer, name="fichier-deposer"),
    path(f"{UN}fichiers/lier/", fichiers.lier, name="lien-ajouter"),
    path(f"{E}lien/<uuid:lien_id>/figer/", fichiers.figer, name="lien-figer"),
    path(FICHIER, fichiers.fichier, name="fichier"),
    path(f"{FICHIER}remplacer/", fichiers.remplacer, name="fichier-remplacer"),
    path(f"{FICHIER}proposer/", fichiers.proposer, name="fichier-proposer"),
    path(VERSION, fichiers.version, name="version"),
    path(f"{VERSION}remarquer/", fichiers.remarquer, name="version-remarquer"),
    path(f"{VERSION}relue/", fichiers.relue, name="version-relue"),
    path(f"{E}annonces/", annonces.annonces, name="annonces"),
    path(f"{E}annonces/nouvelle/", annonces.nouvelle, name="annonce-nouvelle"),
    path(ANNONCE, annonces.annonce, name="annonce"),
    path(f"{ANNONCE}lue/", annonces.lue, name="annonce-lue"),
    path(f"{ANNONCE}relayer/", annonces.relais, name="annonce-relayer"),
    path(f"{ANNONCE}couverture/", annonces.couverture, name="annonce-couverture"),
    path(f"{E}calendrier/", rencontres.calendrier, name="calendrier"),
    path(f"{E}calendrier/inscrire/", rencontres.convoquer, name="rencontre-nouvelle"),
    path(f"{E}calendrier/abonnement/", rencontres.abonnement, name="calendrier-abonnement"),
    path(f"{E}calendrier/<slug:secret>.ics", rencontres.flux, name="calendrier-flux"),
    path(RENCONTRE, rencontres.rencontre, name="rencontre"),
    path(f"{RENCONTRE}changer/", rencontres.changer, name="rencontre-changer"),
    path(f"{RENCONTRE}annuler/", rencontres.annuler, name="rencontre-annuler"),
    path(f"{RENCONTRE}suites/", rencontres.suites, name="rencontre-suites"),
    path(f"{RENCONTRE}venir/", rencontres.venir, name="rencontre-venir"),
    path(f"{E}questionnaires/", questionnaires.questionnaires, name="questionnaires"),
    path(DEMANDE, questionnaires.remplir, name="questionnaire"),
    path(f"{DEMANDE}ouvrir/", questionnaires.ouvrir, name="questionnaire-ouvrir"),
    path(f"{DEMANDE}resultats/", questionnaires.resultats, name="questionnaire-resultats"),
    path(f"{DEMANDE}participation/", questionnaires.taux, name="questionnaire-taux"),
    path(f"{DEMANDE}relayer/", questionnaires.relais, name="questionnaire-relayer"),
    path(f"{DEMANDE}clore/", questionnaires.clore, name="questionnaire-clore"),
    path(f"{DEMANDE}exporter/", questionnaires.exporter, name="questionnaire-exporter"),
    path(f"{E}essais/", essais.essais, name="essais"),
    path(f"{E}essais/nouvel/", essais.nouvel, name="essai-nouvel"),
    path(f"{E}parties/", parties.parties, name="parties"),
    path(PARTIE, parties.regler, name="partie"),
    path(f"{PARTIE}eteindre/", parties.eteindre_partie, name="partie-eteindre"),
    path(ESSAI, essais.essai, name="essai"),
    path(f"{ESSAI}clore/", essais.clore, name="essai-clore"),
    path(f"{ESSAI}phase/<uuid:phase_id>/", essais.mesurer, name="mesure-fixer"),
    path(f"{ESSAI}mesure/<uuid:mesure_id>/", essais.relever, name="mesure-relever"),
    path(f"{E}candidature/<uuid:candidature_id>/", essais.decider, name="candidature"),
    path(f"{E}candidature/<uuid:candidature_id>/retirer/", essais.retirer, name="candidature-retirer"),
]
