"""Sums of measures, the card of an indicator, what is behind a figure."""

from dataclasses import replace

from sne.infocentre.rapports.rules.derriere import Derriere, derriere
from sne.infocentre.rapports.rules.formules import (
    Definition,
    Lecture,
    Niveau,
    Operation,
    Statut,
    carte,
)
from sne.infocentre.rapports.rules.termes import Terme, evaluer, mesures_de

SANS_PIECE = Definition(
    code="PART_SANS_PIECE_IDENTITE",
    version=1,
    repere="4.8",
    libelle="% sans PJ Identité fournie",
    operation=Operation.RAPPORT,
    numerateur=("DEPOTS", "-IDENTITES_FOURNIES"),
    denominateur=("DEPOTS",),
    unite="%",
    decimales=1,
    niveau=Niveau.GUICHET,
    statut=Statut.CONSERVE,
    phrase="sans pièce ÷ nouvelles demandes",
    haut="sans pièce",
    bas="nouvelles demandes",
    vide="aucune demande",
    reference="enregistrement",
    source="présentation",
)
LECTURE = Lecture("tb06_pgp_lecture", ("AUTRE",), "l’autre lecture")
DEUX_LECTURES = replace(SANS_PIECE, lecture=LECTURE)


def test_a_measure_that_was_not_counted_is_zero() -> None:
    assert evaluer(SANS_PIECE.numerateur, {"DEPOTS": 5, "IDENTITES_FOURNIES": 2}) == 3
    assert evaluer(SANS_PIECE.numerateur, {"DEPOTS": 5}) == 5
    assert evaluer(SANS_PIECE.numerateur, {}) == 0
    assert mesures_de(SANS_PIECE.numerateur) == {"DEPOTS", "IDENTITES_FOURNIES"}


def test_the_reading_is_that_of_the_dated_parameter() -> None:
    assert SANS_PIECE.retenu({"tb06_pgp_lecture": "B"}) == SANS_PIECE.numerateur
    assert DEUX_LECTURES.retenu({"tb06_pgp_lecture": "A"}) == SANS_PIECE.numerateur
    assert DEUX_LECTURES.retenu({"tb06_pgp_lecture": "B"}) == ("AUTRE",)


def test_the_card_says_both_readings_and_which_is_shown() -> None:
    lue = dict(carte(DEUX_LECTURES, {"tb06_pgp_lecture": "B"}))
    assert lue["Formule"] == "l’autre lecture"
    assert lue["Autre lecture, calculée et non retenue"] == "sans pièce ÷ nouvelles demandes"
    assert "Autre lecture, calculée et non retenue" not in dict(carte(SANS_PIECE, {}))
    assert [titre for titre, _ in carte(SANS_PIECE, {})] == [
        "Formule",
        "Numérateur",
        "Dénominateur",
        "Ce qui place un cas dans la période",
        "Ce que veut dire une case vide",
        "Décision",
        "Source",
        "Version de la définition",
    ]


def test_what_is_behind_a_figure() -> None:
    assert derriere(SANS_PIECE, {}) == Derriere((Terme("DEPOTS"),), (Terme("IDENTITES_FOURNIES"),))
    delai = replace(SANS_PIECE, numerateur=("ATTRIBUTIONS_DELAI_JOURS",))
    assert derriere(delai, {}) == Derriere((Terme("ATTRIBUTIONS"),))
    rpls = replace(SANS_PIECE, numerateur=("LOCATIONS_RPLS",))
    assert derriere(rpls, {}) is None
    for operation in (Operation.TEXTE, Operation.DIFFERENCE):
        assert derriere(replace(SANS_PIECE, operation=operation), {}) is None
