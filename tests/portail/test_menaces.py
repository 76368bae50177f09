"""Ways by the households' own door that no other file plays: the table is ``tests/menaces/porte.py``."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client

from sne.demandeurs.models import SessionDemandeur
from sne.notifications.models import Message
from sne.notifications.rendu import rediger
from sne.notifications.rules import Canal, Genre
from sne.notifications.selectors import get_contenu
from sne.registre.modification.models import Brouillon
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.forms import Formulaire
from tests.notifications.test_rendu import CONTEXTES
from tests.portail.conftest import ELODIE, NADIA
from tests.portail.formulaire import champs_de
from tests.portail.test_code import distribuer, entrer
from tests.portail.test_connexion import revenir, se_connecter
from tests.portail.test_gardees import garder
from tests.portail.test_nouvelle import commencer, repondre
from tests.portail.test_renouveler import RFR, deposer, dite, revisions, texte
from tests.tirages import sans_tirages

pytestmark = pytest.mark.django_db


def test_violence_is_no_reason_to_add_by_a_code(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    entrer(porte, demande)
    page = f"/ma-demande/{demande.nud}/declaration/motifs/"
    renouveler = f"/ma-demande/{demande.nud}/renouveler/"
    assert page not in texte(porte.get(f"/ma-demande/{demande.nud}/declaration/"))
    assert porte.get(page).status_code == 403
    assert porte.post(page, {"motif_1": "06", "revision": "1", "continuer": "oui"}).status_code == 403
    assert porte.post(page, {"motif_1": "06", "garder": "oui"}).status_code == 403
    assert porte.post(renouveler, {"revision": "1", "change": ["motifs"]}).status_code == 403
    porte.post(renouveler, {"revision": "1", "change": ["ressources"]})  # a draft is there
    assert porte.post(f"{renouveler}motifs/", {"motif_1": "06"}).status_code in {302, 403}
    assert "06" not in dite(demande).motifs.codes
    assert revisions(demande) == 1


def test_each_sign_in_has_a_new_key_and_leaves_nothing_behind(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande = deposer()
    porte.cookies["menage"] = "a-key-that-somebody-chose"
    entrer(porte, demande)
    par_code = porte.cookies["menage"].value
    assert par_code != "a-key-that-somebody-chose"
    se_connecter(porte, fc, ELODIE)
    par_fc = porte.cookies["menage"].value
    assert par_fc not in {par_code, "a-key-that-somebody-chose"}
    autre = Client()
    autre.cookies["menage"] = par_code
    assert autre.get("/ma-demande/").status_code == 302  # the one before has ended
    for page in (
        "",
        f"{demande.nud}/declaration/",
        f"{demande.nud}/documents/",
        f"{demande.nud}/historique/",
    ):
        assert "no-store" in porte.get(f"/ma-demande/{page}").headers["Cache-Control"], page
    porte.post("/deconnexion/")
    autre.cookies["menage"] = par_fc
    assert autre.get("/ma-demande/").status_code == 302
    assert not SessionDemandeur.objects.exists()


@pytest.mark.parametrize("ailleurs", ["https://exemple.net/", "//exemple.net/", "/\\exemple.net"])
def test_no_request_says_where_it_leads(porte: Client, fc: Fournisseur, ailleurs: str) -> None:
    """Whatever a link or a form adds, one goes to a page of ours, or to FranceConnect to sign in or out."""
    demande, ajoute = deposer(), dict.fromkeys(("next", "retour", "suite", "redirect_uri", "url"), ailleurs)
    partie = porte.post("/connexion/franceconnect/", ajoute).headers["Location"]
    demandes = dict(parse_qsl(urlsplit(partie).query))
    retour = f"{fc.accorder(demandes, ELODIE.code)}&{urlencode(ajoute)}"
    menees = [partie, revenir(porte, retour).headers["Location"]]
    commencer(porte)
    for adresse, champs in (
        (f"/ma-demande/{demande.nud}/renouveler/", {"revision": "1", "rien": "oui"}),
        ("/nouvelle-demande/099/famille/", {"situation_familiale": "C", "continuer": "oui"}),
        (f"/ma-demande/{demande.nud}/arreter/", {}),
        ("/deconnexion/", {}),
    ):
        reponse = porte.post(f"{adresse}?{urlencode(ajoute)}", {**champs, **ajoute})
        menees.append(reponse.headers.get("Location", ""))
    assert len(set(menees)) > 3
    assert not [menee for menee in menees if "exemple.net" in menee]


def test_a_code_is_given_to_nobody_and_no_counter_takes_one() -> None:
    a_code = {
        g: rediger(g, Canal.COURRIEL, CONTEXTES[g]).texte
        for g in Genre.tous().values()
        if re.fullmatch(r"\d{6}", CONTEXTES.get(g, {}).get("code", ""))
    }
    assert len(a_code) == 3
    assert not [genre for genre, dit in a_code.items() if "à personne, même à un agent" not in dit]
    champs = [
        (forme, nom)
        for forme in formes(Formulaire)
        for nom, champ in forme.base_fields.items()
        if forme.__module__.startswith("sne.guichet") and "one-time-code" in str(champ.widget.attrs)
    ]
    assert champs == []


def formes(sorte: Any) -> list[Any]:
    return [f for fille in sorte.__subclasses__() for f in (fille, *formes(fille))]


def test_what_is_typed_is_in_no_log_address_nor_message(
    porte: Client,
    fc: Fournisseur,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Of a demande that is begun, and of a change that is kept and not saved."""
    demande, neuve = deposer(jours=100), Client()
    se_connecter(neuve, fc, NADIA)
    commencer(neuve)
    menees = [repondre(neuve, "secu", nir="2 92 03 76 540 123 45")]
    menees.append(repondre(neuve, "travail", **{"demandeur-profession": "Horlogeronne"}))
    se_connecter(porte, fc, ELODIE)
    page = f"/ma-demande/{demande.nud}/declaration/ressources/"
    menees.append(garder(porte, page, **{RFR: "31 415"}))
    assert champs_de(texte(porte.get(page)))[RFR] == ["31 415"]
    distribuer()
    messages = [get_contenu(cle) for cle in Message.objects.values_list("id", flat=True)]
    partis = caplog.text + str(messages) + "".join(m.headers.get("Location", "") for m in menees)
    en_base = b"".join(bytes(d) for d in Brouillon.objects.values_list("donnees", flat=True))
    assert len(en_base) > 100
    for tape in ("29203", "540 123", "Horlogeronne", "31 415", "31415"):
        assert tape not in sans_tirages(partis), tape
        assert tape.encode() not in en_base, tape
