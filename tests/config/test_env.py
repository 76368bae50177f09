"""The environment is read once, typed, and refused when wrong; ``.env.example`` says exactly what it reads."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from config.env import Env

EXEMPLE = (Path(__file__).resolve().parents[2] / ".env.example").read_text()
FICHES = re.findall(
    r"^# (?P<phrase>.+)\n(?P<defaut>#?)(?P<nom>SNE_\w+)=(?P<valeur>.*)$", EXEMPLE, re.MULTILINE
)


SECRETS = ("SECRET_KEY", "CLE_NIR_CHIFFREMENT", "CLE_NIR_EMPREINTE", "CLES_DOCUMENTS", "CLES_JOURNAL")


def tiree(nom: str) -> str:
    """A key as ``openssl rand -hex 32`` gives them."""
    return hashlib.sha256(nom.encode()).hexdigest()


def remplir(environnement: pytest.MonkeyPatch) -> None:
    """The example as an operator fills it in: its keys are replaced."""
    for _, _, nom, valeur in FICHES:
        environnement.setenv(nom, valeur)
    for nom in SECRETS:
        environnement.setenv(f"SNE_{nom}", f"1:{tiree(nom)}" if nom.startswith("CLES_") else tiree(nom))


@pytest.fixture
def vierge(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No ``SNE_*`` variable at all."""
    for nom in Env.model_fields:
        monkeypatch.delenv(f"SNE_{nom.upper()}", raising=False)
    return monkeypatch


def test_example_lists_every_variable_in_order_with_its_description() -> None:
    decrites = {f"SNE_{nom.upper()}": champ.description for nom, champ in Env.model_fields.items()}
    assert {nom: phrase for phrase, _, nom, _ in FICHES} == decrites
    assert [nom for _, _, nom, _ in FICHES] == list(decrites)


def test_example_shows_the_true_defaults(vierge: pytest.MonkeyPatch) -> None:
    remplir(vierge)
    tout_ecrit = Env()
    for _, defaut, nom, _ in FICHES:
        if defaut and nom.removeprefix("SNE_") not in SECRETS:
            vierge.delenv(nom)
    assert Env() == tout_ecrit


def test_only_variables_without_default_are_left_uncommented() -> None:
    obligatoires = {f"SNE_{nom.upper()}" for nom, champ in Env.model_fields.items() if champ.is_required()}
    assert {nom for _, defaut, nom, _ in FICHES if not defaut} == obligatoires


def test_missing_variables_are_all_named(vierge: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError) as refus:
        Env()
    manquantes = {str(e["loc"][0]) for e in refus.value.errors()}
    assert manquantes == {
        "runtime_url",
        "secret_key",
        "cle_nir_chiffrement",
        "cle_nir_empreinte",
        "cles_documents",
    }


@pytest.mark.parametrize("cle", ["courte", "zz" * 32, "00" * 31, ""])
def test_key_that_is_not_32_bytes_is_refused_without_being_shown(
    vierge: pytest.MonkeyPatch, cle: str
) -> None:
    remplir(vierge)
    vierge.setenv("SNE_CLE_NIR_EMPREINTE", cle)
    with pytest.raises(ValidationError, match="64 hexadecimal signs") as refus:
        Env()
    assert not cle or cle not in str(refus.value)


def test_hosts_are_separated_by_commas(vierge: pytest.MonkeyPatch) -> None:
    remplir(vierge)
    vierge.setenv("SNE_HOTES", "a.exemple.fr, b.exemple.fr,")
    assert Env().hotes == ("a.exemple.fr", "b.exemple.fr")


def test_environment_cannot_be_changed(vierge: pytest.MonkeyPatch) -> None:
    remplir(vierge)
    with pytest.raises(ValidationError, match="frozen"):
        Env().debug = True  # type: ignore[misc]


@pytest.mark.parametrize(
    ("nom", "valeur", "phrase"),
    [
        ("SMTP_URL", "http://mx.exemple.fr", "smtps"),
        ("SMTP_URL", "smtp://", "smtps"),
        ("SUIVI_PRESTATAIRE", "brevo", "SNE_SUIVI_SECRET"),
        ("SUIVI_PRESTATAIRE", "pigeon", "brevo"),
        ("MAILEVA_URL", "https://api.exemple.fr", "SNE_MAILEVA_CONNEXION_URL"),
        ("MAILEVA_RAPPEL_SECRET", "trop-court", "32 letters"),
        ("MAILEVA_RAPPEL_SECRET", "un/secret/qui/ne/va/pas/dans/une/adresse", "32 letters"),
        ("COURRIEL_EXPEDITEUR", "sans-arobase", "pattern"),
        ("DOCUMENTS_MAGASIN", "s3", "SNE_S3_SEAU"),
        ("DOCUMENTS_MAGASIN", "bande", "disque"),
        ("S3_SEAU", "documents", "SNE_S3_CLE"),
        ("S3_ADRESSE", "https://s3.exemple.fr/", "pattern"),
        ("CLES_DOCUMENTS", "1:abc", "64 hexadecimal"),
        ("CLES_DOCUMENTS", f"0:{tiree('a')}", "from 1 to 255"),
        ("CLES_DOCUMENTS", f"1:{tiree('a')},1:{tiree('b')}", "each once"),
        ("CLES_DOCUMENTS", "", "each once"),
    ],
)
def test_sending_that_is_half_set_is_refused(
    vierge: pytest.MonkeyPatch, nom: str, valeur: str, phrase: str
) -> None:
    remplir(vierge)
    vierge.setenv(f"SNE_{nom}", valeur)
    with pytest.raises(ValidationError, match=phrase):
        Env()


def test_sending_that_is_whole_is_read(vierge: pytest.MonkeyPatch) -> None:
    remplir(vierge)
    for nom, valeur in {
        "SMTP_URL": "smtp+tls://moi:secret@mx.exemple.fr",
        "SUIVI_PRESTATAIRE": "postal",
        "SUIVI_SECRET": "prestataire:un-long-secret-partage",
        "MAILEVA_URL": "https://api.exemple.fr/mail/v2",
        "MAILEVA_CONNEXION_URL": "https://connexion.exemple.fr/jeton",
        "MAILEVA_CLIENT": "a:b",
        "MAILEVA_COMPTE": "c:d",
        "DOCUMENTS_MAGASIN": "s3",
        "S3_SEAU": "documents",
        "S3_CLE": "compte:secret",
        "CLES_DOCUMENTS": f"1:{tiree('a')},12:{tiree('b')}",
    }.items():
        vierge.setenv(f"SNE_{nom}", valeur)
    env = Env()
    assert env.smtp_url.get_secret_value() == "smtp+tls://moi:secret@mx.exemple.fr"
    assert "secret" not in repr(env.smtp_url)
    assert env.cles_documents_par_version() == {1: bytes.fromhex(tiree("a")), 12: bytes.fromhex(tiree("b"))}


def test_example_as_it_is_does_not_start(vierge: pytest.MonkeyPatch) -> None:
    for _, _, nom, valeur in FICHES:
        vierge.setenv(nom, valeur)
    with pytest.raises(ValidationError) as refus:
        Env()
    fautives = {str(e["loc"][0]).upper() for e in refus.value.errors()}
    assert fautives == set(SECRETS) - {"CLES_JOURNAL"}
    assert "openssl rand" in str(refus.value)


@pytest.mark.parametrize(
    ("nom", "valeur"),
    [
        ("SECRET_KEY", "x" * 60),
        ("SECRET_KEY", f"a-remplacer-{tiree('a')}"),
        ("ANCIENNES_SECRET_KEY", "0" * 64),
        ("CLE_NIR_EMPREINTE", "00" * 32),
        ("CLE_NIR_EMPREINTE", "0123456789abcdef" * 4),
        ("CLES_DOCUMENTS", f"1:{tiree('a')},2:{'ab' * 32}"),
        ("CLES_JOURNAL", f"1:{'00' * 32}"),
        ("HOTES", "*"),
        ("HOTES", "exemple.fr,*"),
        ("DEBUG", "true"),
        ("ANTIVIRUS", "aucun"),
    ],
)
def test_setting_that_protects_nothing_is_refused_with_its_name(
    vierge: pytest.MonkeyPatch, nom: str, valeur: str
) -> None:
    remplir(vierge)
    for demonstration in ("false", "true"):  # served over https, a demonstration is a service like another
        vierge.setenv("SNE_DEMONSTRATION", demonstration)
        vierge.setenv(f"SNE_{nom}", valeur)
        with pytest.raises(ValidationError, match=f"(?i){nom}") as refus:
            Env()
        assert len(valeur) < 10 or valeur not in str(refus.value)


@pytest.mark.parametrize("autre", SECRETS[:3])
def test_one_key_for_two_uses_is_refused(vierge: pytest.MonkeyPatch, autre: str) -> None:
    remplir(vierge)
    vierge.setenv("SNE_CLES_DOCUMENTS", f"1:{tiree('a')},2:{tiree(autre)}")
    with pytest.raises(ValidationError, match=f"SNE_{autre} and SNE_CLES_DOCUMENTS"):
        Env()


def test_former_keys_of_signature_still_verify(vierge: pytest.MonkeyPatch) -> None:
    remplir(vierge)
    vierge.setenv("SNE_ANCIENNES_SECRET_KEY", f"{tiree('avant')}, {tiree('encore avant')}")
    assert Env().anciennes_cles() == [tiree("avant"), tiree("encore avant")]
    vierge.setenv("SNE_ANCIENNES_SECRET_KEY", "")
    assert Env().anciennes_cles() == []


@pytest.mark.parametrize(("nom", "valeur"), [("ANTIVIRUS", "aucun"), ("DEBUG", "true")])
def test_comforts_of_a_workstation_are_for_its_demonstration(
    vierge: pytest.MonkeyPatch, nom: str, valeur: str
) -> None:
    remplir(vierge)
    vierge.setenv(f"SNE_{nom}", valeur)
    vierge.setenv("SNE_HTTPS", "false")
    with pytest.raises(ValidationError, match=f"SNE_{nom}=.* SNE_DEMONSTRATION=true and SNE_HTTPS=false"):
        Env()
    vierge.setenv("SNE_DEMONSTRATION", "true")
    assert Env().sur_un_poste


@pytest.mark.parametrize("adresse", ["clamd", "unix:", "tcp://:3310", "tcp://h", "http://h:1"])
def test_wrong_address_of_clamd_is_refused(monkeypatch: pytest.MonkeyPatch, adresse: str) -> None:
    monkeypatch.setenv("SNE_CLAMD", adresse)
    with pytest.raises(ValidationError, match="clamd"):
        Env()


def test_cookies_served_over_https_are_of_this_host_alone(tmp_path: Path) -> None:
    montrer = "from config.settings import base as b; print(b.SESSION_COOKIE_NAME, b.CSRF_COOKIE_NAME)"
    env = {**os.environ, "SNE_HTTPS": "true", "SNE_DOSSIER": str(tmp_path)}
    fait = subprocess.run(
        [sys.executable, "-c", montrer], env=env, capture_output=True, text=True, check=True
    )
    assert fait.stdout.split() == ["__Host-sessionid", "__Host-csrftoken"]


def test_secrets_may_be_the_credentials_of_a_unit(tmp_path: Path) -> None:
    (tmp_path / "SNE_SECRET_KEY").write_text(tiree("fichier"))
    env = {**os.environ, "CREDENTIALS_DIRECTORY": str(tmp_path)}
    del env["SNE_SECRET_KEY"]
    lire = "from config.env import lire_env as e; print(e().secret_key.get_secret_value())"
    fait = subprocess.run([sys.executable, "-c", lire], env=env, capture_output=True, text=True, check=True)
    assert fait.stdout.split() == [tiree("fichier")]


@pytest.mark.parametrize(
    ("cellule", "autres"), [("nord", "nord=postgresql://x@/y"), ("nord", "sud=postgresql://x@/y")]
)
def test_other_cells_are_others_and_the_directory_is_among_them(
    vierge: pytest.MonkeyPatch, cellule: str, autres: str
) -> None:
    remplir(vierge)
    vierge.setenv("SNE_CELLULE", cellule)
    vierge.setenv("SNE_CELLULES", autres)
    with pytest.raises(ValidationError, match="every other cell"):
        Env()
