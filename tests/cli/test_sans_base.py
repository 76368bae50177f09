"""Commands that need no database, and the manners of the command line: help, refusals, exit statuses."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pypdfium2 import PdfDocument

from sne.cli.principal import COMMANDES
from sne.cli.principal import sne as racine
from tests.cli.commandes import sne

SNE = Path(sys.executable).parent / "sne"


@pytest.mark.parametrize(
    ("saisie", "territoire", "canonique"),
    [
        ("1110318016982G1104", "111", "1110318016982G1104"),
        ("111 0318 016982 g1104", "111", "1110318016982G1104"),
        ("02b0619004127gd2b1", "02B", "02B0619004127GD2B1"),
    ],
)
def test_numero_lire_gives_the_parts(saisie: str, territoire: str, canonique: str) -> None:
    lu = sne("numero", "lire", saisie, "--json").json
    assert list(lu) == ["territoire", "mois", "annee", "sequence", "guichet", "canonique"]
    assert (lu["territoire"], lu["canonique"]) == (territoire, canonique)


def test_numero_lire_for_a_person() -> None:
    resultat = sne("numero", "lire", "1110318016982G1104")
    assert resultat.code == 0
    assert "Année du dépôt  : 2018" in resultat.sortie


@pytest.mark.parametrize("saisie", ["1110318016982G110", "1111318016982G1104", "1110018016982G1104", ""])
def test_numero_lire_refuses_with_a_sentence(saisie: str) -> None:
    resultat = sne("numero", "lire", saisie, "--json")
    assert resultat.code == 1
    assert resultat.sortie == ""
    assert resultat.erreur.startswith("sne : ")


@pytest.mark.parametrize(
    ("jour", "echeances"),
    [
        ("2023-10-01", ["2024-09-30", "2024-08-30", "2024-11-01", "2025-04-01", "2025-11-01"]),
        ("2024-02-29", ["2025-02-27", "2025-01-27", "2025-03-29", "2025-08-29", "2026-03-29"]),
        ("2024-04-15", ["2025-04-14", "2025-03-14", "2025-05-15", "2025-10-15", "2026-05-15"]),
    ],
)
def test_dates_are_those_of_the_law(jour: str, echeances: list[str]) -> None:
    lues = sne("dates", jour, "--json").json
    assert list(lues) == ["expiration", "preavis_au_plus_tard", "radiation", "reactivation_jusqu_au", "purge"]
    assert list(lues.values()) == echeances


def test_dates_for_a_person_are_written_the_french_way() -> None:
    assert "27/02/2025" in sne("dates", "2024-02-29").sortie


@pytest.mark.parametrize("jour", ["29/02/2024", "2023-02-29", "hier", "2024-2-9"])
def test_unreadable_date_is_a_fault_of_usage(jour: str) -> None:
    resultat = sne("dates", jour)
    assert resultat.code == 2
    assert "n’est pas une date" in resultat.erreur


def test_date_too_far_is_refused() -> None:
    assert sne("dates", "9999-12-31").code == 1


def test_attestation_example_is_a_readable_pdf(tmp_path: Path) -> None:
    sortie = tmp_path / "attestation.pdf"
    assert sne("attestation", "exemple", "--modele", "simplifiee", "-o", str(sortie)).code == 0
    assert "ATTESTATION" in PdfDocument(sortie)[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("modele", "titre"),
    [("integrale", "ATTESTATION D’ENREGISTREMENT"), ("renouvellement", "ATTESTATION DE RENOUVELLEMENT")],
)
def test_the_other_attestations_have_their_own_title_and_the_given_name(
    tmp_path: Path, modele: str, titre: str
) -> None:
    donnees, sortie = tmp_path / "donnees.json", tmp_path / "attestation.pdf"
    donnees.write_text('{"nom_naissance": "ŌTANI", "numero": "0690619004127G0693"}', encoding="utf-8")
    options = ("--modele", modele, "--donnees", str(donnees), "-o", str(sortie))
    assert sne("attestation", "exemple", *options).code == 0
    page = PdfDocument(sortie)[0].get_textpage().get_text_range()
    assert titre in page.replace("'", "’").upper()
    assert "ŌTANI" in page


def test_attestation_prints_given_names(tmp_path: Path) -> None:
    donnees, sortie = tmp_path / "donnees.json", tmp_path / "attestation.pdf"
    donnees.write_text('{"nom_naissance": "NGUYỄN"}', encoding="utf-8")
    assert sne("attestation", "exemple", "--donnees", str(donnees), "-o", str(sortie)).code == 0
    assert "NGUYỄN" in PdfDocument(sortie)[0].get_textpage().get_text_range()


@pytest.mark.parametrize("contenu", ["{", "[1]", '{"couleur": "bleu"}', '{"date_depot": "hier"}', "\xff"])
def test_attestation_refuses_wrong_data_and_writes_nothing(tmp_path: Path, contenu: str) -> None:
    donnees, sortie = tmp_path / "donnees.json", tmp_path / "attestation.pdf"
    donnees.write_bytes(contenu.encode("latin-1"))
    resultat = sne("attestation", "exemple", "--donnees", str(donnees), "-o", str(sortie))
    assert resultat.code == 1
    assert resultat.erreur.startswith("sne : ")
    assert not any(mot in resultat.erreur for mot in ("Expecting", "codec", "value"))
    assert not sortie.exists()


def test_attestation_tells_a_machine_what_it_wrote(tmp_path: Path) -> None:
    sortie = tmp_path / "attestation.pdf"
    dit = json.loads(sne("attestation", "exemple", "-o", str(sortie), "--json").sortie)
    assert dit == {"modele": "simplifiee", "fichier": str(sortie), "octets": sortie.stat().st_size}


@pytest.mark.parametrize(
    "arguments",
    [
        ("inconnue",),
        ("numero",),
        ("numero", "lire"),
        ("dates", "--inconnue", "2024-01-01"),
        ("dates", "2024-01-01", "2024-01-02"),
        ("base", "url", "--role", "dieu"),
        ("base", "url", "--role"),
        ("demo", "--port", "0"),
        ("demo", "--taille", "beaucoup"),
        ("demo", "--taille", "-1"),
        ("attestation", "exemple"),
        ("attestation", "exemple", "-o", "/nulle/part/a.pdf"),
        ("attestation", "exemple", "--modele", "dorée", "-o", "a.pdf"),
        ("attestation", "exemple", "--donnees", "/nulle/part.json", "-o", "a.pdf"),
    ],
)
def test_fault_of_usage_is_said_in_french_with_status_2(arguments: tuple[str, ...]) -> None:
    resultat = sne(*arguments)
    assert resultat.code == 2
    assert resultat.sortie == ""
    assert resultat.erreur
    assert not any(mot in resultat.erreur for mot in ("Usage", "Error", "Missing", "Invalid", "No such"))


def test_close_words_are_suggested() -> None:
    assert "Vouliez-vous dire : numero ?" in sne("numeros").erreur
    assert "Vouliez-vous dire : --json ?" in sne("dates", "--jsn", "2024-01-01").erreur


def commandes(groupe: click.Group, prefixe: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group, by its words."""
    yield prefixe
    ctx = click.Context(groupe)
    for nom in groupe.list_commands(ctx):
        commande = groupe.get_command(ctx, nom)
        if isinstance(commande, click.Group):
            yield from commandes(commande, (*prefixe, nom))
        else:
            yield (*prefixe, nom)


@pytest.mark.parametrize("commande", tuple(commandes(racine)), ids=" ".join)
def test_help_is_in_french_and_gives_exit_statuses(commande: tuple[str, ...]) -> None:
    aide = sne(*commande, "--help")
    assert aide.code == 0
    assert aide.sortie.startswith("Utilisation : sne")
    assert "Codes de retour" in aide.sortie
    mots = ("Usage", "Show this", "Options:", "Commands", "required", "Exit", "TEXT", "INTEGER", "default")
    assert not any(mot in aide.sortie for mot in mots)


def test_no_command_shows_the_help_with_status_2() -> None:
    resultat = sne()
    assert resultat.code == 2
    assert "Commandes" in resultat.erreur


def test_every_command_of_the_table_is_shown() -> None:
    aide = sne("--help").sortie
    assert all(f"\n  {nom} " in aide for nom in COMMANDES)


def test_dates_answers_without_loading_the_service() -> None:
    script = "import sys; from sne.cli.principal import executer; executer(['dates','2024-01-01']); "
    script += "print('django' in sys.modules, 'psycopg' in sys.modules)"
    fait = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert fait.stdout.splitlines()[-1] == "False False"


def test_every_command_loads_where_nothing_was_set_up() -> None:
    """Tests have Django ready; the command of an operator has not."""
    modules = sorted({adresse.partition(":")[0] for adresse in COMMANDES.values()})
    script = f"import importlib; [importlib.import_module(m) for m in {modules}]; "
    script += "from django.conf import settings; print(settings.configured)"
    propre = {c: v for c, v in os.environ.items() if c != "DJANGO_SETTINGS_MODULE"}
    fait = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=propre
    )
    assert (fait.stdout, fait.stderr) == ("False\n", "")


def test_dates_answers_fast() -> None:
    """In processor time, whoever else keeps the cores: Django alone would take a second."""
    avant = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([SNE, "dates", "2024-01-01"], check=True, capture_output=True)
    apres = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert apres.ru_utime + apres.ru_stime - avant.ru_utime - avant.ru_stime < 3


DEMANDES = (
    "id,nom_naissance,prenoms,date_naissance\nA,Leca,Léa,1987-03-14\nB,LECA,Lea,14/03/1987\nC,Oz,Ines,\n"
)


@pytest.fixture
def etiquetees(tmp_path: Path) -> tuple[str, str]:
    """A labelled file: two demandes of one household, and another one."""
    demandes, paires = tmp_path / "d.csv", tmp_path / "p.csv"
    demandes.write_text(DEMANDES, encoding="utf-8-sig")
    paires.write_text("id_a,id_b,meme\nA,B,1\nA,C,0\n", encoding="utf-8")
    return str(demandes), str(paires)


def test_doublons_evaluer_counts_what_was_found(etiquetees: tuple[str, str]) -> None:
    arguments = ("doublons", "evaluer", "--demandes", etiquetees[0], "--paires", etiquetees[1])
    lu = sne(*arguments, "--seuil", "5,6", "--seuil", "4", "--json").json
    assert lu.pop("secondes") >= 0
    comptes = {"fausses_alertes": 0, "non_etiquetees": 0}
    assert lu == {
        "demandes": 3,
        "adultes": 3,
        "paires_memes": 1,
        "paires_differentes": 1,
        "cle_commune": 500,
        "cles_communes": 0,
        "non_etiquetees": "ignorer",
        "mesures": [
            {"seuil": 4.0, "proposees": 1, "trouvees": 1, "manquees": 0, **comptes}
            | {"rappel": 1.0, "precision": 1.0, "f1": 1.0},
            {"seuil": 5.6, "proposees": 0, "trouvees": 0, "manquees": 1, **comptes}
            | {"rappel": 0.0, "precision": None, "f1": 0.0},
        ],
    }
    dit = sne(*arguments)
    assert (dit.code, dit.sortie.count("Rappel")) == (0, 2)
    assert "sans objet" in sne(*arguments, "--seuil", "9").sortie


def test_doublons_evaluer_unlabelled_pairs(etiquetees: tuple[str, str]) -> None:
    Path(etiquetees[1]).write_text("id_a,id_b,meme\nA,C,1\n")
    arguments = ("doublons", "evaluer", "--demandes", etiquetees[0], "--paires", etiquetees[1], "--json")
    assert [m["fausses_alertes"] for m in sne(*arguments).json["mesures"]] == [1, 1]
    ignorees = sne(*arguments, "--non-etiquetees", "ignorer", "--cle-commune", "1").json
    assert [m["fausses_alertes"] for m in ignorees["mesures"]] == [0, 0]
    assert (ignorees["cle_commune"], ignorees["cles_communes"]) == (1, 1)


def test_doublons_evaluer_refuses_a_bad_file(etiquetees: tuple[str, str]) -> None:
    arguments = ("doublons", "evaluer", "--demandes", etiquetees[0], "--paires", etiquetees[1])
    for ecrit, phrase in (
        (
            b"id,nom_naissance,prenoms,date_naissance\nA,Leca,L\xe9a,\n",
            "d.csv, ligne 2 : ce n’est pas de l’UTF-8",
        ),
        (
            b"id,nom_naissance,prenoms,date_naissance\nA,Leca,Lea,14\n",
            "d.csv, ligne 2, colonne « date_naissance »",
        ),
    ):
        Path(etiquetees[0]).write_bytes(ecrit)
        refus = sne(*arguments)
        assert (refus.code, refus.sortie) == (1, "")
        assert phrase in refus.erreur
    for seuil in ("11", "beaucoup"):
        refus = sne(*arguments, "--seuil", seuil)
        assert refus.code == 2
        assert "entre 0 et 10,5" in refus.erreur
