"""Whatever a provider answers, the person reads one sentence with a number, the log one reason without any claim."""

import json
import logging
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwe
from joserfc.jwk import ECKey
from pydantic import SecretStr

from sne.oidc import client as module_client
from sne.oidc.client import Client
from sne.oidc.connexion import Arrivee, commencer, conclure
from sne.oidc.models import EtatOidc
from sne.oidc.rules.fournisseur import Adresses, Chiffrement
from sne.oidc.rules.identite import IdentitePivot
from sne.oidc.rules.refus import ConnexionRefusee, Motif
from tests.oidc.menteur import INSTANT, LE, SUB, Menteur, finir, fournisseur_de

pytestmark = pytest.mark.django_db
TEMOIN = "t" * 43
PERSONNELS = ("SPECIMEN", "Amélie", "1985", SUB, "example.test", "secret-du-service", "acces", "le-code")


def se_connecter(menteur: Menteur, client: Client | None = None, **retour: str) -> Arrivee:
    client = client or Client(fournisseur_de(menteur.emetteur))
    adresse = commencer(client, temoin=TEMOIN, retour="/ma-demande/", survenu_le=LE)
    demande = parse_qs(urlsplit(adresse).query)
    menteur.nonce = menteur.nonce or demande["nonce"][0]
    champs = {"code": ["le-code"], "state": demande["state"], **{nom: [v] for nom, v in retour.items()}}
    return conclure(client, champs, temoin=TEMOIN, survenu_le=LE)


def refuse(
    menteur: Menteur, caplog: pytest.LogCaptureFixture, client: Client | None = None, **retour: str
) -> Motif:
    """The reason of the one refusal, once checked that it says neither too little nor too much."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ConnexionRefusee) as refus:
        se_connecter(menteur, client, **retour)
    (numero,) = re.findall(r"Numéro à donner si vous nous écrivez\s: ([0-9A-F]{8})\.$", refus.value.phrase)
    assert "FranceConnect" in refus.value.phrase
    (ligne,) = [r.getMessage() for r in caplog.records if r.name == "sne.oidc"]
    assert ligne == f"sign-in refused: {refus.value.motif} at FC, number {numero}"
    assert not [p for p in PERSONNELS if p in caplog.text + refus.value.phrase]
    assert refus.value.__suppress_context__
    return refus.value.motif


def test_somebody_signs_in(menteur: Menteur) -> None:
    arrivee = se_connecter(menteur, iss=menteur.emetteur)
    identite = arrivee.connexion.identite
    assert isinstance(identite, IdentitePivot)
    assert (identite.family_name, identite.birthplace, identite.ne_a_l_etranger) == (
        "SPECIMEN",
        "59350",
        False,
    )
    assert (arrivee.retour, arrivee.connexion.acr) == ("/ma-demande/", "eidas1")
    assert arrivee.identifie_le == LE
    (formulaire,) = menteur.formulaires
    assert formulaire["client_secret"] == ["secret-du-service"]
    assert "code_verifier" not in formulaire
    assert "SPECIMEN" not in repr(arrivee)
    assert SUB not in repr(arrivee)


def test_a_provider_that_does_not_say_when_vouches_for_nothing_recent(menteur: Menteur) -> None:
    menteur.jeton = lambda: menteur.signer(sauf("auth_time")(menteur.donnees_du_jeton()))
    assert se_connecter(menteur).identifie_le is None


def test_an_older_sign_in_there_serves_where_none_is_asked_anew(menteur: Menteur) -> None:
    """ProConnect’s case: its session is the agent’s, on a machine of the agent’s."""
    menteur.jeton = lambda: menteur.signer(sauf(auth_time=INSTANT - 3600)(menteur.donnees_du_jeton()))
    client = Client(fournisseur_de(menteur.emetteur, parametres={"ui_locales": "fr"}))
    assert se_connecter(menteur, client).connexion.acr == "eidas1"


def sauf(*noms: str, **valeurs: Any) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    return lambda donnees: {n: v for n, v in {**donnees, **valeurs}.items() if n not in noms}


Lire = Callable[[Menteur, dict[str, Any]], str]
SIGNATURES: dict[str, tuple[Lire, Motif]] = {
    "alg none": (lambda m, d: m.sans_signature(d), Motif.ALGORITHME),
    "HS256 with the public key": (lambda m, d: m.hs256(d), Motif.ALGORITHME),
    "another key under the same kid": (lambda m, d: m.signer(d, cle=m.autre), Motif.SIGNATURE),
    "another kid": (lambda m, d: m.signer(d, kid="k2"), Motif.CLE_INCONNUE),
    "a key of another kind": (lambda m, d: m.signer(d, kid="rsa"), Motif.REPONSE_ILLISIBLE),
    "no kid": (lambda m, d: m.signer(d, kid=None), Motif.CLE_INCONNUE),
    "another issuer": (lambda m, d: m.signer(sauf(iss="https://autre.example.test")(d)), Motif.EMETTEUR),
    "a list of one addressee": (lambda m, d: m.signer(sauf(aud=["sne-client-id"])(d)), Motif.DESTINATAIRE),
    "another addressee": (lambda m, d: m.signer(sauf(aud="autre")(d)), Motif.DESTINATAIRE),
    "expired": (lambda m, d: m.signer(sauf(exp=INSTANT - 30)(d)), Motif.JETON_EXPIRE),
    "issued in the future": (lambda m, d: m.signer(sauf(iat=INSTANT + 31)(d)), Motif.JETON_A_VENIR),
    "HTML": (lambda m, d: "<!doctype html><title>SPECIMEN</title>", Motif.REPONSE_ILLISIBLE),
    "nothing": (lambda m, d: "", Motif.REPONSE_ILLISIBLE),
    "truncated": (lambda m, d: m.signer(d)[:-20], Motif.SIGNATURE),
    "no claim": (lambda m, d: m.signer({}), Motif.JETON_INCOMPLET),
}
JETONS: dict[str, tuple[Lire, Motif]] = {
    "no expiry": (lambda m, d: m.signer(sauf("exp")(d)), Motif.JETON_INCOMPLET),
    "another nonce": (lambda m, d: m.signer(sauf(nonce="n" * 43)(d)), Motif.NONCE),
    "a lower level": (lambda m, d: m.signer(sauf(acr="eidas0")(d)), Motif.NIVEAU),
    "somebody identified before this sign-in started": (
        lambda m, d: m.signer(sauf(auth_time=INSTANT - 31)(d)),
        Motif.AUTHENTIFICATION_ANCIENNE,
    ),
    "somebody identified in the future": (
        lambda m, d: m.signer(sauf(auth_time=INSTANT + 31)(d)),
        Motif.JETON_A_VENIR,
    ),
    "a letter that is not ASCII": (lambda m, d: "é", Motif.REPONSE_ILLISIBLE),
}
INFORMATIONS: dict[str, tuple[Lire, Motif]] = {
    "somebody else": (lambda m, d: m.signer(sauf(sub="b" * 64 + "v1")(d)), Motif.AUTRE_PERSONNE),
    "no name": (lambda m, d: m.signer(sauf("family_name")(d)), Motif.IDENTITE_ILLISIBLE),
    "a day that is none": (lambda m, d: m.signer(sauf(birthdate="1985-02-30")(d)), Motif.IDENTITE_ILLISIBLE),
    "an endless name": (lambda m, d: m.signer(sauf(given_name="A" * 201)(d)), Motif.IDENTITE_ILLISIBLE),
}


@pytest.mark.parametrize("vecteur", SIGNATURES | JETONS)
def test_a_lie_in_the_id_token_is_refused(
    menteur: Menteur, caplog: pytest.LogCaptureFixture, vecteur: str
) -> None:
    mensonge, motif = (SIGNATURES | JETONS)[vecteur]
    menteur.jeton = lambda: mensonge(menteur, menteur.donnees_du_jeton())
    assert refuse(menteur, caplog) == motif
    assert "/userinfo" not in menteur.appels


@pytest.mark.parametrize("vecteur", SIGNATURES | INFORMATIONS)
def test_a_lie_in_userinfo_is_refused(
    menteur: Menteur, caplog: pytest.LogCaptureFixture, vecteur: str
) -> None:
    mensonge, motif = (SIGNATURES | INFORMATIONS)[vecteur]
    menteur.infos = lambda: mensonge(menteur, menteur.donnees_de_la_personne())
    assert refuse(menteur, caplog) == motif


def lent(requete: BaseHTTPRequestHandler) -> None:
    """The start of an answer, then nothing."""
    requete.send_response(200)
    requete.send_header("Content-Length", "1000")
    requete.end_headers()
    requete.wfile.write(b"{")


PANNES: dict[str, tuple[Callable[[BaseHTTPRequestHandler], None], Motif]] = {
    "error 500": (lambda r: finir(r, "SPECIMEN", 500), Motif.INDISPONIBLE),
    "truncated": (lambda r: finir(r, "{}", annonce=10), Motif.INDISPONIBLE),
    "too long": (lambda r: finir(r, "x" * (module_client.OCTETS_MAX + 1)), Motif.REPONSE_TROP_LONGUE),
    "not HTTP": (lambda r: r.wfile.write(b"SPECIMEN\r\n\r\n") and None, Motif.INDISPONIBLE),
}
TEXTES = {
    "HTML": "<!doctype html>",
    "a list": "[]",
    "empty": "",
    "bytes of another alphabet": "\x00",
}


@pytest.mark.parametrize("panne", PANNES)
@pytest.mark.parametrize("ou", ["/.well-known/openid-configuration", "/jwks", "/token", "/userinfo"])
def test_a_provider_that_fails_is_said_to_fail(
    menteur: Menteur, caplog: pytest.LogCaptureFixture, panne: str, ou: str
) -> None:
    menteur.reponses[ou], motif = PANNES[panne]
    assert refuse(menteur, caplog) == motif


@pytest.mark.parametrize("statut", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("ou", ["/.well-known/openid-configuration", "/jwks", "/token", "/userinfo"])
def test_an_answer_that_points_elsewhere_is_not_followed(
    menteur: Menteur, caplog: pytest.LogCaptureFixture, ou: str, statut: int
) -> None:
    ailleurs = f"{menteur.emetteur}/ailleurs"
    menteur.reponses[ou] = lambda r: finir(r, "", statut, Location=ailleurs)
    assert refuse(menteur, caplog) == Motif.INDISPONIBLE
    assert "/ailleurs" not in menteur.appels


@pytest.mark.parametrize("texte", TEXTES)
@pytest.mark.parametrize("ou", ["/.well-known/openid-configuration", "/jwks", "/token"])
def test_an_answer_that_is_not_json_is_refused(
    menteur: Menteur, caplog: pytest.LogCaptureFixture, texte: str, ou: str
) -> None:
    menteur.reponses[ou] = lambda r: finir(r, TEXTES[texte])
    assert refuse(menteur, caplog) == Motif.REPONSE_ILLISIBLE


def test_a_provider_that_stops_in_the_midst_is_left(
    menteur: Menteur, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module_client, "DELAI", 0.2)

    def muet(requete: BaseHTTPRequestHandler) -> None:
        lent(requete)
        menteur.fin.wait(30)

    menteur.reponses["/token"] = muet
    assert refuse(menteur, caplog) == Motif.INDISPONIBLE


def test_a_provider_that_answers_drop_by_drop_is_left(
    menteur: Menteur, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module_client, "DELAI_TOTAL", 0.0)
    menteur.reponses["/.well-known/openid-configuration"] = lent
    assert refuse(menteur, caplog) == Motif.INDISPONIBLE


def test_a_code_that_the_provider_refuses(menteur: Menteur, caplog: pytest.LogCaptureFixture) -> None:
    menteur.reponses["/token"] = lambda r: finir(r, '{"error": "invalid_grant"}', 400)
    assert refuse(menteur, caplog) == Motif.CODE_REFUSE


@pytest.mark.parametrize(
    "reponse", [{}, {"id_token": 1, "access_token": "a"}, {"id_token": "a", "access_token": "a\n"}]
)
def test_an_answer_without_its_tokens(
    menteur: Menteur, caplog: pytest.LogCaptureFixture, reponse: dict[str, Any]
) -> None:
    menteur.reponses["/token"] = lambda r: finir(r, json.dumps(reponse))
    assert refuse(menteur, caplog) == Motif.REPONSE_ILLISIBLE


@pytest.mark.parametrize(
    ("change", "motif"),
    [
        ({"issuer": "https://autre.example.test"}, Motif.EMETTEUR),
        ({"token_endpoint": "http://autre.example.test/token"}, Motif.REPONSE_ILLISIBLE),
        ({"jwks_uri": 3}, Motif.REPONSE_ILLISIBLE),
    ],
)
def test_a_description_that_leads_elsewhere(
    menteur: Menteur, caplog: pytest.LogCaptureFixture, change: dict[str, Any], motif: Motif
) -> None:
    vraie = json.loads(menteur.verite(""))
    menteur.reponses["/.well-known/openid-configuration"] = lambda r: finir(r, json.dumps(vraie | change))
    assert refuse(menteur, caplog) == motif
    assert not EtatOidc.objects.exists()


def test_addresses_of_the_settings_need_no_description(menteur: Menteur) -> None:
    e = menteur.emetteur
    adresses = Adresses(
        autorisation=f"{e}/authorize",
        jeton=f"{e}/token",
        informations=f"{e}/userinfo",
        cles=f"{e}/jwks",
        fin_de_session=f"{e}/session/end",
    )
    se_connecter(menteur, Client(fournisseur_de(e, adresses=adresses)))
    assert menteur.appels == ["/token", "/jwks", "/userinfo"]


def test_keys_are_read_again_once_for_a_new_one(
    menteur: Menteur, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys change under us: a new one is fetched, and invented ones do not have us ask again and again."""
    heure = [1000.0]
    monkeypatch.setattr(module_client.time, "monotonic", lambda: heure[0])
    client = Client(fournisseur_de(menteur.emetteur))
    se_connecter(menteur, client)
    nouvelle = ECKey.generate_key("P-256", {"kid": "k2"})
    menteur.cles["keys"].append(nouvelle.as_dict(private=False))
    for donnees, faire in (("donnees_du_jeton", "jeton"), ("donnees_de_la_personne", "infos")):
        setattr(
            menteur, faire, lambda d=donnees: menteur.signer(getattr(menteur, d)(), cle=nouvelle, kid="k2")
        )
    menteur.nonce = ""
    assert refuse(menteur, caplog, client) == Motif.CLE_INCONNUE
    assert menteur.appels.count("/jwks") == 1
    heure[0] += module_client.CLES_AU_PLUS_TOUTES_LES
    menteur.nonce = ""
    se_connecter(menteur, client)
    assert menteur.appels.count("/jwks") == 2


@pytest.mark.parametrize("juste", [True, False])
def test_userinfo_encrypted_for_us(menteur: Menteur, caplog: pytest.LogCaptureFixture, juste: bool) -> None:
    notre = ECKey.generate_key("P-256", {"kid": "enc"})
    texte = json.dumps(notre.as_dict(private=True))
    client = Client(
        fournisseur_de(menteur.emetteur, chiffrement=Chiffrement(alg="ECDH-ES", cle=SecretStr(texte)))
    )
    signer = menteur.infos
    if juste:
        # FranceConnect's server adds iss and aud to the header: more than the standard names.
        entete = {"alg": "ECDH-ES", "enc": "A256GCM", "cty": "JWT", "iss": menteur.emetteur, "aud": "sne"}
        souple = jwe.JWERegistry(algorithms=["ECDH-ES", "A256GCM"], strict_check_header=False)
        menteur.infos = lambda: jwe.encrypt_compact(entete, signer(), notre, registry=souple)
        assert isinstance(se_connecter(menteur, client).connexion.identite, IdentitePivot)
    else:  # signed, not encrypted: not what was agreed
        assert refuse(menteur, caplog, client) == Motif.CHIFFREMENT


ERREURS = {
    "access_denied": Motif.ABANDON,
    "invalid_scope": Motif.REGLAGE,
    "server_error": Motif.INDISPONIBLE,
    "login_required": Motif.SESSION_REQUISE,
    "SPECIMEN": Motif.ERREUR_INCONNUE,
}


@pytest.mark.parametrize("erreur", ERREURS)
def test_an_error_of_the_provider_has_its_sentence(
    menteur: Menteur, caplog: pytest.LogCaptureFixture, erreur: str
) -> None:
    assert refuse(menteur, caplog, error=erreur, error_description="SPECIMEN 1985") == ERREURS[erreur]
    assert "/token" not in menteur.appels
    assert not EtatOidc.objects.exists()


def test_a_callback_of_another_issuer(menteur: Menteur, caplog: pytest.LogCaptureFixture) -> None:
    assert refuse(menteur, caplog, iss="https://autre.example.test") == Motif.EMETTEUR


def test_a_callback_played_twice_asks_the_provider_nothing(menteur: Menteur) -> None:
    client = Client(fournisseur_de(menteur.emetteur))
    adresse = commencer(client, temoin=TEMOIN, retour="/", survenu_le=LE)
    demande = parse_qs(urlsplit(adresse).query)
    menteur.nonce = demande["nonce"][0]
    champs = {"code": ["le-code"], "state": demande["state"]}
    conclure(client, champs, temoin=TEMOIN, survenu_le=LE + timedelta(seconds=5))
    with pytest.raises(ConnexionRefusee) as refus:
        conclure(client, champs, temoin=TEMOIN, survenu_le=LE + timedelta(seconds=6))
    assert refus.value.motif == Motif.ETAT_INCONNU
    assert menteur.appels.count("/token") == 1
