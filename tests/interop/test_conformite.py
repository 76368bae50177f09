"""« Ours » by the command of operation, REST and SOAP, against the listener as vendors meet it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sne.cli.principal import sne
from sne.ecole.parcours import PARCOURS
from sne.ecole.parcours_soap import PAR_ZEEP, Messager, Rendu
from sne.ecole.parcours_soap import PARCOURS as PAR_SOAP
from sne.registre.demande.models.demande import Demande
from sne.socle.horloge import aujourd_hui
from tests.imports.factories import deposer
from tests.interop.certificats import Autorite
from tests.interop.conftest import Ecoute
from tests.nuu.messages import message


@pytest.fixture
def options(serveur: Ecoute, autorite: Autorite, vendeur: tuple[Path, Path], tmp_path: Path) -> list[str]:
    """What the command is given, files laid out as those of the demonstration."""
    (tmp_path / "autorite.pem").write_bytes(autorite.racine.read_bytes())
    (tmp_path / "editeur.pem").write_bytes(vendeur[0].read_bytes())
    (tmp_path / "editeur.cle").write_bytes(vendeur[1].read_bytes())
    (tmp_path / "cle.txt").write_text(serveur.cle)
    (tmp_path / "demande.json").write_text(json.dumps(deposer("x", 1)["corps"]))
    (tmp_path / "cre.xml").write_text(message(jour=aujourd_hui()))
    fichiers = {"--cle": "cle.txt", "--corps": "demande.json", "--message": "cre.xml", "--certificats": "."}
    dites = [mot for nom, fichier in fichiers.items() for mot in (nom, str(tmp_path / fichier))]
    return ["conformite", "notre", f"https://{serveur.adresse}/api/v1", "--guichet", "G0993", *dites]


def test_both_doors_keep_their_contract_here(options: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    rendu = CliRunner().invoke(sne, options)
    assert [ligne for ligne in rendu.output.splitlines() if not ligne.startswith("tenu ")] == ["Conforme."]
    assert rendu.exit_code == 0
    assert rendu.output.count("tenu    ") == len(PARCOURS) + len(PAR_SOAP) + 1
    assert PAR_ZEEP in rendu.output
    assert Demande.objects.count() == 2

    rang = options.index("--message")
    par_rest = CliRunner().invoke(sne, [*options[:rang], *options[rang + 2 :]])
    assert (par_rest.exit_code, "SOAP" in par_rest.output) == (0, False)

    def oublieux(_: Messager, __: bytes) -> Rendu:
        return Rendu(200, b"")

    monkeypatch.setattr(Messager, "envoyer", oublieux)
    monkeypatch.setattr("sne.ecole.parcours_soap.find_spec", lambda _: None)
    manque = CliRunner().invoke(sne, options)
    assert manque.exit_code == 3
    assert "manqué  SOAP\u00a0: le même fichier renvoyé a le même numéro." in manque.output
