"""A unit is run where there is no systemd, by what it says; the operator's commands find its credentials."""

from pathlib import Path

import pytest

from outils.exercices.unites import lire
from sne.cli.connexion import variables
from sne.cli.francais import Echec


def test_command_variables_and_credentials_are_those_of_the_unit(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("valeur")
    (tmp_path / "environnement").write_text("SNE_HOTES=a,b\n")
    unite = tmp_path / "sne-web@.service"
    unite.write_text(
        "# une unité\n[Service]\n"
        f"EnvironmentFile={tmp_path}/environnement\n"
        "Environment=SNE_HTTPS=true SNE_ICI=%d\n"
        "ExecStart=/bin/sh -c 'date +%%u' --port %i\n"
        f"LoadCredentialEncrypted=SNE_RUNTIME_URL:{tmp_path}/secret\n"
    )
    lue = lire(unite, execution=tmp_path, instance="8000")
    droits = tmp_path / "sne-web-8000"
    assert (lue.commande, lue.apres) == (["/bin/sh", "-c", "date +%u", "--port", "8000"], [])
    assert lue.variables["SNE_HOTES"] == "a,b"
    assert lue.variables["SNE_ICI"] == lue.variables["CREDENTIALS_DIRECTORY"] == str(droits)
    assert ((droits / "SNE_RUNTIME_URL").read_text(), (droits / "SNE_RUNTIME_URL").stat().st_mode & 0o77) == (
        "valeur",
        0,
    )
    assert variables(lue.variables, role="runtime")["SNE_ROLE"] == "runtime"
    with pytest.raises(Echec, match="SNE_OWNER_URL"):
        variables(lue.variables, role="owner")
