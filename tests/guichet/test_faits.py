"""Facts on the screens: added, corrected, taken back; refusals beside their field; who is offered what."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.tentative import TentativeRefusee
from sne.registre.faits.models import Attribution, DecisionCaleol, Evenement, FaitDalo
from sne.registre.faits.rules.faits import NatureFait
from tests.guichet.parcours import pour_un_appel, texte
from tests.habilitations.factories import connecter, creer_agent, creer_gestionnaire, creer_support
from tests.registre import factories as f
from tests.registre.faits.faits import BAILLEUR, CCAS, ETAT, SIREN, consigner

E, D, A, DA = NatureFait
pytestmark = pytest.mark.usefixtures("jour_des_essais")
LE = "24/11/2026"
ATTRIBUTION = {
    "jour": LE,
    "bail_signe": "oui",
    "bail_signe_le": LE,
    "deja_loge": "NON",
    "accord": "AUCUN",
    "reservataire": "PPRIOR",
    "convention_etat": "AGENTS",
    "au_titre_dalo": "oui",
    "quartier_prioritaire": "ZUSNON",
    "adresse_numero": "12 bis",
    "adresse_voie": "rue du Lavoir",
    "commune": "aurette la ville",
    "type_logement": "T3",
    "surface": "64,5",
    "loyer": "412,50",
    "publics": ["DALO", "CIA"],
}
DECISION = {"jour": LE, "code": "ATTR_SUSP", "piece_1": "IDENTITE", "pieces_avant": "10/12/2026"}
DALO = {
    "jour": LE,
    "nature": "STATUT",
    "statut": "ACTIF",
    "diagnostic_social": "oui",
    "accompagnement_social": "non",
    "typologie": "03",
}
EVENEMENT = {"jour": LE, "c_moyen": "TELEPHONE", "c_note": "Rappelle demain.", "commentaire": "Vue le matin."}
PAGES = {
    E: ("evenement/?type=CONTACT", EVENEMENT),
    D: ("decision/", DECISION),
    A: ("attribution/", ATTRIBUTION),
    DA: ("dalo/", DALO),
}
MODELES = {E: Evenement, D: DecisionCaleol, A: Attribution, DA: FaitDalo}
MONTRE = {
    E: ["Contact avec le ménage", "Moyen", "Téléphone", "Rappelle demain.", "Vue le matin."],
    D: ["attribution sous condition suspensive", "Habitat Val-d’Aurette", "Pièce d’identité", "10/12/2026"],
    A: [
        "Logement attribué, bail signé le 24/11/2026",
        "64,5\u00a0m²",
        "412,50\u00a0€",
        "Aurette-la-Ville",
        "12 bis",
        "rue du Lavoir",
        "Quartier prioritaire",
        "Attribué au titre du DALO",
        "Agents civils et militaires",
        "Décision favorable de la commission de médiation",
    ],
    DA: ["Statut DALO\u00a0: actif", "Diagnostic social", "Accompagnement social", "T3"],
}


@pytest.fixture
def nud(db: None) -> str:
    return f.deposer().nud


def au(guichet: str) -> Client:
    """An agent of this counter, signed in."""
    return connecter(Client(), creer_agent(guichet=guichet))


def gestionnaire() -> Client:
    """A territorial manager, signed in."""
    return connecter(Client(), creer_gestionnaire())


def page(nud: str, chemin: str = "") -> str:
    """Address of a page of facts."""
    return f"/demandes/{nud}/evenements/{chemin}"


def poster(client: Client, nud: str, nature: NatureFait, **autres: Any) -> Any:
    """Record such a fact."""
    chemin, champs = PAGES[nature]
    return client.post(page(nud, chemin), champs | autres)


def identifiant(nud: str) -> uuid.UUID:
    return Demande.objects.get(nud=nud).id


@pytest.mark.parametrize(("nature", "guichet"), [(E, CCAS), (D, BAILLEUR), (A, BAILLEUR), (DA, ETAT)])
def test_a_fact_is_recorded_and_shown_in_words(nud: str, nature: NatureFait, guichet: str) -> None:
    client = au(guichet)
    assert client.get(page(nud, PAGES[nature][0])).status_code == 200
    reponse = poster(client, nud, nature)
    assert reponse.headers["Location"] == f"/demandes/{nud}/#evenements"
    fiche = texte(client.get(reverse("demande", args=[nud])))
    for mot in MONTRE[nature]:
        assert mot in fiche
    assert "Événements et décisions (1)" in fiche


@pytest.mark.parametrize("nature", NatureFait)
def test_the_territorial_manager_corrects_then_takes_back(nud: str, nature: NatureFait) -> None:
    fait = consigner(nature, identifiant(nud))
    client = gestionnaire()
    liste = texte(client.get(page(nud)))
    adresse = page(nud, f"{PAGES[nature][0].split('/')[0]}/{fait}/")
    assert f'href="{adresse}corriger/"' in liste
    bailleur = {"bailleur": SIREN} if nature in {D, A} else {}
    champs = PAGES[nature][1] | bailleur
    assert client.get(f"{adresse}corriger/").status_code == 200
    refuse = texte(client.post(f"{adresse}corriger/", champs))
    assert "pourquoi vous corrigez" in refuse
    assert client.post(f"{adresse}corriger/", champs | {"motif_correction": "Erreur."}).status_code == 302
    liste = texte(client.get(page(nud)))
    assert "Corrigé" in liste
    assert "Motif\u00a0: Erreur." in liste
    assert client.get(f"{adresse}corriger/").status_code == 404
    nouveau = MODELES[nature].objects.get(remplace=fait)
    adresse = page(nud, f"{PAGES[nature][0].split('/')[0]}/{nouveau.id}/")
    assert client.get(f"{adresse}retirer/").status_code == 200
    assert "pourquoi vous le retirez" in texte(client.post(f"{adresse}retirer/", {}))
    client.post(f"{adresse}retirer/", {"motif": "Mauvais dossier."})
    liste = texte(client.get(page(nud)))
    assert "Retiré" in liste
    assert "corriger/" not in liste


@pytest.mark.parametrize(
    ("nature", "autres", "champ", "phrase"),
    [
        (E, {"c_moyen": ""}, "c_moyen", "remplissez cette information"),
        (E, {"jour": "01/01/2020"}, "jour", "précède le dépôt"),
        (E, {"jour": ""}, "jour", "indiquez la date"),
        (D, {"piece_1": ""}, "piece_1", "la pièce manquante n’est pas dite"),
        (D, {"rang": "3"}, "rang", "un rang ne va qu’avec"),
        (D, {"rang": "99"}, "rang", "tapez un nombre"),
        (A, {"rpls": "A1"}, "rpls", "dix chiffres ou lettres"),
        (A, {"loyer": ""}, "loyer", "le loyer manque"),
        (A, {"adresse_code_postal": "ABC"}, "adresse_code_postal", "un code postal compte cinq chiffres"),
        (A, {"bail_signe_le": ""}, "bail_signe_le", "la date de signature du bail manque"),
        (A, {"commune": "Nulle part"}, "commune", "n’est pas une commune connue"),
        (DA, {"statut": ""}, "statut", "le statut DALO manque"),
        (DA, {"fin": "01/01/2020"}, "fin", "la fin précède le début"),
    ],
)
def test_a_refusal_leads_to_its_field(
    nud: str, nature: NatureFait, autres: dict[str, str], champ: str, phrase: str
) -> None:
    client = au({E: CCAS, D: BAILLEUR, A: BAILLEUR, DA: ETAT}[nature])
    contenu = texte(poster(client, nud, nature, **autres))
    assert "<title>Erreur" in contenu
    assert re.search(rf'href="#id_{champ}(_0)?"', contenu)
    assert phrase in contenu
    assert f'id="id_{champ}_error"' in contenu


def test_a_characteristic_is_refused_on_its_field(nud: str) -> None:
    client = au(CCAS)
    contenu = texte(
        client.post(page(nud, "evenement/?type=VISITE"), {"jour": LE, "c_venu": "OUI", "c_rpls": "A1"})
    )
    assert "compte dix chiffres ou lettres" in contenu
    assert 'href="#id_c_rpls"' in contenu


def test_the_type_comes_first(nud: str) -> None:
    client = au(CCAS)
    choix = texte(client.get(page(nud, "type/")))
    assert "Atelier «\u00a0chercher un logement social\u00a0»" in choix
    assert "Réactivation" not in choix
    vide = texte(client.get(page(nud, "type/"), {"choisi": "oui"}))
    assert "choisissez le type d’événement" in vide
    suite = client.get(page(nud, "type/"), {"choisi": "oui", "type": "VISITE"})
    assert suite.headers["Location"] == page(nud, "evenement/?type=VISITE")
    for adresse in ("evenement/", "evenement/?type=RADIATION", "evenement/?type=AILLEURS"):
        assert client.get(page(nud, adresse)).headers["Location"] == page(nud, "type/")


def test_every_type_of_event_has_a_page(nud: str) -> None:
    client = au(CCAS)
    for code in re.findall(r'name="type" value="(\w+)"', texte(client.get(page(nud, "type/")))):
        assert client.get(page(nud, f"evenement/?type={code}"), follow=True).status_code == 200


OFFERTS = {
    CCAS: {"Ajouter un événement"},
    BAILLEUR: {"Ajouter un événement", "Consigner une décision", "Consigner une attribution"},
    ETAT: {"Ajouter un événement", "Consigner un fait DALO"},
}
TOUS = set().union(*OFFERTS.values())


@pytest.mark.parametrize("guichet", OFFERTS)
def test_a_counter_is_offered_what_it_may_record(nud: str, guichet: str) -> None:
    client = au(guichet)
    fiche = texte(client.get(reverse("demande", args=[nud])))
    assert {libelle for libelle in TOUS if libelle in fiche} == OFFERTS[guichet]
    for nature, libelle in ((D, "Consigner une décision"), (DA, "Consigner un fait DALO")):
        attendu = 200 if libelle in OFFERTS[guichet] else 403
        assert client.get(page(nud, PAGES[nature][0])).status_code == attendu


def test_readers_are_offered_nothing(nud: str) -> None:
    client = pour_un_appel(connecter(Client(), creer_support()), nud)
    fiche = texte(client.get(reverse("demande", args=[nud])))
    assert not [libelle for libelle in TOUS if libelle in fiche]
    assert client.get(page(nud, "type/")).status_code == 403
    consigner(DA, identifiant(nud))
    assert "DALO" not in texte(client.get(page(nud)))


def test_an_attempt_without_the_right_is_refused_and_kept(nud: str) -> None:
    champs = ATTRIBUTION | {"bailleur": SIREN}
    assert au(CCAS).post(page(nud, "attribution/"), champs).status_code == 403
    assert not Attribution.objects.exists()
    assert TentativeRefusee.objects.filter(acte="CONSIGNER_ATTRIBUTION").exists()


def test_another_territory_finds_nothing(nud: str) -> None:
    client = connecter(Client(), creer_agent("02B", "GD2B1"))
    fait = consigner(E, identifiant(nud))
    for adresse in ("", "type/", "evenement/?type=CONTACT", f"evenement/{fait}/corriger/"):
        assert client.get(page(nud, adresse)).status_code == 404
    assert au(CCAS).get(page(nud, "ailleurs/")).status_code == 404


def test_a_form_that_corrects_starts_from_what_was_said(nud: str) -> None:
    client = au(BAILLEUR)
    poster(client, nud, A)
    fait = Attribution.objects.get()
    contenu = texte(client.get(page(nud, f"attribution/{fait.id}/corriger/")))
    for valeur in ('value="412.50"', 'value="24/11/2026"', 'value="PPRIOR" selected', 'value="DALO"'):
        assert valeur in contenu
    client.post(page(nud, "evenement/?type=VISITE"), {"jour": LE, "c_venu": "NON"})
    visite = Evenement.objects.get()
    contenu = texte(client.get(page(nud, f"evenement/{visite.id}/corriger/")))
    assert re.search(r'value="NON" id="[^"]+" checked', contenu)


@pytest.mark.parametrize("nombre", [1, 3])
def test_same_queries_whatever_the_number_of_facts(nud: str, compte: Compte, nombre: int) -> None:
    agent = connecter(Client(), compte)
    requetes = {}
    for combien in (1, nombre):
        for nature in NatureFait:
            for _ in range(combien):
                consigner(nature, identifiant(nud))
        agent.get(page(nud))
        with CaptureQueriesContext(connection) as lues:
            assert agent.get(page(nud)).status_code == 200
        requetes[combien] = len(lues)
    assert len(set(requetes.values())) == 1
