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
    poste.titre("Enregistrer une demande")
    regarder("recherche-prealable")
    poste.barre("Rechercher et continuer")
    poste.titre("3\u00a0champs à corriger")
    regarder("recherche-prealable-erreurs")
    poste.remplir(nom_naissance="Leca", prenoms="Léa, Marie", date_naissance="02031987")
    poste.barre("Rechercher et continuer")
    poste.titre("La personne")


def dire_la_personne(poste: Poste, regarder: Callable[[str], None] = rien) -> None:
    regarder("personne")
    poste.continuer()
    poste.titre("3\u00a0champs à corriger")
    regarder("personne-erreurs")
    poste.cocher("Madame")
    poste.cocher("Française")
    poste.choisir(situation_familiale="M")
    poste.remplir(nir="2 87 03 2A 004 015")
    poste.continuer()
    poste.titre("Les coordonnées")


def dire_les_coordonnees(poste: Poste, regarder: Callable[[str], None] = rien) -> None:
    regarder("coordonnees")
    poste.remplir(numero="12 bis", voie="cours Napoléon", code_postal="20000", commune="ajaccio")
    poste.remplir(telephone_portable="06 12 34 56 78", courriel="lea@exemple.fr")
    poste.continuer()
    poste.titre("Le foyer")


def dire_le_foyer(poste: Poste, regarder: Callable[[str], None] = rien) -> None:
    regarder("foyer-vide")
    poste.page.get_by_role("button", name="Ajouter un adulte").click()
    expect(poste.page.locator("#id_cotitulaires-1-lien_demandeur")).to_be_focused()
    poste.choisir(cotitulaires__1__lien_demandeur="M", cotitulaires__1__situation_familiale="M")
    poste.cocher("Monsieur", dans="#cotitulaires-1")
    poste.cocher("Française", dans="#cotitulaires-1")
    poste.remplir(cotitulaires__1__nom_naissance="Rossi", cotitulaires__1__prenoms="Paul")
    poste.remplir(cotitulaires__1__date_naissance="30061985")
    for rang, (prenom, naissance, sexe) in enumerate(ENFANTS, start=1):
        poste.page.get_by_role("button", name="Ajouter un enfant", exact=True).click()
        premier = poste.page.locator(f"#id_enfants-{rang}-nom")
        expect(premier).to_be_focused()
        premier.fill("Rossi")
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
    poste.continuer()
    poste.titre("Les souhaits")


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
    poste.continuer()
    poste.titre("Vérifier avec la personne")


def verifier(poste: Poste, regarder: Callable[[str], None] = rien) -> str:
    for attendu in (
        "Rossi Paul",
        "Rossi Mila",
        "8.\u00a0Propriano",
        "2 87 03 •• ••• ••• ••",
        "Ces communes seulement",
    ):
        expect(poste.page.locator("main")).to_contain_text(attendu)
    regarder("verifier")
    poste.barre("Enregistrer et obtenir le numéro")
    poste.titre("2\u00a0champs à corriger")
    regarder("verifier-erreurs")
    poste.choisir(piece_type="CNI")
    poste.cocher("La personne a relu")
    poste.barre("Enregistrer et obtenir le numéro")
    poste.titre("Demande enregistrée")
    regarder("enregistree")
    return poste.page.locator(".reg-numero--grand").inner_text().replace("\u00a0", "")


def ouvrir_l_attestation(poste: Poste, numero: str) -> str:
    """Issue it by the button, read the file, follow its address; returns the reference."""
    with poste.page.expect_response(re.compile(r"/attestations/[0-9A-Z]{12}/$")) as attendue:
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
    dire_les_coordonnees(poste, regarder)
    dire_le_foyer(poste, regarder)
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


def test_au_clavier_seul(asseoir: Asseoir, corse: Compte) -> None:
    poste = asseoir()
    poste.se_connecter(corse)
    clavier = poste.page.keyboard
    clavier.press("/")
    expect(poste.page.locator("#q")).to_be_focused()
    poste.page.locator("h1").focus()
    poste.page.evaluate("document.activeElement.blur()")
    clavier.press("n")
    poste.titre("Enregistrer une demande")
    taper(poste, "id_nom_naissance", "Leca", "Léa", "02031987")
    expect(poste.page.locator("#id_date_naissance")).to_have_value("02031987")
    clavier.press("Control+Enter")
    poste.titre("La personne")
    espacer(poste, "id_civilite_1")
    espacer(poste, "id_nationalite_0")
    atteindre(poste, "id_situation_familiale")
    clavier.press("ArrowDown")
    clavier.press("Control+Enter")
    poste.titre("Les coordonnées")
    taper(poste, "id_voie", "cours Napoléon")
    taper(poste, "id_code_postal", "20000", "ajaccio")
    clavier.press("Control+Enter")
    poste.titre("Le foyer")
    clavier.press("Alt+a")
    expect(poste.page.locator("#id_enfants-1-nom")).to_be_focused()
    for valeur in ("Leca", "Lina", "12032016"):
        clavier.type(valeur)
        clavier.press("Tab")
    poste.page.locator("#id_enfants-1-nom").focus()
    clavier.press("Enter")  # goes on, although « Retirer » is the first button of the page
    poste.titre("Les souhaits")
    espacer(poste, "id_types_logement_3")
    taper(poste, "id_commune_1", *HUIT_COMMUNES)
    espacer(poste, "id_accepte_autres_communes_0")
    clavier.press("Control+Enter")
    poste.titre("Vérifier avec la personne")
    atteindre(poste, "id_piece_type")
    clavier.type("Pass")
    espacer(poste, "id_relu")
    clavier.press("Control+Enter")
    poste.titre("Demande enregistrée")


def atteindre(poste: Poste, identifiant: str) -> None:
    """Press Tab until this control has the focus: it must be reachable."""
    for _ in range(120):
        if poste.page.evaluate("document.activeElement.id") == identifiant:
            return
        # A group of radio buttons is one stop: its first button stands for the others.
        if poste.page.evaluate(
            "id => { const a = document.activeElement, b = document.getElementById(id);"
            " return a.type === 'radio' && a.name === b.name }",
            identifiant,
        ):
            return
        poste.page.keyboard.press("Tab")
    raise AssertionError(f"{identifiant} cannot be reached with Tab")


def taper(poste: Poste, identifiant: str, *valeurs: str) -> None:
    """Type values in this field and the next ones."""
    atteindre(poste, identifiant)
    for rang, valeur in enumerate(valeurs):
        if rang:
            poste.page.keyboard.press("Tab")
        poste.page.keyboard.type(valeur)


def espacer(poste: Poste, identifiant: str) -> None:
    """Tick this box, or this button of a group with the arrows."""
    atteindre(poste, identifiant)
    clavier = poste.page.keyboard
    clavier.press("Space")
    for _ in range(10):
        if poste.page.evaluate("id => document.getElementById(id).checked", identifiant):
            return
        clavier.press("ArrowRight")
    raise AssertionError(f"{identifiant} cannot be ticked with the keyboard")
