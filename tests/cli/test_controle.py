"""``sne controle rejouer``: what the command line refuses, and with which exit status."""

from pathlib import Path

import pytest

from sne.cli.commandes.controle import CE_QUI_NE_SE_REJOUE_PAS
from sne.registre.controle.parametres import Seuils
from tests.cli.commandes import sne
from tests.rejeu.cas import Fichiers, demande, identite, operation


@pytest.fixture
def bons(tmp_path: Path) -> Fichiers:
    fichiers = Fichiers(tmp_path)
    fichiers.ecrire(
        demandes=[demande()],
        operations=[operation("1", "2024-01-08")],
        identites=[identite("1", nom_naissance="X")],
    )
    return fichiers


def test_help_names_every_threshold_with_its_value() -> None:
    aide = sne("controle", "rejouer", "--help").sortie
    for nom in Seuils.model_fields.keys() - CE_QUI_NE_SE_REJOUE_PAS:
        assert f"--{nom.replace('_', '-')} " in aide
    assert "0,34 par défaut" in aide
    assert "07:18 par défaut" in aide


def test_what_is_not_replayed_is_a_threshold() -> None:
    assert Seuils.model_fields.keys() > CE_QUI_NE_SE_REJOUE_PAS


@pytest.mark.parametrize(
    ("options", "code", "phrase"),
    [
        (("--nom-lettres-max", "deux"), 2, "--nom-lettres-max : donnez un nombre."),
        (("--nom-relatif-max", "nan"), 2, "--nom-relatif-max : donnez un nombre."),
        (("--poids", "nom"), 2, "--poids : donnez un nombre après le signe égal."),
        (("--poids", "taille=1"), 2, "--poids : « taille » n’est pas un poids. Choisissez : nom, prenoms,"),
        (("--nom-lettres-max", "-1"), 1, "--nom-lettres-max : cette valeur n’est pas permise."),
        (("--poids", "nom=2"), 1, "--poids nom : cette valeur n’est pas permise."),
        (("--poids", "concentration_groupes=1,5"), 2, "donnez un nombre"),
        (("--score-heure-ouverture", "7h"), 1, "--score-heure-ouverture : cette valeur n’est pas permise."),
        (("--score-regarder", "0.9"), 1, "d’abord à regarder"),
    ],
)
def test_thresholds_that_cannot_be(bons: Fichiers, options: tuple[str, ...], code: int, phrase: str) -> None:
    resultat = bons.rejouer(*options)
    assert resultat.code == code
    assert phrase in resultat.erreur
    assert not bons.sortie.exists()


def test_suffix_says_the_kind_of_file(bons: Fichiers) -> None:
    bons.suffixe = ".txt"
    resultat = bons.rejouer()
    assert resultat.code == 2
    assert "n’existe pas" in resultat.erreur
    bons.suffixe = ".csv"
    entrees = [
        x for nom in ("demandes", "operations", "identites") for x in (f"--{nom}", str(bons.fichier(nom)))
    ]
    resultat = sne("controle", "rejouer", *entrees, "--sortie", str(bons.dossier / "r.xlsx"))
    assert resultat.code == 2
    assert "« r.xlsx » : le nom doit finir par .csv ou .parquet." in resultat.erreur


def test_output_is_no_input(bons: Fichiers) -> None:
    entrees = [
        x for nom in ("demandes", "operations", "identites") for x in (f"--{nom}", str(bons.fichier(nom)))
    ]
    avant = bons.fichier("demandes").read_bytes()
    resultat = sne("controle", "rejouer", *entrees, "--sortie", str(bons.fichier("demandes")))
    assert resultat.code == 1
    assert "est aussi un fichier à lire" in resultat.erreur
    assert bons.fichier("demandes").read_bytes() == avant


def test_output_that_cannot_be_written(bons: Fichiers) -> None:
    bons.sortie.mkdir()
    resultat = bons.rejouer()
    assert resultat.code == 1
    assert "ne peut pas être lu ou écrit" in resultat.erreur
    assert sorted(f.name for f in bons.dossier.iterdir()) == [
        "demandes.csv",
        "identites.csv",
        "operations.csv",
        "resultat.csv",
    ]
