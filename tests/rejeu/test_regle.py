"""What the replay makes of past operations: which rows, which anchor, which score, by the rules of the service."""

import json
from pathlib import Path

import pytest

from tests.rejeu.cas import LEA, Fichiers, demande, identite, operation
from tests.rejeu.monde import TRAITS

DURANT = ("DURANT", *LEA[1:])


@pytest.fixture
def fichiers(tmp_path: Path) -> Fichiers:
    return Fichiers(tmp_path)


def rejouer(
    fichiers: Fichiers, operations: list, identites: list, *options: str, demandes: list | None = None
) -> list:
    """Replay and give what was written, checked against the summary."""
    fichiers.ecrire(demandes=demandes or [demande()], operations=operations, identites=identites)
    resultat = fichiers.rejouer(*options)
    assert (resultat.code, resultat.erreur) == (0, "")
    lignes = fichiers.lignes()
    assert resultat.json["lignes"] == len(lignes) == sum(resultat.json["decisions"].values())
    return lignes


def decisions(lignes: list) -> list:
    return [(ligne["decision"], ligne["clauses"]) for ligne in lignes]


def test_small_correction_then_another_measured_from_the_anchor(fichiers: Fichiers) -> None:
    lignes = rejouer(
        fichiers,
        [operation("1", "2024-01-08"), operation("2", "2025-06-02")],
        [identite("1", nom_naissance="DURANT"), identite("2", avant=DURANT, nom_naissance="DURENT")],
    )
    assert decisions(lignes) == [("automatique", "nom"), ("en_attente", "nom")]
    assert list(lignes[0]) == ["operation", "dls", "horodatage", "decision", "clauses", "score", "termes"]
    assert (lignes[0]["operation"], lignes[0]["dls"], lignes[0]["horodatage"]) == (
        "1",
        "A",
        "2024-01-08T10:00:00",
    )


@pytest.mark.parametrize(
    ("issue", "decision"), [("validee", "automatique"), ("refusee", "en_attente"), ("", "en_attente")]
)
def test_only_a_validation_moves_the_anchor(fichiers: Fichiers, issue: str, decision: str) -> None:
    """BENALI asked for, then BENALY: one letter from BENALI, another name from DURAND."""
    benali = ("BENALI", *LEA[1:])
    lignes = rejouer(
        fichiers,
        [operation("1", "2024-01-08"), operation("2", "2025-06-02")],
        [
            identite("1", nom_naissance="BENALI", issue=issue),
            identite("2", avant=benali, nom_naissance="BENALY"),
        ],
    )
    assert decisions(lignes) == [("en_attente", "nom"), (decision, "nom")]


def test_refused_identity_is_not_the_one_scored_afterwards(fichiers: Fichiers) -> None:
    lignes = rejouer(
        fichiers,
        [operation("1", "2024-01-08"), operation("2", "2024-01-09", "courriel")],
        [identite("1", nom_naissance="BENALI", issue="refusee")],
    )
    assert float(lignes[0]["score"]) == pytest.approx(0.55 * 0.15, abs=1e-4)
    assert float(lignes[1]["score"]) == 0


def test_order_of_the_file_does_not_matter(fichiers: Fichiers) -> None:
    operations = [operation("2", "2025-06-02"), operation("1", "2024-01-08")]
    changements = [identite("2", avant=DURANT, nom_naissance="DURENT"), identite("1", nom_naissance="DURANT")]
    lignes = rejouer(fichiers, operations, changements)
    assert [(ligne["operation"], ligne["decision"]) for ligne in lignes] == [
        ("1", "automatique"),
        ("2", "en_attente"),
    ]


def test_one_row_for_each_professional_operation_of_a_demande_whose_identity_changed(
    fichiers: Fichiers,
) -> None:
    lignes = rejouer(
        fichiers,
        [
            operation("0", "2015-06-12", "nom_naissance,prenoms", type="creation"),
            operation("1", "2024-01-08", "courriel", canal="portail"),
            operation("2", "2024-03-04", "revenus", canal="webservice", type="renouvellement"),
            operation("3", "2024-05-06"),
            operation("4", "2024-05-06", dls="B"),
            operation("5", "2024-05-06", dls="C"),
        ],
        [identite("3", nom_naissance="DURANT"), identite("5", dls="C")],
        demandes=[demande(), demande("B"), demande("C")],
    )
    assert [(ligne["operation"], ligne["decision"]) for ligne in lignes] == [
        ("0", "sans_objet"),
        ("2", "sans_objet"),
        ("3", "automatique"),
    ]
    assert json.loads(lignes[0]["termes"]) == {}


@pytest.mark.parametrize(
    ("avant", "clause"),
    [
        (operation("1", "2024-04-30", type="reactivation"), "reactivation"),
        (operation("1", "2024-04-30", "reactivation"), "reactivation"),
    ],
)
def test_what_came_before_holds_a_small_correction(fichiers: Fichiers, avant: dict, clause: str) -> None:
    lignes = rejouer(fichiers, [avant, operation("2", "2024-05-06")], [identite("2", nom_naissance="DURANT")])
    assert decisions(lignes)[-1] == ("en_attente", clause)


def test_second_automatic_change_within_twelve_months(fichiers: Fichiers) -> None:
    lignes = rejouer(
        fichiers,
        [operation("1", "2024-01-08"), operation("2", "2024-12-09")],
        [identite("1", nom_naissance="DURANT"), identite("2", avant=DURANT, prenoms="Lia")],
    )
    assert decisions(lignes) == [("automatique", "nom"), ("en_attente", "deja_automatique")]


@pytest.mark.parametrize(
    ("operations", "clauses"),
    [
        ([operation("2", "2024-05-06", "courriel")], "contact_meme_acte"),
        (
            [operation("1", "2024-04-08", "courriel", canal="portail"), operation("2", "2024-05-06")],
            "contact_recent",
        ),
        (
            [operation("1", "2024-05-03", "telephone"), operation("2", "2024-05-06")],
            "contact_recent;alternance",
        ),
    ],
)
def test_contacts_hold_no_small_correction_unless_asked(
    fichiers: Fichiers, operations: list[dict], clauses: str
) -> None:
    """Beside contacts alone, what is small passes and keeps what would have held it; the threshold at 0 holds it."""
    changements = [identite("2", nom_naissance="DURANT")]
    passe = rejouer(fichiers, operations, changements)
    assert decisions(passe)[-1] == ("automatique", f"nom;{clauses}")
    tenu = rejouer(fichiers, operations, changements, "--contact-lettres-attente", "0")
    assert decisions(tenu)[-1] == ("en_attente", clauses)


@pytest.mark.parametrize(("depot", "decision"), [("2024-01-01", "automatique"), ("2023-12-31", "en_attente")])
def test_recent_demande(fichiers: Fichiers, depot: str, decision: str) -> None:
    lignes = rejouer(
        fichiers,
        [operation("1", "2024-02-29")],
        [identite("1", nom_naissance="BENALI")],
        demandes=[demande(depot=depot)],
    )
    assert lignes[0]["decision"] == decision


@pytest.mark.parametrize(("jours", "decision"), [("2024-02-07", "automatique"), ("2024-02-08", "en_attente")])
def test_used_name_in_force_for_ninety_days(fichiers: Fichiers, jours: str, decision: str) -> None:
    """The used name of the file before the change, whatever it becomes in the same act."""
    usage = ("DURAND", "BENALI", *LEA[2:])
    lignes = rejouer(
        fichiers,
        [operation("1", jours), operation("2", "2024-05-07")],
        [identite("1", nom_usage="BENALI"), identite("2", avant=usage, nom_naissance="BENALI", nom_usage="")],
    )
    assert decisions(lignes) == [("sans_objet", ""), (decision, "nom")]


@pytest.mark.parametrize(
    ("nir", "decision"),
    [
        ("2870399004015", "automatique"),
        ("2 87 03 99 004 015 42", "automatique"),
        ("1870399004015", "en_attente"),
        ("2860399004015", "en_attente"),
        ("f3a9" * 16, "en_attente"),
    ],
)
def test_number_filled_in_where_there_was_none(fichiers: Fichiers, nir: str, decision: str) -> None:
    sans = (*LEA[:5], "")
    lignes = rejouer(fichiers, [operation("1", "2024-01-08")], [identite("1", avant=sans, nir=nir)])
    assert decisions(lignes) == [(decision, "nir")]


def test_key_of_the_number_changes_nobody(fichiers: Fichiers) -> None:
    lignes = rejouer(
        fichiers,
        [operation("1", "2024-01-08"), operation("2", "2024-02-08")],
        [identite("1", nir="287039900401542"), identite("2", nom_usage="BENALI")],
    )
    assert [ligne["decision"] for ligne in lignes] == ["sans_objet", "sans_objet"]


def test_the_example_of_the_decision_screen(fichiers: Fichiers) -> None:
    dubreuil = ("Dubreuil", *LEA[1:])
    lignes = rejouer(
        fichiers,
        [operation("1", "2026-11-17", "courriel;telephone"), operation("2", "2026-11-20", "pj_identite")],
        [identite("2", avant=dubreuil, nom_naissance="Morel")],
        demandes=[demande(depot="2019-06-12")],
    )
    assert [round(float(ligne["score"]), 2) for ligne in lignes] == [0, 0.32]
    assert json.loads(lignes[1]["termes"]) == {
        "identite": 0.55,
        "anciennete": 1.0,
        "autres": 0.59,
        "nom": 1.0,
        "depart": 0.15,
        "contacts": 0.24,
        "piece_identite": 0.2,
    }


def test_name_of_the_co_holder_is_a_known_explanation(fichiers: Fichiers) -> None:
    lignes = rejouer(
        fichiers,
        [operation("1", "2024-01-08")],
        [identite("1", nom_naissance="BENALI")],
        demandes=[demande(nom_codemandeur="Benali")],
    )
    assert json.loads(lignes[0]["termes"])["attenuation"] == 0.25


def volees(*jours: str, **autres: str) -> tuple[list, list, list]:
    """Demandes taken one after the other by the same author."""
    noms = [f"D{rang}" for rang in range(len(jours))]
    operations = [operation(nom, jour, dls=nom, **autres) for nom, jour in zip(noms, jours, strict=True)]
    changements = [identite(nom, dls=nom, nom_naissance="BENALI", prenoms="Karim") for nom in noms]
    return operations, changements, [demande(nom) for nom in noms]


@pytest.mark.parametrize(
    "auteur", [{}, {"agent": "", "canal": "webservice"}, {"agent": "logiciel", "canal": "webservice"}]
)
def test_other_files_of_the_same_author(fichiers: Fichiers, auteur: dict) -> None:
    """Counted when they happen, over 240 days, each demande once; through an interface, by counter."""
    operations, changements, demandes = volees(
        "2024-01-08", "2024-01-09", "2024-09-05", "2025-09-01", **auteur
    )
    operations.append(operation("bis", "2024-01-10", "nom_naissance", dls="D1", **auteur))
    lignes = {
        ligne["operation"]: ligne for ligne in rejouer(fichiers, operations, changements, demandes=demandes)
    }
    agent = {numero: json.loads(ligne["termes"]).get("agent") for numero, ligne in lignes.items()}
    un = round(0.35 / 3, 4)
    assert agent == {"D0": None, "D1": un, "bis": un, "D2": un, "D3": None}


def test_counters_of_one_code_in_two_territories_are_two(fichiers: Fichiers) -> None:
    operations, changements, demandes = volees("2024-01-08", "2024-01-09", canal="webservice")
    demandes[0]["territoire"] = "974"
    lignes = rejouer(fichiers, operations, changements, demandes=demandes)
    assert all("agent" not in json.loads(ligne["termes"]) for ligne in lignes)


@pytest.mark.parametrize(
    ("territoire", "horodatage", "hors"),
    [
        ("974", "2024-01-08T16:31:00+01:00", True),  # 19:31 there
        ("974", "2024-01-08T16:31:00", False),  # bare: the counter's own clock
        ("099", "2024-01-08T16:31:00+01:00", False),
        ("1", "2024-01-08T16:31:00+00:00", False),  # 17:31 in Ain, whose zeros a spreadsheet took away
        ("XYZ", "2024-01-08T18:31:00+00:00", True),  # unknown: 19:31 in Paris
    ],
)
def test_hours_are_those_of_the_territory(
    fichiers: Fichiers, territoire: str, horodatage: str, hors: bool
) -> None:
    (ligne,) = rejouer(
        fichiers,
        [operation("1", "2024-01-08", horodatage=horodatage)],
        [identite("1", nom_naissance="BENALI", prenoms="Karim")],
        demandes=[demande(territoire=territoire)],
    )
    assert ("hors_heures" in json.loads(ligne["termes"])) is hors


def test_author_of_recent_files_is_not_counted(fichiers: Fichiers) -> None:
    operations, changements, demandes = volees("2024-01-08", "2024-01-09")
    demandes[0]["date_depot"] = "2022-01-01"
    lignes = rejouer(fichiers, operations, changements, demandes=demandes)
    assert "agent" not in json.loads(lignes[1]["termes"])


def test_thresholds_are_options(fichiers: Fichiers) -> None:
    operations = [operation("1", "2024-01-08", "courriel")]
    changements = [identite("1", nom_naissance="DURANT")]
    assert decisions(rejouer(fichiers, operations, changements, "--nom-lettres-max", "0")) == [
        ("en_attente", "nom;contact_meme_acte")
    ]
    assert decisions(rejouer(fichiers, operations, changements, "--anciennete-libre-jours", "36500")) == [
        ("automatique", "anciennete_courte")
    ]
    avec = rejouer(fichiers, operations, changements, "--poids", "depart=0,5", "--poids", "contacts=0")
    assert json.loads(avec[0]["termes"])["autres"] == 0.5


def test_summary(fichiers: Fichiers) -> None:
    operations, changements, demandes = volees("2024-01-08", "2024-01-09")
    fichiers.ecrire(demandes=[*demandes, demande("Z")], operations=operations, identites=changements)
    dit = fichiers.rejouer("--score-regarder", "0.1", "--score-heure-ouverture", "10:30").json
    assert dit["operations"] == dit["lignes"] == dit["demandes_changees"] == 2
    assert dit["demandes"] == 3
    assert dit["decisions"] == {"automatique": 0, "en_attente": 2, "sans_objet": 0}
    assert {c: n for c, n in dit["clauses"].items() if n} == {"nom": 2, "prenoms": 2}
    assert dit["alertes"] == dit["alertes_par_demande"] == {"aucune": 0, "regarder": 2, "jour": 0}
    assert dit["decisions_par_alerte"]["en_attente"] == {"aucune": 0, "regarder": 2, "jour": 0}
    assert dit["operations_par_seconde"] > 0
    assert dit["seuils"]["score_regarder"] == 0.1
    assert dit["seuils"]["score_heure_ouverture"] == "10:30"
    assert dit["seuils"]["score_poids"]["nom"] == 0.55


def test_several_at_the_same_instant_keep_the_order_of_the_file(fichiers: Fichiers) -> None:
    lignes = rejouer(
        fichiers,
        [operation("1", "2024-01-08"), operation("2", "2024-01-08")],
        [
            identite("1", nom_naissance="BENALI", issue="validee"),
            identite("2", avant=("BENALI", *LEA[1:]), prenoms="Lia"),
        ],
    )
    assert decisions(lignes) == [("en_attente", "nom"), ("automatique", "prenoms")]


def test_row_that_tells_the_identity_at_creation_is_no_change(fichiers: Fichiers) -> None:
    """From nobody to somebody: it is the anchor, and a demande with nothing else has not changed."""
    personne = ("",) * len(LEA)
    creee = dict(zip(TRAITS, LEA, strict=True))
    lignes = rejouer(
        fichiers,
        [
            operation("0", "2015-06-12", type="creation"),
            operation("1", "2024-01-08"),
            operation("9", "2015-06-12", type="creation", dls="B"),
        ],
        [
            identite("0", avant=personne, **creee),
            identite("1", nom_naissance="DURANT"),
            identite("9", avant=personne, dls="B", **creee),
        ],
        demandes=[demande(), demande("B")],
    )
    assert [(ligne["operation"], ligne["decision"]) for ligne in lignes] == [
        ("0", "sans_objet"),
        ("1", "automatique"),
    ]
    assert float(lignes[0]["score"]) == 0
