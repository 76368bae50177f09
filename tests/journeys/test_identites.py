"""A change of birth name, typed, questioned, read with its document, validated; a letter put right, then read again."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from playwright.sync_api import expect

from sne.habilitations.models import Compte
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.identite.actions.rappeler import rappeler_identites
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from sne.suivi.rules.activite import premier_du_mois
from tests.habilitations.factories import acteur, creer_agent, creer_gestionnaire
from tests.journeys.poste import Poste
from tests.journeys.test_pieces import avis
from tests.registre import factories as f
from tests.registre.identite.test_observer_identite import regarder
from tests.registre.pieces import pieces as p
from tests.suivi.activites import noter, territoire_ordinaire
from tests.suivi.factories import activite, remarquable

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
DEUX_RAPPELS = (6, 14)
"""Days after which two working days, then five, have surely passed."""


def test_du_guichet_au_dossier(asseoir: Callable[..., Poste], tmp_path: Path) -> None:
    recu = f.deposer(le=maintenant() - timedelta(days=300))
    agent, gestion, guichet = asseoir(), asseoir(), creer_agent()
    agent.se_connecter(guichet)
    agent.aller(f"/demandes/{recu.nud}/modifier/personne/")
    agent.examiner("modifier-personne")
    agent.remplir(nom_naissance="Morel", motif="Changement de nom, acte de naissance mis à jour")
    agent.barre("Enregistrer")
    expect(agent.page.locator("main")).to_contain_text("en attente de décision")
    expect(agent.page.locator("body")).to_contain_text("Dubreuil Élodie")
    ligne = Identite.objects.get(voie="CONTROLE")
    gestion.se_connecter(faire_attendre(ligne, avis(tmp_path, 1)))
    gestion.page.get_by_role("link", name="Décisions (1)").first.click()
    gestion.titre("Changements d’identité à décider")
    gestion.examiner("identites")
    gestion.page.get_by_role("link", name="Dubreuil Élodie").click()
    gestion.titre("Nom de naissance")
    expect(gestion.page.get_by_text("à qui peut décider")).to_have_count(2)
    expect(gestion.page.get_by_role("img", name="Page 1 de 1")).to_be_visible()
    expect(gestion.page.locator("main")).to_contain_text("Demandé\u00a0: Morel")
    expect(gestion.page.locator("main")).to_contain_text("Toutes les pièces sont ouvertes")
    gestion.examiner("identite")
    gestion.page.get_by_role("button", name="Enregistrer la décision").click()
    gestion.titre("champ à corriger")
    gestion.examiner("identite-erreur")
    gestion.cocher("Demander une précision au guichet")
    gestion.remplir(precision="Pouvez-vous préciser la date de la décision ?")
    gestion.page.get_by_role("button", name="Envoyer la question").click()
    expect(gestion.page.locator("main")).to_contain_text("Question envoyée")
    agent.aller("/listes/reponses/")
    agent.examiner("reponses-question")
    agent.aller(f"/changements/{ligne.id}/")
    agent.titre("Nom de naissance")
    agent.examiner("changement-suivi")
    agent.remplir(texte="Le 3 mai 2026")
    agent.page.get_by_role("button", name="Envoyer la réponse").click()
    expect(agent.page.locator("main")).to_contain_text("Réponse envoyée")
    gestion.aller(f"/decisions/identites/{ligne.id}/")
    expect(gestion.page.locator("main")).to_contain_text("Le 3 mai 2026")
    gestion.page.get_by_role("button", name="Valider le changement").first.click()
    expect(gestion.page.locator("main")).to_contain_text("Changement validé")
    gestion.examiner("identites-vide")
    agent.aller(f"/demandes/{recu.nud}/")
    expect(agent.page.locator("body")).to_contain_text("Morel Élodie")
    expect(agent.page.locator("main")).not_to_contain_text("attend une décision")
    gestion.aller(f"/decisions/identites/{ligne.id}/")
    gestion.examiner("identite-decidee")
    apres_coup(agent, gestion, guichet, recu.nud)


def faire_attendre(ligne: Identite, octets: bytes) -> Compte:
    """Its document is handed in, and a manager reminded twice, as days would."""
    p.joindre_pdf(ligne.demande_id, octets=octets)
    gestionnaire = creer_gestionnaire()
    for jours in DEUX_RAPPELS:
        instant = ligne.survenu_le + timedelta(days=jours)
        rappeler_identites("099", acte=Acte(horloge_du_registre("099"), instant))
    return gestionnaire


def permettre_un_contact(agent: Poste, gestion: Poste, nud: str) -> None:
    """The identity has just changed: the manager allows the contact to, once, and somebody else types it."""
    gestion.aller(f"/demandes/{nud}/contacts/permettre/")
    gestion.titre("Permettre un changement de contact")
    gestion.examiner("contact-permettre")
    gestion.barre("Permettre ce changement")
    expect(gestion.page).to_have_title(re.compile("^Erreur"))
    gestion.examiner("contact-permettre-erreur")
    gestion.cocher("n’a plus accès", dans="main")
    gestion.remplir(precision="Titre d’identité vu au guichet")
    gestion.barre("Permettre ce changement")
    expect(gestion.page.locator("main")).to_contain_text("Changement de contact permis")
    gestion.aller(f"/demandes/{nud}/contacts/permettre/")
    gestion.examiner("contact-permis")
    agent.aller(f"/demandes/{nud}/modifier/coordonnees/")
    agent.remplir(courriel="elodie.morel@exemple.fr", motif="Nouvelle adresse")
    agent.barre("Enregistrer")
    expect(agent.page.locator("main")).to_contain_text("Changement appliqué")


def suivre_les_guichets(gestion: Poste) -> None:
    """The recap of the counters, in a month where one stands out."""
    remarquable(mois=premier_du_mois(aujourd_hui()))
    activite(
        "G0991",
        premier_du_mois(aujourd_hui()),
        traitees=2_000,
        naissance_mineure=3,
        agents=1,
        part_premier_agent=1,
    )
    gestion.aller("/suivi/recapitulatif/")
    gestion.titre("Récapitulatif des guichets")
    gestion.page.get_by_text("Ce que compte chaque colonne").click()
    gestion.examiner("recapitulatif")
    gestion.aller("/sensibilisation/guichets/")
    gestion.titre("Sensibilisation des guichets")
    gestion.examiner("sensibilisation-guichets")
    gestion.page.go_back()
    gestion.page.get_by_role("link", name="Pour 1 000").click()
    expect(gestion.page.locator("th[aria-sort=descending]")).to_have_text("Pour 1 000")
    gestion.page.get_by_role("link", name="Alerter CCAS d’Aurette-la-Ville").click()
    gestion.titre("Alerter un guichet")
    gestion.page.get_by_role("button", name="Envoyer la question").click()
    gestion.titre("champ à corriger")
    gestion.examiner("alerte-nouvelle")
    gestion.remplir(texte="Cinq noms changés pour cent dossiers. Pouvez-vous dire pourquoi ?")
    gestion.page.get_by_role("button", name="Envoyer la question").click()
    expect(gestion.page.locator("main")).to_contain_text("Alerte envoyée")
    gestion.examiner("alerte")
    gestion.page.get_by_role("link", name="Alertes", exact=True).click()
    gestion.examiner("alertes")
    gestion.page.get_by_role("link", name="Envoi mensuel").click()
    gestion.choisir(jour="2", format="xlsx")
    gestion.page.get_by_role("button", name="Programmer l’envoi").click()
    expect(gestion.page.locator("main")).to_contain_text("2 de chaque mois")
    gestion.examiner("envoi")


def apres_coup(agent: Poste, gestion: Poste, guichet: Compte, nud: str) -> None:
    """What is looked at once it is done."""
    permettre_un_contact(agent, gestion, nud)
    corriger_puis_relire(agent, gestion)
    expliquer_son_acte(agent, guichet)
    suivre_les_guichets(gestion)
    suivre_les_changements(gestion)


def corriger_puis_relire(agent: Poste, gestion: Poste) -> None:
    """A letter put right passes at once; drawn, it is read again by a manager who is not told so."""
    nud = f.deposer(
        f.contenu(demandeur=f.personne("Rousseau", "Anaïs")), le=maintenant() - timedelta(days=300)
    ).nud
    agent.aller(f"/demandes/{nud}/modifier/personne/")
    agent.remplir(nom_naissance="Rousseaux", motif="Faute de frappe")
    with mock.patch("sne.registre.controle.actions.est_tiree", return_value=True):
        agent.barre("Enregistrer")
        agent.titre("Rousseaux Anaïs")
    expect(agent.page.locator("main")).not_to_contain_text("attend une décision")
    gestion.aller("/decisions/identites/")
    gestion.page.get_by_role("link", name="Relectures (1)").click()
    gestion.examiner("relectures")
    gestion.page.locator("main tbody").get_by_role("link").click()
    gestion.titre("Nom de naissance")
    gestion.page.get_by_role("button", name="Enregistrer la lecture").click()
    expect(gestion.page).to_have_title(re.compile("^Erreur"))
    gestion.examiner("relecture-erreur")
    gestion.cocher("Ce changement se justifie", dans="main")
    gestion.page.get_by_role("button", name="Enregistrer la lecture").click()
    expect(gestion.page.locator("main")).to_contain_text("rejoint la première décision")
    gestion.examiner("relectures-vide")


def expliquer_son_acte(agent: Poste, compte: Compte) -> None:
    """An act that a score ranks among those to look at, seen and explained by whoever did it."""
    regarder(acteur(compte), le=maintenant() - timedelta(hours=1), doublons_ecartes="Une autre personne")
    agent.aller("/accueil/")
    agent.page.get_by_role("link", name=re.compile("regardés?")).first.click()
    agent.titre("Vos changements regardés")
    agent.page.get_by_role("button", name="Donner cette explication").first.click()
    expect(agent.page).to_have_title(re.compile("^Erreur"))
    agent.examiner("regardes-erreur")
    agent.page.get_by_label("Votre explication").first.fill(
        "La personne s’est présentée avec son acte de mariage."
    )
    agent.page.get_by_role("button", name="Donner cette explication").first.click()
    expect(agent.page.locator("main")).to_contain_text("Explication enregistrée")
    agent.examiner("regardes")


def suivre_les_changements(gestion: Poste) -> None:
    """From the funnel of the territory down to the acts of one person, and a file closed with its reason."""
    mois = premier_du_mois(aujourd_hui())
    territoire_ordinaire(sauf=("G0991", "G0993", "G1027", "G1028"), mois=mois)
    noter("G1027", 20, 0, mois=mois)
    noter("G1028", 900, 18, mois=mois)
    gestion.menu("Chiffres", "Suivi")
    gestion.titre("Suivi des changements d’identité")
    gestion.examiner("suivi")
    gestion.page.get_by_role("link", name="CCAS d’Aurette-la-Ville", exact=True).first.click()
    gestion.titre("CCAS d’Aurette-la-Ville")
    gestion.examiner("suivi-guichet")
    gestion.page.get_by_role("link", name="Camille Rousset").first.click()
    gestion.titre("Camille Rousset")
    gestion.examiner("suivi-agent")
    gestion.aller("/suivi/")
    gestion.page.locator("#regarder ~ *, section").get_by_role("link", name="Dubreuil Élodie").last.click()
    gestion.titre("Dossier à regarder")
    gestion.page.get_by_role("button", name="Classer").click()
    gestion.titre("champ à corriger")
    gestion.examiner("suivi-dossier")
    gestion.cocher("Transfert après une séparation")
    gestion.page.get_by_role("button", name="Classer").click()
    gestion.titre("Suivi des changements d’identité")
    expect(gestion.page.locator("main")).to_contain_text("Aucun dossier à regarder")
    gestion.page.get_by_role("link", name="Cas classés").click()
    gestion.titre("Cas classés")
    gestion.examiner("suivi-classes")
    gestion.menu("Administration", "Journal")
    gestion.titre("Journal")
    chercher = gestion.page.locator("main").get_by_role("button", name="Chercher")
    gestion.remplir(agent="rousset")
    chercher.click()
    gestion.titre("Journal")
    gestion.examiner("journal-agent")
    gestion.cocher("Rousset Camille")
    chercher.click()
    gestion.titre("Journal")
    gestion.examiner("journal")
    gestion.aller("/habilitations/revues/ouvrir/")
    gestion.page.locator("#t-regulieres ~ ul a").click()
    gestion.page.get_by_role("button", name="Régler les revues régulières").click()
    expect(gestion.page.locator("main")).to_contain_text("s’ouvre d’elle-même tous les 3\u00a0mois")
    gestion.examiner("revue-rythme")
