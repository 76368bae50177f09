"""``sne reprendre``: a former system taken over line by line, and its command run again."""

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sne.registre.demande.models.demande import Demande, Version
from sne.socle.horloge import aujourd_hui
from tests.cli.commandes import sne
from tests.imports.factories import deposer

pytestmark = pytest.mark.django_db


def ligne(cle: str, rang: int, **passe: Any) -> dict[str, Any]:
    """A household of the former system, old."""
    lue = deposer(cle, rang)
    ici = lue["corps"]
    jour = (aujourd_hui() - timedelta(days=900)).isoformat()
    ici |= {"date_reception": jour, "piece_vue": {"type": "CNI", "vue_le": jour}} | passe
    return lue


def passer(
    dossier: Path, lignes: list[Any], *options: str, nom: str = "ancien.ndjson.gz"
) -> tuple[Any, list[Any]]:
    fichier, rapport = dossier / nom, dossier / "rapport.ndjson"
    octets = "\n".join(x if isinstance(x, str) else json.dumps(x) for x in lignes).encode()
    fichier.write_bytes(gzip.compress(octets) if nom.endswith(".gz") else octets)
    options = options or ("--guichet", "G0993")
    fait = sne(
        "reprendre", str(fichier), "--territoire", "099", "--rapport", str(rapport), "--json", *options
    )
    return fait, [json.loads(x) for x in rapport.read_text().splitlines()] if rapport.exists() else []


def test_chaque_ligne_est_dite_et_relancee_rien_n_est_refait(tmp_path: Path) -> None:
    jour = aujourd_hui()
    an, fin = (jour - timedelta(days=600)).isoformat(), (jour - timedelta(days=30)).isoformat()
    lignes = [
        ligne("A-1", 1, renouvellements=[an], statut="RADIEE", statut_le=fin, guichet="G0991"),
        ligne("A-2", 2, statut="RADIEE"),
        ligne("A-3", 3, renouvellements=[jour.isoformat(), an]),
        ligne("A-4", 4, guichet="G9999"),
        ligne("A-5", 5) | {"operation": "radier"},
        ligne("A-6", 6, contenu={"titulaire": "PERSONNE"}),
        "{",
        {"cle": "A-8", "operation": "deposer", "corps": {"contenu": json.loads("[" * 45 + "]" * 45)}},
        ligne("A-9", 9),
    ]
    fait, rapport = passer(tmp_path, lignes)
    assert (fait.code, fait.json) == (1, {"ENREGISTREE": 2, "DEJA_FAITE": 0, "REFUSEE": 7})
    assert "rapport.ndjson" in fait.erreur
    assert [dite["ligne"] for dite in rapport] == list(range(1, 10))
    premiere = Demande.objects.get(nud=rapport[0]["nud"])
    assert (premiere.statut, premiere.guichet_gestionnaire) == ("RADIEE", "G0991")
    assert Version.objects.filter(demande=premiere).count() == 3
    refus = [(dite["anomalies"][0]["code"], dite["anomalies"][0].get("pointeur")) for dite in rapport[1:8]]
    assert refus[0] == ("FORME_VALUE_ERROR", "/statut_le")
    assert refus[1] == ("FORME_VALUE_ERROR", "/renouvellements")
    assert refus[2:4] == [("GUICHET_INCONNU", "/guichet"), ("OPERATION_INCONNUE", None)]
    assert refus[4][1].startswith("/contenu/")
    assert [code for code, _ in refus[5:]] == ["LIGNE_ILLISIBLE"] * 2
    encore, redit = passer(tmp_path, [lignes[0], lignes[-1]])
    assert (encore.code, encore.json["DEJA_FAITE"]) == (0, 2)
    assert redit[0]["nud"] == rapport[0]["nud"]
    assert Demande.objects.count() == 2


def test_un_fichier_qui_ne_se_lit_pas_est_dit(tmp_path: Path) -> None:
    assert "finir par .ndjson" in passer(tmp_path, [], nom="ancien.txt")[0].erreur
    (tmp_path / "b.csv").write_bytes(b"titulaire\nPERSONNE\n")
    options = ("--territoire", "099", "--rapport", str(tmp_path / "r"))
    sans_cle = sne("reprendre", str(tmp_path / "b.csv"), *options)
    assert (sans_cle.code, "cle" in sans_cle.erreur) == (1, True)
    perdu = sne("reprendre", str(tmp_path / "b.csv"), "--territoire", "099", "--rapport", "/proc/r")
    assert (perdu.code, "Relancez" in perdu.erreur) == (1, True)
