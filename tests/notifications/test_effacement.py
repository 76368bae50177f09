"""Files of an erased message: gone, whatever a crash left, and those of others untouched."""

import csv
import hashlib
import io
import uuid
from pathlib import Path

import pytest

from sne.notifications.envois.effacement import effacer_fichiers
from sne.notifications.envois.lettres import DepotFichier, Lettre
from sne.notifications.envois.pieces import Piece
from sne.notifications.rules import AdressePostale
from tests.notifications.factories import MAINTENANT

UN, AUTRE, DEPOT = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=9)


def lettre(cle: uuid.UUID, nom: str) -> Lettre:
    adresse = AdressePostale((nom, "1 rue des Tanneurs", "99240 Les Ormeaux"))
    return Lettre(cle, "Objet", adresse, (Piece("lettre.pdf", nom.encode()), Piece("piece.pdf", b"PJ")))


def deposer(var: Path, *lettres: Lettre) -> Path:
    DepotFichier(var / "courriers").deposer(DEPOT, lettres, survenu_le=MAINTENANT)
    (dossier,) = (var / "courriers").iterdir()
    return dossier


def effacer(var: Path, cle: uuid.UUID = UN, depot: uuid.UUID | None = DEPOT) -> int:
    return effacer_fichiers(var, cle, reference="abc", depot=depot)


def test_letter_leaves_its_drop_and_the_index_still_tells_the_truth(var: Path) -> None:
    dossier = deposer(var, lettre(UN, '=Zorglub; "Élodie"'), lettre(AUTRE, "Jean Autre"))
    assert effacer(var) == 2
    lignes = list(csv.DictReader(io.StringIO((dossier / "index.csv").read_bytes().decode()), delimiter=";"))
    assert [(x["lettre"], x["adresse_1"]) for x in lignes] == [(str(AUTRE), "Jean Autre")] * 2
    sommes = dict(x.split("  ")[::-1] for x in (dossier / "SHA256SUMS").read_text().splitlines())
    fichiers = {
        x.name: hashlib.sha256(x.read_bytes()).hexdigest()
        for x in dossier.iterdir()
        if x.name != "SHA256SUMS"
    }
    assert sommes == fichiers
    assert set(fichiers) == {"index.csv", f"{AUTRE}-1.pdf", f"{AUTRE}-2.pdf"}
    assert effacer(var) == 0  # again: nothing more, and nothing broken
    assert sommes == dict(x.split("  ")[::-1] for x in (dossier / "SHA256SUMS").read_text().splitlines())


def test_drop_of_one_letter_goes_whole(var: Path) -> None:
    dossier = deposer(var, lettre(UN, "Zorglub"))
    assert effacer(var) == 2
    assert not dossier.exists()
    assert effacer(var) == 0


def test_drop_cut_short_while_erasing_is_finished(var: Path) -> None:
    dossier = deposer(var, lettre(UN, "Zorglub"), lettre(AUTRE, "Jean Autre"))
    (dossier / f"{UN}-1.pdf").unlink()
    (dossier / "SHA256SUMS").unlink()
    assert effacer(var) == 1
    assert "Zorglub" not in (dossier / "index.csv").read_text()


def test_drop_that_a_crash_left_unnamed_goes_too(var: Path) -> None:
    provisoire = var / "courriers" / f".20261124T093000Z-{DEPOT}"
    provisoire.mkdir(parents=True)
    for nom in (f"{UN}-1.pdf", f"{AUTRE}-1.pdf", f".{UN}-2.pdf.123"):
        (provisoire / nom).write_bytes(b"Zorglub")
    assert effacer(var) == 2
    assert {x.name for x in provisoire.iterdir()} == {f"{AUTRE}-1.pdf"}


@pytest.mark.parametrize(
    "chemin",
    [
        "courriels/abc.eml",
        "courriels/.abc.eml.77",
        f"sms/{UN}.txt",
        f"sms/.{UN}.txt.77",
        f"maileva/{UN}.json",
    ],
)
def test_other_channels(var: Path, chemin: str) -> None:
    fichier, voisin = var / chemin, var / Path(chemin).parent / "voisin"
    fichier.parent.mkdir()
    fichier.write_text("Zorglub")
    voisin.write_text("autre")
    assert effacer(var, depot=None) == 1
    assert not fichier.exists()
    assert voisin.exists()
    assert effacer(var, depot=None) == 0
