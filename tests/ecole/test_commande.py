"""``sne conformite``: flows against the interface, a vendor's session judged, the badge that is signed."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from sne.cli.principal import sne
from sne.conventions.models import Convention
from sne.ecole.insigne import NOM, signer_insigne
from sne.ecole.parcours import PARCOURS, Reponse, dire, parcourir
from sne.ecole.rules.conformite import juger
from sne.ecole.selectors.traces import list_appels
from sne.journal.rules.notes import ClePrivee, is_signee_par
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant
from tests.api.conftest import Editeur
from tests.ecole.conftest import menage

pytestmark = pytest.mark.django_db
CLE = {7: b"k" * 32}


def appeler(editeur: Editeur) -> Any:
    def faire(methode: str, chemin: str, corps: Any = None, **entetes: str) -> Reponse:
        rendu = editeur(methode, chemin, corps, **entetes)
        return Reponse(rendu.status_code, dict(rendu.headers), json.loads(rendu.content or b"{}"))

    return faire


def test_nos_parcours_sont_tenus_ici(editeur: Editeur) -> None:
    faits = parcourir(appeler(editeur), menage())
    assert faits == dict.fromkeys(PARCOURS, True)
    assert dire(faits).endswith("Conforme.\n")


def test_une_interface_qui_oublie_les_cles_est_dite(editeur: Editeur) -> None:
    def sans_cle(methode: str, chemin: str, corps: Any = None, **entetes: str) -> Reponse:
        entetes.pop("Idempotency_Key", None)
        return appeler(editeur)(methode, chemin, corps, **entetes)

    faits = parcourir(sans_cle, menage())
    assert "manqué  Un message renvoyé avec sa clé n’est fait qu’une fois." in dire(faits)
    assert "à corriger" in dire(faits)


def test_une_seance_se_juge_et_le_statut_compte_les_manques(editeur: Editeur) -> None:
    editeur("GET", "/moi")
    convention = Convention.objects.get()
    assert [v.route for v in list_appels(convention.id, depuis=maintenant())] == []
    assert len(list_appels(convention.id)) == 1
    rendu = CliRunner().invoke(sne, ["conformite", "leur", str(convention.id), "--version", "4.2"])
    assert "non vu  CLE" in rendu.output
    assert rendu.exit_code == 15 + (1 if "manqué  AGENT" in rendu.output else 0)


def test_l_insigne_est_une_note_signee(editeur: Editeur, settings: Any) -> None:
    convention = Convention.objects.get()
    settings.CLES_JOURNAL = CLE
    constats = juger(list_appels(convention.id))
    note = signer_insigne(convention.id, "4.2", constats)
    assert "editeur Aurette Habitat\nversion 4.2\n" in note
    assert is_signee_par(note, ClePrivee(NOM, CLE[7]).publique)
    settings.CLES_JOURNAL = {}
    with pytest.raises(Interdit, match="Aucune clé"):
        signer_insigne(convention.id, "4.2", constats)


def test_un_fichier_illisible_est_dit(tmp_path: Path) -> None:
    absent = str(tmp_path / "absent")
    options = ["--cle", absent, "--guichet", "E0700", "--corps", absent]
    rendu = CliRunner().invoke(sne, ["conformite", "notre", "https://localhost:1/api/v1", *options])
    assert rendu.exit_code != 0


def test_chaque_page_dit_l_ecole(client: Client, ecole: None) -> None:
    assert "École\u00a0: tout est fictif." in client.get("/ecole/convention/").content.decode()
