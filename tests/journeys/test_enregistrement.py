"""From the sign-in to the attestation: two adults, three children, eight Corsican communes.

Once with every screen examined, once without JavaScript, once by the keyboard alone.
"""

import re
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import expect

from sne.habilitations.models import Compte
from tests.habilitations.factories import creer_agent
from tests.journeys.clavier import Clavier
from tests.journeys.poste import HUIT_COMMUNES, Poste

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]
ENFANTS = (
    ("Lina", "12032016", "Féminin"),
    ("Adam", "28/08/2018", "Masculin"),
    ("Mila", "13.02.2020", "Féminin"),
)


@pytest.fixture
def corse() -> Compte:
    """An agent of a fictional guichet of Corse-du-Sud."""
    return creer_agent("02A", "GD2A1")


def rien(nom: str) -> None:
    """Where a journey does not examine the screens."""


def chercher_d_abord(poste: Poste, regarder: Callable[[str], None] = rien) -> None:
    poste.page.get_by_role("link", name="Enregistrer une demande").first.click()
    poste.titre("La personne")
    regarder("personne")
    poste.continuer()
    poste.titre("9\u00a0champs à corriger")
    regarder("personne-erreurs")


def dire_la_personne(poste: Poste, regarder: Callable[[str], None] = rien) -> None:
    poste.remplir(nom_naissance="Leca", prenoms="Léa, Marie", date_naissance="02031987")
    poste.cocher("Madame")
    poste.cocher("Française")
    poste.choisir(situation_familiale="M")
    poste.remplir(nir="2 87 03 2A 004 015")
    poste.remplir(numero="12 bis", voie="cours Napoléon", code_postal="20000", commune="ajaccio")
    poste.remplir(telephone_portable="06 12 34 56 78", courriel="lea@exemple.fr")
    poste.cocher("Oui", dans="#id_notification_sms")
    regarder("personne-remplie")
    poste.continuer()
    poste.titre("Le foyer, le travail et les ressources")


def dire_le_foyer(poste: Poste, regarder: Callable[[str], None] = rien) -> None:
    regarder("foyer-vide")
    poste.page.get_by_role("button", name="Ajouter un adulte").click()
    expect(poste.page.locator("#id_cotitulaires-1-lien_demandeur")).to_be_focused()
    expect(poste.page.locator("#id_cotitulaires-1-lien_demandeur")).to_have_value("M")
    poste.cocher("Monsieur", dans="#cotitulaires-1")
    poste.cocher("Française", dans="#cotitulaires-1")
    poste.remplir(cotitulaires__1__nom_naissance="Rossi", cotitulaires__1__prenoms="Paul")
    poste.remplir(cotitulaires__1__date_naissance="30061985")
    for rang, (prenom, naissance, sexe) in enumerate(ENFANTS, start=1):
        poste.page.get_by_role("button", name="Ajouter un enfant", exact=True).click()
        premier = poste.page.locator(f"#id_enfants-{rang}-nom")
        expect(premier).to_be_focused()
        expect(premier).to_have_value("Rossi")
        poste.page.locator(f"#id_enfants-{rang}-prenoms").fill(prenom)
        poste.page.locator(f"#id_enfants-{rang}-date_naissance").fill(
            "31/02/2020" if rang == 3 else naissance
        )
        poste.cocher(sexe, dans=f"#enfants-{rang}")
    poste.continuer()
    erreur = poste.page.get_by_role("link", name="Enfant 3, naissance")
    expect(erreur).to_have_text(
        "Enfant 3, naissance\u00a0: le 31/02/2020 n’existe pas. Vérifiez le jour et le mois."
    )
    expect(poste.page.locator("#erreurs")).to_be_focused()
    regarder("foyer-erreur")
    erreur.click()
    poste.page.locator("#id_enfants-3-date_naissance").fill(ENFANTS[2][1])


def dire_le_travail(poste: Poste, regarder: Callable[[str], None] = rien) -> None:
    poste.choisir(demandeur__statut="CDI", cotitulaires__1__statut="CHO")
    poste.remplir(demandeur__profession="Vendeuse", demandeur__employeur="Les Halles d’Aurette")
    expect(poste.page.locator("#id_cotitulaires-1-employeur")).to_be_hidden()
    poste.page.locator("#demandeur summary").click()
    poste.remplir(demandeur__commune="Bonifacio", demandeur__employeur_siret="123")
    poste.continuer()
    erreur = poste.page.get_by_role("link", name="Leca Léa, SIRET de l’employeur")
    expect(erreur).to_be_visible()
    regarder("situation-erreur")
    poste.remplir(demandeur__employeur_siret="")


def dire_les_ressources(poste: Poste, regarder: Callable[[str], None] = rien) -> None:
    poste.taper("demandeur-n_moins_2__montant", "16 240")
    poste.taper("cotitulaires-1-n_moins_2__montant", "0")
    poste.choisir(demandeur__recues__1__nature="SAL", demandeur__recues__2__nature="AF")
    poste.remplir(demandeur__recues__1__montant_mensuel="1 448,20")
    poste.choisir(cotitulaires__1__recues__1__nature="CHO")
    poste.page.locator("#cotitulaires-1").get_by_role("button", name="Ajouter une ressource").click()
    expect(poste.page.locator("#id_cotitulaires-1-recues-3-nature")).to_be_focused()
    poste.remplir(cotitulaires__1__recues__3__montant_mensuel="120")
    poste.continuer()
    erreur = poste.page.get_by_role("link", name="Rossi Paul, ressource 3, nature")
    expect(erreur).to_be_visible()
    regarder("ressources-erreur")
    poste.choisir(cotitulaires__1__recues__3__nature="RSA")
    poste.continuer()
    poste.titre("Logement actuel et motifs")


def dire_le_logement(poste: Poste, regarder: Callable[[str], None] = rien) -> None:
    expect(poste.page.locator("#id_bailleur_social__nom")).to_be_hidden()
    regarder("logement-vide")
    poste.choisir(statut="HLM", type="T2")
    poste.remplir(date_entree="01092019", nombre_habitants="5", surface="45,5", loyer_mensuel="420")
    poste.cocher("Oui", dans="#id_possede")
    expect(poste.page.locator("#id_autre_motif")).to_be_hidden()
    poste.choisir(motif_1="13", motif_2="23")
    poste.continuer()
    poste.titre("4\u00a0champs à corriger")
    regarder("logement-erreurs")
    poste.taper("bailleur_social__nom", "Corse Habitat")
    poste.cocher("Non", dans="#id_possede")
    poste.choisir(motif_2="19")
    poste.continuer()
    poste.titre("Souhaits, pièces et handicap")


def dire_les_souhaits(poste: Poste, regarder: Callable[[str], None] = rien) -> None:
    regarder("souhaits")
    poste.cocher("T4")
    poste.cocher("T5")
    poste.page.locator("#id_commune_1").fill("Bastia")
    poste.continuer()
    poste.titre("2\u00a0champs à corriger")
    regarder("souhaits-erreurs")
    for rang, commune in enumerate(HUIT_COMMUNES, start=1):
        poste.page.locator(f"#id_commune_{rang}").fill(commune)
    poste.cocher("Non", dans="#id_accepte_autres_communes")
    poste.cocher("Rossi Lina", dans="#id_concernes")
    poste.continuer()
    poste.titre("Fiches handicap")
    poste.cocher("Membre(s) inférieur(s)")
    poste.cocher("Douche sans seuil")
    poste.page.get_by_text("Autre besoin, médecin ou service référent").click()
    regarder("handicap")
    poste.continuer()
    poste.titre("Vérifier avec la personne")


def verifier(poste: Poste, regarder: Callable[[str], None] = rien) -> str:
    for attendu in (
        "Rossi Paul",
        "Rossi Mila",
        "8.\u00a0Propriano",
        "2 87 03 •• ••• ••• ••",
        "Ces communes seulement",
        "Les Halles d’Aurette",
        "1\u00a0448,20\u00a0€ par mois",
        "0\u00a0€",
        "Corse Habitat",
        "Logement trop petit",
    ):
        expect(poste.page.locator("main")).to_contain_text(attendu)
    regarder("verifier")
    poste.barre("Enregistrer et obtenir le numéro")
    poste.titre("2\u00a0champs à corriger")
    regarder("verifier-erreurs")
    poste.choisir(piece_type="CNI")
    poste.cocher("La demande se dépose dans le guichet de son choix")
    poste.cocher("La personne a relu")
    poste.barre("Enregistrer et obtenir le numéro")
    poste.titre("Demande enregistrée")
    regarder("enregistree")
    return poste.page.locator(".reg-numero--grand").inner_text().replace("\u00a0", "")


def ouvrir_l_attestation(poste: Poste, numero: str) -> str:
    """Issue it by the button, read the file, follow its address; returns the reference."""
    pdf = re.compile(r"/attestations/[0-9A-Z]{12}/$")
    with poste.page.context.expect_event(
        "response", lambda reponse: bool(pdf.search(reponse.url))
    ) as attendue:
        poste.page.get_by_role("button", name="Ouvrir l’attestation").click()
    reponse = attendue.value
    assert reponse.headers["content-type"] == "application/pdf"
    fichier = poste.page.request.get(reponse.url).body()
    texte = pypdfium2.PdfDocument(fichier)[0].get_textpage().get_text_bounded()
    assert numero in re.sub(r"\s", "", texte)
    assert "Leca" in texte
    return str(reponse.url.rstrip("/").rsplit("/", 1)[1])


def tout(poste: Poste, regarder: Callable[[str], None] = rien) -> str:
    """Every step of the entry, from the home page to the number."""
    chercher_d_abord(poste, regarder)
    dire_la_personne(poste, regarder)
    dire_le_foyer(poste, regarder)
    dire_le_travail(poste, regarder)
    dire_les_ressources(poste, regarder)
    dire_le_logement(poste, regarder)
    dire_les_souhaits(poste, regarder)
    return verifier(poste, regarder)


def test_tous_les_ecrans_accessibles(asseoir: Asseoir, corse: Compte) -> None:
    poste = asseoir()
    poste.se_connecter(corse)
    poste.examiner("accueil")
    numero = tout(poste, poste.examiner)
    assert re.fullmatch(r"02A\d{10}GD2A1", numero)
    dossier = f"/demandes/{numero}/"
    reference = ouvrir_l_attestation(poste, numero)
    poste.aller(f"{dossier}?historique=tout")
    expect(poste.page.locator("main")).to_contain_text("Attestation émise")
    poste.examiner("dossier")
    poste.aller(f"/v/{reference}/")
    poste.titre("Cette attestation est valable")


def test_sans_javascript(asseoir: Asseoir, corse: Compte) -> None:
    poste = asseoir(java_script_enabled=False)
    poste.se_connecter(corse)
    numero = tout(poste)
    ouvrir_l_attestation(poste, numero)
    poste.aller(f"/demandes/{numero}/")
    expect(poste.page.locator("h1")).to_contain_text("Leca Léa")


@pytest.mark.longue
def test_au_clavier_seul(asseoir: Asseoir, corse: Compte) -> None:
    poste = asseoir()
    poste.se_connecter(corse)
    clavier = Clavier(poste.page)
    clavier.presser("/")
    expect(poste.page.locator("#q")).to_be_focused()
    poste.page.locator("h1").focus()
    poste.page.evaluate("document.activeElement.blur()")
    clavier.presser("n")
    poste.titre("La personne")
    clavier.cocher("id_civilite_1")
    clavier.taper("id_nom_naissance", "Leca")
    clavier.taper("id_prenoms", "Léa", "02031987")
    expect(poste.page.locator("#id_date_naissance")).to_have_value("02031987")
    clavier.cocher("id_nationalite_0")
    clavier.choisir("id_situation_familiale", "C")
    clavier.taper("id_voie", "cours Napoléon", "20000", "ajaccio")
    clavier.presser("Control+Enter")
    poste.titre("Le foyer, le travail et les ressources")
    clavier.presser("Alt+a")
    expect(poste.page.locator("#id_enfants-1-nom")).to_be_focused()
    expect(poste.page.locator("#id_enfants-1-nom")).to_have_value("Leca")
    clavier.taper("id_enfants-1-prenoms", "Lina", "12032016")
    clavier.presser("Enter")  # in the last field of the last row: the next one
    expect(poste.page.locator("#id_enfants-2-nom")).to_be_focused()
    poste.page.locator("#id_enfants-1-nom").focus()
    clavier.presser("Enter")  # goes on, although « Retirer » is the first button of the page
    poste.titre("Logement actuel et motifs")
    poste.page.get_by_role("link", name="Souhaits, pièces et handicap").click()
    poste.titre("Souhaits, pièces et handicap")
    clavier.cocher("id_types_logement_3")
    clavier.taper("id_commune_1", *HUIT_COMMUNES)
    clavier.cocher("id_accepte_autres_communes_0")
    clavier.presser("Control+Enter")
    poste.titre("Vérifier avec la personne")
    clavier.choisir("id_piece_type", "Pass")
    clavier.cocher("id_relu")
    clavier.presser("Control+Enter")
    poste.titre("Demande enregistrée")
