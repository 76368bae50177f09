"""Pure rules of sign-in: settings, the request, the callback, identities, sentences."""

import json
from base64 import urlsafe_b64decode
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr, ValidationError

from sne.oidc.rules.echange import (
    SECRET,
    adresse_de_connexion,
    adresse_de_deconnexion,
    lire_retour,
    nouvel_etat,
    tirer,
)
from sne.oidc.rules.fournisseur import (
    Adresses,
    Chiffrement,
    Fournisseur,
    exiger_sure,
    is_deux_facteurs,
    proconnect,
)
from sne.oidc.rules.identite import IdentitePivot, IdentiteProfessionnelle
from sne.oidc.rules.jetons import dechiffrer, lire_cles
from sne.oidc.rules.refus import ConnexionRefusee, Motif
from tests.oidc.menteur import DECONNEXION, RAPPEL, SUB, fournisseur_de

E = "https://fournisseur.example.test/api/v2"
ADRESSES = Adresses(
    autorisation=f"{E}/authorize",
    jeton=f"{E}/token",
    informations=f"{E}/userinfo",
    cles=f"{E}/jwks",
    fin_de_session=f"{E}/session/end",
)
FC = fournisseur_de(E)
PC = proconnect(
    emetteur=E,
    client_id="sne-pro",
    secret="secret",
    rappel=RAPPEL,
    rappel_deconnexion=DECONNEXION,
    retours=("/",),
)
ETAT = "s" * 43
PIVOT = {
    "sub": SUB,
    "given_name": "Karim",
    "family_name": "FICTIF",
    "birthdate": "1990-01-01",
    "gender": "male",
    "birthplace": "",
    "birthcountry": "99352",
}
AGENT = {
    "sub": "3f0b8e66-0000-4000-8000-000000000001",
    "given_name": "Jeanne",
    "usual_name": "GUICHETIER",
    "email": "jeanne.guichetier@ccas.example.test",
    "siret": "99900000300015",
    "roles": ["agent_public"],
}


def champs(adresse: str) -> dict[str, str]:
    return {nom: valeurs[0] for nom, valeurs in parse_qs(urlsplit(adresse).query).items()}


def test_franceconnect_is_sent_its_closed_list_and_nothing_else() -> None:
    adresse = adresse_de_connexion(FC, ADRESSES, nouvel_etat(FC))
    lus = champs(adresse)
    assert adresse.startswith(f"{E}/authorize?")
    assert lus.keys() == {
        "response_type",
        "client_id",
        "redirect_uri",
        "scope",
        "state",
        "nonce",
        "acr_values",
        "ui_locales",
        "prompt",
        "claims",
    }
    assert lus["prompt"] == "login"
    assert json.loads(lus["claims"]) == {"id_token": {"auth_time": {"essential": True}}}
    assert (lus["acr_values"], lus["redirect_uri"], lus["response_type"]) == ("eidas1", RAPPEL, "code")
    assert SECRET.fullmatch(lus["state"])
    assert SECRET.fullmatch(lus["nonce"])
    assert lus["state"] != lus["nonce"]


def test_pkce_sends_the_hash_of_its_verifier() -> None:
    avec = Fournisseur.model_validate(dict(FC) | {"pkce": True})
    ouvert = nouvel_etat(avec)
    lus = champs(adresse_de_connexion(avec, ADRESSES, ouvert))
    assert lus["code_challenge_method"] == "S256"
    assert urlsafe_b64decode(lus["code_challenge"] + "=") == sha256(ouvert.verifieur.encode()).digest()
    assert ouvert.verifieur not in lus.values()
    assert ouvert.etat not in repr(ouvert)


def test_proconnect_is_asked_for_two_factors_by_claims() -> None:
    lus = champs(adresse_de_connexion(PC, ADRESSES, nouvel_etat(PC)))
    assert "acr_values" not in lus
    assert lus["code_challenge_method"] == "S256"
    assert json.loads(lus["claims"])["id_token"]["acr"]["values"] == [
        "eidas0-mfa",
        "eidas1-mfa",
        "eidas2",
        "eidas3",
    ]
    assert "eidas0" not in PC.acr_admis


@pytest.mark.parametrize(
    ("acr", "amr", "deux"),
    [
        ("eidas1-mfa", (), True),
        ("eidas2", ("pwd",), True),
        ("eidas1", ("pwd", "mfa"), True),
        ("eidas1", ("pwd", "mail"), False),
        ("eidas1", (), False),
    ],
)
def test_two_factors_are_said_by_the_level_or_by_the_means(
    acr: str, amr: tuple[str, ...], deux: bool
) -> None:
    assert is_deux_facteurs(acr, amr) is deux


def test_a_request_keeps_the_query_of_the_address() -> None:
    ailleurs = Adresses.model_validate(dict(ADRESSES) | {"autorisation": f"{E}/authorize?a=1"})
    assert f"{E}/authorize?a=1&response_type=code" in adresse_de_connexion(FC, ailleurs, nouvel_etat(FC))


def test_the_way_out_hands_back_the_token_and_a_state() -> None:
    adresse = adresse_de_deconnexion(FC, ADRESSES, jeton="a.b.c", etat=ETAT)
    assert adresse.startswith(f"{E}/session/end?")
    assert champs(adresse) == {
        "id_token_hint": "a.b.c",
        "state": ETAT,
        "post_logout_redirect_uri": DECONNEXION,
    }


@pytest.mark.parametrize(
    "adresse",
    [
        "http://fournisseur.example.test",
        "https://moi@fournisseur.example.test",
        "https://a.test/#b",
        "https:///a",
        "ftp://localhost/",
        "/authorize",
    ],
)
def test_an_address_that_is_not_sure_is_refused(adresse: str) -> None:
    with pytest.raises(ValueError, match="https://"):
        exiger_sure(adresse)


@pytest.mark.parametrize(
    "adresse", ["http://127.0.0.1:1/a", "http://fc.localhost:1/a", "https://a.test/b?c=d"]
)
def test_an_address_that_is_sure(adresse: str) -> None:
    assert exiger_sure(adresse) == adresse


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"scopes": ("email",)}, "openid"),
        ({"acr_admis": frozenset()}, "acr_admis"),
        ({"acr_demande": "eidas9"}, "acr_demande"),
        ({"retours": ()}, "retours"),
        ({"retours": ("//ailleurs.test/",)}, "retours"),
        ({"algorithme": "HS256"}, "algorithme"),
        ({"algorithme": "none"}, "algorithme"),
        ({"parametres": {"inconnu": "x"}}, "parametres"),
        ({"inconnu": "x"}, "inconnu"),
    ],
)
def test_settings_that_do_not_hold_do_not_start(change: dict[str, Any], dit: str) -> None:
    with pytest.raises(ValidationError, match=dit) as refus:
        Fournisseur.model_validate(dict(FC) | change)
    assert "secret-du-service" not in str(refus.value)
    assert "secret-du-service" not in repr(FC)


def test_a_sign_in_leads_only_where_it_may() -> None:
    assert FC.retour_permis("/ma-demande/") == "/ma-demande/"
    assert FC.retour_permis("https://ailleurs.test/") == "/"


def test_a_callback_with_a_code() -> None:
    lu = lire_retour({"state": [ETAT], "code": ["le-code"], "iss": [E], "autre": ["x"]}, FC)
    assert (lu.etat, lu.code, lu.erreur) == (ETAT, "le-code", None)
    assert "le-code" not in repr(lu)


@pytest.mark.parametrize(
    ("recus", "motif"),
    [
        ({"state": [ETAT, ETAT], "code": ["c"]}, Motif.RETOUR_ILLISIBLE),
        ({"state": [ETAT]}, Motif.RETOUR_ILLISIBLE),
        ({"code": ["c"]}, Motif.RETOUR_ILLISIBLE),
        ({"state": ["court"], "code": ["c"]}, Motif.RETOUR_ILLISIBLE),
        ({"state": [ETAT], "code": ["c\n"]}, Motif.RETOUR_ILLISIBLE),
        ({"state": [ETAT], "code": ["c" * 2001]}, Motif.RETOUR_ILLISIBLE),
        ({"state": [ETAT], "code": ["c"], "iss": [f"{E}/"]}, Motif.EMETTEUR),
        ({"error": ["access_denied"]}, Motif.RETOUR_ILLISIBLE),
    ],
)
def test_a_callback_that_is_not_ours(recus: dict[str, list[str]], motif: Motif) -> None:
    with pytest.raises(ConnexionRefusee) as refus:
        lire_retour(recus, FC)
    assert refus.value.motif == motif


@pytest.mark.parametrize("motif", list(Motif))
def test_every_reason_has_one_sentence_that_says_what_to_do(motif: Motif) -> None:
    refus = ConnexionRefusee(motif, fournisseur="FranceConnect", numero="12AB34CD")
    phrase = refus.phrase
    assert "Numéro à donner si vous nous écrivez\u00a0: 12AB34CD." in phrase
    assert any(remede in phrase for remede in ("Recommencez", "Réessayez", "onnectez-vous autrement"))
    assert not [signe for signe in ("{", "'", " :", " ;") if signe in phrase]
    assert ConnexionRefusee(motif).phrase[0].isupper()
    assert "Numéro" not in ConnexionRefusee(motif).phrase


@pytest.mark.parametrize(
    ("change", "a_l_etranger"),
    [
        ({}, True),
        ({"birthplace": "59350", "birthcountry": "99100"}, False),
        ({"birthplace": "2A004", "birthcountry": "99100"}, False),
        ({"birthplace": "", "birthcountry": "99100"}, False),
        ({"birthplace": None, "birthcountry": None}, None),
        ({"birthplace": None, "birthcountry": ""}, None),
        ({"birthplace": None}, True),
    ],
)
def test_where_somebody_was_born(change: dict[str, Any], a_l_etranger: bool | None) -> None:
    lue = IdentitePivot.model_validate_json(json.dumps(PIVOT | change))
    assert lue.ne_a_l_etranger is a_l_etranger


def test_what_was_not_asked_for_is_not_kept_and_nothing_is_shown() -> None:
    lue = IdentitePivot.model_validate_json(json.dumps(PIVOT | {"nir": "1", "idp_birthdate": "1990-00-00"}))
    assert {"nir", "idp_birthdate"}.isdisjoint(lue.model_dump())
    assert repr(lue) == str(lue) == "IdentitePivot(…)"
    agent = IdentiteProfessionnelle.model_validate_json(json.dumps(AGENT))
    assert agent.roles == ("agent_public",)
    assert "GUICHETIER" not in f"{agent}"


@pytest.mark.parametrize(
    "change",
    [
        {"birthplace": "5935"},
        {"birthcountry": "75000"},
        {"gender": "autre"},
        {"birthdate": "1849-12-31"},
        {"birthdate": 1990},
        {"family_name": " "},
        {"family_name": "A\u0000B"},
        {"family_name": None},
        {"given_name_array": ["A"] * 31},
        {"email": "sans arobase"},
        {"sub": ""},
        {"sub": "a b"},
    ],
)
def test_an_identity_out_of_bounds_is_refused_without_being_quoted(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refus:
        IdentitePivot.model_validate_json(json.dumps(PIVOT | change))
    assert "Karim" not in str(refus.value)


@pytest.mark.parametrize(
    "octets", [b"", b"[]", b"{}", b'{"keys": []}', b'{"keys": [3]}', b'{"keys": [{"kid": "a"}]}']
)
def test_keys_that_are_none_are_refused(octets: bytes) -> None:
    with pytest.raises(ConnexionRefusee) as refus:
        lire_cles(octets)
    assert refus.value.motif == Motif.REPONSE_ILLISIBLE


def test_a_key_without_a_name_is_of_no_use() -> None:
    cle = {"kty": "EC", "crv": "P-256", "x": "2Fyo7_RBm9s8f7q3WDfP_DOxH3YD45nzjZXDNOr778o"}
    cle["y"] = "m8G_92REdrOMyclVwRO6QDTk8VYvj274WiiWvgaz9ug"
    assert lire_cles(json.dumps({"keys": [cle, {**cle, "kid": "k"}]}).encode()).par_kid.keys() == {"k"}


def test_a_key_of_ours_that_cannot_be_read_opens_nothing() -> None:
    with pytest.raises(ConnexionRefusee) as refus:
        dechiffrer(b"a.b.c.d.e", Chiffrement(alg="ECDH-ES", cle=SecretStr("pas une clé")))
    assert refus.value.motif == Motif.CHIFFREMENT
    assert tirer() != tirer()
