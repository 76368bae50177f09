"""Every takeover of a small world is held, through the command; honest corrections pass."""

import csv
from collections import defaultdict

import pytest

from tests.cli.commandes import sne
from tests.rejeu.monde import FRAUDES, PETITES, Monde, inventer


@pytest.fixture(scope="module")
def monde() -> Monde:
    return inventer(fraudes=12, honnetes=25, calmes=20)


@pytest.fixture(scope="module")
def rejouees(monde: Monde, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]]]:
    """What the replay says, by demande."""
    dossier = tmp_path_factory.mktemp("rejeu")
    sortie = dossier / "resultat.csv"
    resultat = sne("controle", "rejouer", *monde.ecrire(dossier), "--sortie", str(sortie))
    assert resultat.code == 0, resultat.erreur
    par_demande = defaultdict(list)
    with sortie.open(encoding="utf-8", newline="") as lignes:
        for ligne in csv.DictReader(lignes):
            par_demande[ligne["dls"]].append(ligne)
    return par_demande


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


def test_honest_small_corrections_pass_unless_something_else_just_changed(
    monde: Monde, rejouees: dict[str, list[dict[str, str]]]
) -> None:
    petites = [
        changements(monde, rejouees[dls])
        for dls, nom in monde.recits.items()
        if nom in PETITES and dls in rejouees
    ]
    passees = sum(dites == ["automatique"] for dites in petites)
    assert passees / len(petites) > 0.9


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
