"""Somebody who knows nothing of the code registers by REST and by SOAP, by pasting what the page says."""

import re
import subprocess
from pathlib import Path

import pytest

from sne.conventions.models import Convention
from sne.registre.demande.models.demande import Demande
from tests.conventions.factories import cle_de
from tests.interop.certificats import Autorite
from tests.interop.client_public import RACINE

PAGE = RACINE / "docs" / "webservices.md"


def _commandes(titre: str) -> str:
    """What a section of the page gives to paste."""
    section = PAGE.read_text(encoding="utf-8").partition(f"## {titre}\n")[2].partition("\n## ")[0]
    blocs = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    assert blocs
    return "\n".join(blocs)


@pytest.fixture
def coller(ecoute: str, autorite: Autorite, vendeur: tuple[Path, Path], tmp_path: Path):
    """Paste a section in a folder laid out as the demonstration's; what the shell wrote."""
    ici = tmp_path / "var" / "editeurs"
    ici.mkdir(parents=True)
    (ici / "autorite.pem").write_bytes(autorite.racine.read_bytes())
    (ici / "editeur.pem").write_bytes(vendeur[0].read_bytes())
    (ici / "editeur.cle").write_bytes(vendeur[1].read_bytes())
    (ici / "cle.txt").write_text(cle_de(Convention.objects.get().id))

    def executer(titre: str, apres: str = "") -> str:
        texte = _commandes(titre).replace("localhost:8002", ecoute)
        fait = subprocess.run(
            ["sh", "-eu"],
            input=texte + apres,
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "TZ": "Europe/Paris"},
            capture_output=True,
            text=True,
            check=True,
        )
        return fait.stdout

    return executer


def test_the_page_alone_registers_by_both_doors(coller):
    par_rest = coller("REST, against the demonstration, in ten minutes")
    assert "HTTP/1.1 201" in par_rest
    assert '"champs":["demandeur.contact.telephone_portable"]' in par_rest
    enregistree = Demande.objects.get()
    assert f'"nud":"{enregistree.nud}"' in par_rest
    par_soap = coller("SOAP, against the demonstration, in ten minutes", "head -c 5 attestation.pdf\n")
    autre = Demande.objects.exclude(pk=enregistree.pk).get()
    assert f"{autre.nud}\n" in par_soap
    assert par_soap.splitlines()[-2:] == ['typeLogement code="T2"', "%PDF-"]
