"""Proposals under a field: by the keyboard alone, on a phone, open and closed; an application filed whatever fails."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from sne.connecteurs.ban import http as ban
from sne.connecteurs.entreprises import http as entreprises
from sne.habilitations.models import Compte
from tests.connecteurs.conftest import Simulateur, processus, simulateur
from tests.habilitations.factories import creer_agent
from tests.journeys.ecran import examiner
from tests.journeys.poste import Poste

__all__ = ["processus", "simulateur"]
pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]
PROPOSEES = "[role=listbox] [role=option]"  # no choice of a list of the screen


@pytest.fixture
def en_faute(
    simulateur: Simulateur, settings: Any, travers: str, services: tuple[str, ...]
) -> dict[str, str]:
    """How these services fail; in no way: they are off, and have no address."""
    if travers:
        simulateur.regler(**dict.fromkeys(services, travers))
    else:
        settings.CONNECTEURS = {**settings.CONNECTEURS, **dict.fromkeys(map(str.upper, services), "")}
    return dict.fromkeys(services, travers)


@pytest.fixture
def compte() -> Compte:
    return creer_agent()


def aller_aux_coordonnees(
    poste: Poste, compte: Compte, *, nom: str = "Leca", prenoms: str = "Léa, Marie", nir: str = ""
) -> None:
    poste.se_connecter(compte)
    poste.commencer_une_demande(nom, prenoms, "02031987")
    poste.page.get_by_role(
        "link", name="Logement actuel et motifs"
    ).click()  # until then no address is told outside
    poste.titre("Logement actuel et motifs")
    poste.choisir(motif_1="13")
    poste.continuer()
    poste.page.get_by_role("link", name="La personne").click()
    poste.titre("La personne")
    poste.remplir(nir=nir, voie="", code_postal="", commune="")


def ouvrir(poste: Poste, texte: str, *, champ: str = "voie") -> Locator:
    """Type in the field, wait for what is proposed."""
    voie = poste.page.locator(f"#id_{champ}")
    voie.focus()
    poste.page.keyboard.type(texte)
    expect(voie).to_have_attribute("aria-expanded", "true")
    return voie


def test_au_clavier_seul(asseoir: Asseoir, compte: Compte, simulateur: Simulateur) -> None:
    poste = asseoir()
    aller_aux_coordonnees(poste, compte)
    clavier, options = poste.page.keyboard, poste.page.locator(PROPOSEES)
    poste.remplir(numero="14", commune="Aurette-la-Ville")
    voie = ouvrir(poste, "rue des til")
    expect(voie).to_have_attribute("role", "combobox")
    expect(poste.page.get_by_role("button", name="Chercher cette adresse")).to_have_count(0)
    expect(poste.page.get_by_role("status").filter(has_text="1\u00a0proposition")).to_have_count(1)

    clavier.press("Home")  # the text is moved in, the list is not
    expect(options.first).to_have_attribute("aria-selected", "false")
    clavier.press("Escape")
    expect(options).to_have_count(0)
    expect(voie).to_have_value("rue des til")

    clavier.press("End")
    clavier.type("l")
    expect(voie).to_have_attribute("aria-expanded", "true")
    options.first.hover()
    clavier.press("ArrowDown")
    actif = voie.get_attribute("aria-activedescendant")
    assert actif
    assert actif == options.first.get_attribute("id")
    clavier.press("Tab")  # leaves without choosing
    expect(voie).to_have_value("rue des till")
    expect(voie).to_have_attribute("aria-expanded", "false")
    assert poste.page.locator("#id_code_postal").input_value() == ""

    voie.focus()
    clavier.press("ArrowDown")  # asks again
    expect(voie).to_have_attribute("aria-expanded", "true")
    clavier.press("ArrowUp")
    clavier.press("Enter")
    expect(voie).to_have_value("Rue des Tilleuls")
    for nom, valeur in (("numero", "14"), ("code_postal", "99000"), ("commune", "Aurette-la-Ville")):
        expect(poste.page.locator(f"#id_{nom}")).to_have_value(valeur)
    poste.continuer()
    poste.titre("Le foyer, le travail et les ressources")


def test_ouvert_et_ferme_sur_un_telephone(asseoir: Asseoir, compte: Compte, simulateur: Simulateur) -> None:
    poste = asseoir()
    aller_aux_coordonnees(poste, compte)
    for largeur in (1280, 375):
        poste.page.set_viewport_size({"width": largeur, "height": 700})
        examiner(poste.page, f"combobox-ferme-{largeur}")
        voie = ouvrir(poste, "14 rue des til")
        examiner(poste.page, f"combobox-ouvert-{largeur}")
        boite: Any = poste.page.locator(PROPOSEES).first.bounding_box()
        assert boite["height"] >= 44
        assert boite["x"] >= 0
        assert boite["x"] + boite["width"] <= largeur
        assert boite["y"] + boite["height"] <= 700
        poste.page.locator(PROPOSEES).first.click()
        expect(voie).to_have_value("Rue des Tilleuls")
        voie.fill("")
    poste.page.get_by_role("link", name="Souhaits, pièces").click()
    poste.titre("Souhaits, pièces et handicap")
    for largeur in (1280, 375):
        poste.page.set_viewport_size({"width": largeur, "height": 700})
        souhait = ouvrir(poste, "99", champ="commune_4")  # the last of its column: the list is not cut in two
        examiner(poste.page, f"combobox-souhait-{largeur}")
        options = poste.page.locator(PROPOSEES)
        expect(options).to_have_count(6)
        assert len({boite["x"] for boite in map(Locator.bounding_box, options.all()) if boite}) == 1
        options.last.click()
        expect(souhait).to_have_value(re.compile(r".+ \(99\d{3}\)"))
        souhait.fill("")


@pytest.mark.longue
def test_sans_javascript_et_a_375_pixels(asseoir: Asseoir, compte: Compte, simulateur: Simulateur) -> None:
    """The button gives the same proposals as choices; the first one keeps what was typed."""
    poste = asseoir(java_script_enabled=False)
    aller_aux_coordonnees(poste, compte)
    poste.page.set_viewport_size({"width": 375, "height": 700})
    poste.remplir(numero="14", voie="rue des til", code_postal="99000", commune="aurette la ville")
    poste.page.get_by_role("button", name="Chercher cette adresse").first.click()
    expect(poste.page.get_by_label("Garder ce que j’ai tapé")).to_be_checked()
    poste.page.locator("label", has_text="14 Rue des Tilleuls 99000 Aurette-la-Ville").click()
    poste.continuer()
    poste.titre("Le foyer, le travail et les ressources")
    poste.page.get_by_role("link", name="La personne").click()
    expect(poste.page.locator("#id_voie")).to_have_value("Rue des Tilleuls")


SECRETS = ("Zorglubine", "Quixotte", "287031234567847", "2 87 03 12 345 678 47")
TRAVERS = {"eteint": "", "lent": "lent", "menteur": "types", "illisible": "html"}
SERVICES = ("ban", "entreprises", "drm")


@pytest.mark.parametrize(
    "services",
    [
        pytest.param(SERVICES, id="all"),
        *(pytest.param((service,), id=service, marks=pytest.mark.longue) for service in SERVICES),
    ],
)
@pytest.mark.parametrize(
    "travers",
    [
        pytest.param(travers, id=nom, marks=[pytest.mark.longue] if nom != "eteint" else [])
        for nom, travers in TRAVERS.items()
    ],
)
def test_une_demande_se_depose_quoi_qu_il_arrive_aux_services(
    asseoir: Asseoir,
    compte: Compte,
    simulateur: Simulateur,
    caplog: pytest.LogCaptureFixture,
    en_faute: dict[str, str],
) -> None:
    """Each in turn and all three, asked on their own pages; the number is given, and nobody learnt who it was for."""

    def dits(service: str) -> int | None:
        """How often help is said to be missing; where a service is off, nothing is said to be wrong."""
        return int(bool(en_faute[service])) if service in en_faute else None

    poste = asseoir()
    demandees: list[str] = []
    poste.page.on("request", lambda requete: demandees.append(requete.url))
    aller_aux_coordonnees(poste, compte, nom=SECRETS[0], prenoms=SECRETS[1], nir=SECRETS[3])
    poste.remplir(code_postal="99240", commune="Les Ormeaux")
    essayer(poste, "voie", "12 rue des Tanneurs", dits=dits("ban"))
    poste.continuer()
    poste.titre("Le foyer, le travail et les ressources")
    poste.choisir(demandeur__statut="CDI")
    essayer(poste, "demandeur-employeur", "Manufacture", dits=dits("entreprises"))
    poste.continuer()
    poste.titre("Logement actuel et motifs")
    poste.page.get_by_role("link", name="Souhaits, pièces").click()
    poste.titre("Souhaits, pièces et handicap")
    poste.cocher("T3")
    poste.remplir(commune_1="Les Ormeaux")
    poste.cocher("Non", dans="#id_accepte_autres_communes")
    poste.continuer()
    poste.titre("Vérifier avec la personne")
    poste.choisir(piece_type="CNI")
    poste.cocher("La personne a relu")
    poste.barre("Enregistrer et obtenir le numéro")
    poste.titre("Demande enregistrée")
    poste.aller(f"/demandes/{poste.page.locator('.reg-numero--grand').inner_text().replace(chr(160), '')}/")
    expect(poste.page.locator("main")).to_contain_text("Non vérifiée.")
    poste.page.get_by_role("button", name="Demander à la source").click()
    connues = poste.page.locator("section", has_text="Ressources connues de l’administration").last
    if "drm" in en_faute:
        expect(connues).to_contain_text("Le dossier peut être enregistré.")
    gardees = (repr(memoire._lignes) for memoire in (ban.memoire, entreprises.memoire))
    laisse = " ".join((caplog.text, *demandees, *simulateur.vus(), *gardees))
    assert [secret for secret in SECRETS if secret.casefold() in laisse.casefold()] == []
    assert "tanneurs" not in (caplog.text + " ".join(demandees)).casefold()


def essayer(poste: Poste, champ: str, texte: str, *, dits: int | None) -> None:
    """Type, and be told so many times that help is missing (``None``: it is not)."""
    poste.page.locator(f"#id_{champ}").focus()
    with poste.page.expect_response("**/propositions/"):
        poste.page.keyboard.type(texte)
    if dits is not None:
        dit = poste.page.locator(".reg-propose [role=status]").filter(has_text="Continuez à la main")
        expect(dit).to_have_count(dits)
        expect(poste.page.locator(".reg-propose [role=option]")).to_have_count(0)
