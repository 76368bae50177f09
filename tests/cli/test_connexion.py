"""Commands find the database: variables first, then the running demonstration, else one clear sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path
from secrets import token_hex

import pytest
from psycopg.conninfo import conninfo_to_dict

from sne.cli.connexion import AUCUNE_BASE, variables
from sne.cli.francais import Echec
from sne.demo.dossier import VARIABLE_DU_DOSSIER, Dossier

SNE = Path(sys.executable).parent / "sne"
DESCRIPTION = {
    "processus": {"superviseur": os.getpid()},
    "urls": {"accueil": "http://localhost:8123/", "portail": "http://localhost:8125/"},
    "hotes": "localhost",
    "ecole": False,
    "fc": "http://127.0.0.1:8126/api/v2",
    "pc": "http://127.0.0.1:8127/api/v2",
    "urls_des_services": "http://127.0.0.1:8124",
    "base": {"runtime": "postgresql://r@/b", "owner": "postgresql://o@/b", "portail": "postgresql://p@/b"},
    "comptes": [{"courriel": "camille.rousset@exemple.fr", "totp": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}],
}


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that commands take for the demonstration's."""
    monkeypatch.setenv(VARIABLE_DU_DOSSIER, str(tmp_path))
    return tmp_path


def lancer(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """``sne`` in a process without any ``SNE_*`` variable but those given."""
    propre = {cle: valeur for cle, valeur in os.environ.items() if not cle.startswith(("SNE_", "DJANGO_"))}
    return subprocess.run(
        [SNE, *arguments], env={**propre, **env}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "commande", [("sante",), ("journal", "verifier"), ("base", "url"), ("travailler",), ("code", "a@b.fr")]
)
def test_without_database_the_sentence_names_the_remedy(demo: Path, commande: tuple[str, ...]) -> None:
    fait = lancer(*commande, **{VARIABLE_DU_DOSSIER: str(demo)})
    assert (fait.returncode, fait.stdout) == (1, "")
    assert fait.stderr == f"sne : {AUCUNE_BASE}\n"


def test_variables_win_over_the_demonstration(demo: Path) -> None:
    (demo / "demo.json").write_text(json.dumps(DESCRIPTION))
    assert "SNE_RUNTIME_URL" not in variables({"SNE_RUNTIME_URL": "postgresql://x@/y"}, role="runtime")


def test_owner_needs_its_own_url() -> None:
    with pytest.raises(Echec, match="SNE_OWNER_URL"):
        variables({"SNE_RUNTIME_URL": "postgresql://x@/y"}, role="owner")


@pytest.mark.parametrize(("role", "owner"), [("runtime", ""), ("owner", "postgresql://o@/b")])
def test_running_demonstration_gives_the_variables(demo: Path, role: str, owner: str) -> None:
    (demo / "demo.json").write_text(json.dumps(DESCRIPTION))
    trouvees = variables({}, role=role)
    assert trouvees["SNE_RUNTIME_URL"] == "postgresql://r@/b"
    assert trouvees["SNE_OWNER_URL"] == owner
    assert trouvees["SNE_CLE_NIR_EMPREINTE"] == Dossier(demo).secrets()["cle_nir_empreinte"]
    assert trouvees["SNE_URL_PUBLIQUE"] == "http://localhost:8123"
    assert "SNE_ECOLE" not in trouvees
    (demo / "demo.json").write_text(json.dumps(DESCRIPTION | {"ecole": True}))
    assert variables({}, role=role)["SNE_ECOLE"] == "true"


def test_base_url_writes_the_address_of_a_role(demo: Path) -> None:
    (demo / "demo.json").write_text(json.dumps(DESCRIPTION))
    ici = {VARIABLE_DU_DOSSIER: str(demo)}
    assert lancer("base", "url", **ici).stdout == "postgresql://r@/b\n"
    assert (
        json.loads(lancer("base", "url", "--role", "owner", "--json", **ici).stdout)["url"]
        == "postgresql://o@/b"
    )


def test_base_url_of_the_replica_is_where_a_whole_base_is_read(demo: Path) -> None:
    (demo / "demo.json").write_text(json.dumps(DESCRIPTION))
    ici = {VARIABLE_DU_DOSSIER: str(demo)}
    for hote, attendue in (
        ("copie.exemple.fr:5001", {"host": "copie.exemple.fr", "port": "5001"}),
        ("/run/copie", {"host": "/run/copie", "port": "5432"}),
    ):
        dite = lancer("base", "url", "--lecture", **ici, SNE_LECTURE_HOTE=hote).stdout.strip()
        assert conninfo_to_dict(dite) == {"user": "r", "dbname": "b", **attendue}
    sans = lancer("base", "url", "--lecture", **ici)
    assert (sans.returncode, "SNE_LECTURE_HOTE" in sans.stderr) == (1, True)


def test_code_is_the_one_of_the_account(demo: Path) -> None:
    (demo / "demo.json").write_text(json.dumps(DESCRIPTION))
    ici = {VARIABLE_DU_DOSSIER: str(demo)}
    code = json.loads(lancer("code", "camille.rousset@exemple.fr", "--json", **ici).stdout)
    assert len(code["code"]) == 6
    assert 1 <= code["secondes"] <= 30
    inconnu = lancer("code", "personne@exemple.fr", **ici)
    assert inconnu.returncode == 1
    assert "camille.rousset@exemple.fr" in inconnu.stderr


def test_wrong_variable_is_named(demo: Path) -> None:
    fait = lancer("sante", SNE_RUNTIME_URL="postgresql://x@/y", SNE_CLE_NIR_EMPREINTE="courte")
    assert fait.returncode == 1
    assert "SNE_CLE_NIR_EMPREINTE" in fait.stderr
    assert "SNE_SECRET_KEY" in fait.stderr
    assert "Traceback" not in fait.stderr


@pytest.mark.parametrize(
    ("suite", "phrase"),
    [
        ("?sslmode=verify-full&sslrotcert=x", "SNE_RUNTIME_URL : parameter sslrotcert"),
        ("?sslmode=require", "SNE_RUNTIME_URL wants sslmode=verify-full"),
    ],
)
def test_address_of_the_database_that_would_not_be_obeyed_says_why(
    demo: Path, suite: str, phrase: str
) -> None:
    cles = {f"SNE_CLE_NIR_{nom}": token_hex(32) for nom in ("CHIFFREMENT", "EMPREINTE")}
    env = {**cles, "SNE_SECRET_KEY": token_hex(32), "SNE_CLES_DOCUMENTS": f"1:{token_hex(32)}"}
    fait = lancer("sante", SNE_RUNTIME_URL=f"postgresql://x:sesame@n1/y{suite}", **env)
    assert fait.returncode == 1
    assert phrase in fait.stderr
    assert "sesame" not in fait.stderr
    assert "Traceback" not in fait.stderr
