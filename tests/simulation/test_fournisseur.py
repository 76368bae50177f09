"""The simulated provider: what it accepts and refuses, and a whole sign-in against it, in a process of its own."""

import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from http.client import HTTPResponse
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from sne.oidc.client import Client
from sne.oidc.connexion import commencer, conclure
from sne.oidc.rules.echange import adresse_de_deconnexion, tirer
from sne.oidc.rules.fournisseur import Fournisseur as Reglages
from sne.oidc.rules.fournisseur import franceconnect, proconnect
from sne.oidc.rules.identite import IdentitePivot, IdentiteProfessionnelle
from sne.oidc.rules.refus import ConnexionRefusee, Motif
from sne.simulation.fournisseur.personnes import AGENTS, PARTICULIERS
from sne.simulation.fournisseur.protocole import (
    FRANCECONNECT,
    PROCONNECT,
    Fournisseur,
    Partenaire,
    Refusee,
    RequeteMalFormee,
)
from sne.simulation.fournisseur.serveur import Serveur

RAPPEL, FIN = "http://127.0.0.1:9/retour", "http://127.0.0.1:9/fin"
PARTENAIRE = Partenaire("sne-demonstration", "le-secret", RAPPEL, FIN)
SECRET = "s" * 43
TEMOIN = "t" * 43
DEMANDE = {
    "response_type": "code",
    "client_id": "sne-demonstration",
    "redirect_uri": RAPPEL,
    "scope": "openid identite_pivot email",
    "state": SECRET,
    "nonce": SECRET,
    "acr_values": "eidas1",
}


class Horloge:
    secondes = 1_795_000_000.0

    def __call__(self) -> float:
        return self.secondes


@pytest.fixture
def horloge() -> Horloge:
    return Horloge()


@pytest.fixture
def fc(horloge: Horloge) -> Fournisseur:
    return Fournisseur("http://127.0.0.1:1/api/v2", FRANCECONNECT, PARTENAIRE, horloge)


def code_de(adresse: str) -> str:
    return parse_qs(urlsplit(adresse).query)["code"][0]


def echange(code: str, **autres: str) -> dict[str, str]:
    return {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": RAPPEL,
        "client_id": "sne-demonstration",
        "client_secret": "le-secret",
        **autres,
    }


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"code_challenge": "x", "code_challenge_method": "S256"}, "paramètre inconnu"),
        ({"client_id": "autre"}, "client_id"),
        ({"redirect_uri": f"{RAPPEL}/"}, "redirect_uri"),
        ({"response_type": "token"}, "response_type"),
        ({"scope": "email"}, "scope"),
        ({"state": "s" * 21}, "state"),
        ({"nonce": "n" * 21}, "nonce"),
        ({"acr_values": ""}, "acr_values"),
    ],
)
def test_a_request_out_of_the_closed_list_is_refused(
    fc: Fournisseur, change: Mapping[str, str], dit: str
) -> None:
    with pytest.raises(RequeteMalFormee, match=rf"^{dit}$"):
        fc.exiger_demande(DEMANDE | change)


def test_proconnect_takes_pkce_and_wants_longer_secrets(horloge: Horloge) -> None:
    pc = Fournisseur("http://127.0.0.1:1/api/v2", PROCONNECT, PARTENAIRE, horloge)
    sans_acr = {nom: valeur for nom, valeur in DEMANDE.items() if nom != "acr_values"}
    pc.exiger_demande(sans_acr | {"code_challenge": "x", "code_challenge_method": "S256"})
    with pytest.raises(RequeteMalFormee, match="state"):
        pc.exiger_demande(sans_acr | {"state": "s" * 31})
    with pytest.raises(RequeteMalFormee, match="code_challenge_method"):
        pc.exiger_demande(sans_acr | {"code_challenge": "x", "code_challenge_method": "plain"})
    code = code_de(pc.accorder(sans_acr | {"code_challenge": "x", "code_challenge_method": "S256"}, "jeanne"))
    with pytest.raises(Refusee, match="invalid_grant"):
        pc.jetons(echange(code, code_verifier="un autre"))


def test_a_code_serves_once_and_thirty_seconds(fc: Fournisseur, horloge: Horloge) -> None:
    code = code_de(fc.accorder(DEMANDE, "elodie"))
    horloge.secondes += 30
    acces = fc.jetons(echange(code))["access_token"]
    with pytest.raises(Refusee, match="invalid_grant"):
        fc.jetons(echange(code))
    tard = code_de(fc.accorder(DEMANDE, "elodie"))
    horloge.secondes += 31
    with pytest.raises(Refusee, match="invalid_grant"):
        fc.jetons(echange(tard))
    assert fc.informations(acces)
    horloge.secondes += 30
    with pytest.raises(Refusee, match="invalid_token"):
        fc.informations(acces)


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"client_secret": "autre"}, "invalid_client"),
        ({"redirect_uri": "http://127.0.0.1:9/"}, "invalid_grant"),
        ({"grant_type": "password"}, "invalid_grant"),
        ({"code_verifier": "imprévu"}, "invalid_grant"),
    ],
)
def test_an_exchange_that_is_not_the_service(fc: Fournisseur, change: Mapping[str, str], dit: str) -> None:
    with pytest.raises(Refusee, match=dit):
        fc.jetons(echange(code_de(fc.accorder(DEMANDE, "elodie")), **change))


def test_who_is_not_on_the_page_cannot_be_chosen(fc: Fournisseur) -> None:
    with pytest.raises(RequeteMalFormee, match="personne"):
        fc.accorder(DEMANDE, "personne-d-autre")


def test_fourteen_persons_each_their_own() -> None:
    assert len({p.code for p in PARTICULIERS}) == len({p.cas for p in PARTICULIERS}) == 14
    subs = {p.sub("a", rectifie=r) for p in PARTICULIERS for r in (False, True)}
    assert len(subs) == 28
    assert all(re.fullmatch(r"[0-9a-f]{64}v1", sub) for sub in subs)
    assert PARTICULIERS[0].sub("a") != PARTICULIERS[0].sub("b")
    for personne in PARTICULIERS:
        IdentitePivot.model_validate({"sub": "s", **personne.donnees}, strict=False)
    for agent in AGENTS:
        IdentiteProfessionnelle.model_validate({"sub": "s", **agent.donnees}, strict=False)


class SansSuivre(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def demander(adresse: str, champs: Mapping[str, str] | None = None) -> tuple[int, str, str]:
    """Status, place to go to, body: what a browser without script gets."""
    donnees = urlencode(champs).encode() if champs is not None else None
    try:
        reponse: HTTPResponse = urllib.request.build_opener(SansSuivre).open(adresse, donnees, timeout=30)
    except urllib.error.HTTPError as exc:
        with exc:
            return exc.code, exc.headers.get("Location", ""), exc.read().decode()
    with reponse:
        return reponse.status, "", reponse.read().decode()


def choisir(adresse: str, **bouton: str) -> dict[str, list[str]]:
    """Open the page, press a button of its form: the parameters of the callback."""
    statut, _, page = demander(adresse)
    assert statut == 200
    caches = {n: unescape(v) for n, v in re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page)}
    (nom, valeur), *_ = bouton.items()
    assert f'name="{nom}" value="{valeur}"' in page
    statut, vers, _ = demander(adresse.partition("?")[0], caches | bouton)
    assert statut == 303
    assert vers.startswith(f"{RAPPEL}?")
    return parse_qs(urlsplit(vers).query)


@pytest.fixture(scope="module")
def emetteur() -> Iterator[str]:
    """The provider in a process of its own."""
    commande = [
        sys.executable,
        "-m",
        "sne.simulation.fournisseur",
        "--rappel",
        RAPPEL,
        "--rappel-deconnexion",
        FIN,
    ]
    env = {**os.environ, "SIMULATION_SECRET": "le-secret"}
    with subprocess.Popen(
        commande, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as processus:
        assert processus.stdout
        yield processus.stdout.readline().strip()
        processus.terminate()


def client_de(emetteur: str, **autres: Any) -> Client:
    reglages = franceconnect(
        emetteur=emetteur,
        client_id="sne-demonstration",
        secret="le-secret",
        rappel=RAPPEL,
        rappel_deconnexion=FIN,
        retours=("/", "/ma-demande/"),
    )
    return Client(Reglages.model_validate(dict(reglages) | autres))


def instant() -> datetime:
    return datetime.now(UTC)


@pytest.mark.django_db
def test_somebody_signs_in_and_out_at_a_provider_of_its_own_process(emetteur: str) -> None:
    client = client_de(emetteur)
    adresse = commencer(client, temoin=TEMOIN, retour="/ma-demande/", survenu_le=instant())
    retour = choisir(adresse, personne="jean-pierre")
    arrivee = conclure(client, retour, temoin=TEMOIN, survenu_le=instant())
    identite = arrivee.connexion.identite
    assert isinstance(identite, IdentitePivot)
    assert (identite.given_name, identite.family_name, identite.birthplace) == (
        "Jean-Pierre",
        "LÉVÊQUE",
        "2A004",
    )
    assert (identite.email, identite.idp_id) == ("jean-pierre@example.test", "fi-fictif")
    assert (arrivee.retour, arrivee.connexion.acr) == ("/ma-demande/", "eidas1")
    etat = tirer()
    sortie = adresse_de_deconnexion(
        client.fournisseur, client.adresses(), jeton=arrivee.connexion.jeton, etat=etat
    )
    assert demander(sortie)[:2] == (303, f"{FIN}?state={etat}")
    assert demander(sortie.replace("id_token_hint=", "id_token_hint=x"))[0] == 400


@pytest.mark.django_db
def test_a_corrected_civil_status_is_another_identifier_of_the_same_person(emetteur: str) -> None:
    lues = []
    for autres in ({}, {"rectifie": "1"}):
        client = client_de(emetteur)
        adresse = commencer(client, temoin=TEMOIN, retour="/", survenu_le=instant())
        retour = choisir(adresse, personne="greta", **autres)
        lues.append(conclure(client, retour, temoin=TEMOIN, survenu_le=instant()).connexion.identite)
    avant, apres = lues
    assert avant.sub != apres.sub
    assert avant.model_dump(exclude={"sub"}) == apres.model_dump(exclude={"sub"})
    assert isinstance(apres, IdentitePivot)
    assert (apres.birthplace, apres.ne_a_l_etranger) == (None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bouton", "motif"),
    [("refuser", Motif.ABANDON), ("decedee", Motif.ABANDON), ("panne", Motif.INDISPONIBLE)],
)
def test_each_other_answer_of_the_page_is_a_refusal(emetteur: str, bouton: str, motif: Motif) -> None:
    client = client_de(emetteur)
    adresse = commencer(client, temoin=TEMOIN, retour="/", survenu_le=instant())
    with pytest.raises(ConnexionRefusee) as refus:
        conclure(client, choisir(adresse, refus=bouton), temoin=TEMOIN, survenu_le=instant())
    assert refus.value.motif == motif


@pytest.mark.django_db
def test_pkce_is_refused_by_the_page_of_franceconnect(emetteur: str) -> None:
    adresse = commencer(client_de(emetteur, pkce=True), temoin=TEMOIN, retour="/", survenu_le=instant())
    statut, vers, page = demander(adresse)
    assert (statut, vers) == (400, "")
    assert "Y000400" in page


@pytest.mark.parametrize("chemin", ["/authorize?state=a&state=b", "/rien", "/userinfo", "/session/end"])
def test_what_is_not_asked_rightly_is_refused(emetteur: str, chemin: str) -> None:
    assert demander(f"{emetteur}{chemin}")[0] in {400, 401, 404}
    assert demander(f"{emetteur.removesuffix('/api/v2')}/jwks")[0] == 404
    assert demander(f"{emetteur}/style.css")[0] == 200


@pytest.mark.django_db
@pytest.mark.parametrize("pkce", [True, False])
def test_a_professional_signs_in_with_two_factors(pkce: bool) -> None:
    with Serveur() as serveur:
        threading.Thread(target=serveur.serve_forever, args=(0.02,), daemon=True).start()
        serveur.fournisseur = Fournisseur(
            serveur.emetteur, PROCONNECT, PARTENAIRE, lambda: datetime.now(UTC).timestamp()
        )
        reglages = proconnect(
            emetteur=serveur.emetteur,
            client_id="sne-demonstration",
            secret="le-secret",
            rappel=RAPPEL,
            rappel_deconnexion=FIN,
            retours=("/",),
        )
        client = Client(Reglages.model_validate(dict(reglages) | {"pkce": pkce}))
        retour = choisir(
            commencer(client, temoin=TEMOIN, retour="/", survenu_le=instant()), personne="jeanne"
        )
        connexion = conclure(client, retour, temoin=TEMOIN, survenu_le=instant()).connexion
        serveur.shutdown()
    assert isinstance(connexion.identite, IdentiteProfessionnelle)
    assert (connexion.acr, connexion.amr) == ("eidas1-mfa", ("pwd", "mail", "mfa"))
    assert connexion.identite.siret == "99900000300015"


def test_it_does_not_start_without_a_secret() -> None:
    commande = [
        sys.executable,
        "-m",
        "sne.simulation.fournisseur",
        "--rappel",
        RAPPEL,
        "--rappel-deconnexion",
        FIN,
    ]
    env = {nom: valeur for nom, valeur in os.environ.items() if nom != "SIMULATION_SECRET"}
    fini = subprocess.run(commande, env=env, capture_output=True, text=True, check=False)
    assert fini.returncode == 1
    assert "SIMULATION_SECRET" in fini.stderr
