"""Every takeover of a small world is held, through the command; honest corrections pass."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commandes import sne
from tests.rejeu.monde import FRAUDES, PETITES, Monde, inventer

Rejouees = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def monde() -> Monde:
    return inventer(fraudes=12, honnetes=25, calmes=20)


def rejouer(monde: Monde, dossier: Path, *options: str) -> tuple[Rejouees, dict[str, Any]]:
    """What the replay says, by demande, and its summary."""
    sortie = dossier / "resultat.csv"
    resultat = sne("controle", "rejouer", *monde.ecrire(dossier), "--sortie", str(sortie), *options)
    assert resultat.code == 0, resultat.erreur
    par_demande = defaultdict(list)
    with sortie.open(encoding="utf-8", newline="") as lignes:
        for ligne in csv.DictReader(lignes):
            par_demande[ligne["dls"]].append(ligne)
    return par_demande, resultat.json


@pytest.fixture(scope="module")
def rejouees(monde: Monde, tmp_path_factory: pytest.TempPathFactory) -> Rejouees:
    return rejouer(monde, tmp_path_factory.mktemp("rejeu"))[0]


def changements(monde: Monde, lignes: list[dict[str, str]]) -> list[str]:
    """The decisions on the changes of identity of one demande, in order."""
    connus = {i["operation"] for i in monde.identites}
    return [ligne["decision"] for ligne in lignes if ligne["operation"] in connus]


@pytest.mark.parametrize("recit", FRAUDES)
def test_takeover_never_puts_another_identity_in_force(
    recit: str, monde: Monde, rejouees: dict[str, list[dict[str, str]]]
) -> None:
    """Whatever small step passed, the identity of the thief waits for somebody else, and the file is to be read."""
    dossiers = [dls for dls, nom in monde.recits.items() if nom == recit]
    assert len(dossiers) == 12
    for dls in dossiers:
        assert changements(monde, rejouees[dls])[-1] == "en_attente"
        assert max(float(ligne["score"]) for ligne in rejouees[dls]) >= 0.30


def petites_retenues(monde: Monde, rejouees: Rejouees) -> int:
    siennes = [dls for dls, nom in monde.recits.items() if nom in PETITES and dls in rejouees]
    return sum(changements(monde, rejouees[dls]) != ["automatique"] for dls in siennes)


def test_contacts_alone_held_honest_corrections_and_no_takeover(
    monde: Monde, rejouees: Rejouees, tmp_path: Path
) -> None:
    """With the parameter that holds everything beside a contact: the same takeovers wait, and honest letters too."""
    avant, resume = rejouer(monde, tmp_path, "--contact-lettres-attente", "0")
    assert petites_retenues(monde, avant) >= 5
    assert petites_retenues(monde, rejouees) == 0
    assert resume["automatiques_pres_d_un_contact"] == 0
    for dls, nom in monde.recits.items():
        if nom in FRAUDES:
            assert changements(monde, avant[dls])[-1] == changements(monde, rejouees[dls])[-1] == "en_attente"


def test_what_passes_beside_a_contact_is_counted_with_what_is_read_again(
    monde: Monde, tmp_path: Path
) -> None:
    _, resume = rejouer(monde, tmp_path, "--relecture-part", "0", "--relecture-contact-part", "1")
    assert resume["relectures_attendues"] == resume["automatiques_pres_d_un_contact"] > 0


def test_honest_files_are_not_to_be_looked_at_today(
    monde: Monde, rejouees: dict[str, list[dict[str, str]]]
) -> None:
    honnetes = [dls for dls, nom in monde.recits.items() if nom not in FRAUDES]
    assert [dls for dls in honnetes if any(float(x["score"]) >= 0.45 for x in rejouees.get(dls, []))] == []


def test_demandes_whose_identity_never_changed_have_no_row(
    monde: Monde, rejouees: dict[str, list[dict[str, str]]]
) -> None:
    calmes = {dls for dls, nom in monde.recits.items() if nom == "calme"}
    assert len(calmes) == 20
    assert calmes.isdisjoint(rejouees)
