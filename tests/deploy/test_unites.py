"""A unit is run where there is no systemd, by what it says; the operator's commands find its credentials."""

import tomllib
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.env import Env
from outils.exercices.grappe import credentiels
from outils.exercices.unites import lire
from outils.rendre import DEPLOIEMENT, rendre
from sne.cli.connexion import variables
from sne.cli.francais import Echec
from tests.config.test_env import tiree

BASE = "postgresql://sne_runtime:x@10.0.0.1:5000/sne?sslmode=verify-full"
AILLEURS = {  # what an installation that uses everything says in its common file: no secret
    "SNE_HTTPS": "true",
    "SNE_DOCUMENTS_MAGASIN": "s3",
    "SNE_S3_SEAU": "documents",
    "SNE_CLAMD": "tcp://10.0.0.9:3310",
    "SNE_URL_MENAGES": "https://demande.exemple.fr",
    "SNE_SUIVI_PRESTATAIRE": "brevo",
    "SNE_MAILEVA_URL": "https://maileva.exemple.fr/api",
    "SNE_MAILEVA_CONNEXION_URL": "https://maileva.exemple.fr/connexion",
    "SNE_BAN_URL": "https://ban.exemple.fr/api",
    "SNE_ENTREPRISES_URL": "https://entreprises.exemple.fr/api",
    "SNE_DRM_URL": "https://drm.exemple.fr/api",
    "SNE_FC_EMETTEUR": "https://fc.exemple.fr/api",
    "SNE_FC_CLIENT": "sne",
    "SNE_PC_EMETTEUR": "https://pc.exemple.fr/api",
    "SNE_PC_CLIENT": "sne",
}
PROPRES = {
    "SNE_CELLULES": f"nord={BASE}",
    "SNE_PORTAIL_CELLULES": f"nord={BASE.replace('sne_runtime', 'sne_portail')}",
    "SNE_SMTP_URL": "smtps://a:b@relais.exemple.fr:465",
}


def secret(nom: str) -> str:
    """A value that this secret may have."""
    if nom.endswith("_URL"):
        return PROPRES.get(nom, BASE)
    if nom in {"SNE_S3_CLE", "SNE_MAILEVA_CLIENT", "SNE_MAILEVA_COMPTE", "SNE_SUIVI_SECRET"}:
        return f"a:{tiree(nom)}"
    return PROPRES.get(nom, f"1:{tiree(nom)}" if nom.startswith("SNE_CLES_") else tiree(nom))


def test_every_secret_is_a_credential_of_a_unit() -> None:
    secrets = {
        f"SNE_{nom.upper()}" for nom, champ in Env.model_fields.items() if champ.annotation is SecretStr
    }
    assert secrets <= credentiels()


@pytest.mark.parametrize("nom", ["web@", "portail@", "editeurs@", "travailleur", "mesures", "retours"])
def test_a_unit_starts_where_the_service_uses_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nom: str
) -> None:
    """It has each secret that its variables want, and no variable that wants a secret which it does not have."""
    valeurs = tomllib.loads((DEPLOIEMENT / "exemple.toml").read_text(encoding="utf-8"))
    valeurs |= {"secrets": str(tmp_path), "environnement": str(tmp_path / "environnement")}
    rendre(valeurs, tmp_path / "rendus")
    (tmp_path / "environnement").write_text("".join(f"{n}={v}\n" for n, v in AILLEURS.items()))
    for credentiel in credentiels():
        (tmp_path / credentiel).write_text(secret(credentiel))
    fichier = tmp_path / "rendus" / "systemd" / f"sne-{nom}.service"
    unite = lire(fichier, execution=tmp_path / "execution", instance="8000")
    for variable in Env.model_fields:
        monkeypatch.delenv(f"SNE_{variable.upper()}", raising=False)
    for variable, valeur in unite.variables.items():
        monkeypatch.setenv(variable, valeur)
    lu = Env(_secrets_dir=unite.variables["CREDENTIALS_DIRECTORY"])
    assert lu.runtime_url == BASE
    cellules = {"portail@": "SNE_PORTAIL_CELLULES", "mesures": ""}.get(nom, "SNE_CELLULES")
    assert lu.cellules == PROPRES.get(cellules, ""), (
        "a territory that moved is reached by every door, each by its role"
    )
    assert bool(lu.maileva_url) is (nom == "travailleur")
    assert bool(lu.fc_emetteur) is (nom == "portail@")
    compte = unite.variables.get("PROMETHEUS_MULTIPROC_DIR", "")
    propre = f"{tmp_path / 'execution'}/sne-sne-{nom}8000"
    assert compte == ("" if nom in {"mesures", "retours"} else propre), (
        "the folder that systemd empties as it starts"
    )
    assert f"RuntimeDirectory={valeurs['nom']}-%N" in fichier.read_text()
    assert ("203.0.113.20" in fichier.read_text()) is (nom != "mesures"), "what it asks outside, it may reach"


def test_each_unit_that_ends_is_started_again_by_its_timer(tmp_path: Path) -> None:
    valeurs = tomllib.loads((DEPLOIEMENT / "exemple.toml").read_text(encoding="utf-8"))
    unites = [f for f in rendre(valeurs, tmp_path) if f.parent.name == "systemd"]
    minuteurs = {f.stem for f in unites if f.suffix == ".timer"}
    assert minuteurs == {f.stem for f in unites if "Type=oneshot" in f.read_text(encoding="utf-8")}
    retours = (tmp_path / "systemd" / "sne-retours.service").read_text(encoding="utf-8")
    assert "ExecStart=/opt/sne/bin/sne courriels relever /var/mail/retours\n" in retours
    assert "ReadWritePaths=/var/mail/retours\n" in retours, "what was read is put away, answers are erased"
    assert f"ReadWritePaths={valeurs['mesures']}\n" in retours, "an alert reads when it was read"


def test_command_variables_and_credentials_are_those_of_the_unit(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("valeur")
    (tmp_path / "environnement").write_text("SNE_HOTES=a,b\n")
    unite = tmp_path / "sne-web@.service"
    unite.write_text(
        "# une unité\n[Service]\n"
        f"EnvironmentFile={tmp_path}/environnement\n"
        "Environment=SNE_HTTPS=true SNE_ICI=%d\n"
        "Environment=SNE_LA=%t/sne-%N\n"
        "RuntimeDirectory=sne-%N\n"
        "ExecStart=/bin/sh -c 'date +%%u' --port %i\n"
        f"LoadCredentialEncrypted=SNE_RUNTIME_URL:{tmp_path}/secret\n"
    )
    lue = lire(unite, execution=tmp_path, instance="8000")
    droits = tmp_path / "sne-web-8000"
    assert (lue.commande, lue.apres) == (["/bin/sh", "-c", "date +%u", "--port", "8000"], [])
    assert lue.variables["SNE_HOTES"] == "a,b"
    assert lue.variables["SNE_LA"] == f"{tmp_path}/sne-sne-web@8000"
    assert (tmp_path / "sne-sne-web@8000").is_dir(), "made before the process, as systemd does"
    assert lue.variables["SNE_ICI"] == lue.variables["CREDENTIALS_DIRECTORY"] == str(droits)
    assert ((droits / "SNE_RUNTIME_URL").read_text(), (droits / "SNE_RUNTIME_URL").stat().st_mode & 0o77) == (
        "valeur",
        0,
    )
    assert variables(lue.variables, role="runtime")["SNE_ROLE"] == "runtime"
    with pytest.raises(Echec, match="SNE_OWNER_URL"):
        variables(lue.variables, role="owner")
