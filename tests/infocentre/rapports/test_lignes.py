"""Lines from what was counted: groups, totals, the mean of a territory, figures of a year, order."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sne.infocentre.rapports.rules.cellules import Seuils
from sne.infocentre.rapports.rules.formules import Niveau, Operation
from sne.infocentre.rapports.rules.grains import GRAINS, Grain, grouper, libelle
from sne.infocentre.rapports.rules.lignes import Matiere, dresser, moyenne, totaliser, trier
from sne.infocentre.rapports.tableau import Cellule, EtatCellule, Ligne
from sne.referentiels.rules import CategorieOrganisme, TypeOrganisme
from sne.referentiels.rules.decoupage import Decoupage, DepartementChoix
from tests.infocentre.rapports.exemples import fiche
from tests.infocentre.rapports.test_formules import SANS_PIECE

DECOUPAGE = Decoupage({"09": "Val"}, {"99": DepartementChoix("99", "Val-d’Aurette", "09", "099")})
SIEGE, AGENCE = fiche("099", "G0001"), fiche("099", "G0002")
MAIRIE = fiche(
    "099",
    "G0003",
    organisme="300000001",
    organisme_nom="Mairie",
    type_organisme=TypeOrganisme.COLLECTIVITE,
    categorie=CategorieOrganisme.COMMUNE,
)
PORTAIL = fiche("099", "GDPUB")
DEPOTS = replace(
    SANS_PIECE,
    code="NOUVELLES_DEMANDES",
    operation=Operation.COMPTE,
    numerateur=("DEPOTS",),
    denominateur=(),
    unite="",
)
DEFICIT = replace(
    SANS_PIECE,
    code="DEFICIT_RPLS",
    operation=Operation.DIFFERENCE,
    niveau=Niveau.ORGANISME_ANNEE,
    numerateur=("LOCATIONS_RPLS", "-ATTRIBUTIONS"),
    denominateur=("LOCATIONS_RPLS",),
)


def texte(attribut: str) -> Any:
    return replace(
        SANS_PIECE, code=attribut, operation=Operation.TEXTE, numerateur=(attribut,), denominateur=()
    )


MATIERE = Matiere(
    definitions=(texte("TYPE"), texte("SIREN"), DEPOTS, SANS_PIECE, DEFICIT),
    fiches=(SIEGE, AGENCE, MAIRIE, PORTAIL),
    comptes={
        "099G0001": {"DEPOTS": 100, "IDENTITES_FOURNIES": 90},
        "099G0002": {"DEPOTS": 7, "IDENTITES_FOURNIES": 5},
        "099GDPUB": {"DEPOTS": 20, "IDENTITES_FOURNIES": 20},
    },
    annee={("099", "200000001"): {"LOCATIONS_RPLS": 5, "ATTRIBUTIONS": 3}},
    decoupage=DECOUPAGE,
    territoires={"099": "Val-d’Aurette"},
    lectures={},
    seuils=Seuils(30, 10),
)
E = EtatCellule


def par_nom(lignes: tuple[Ligne, ...]) -> dict[str, tuple[Cellule, ...]]:
    return {ligne.libelle: ligne.cellules for ligne in lignes}


def test_counters_each_with_its_cells() -> None:
    lues = par_nom(dresser(MATIERE, Grain.GUICHET))
    siege, agence, mairie, portail = (lues[f"Guichet {c}"] for c in ("G0001", "G0002", "G0003", "GDPUB"))
    assert [c.texte for c in siege[:2]] == ["Bailleur", "200000001"]
    assert (portail[0].texte, portail[1].etat) == ("Portail", E.VIDE)
    assert [c.etat for c in siege[2:]] == [E.VALEUR, E.VALEUR, E.SANS_OBJET]
    assert siege[3].valeur == Decimal("10.0")
    assert (agence[3].etat, agence[3].numerateur, agence[3].denominateur) == (E.TROP_PETIT, 2, 7)
    assert [c.etat for c in mairie[2:]] == [E.ZERO, E.VIDE, E.SANS_OBJET]
    assert portail[3].etat is E.FRAGILE


def test_a_body_sums_its_counters_and_reads_its_year() -> None:
    office = par_nom(dresser(MATIERE, Grain.ORGANISME))["Office du Val"]
    assert (office[2].valeur, office[3].numerateur, office[3].denominateur) == (107, 12, 107)
    assert office[4] == Cellule(E.VALEUR, 2, 2, 5)
    mairie = par_nom(dresser(MATIERE, Grain.ORGANISME))["Mairie"]
    assert (mairie[4].etat, mairie[4].motif) == (E.SANS_OBJET, "Cet organisme n’est pas bailleur.")


def test_a_year_that_rpls_does_not_know_is_not_zero() -> None:
    sans = replace(
        MATIERE, annee={("099", "200000001"): {"LOCATIONS_RPLS": "non déclaré", "ATTRIBUTIONS": 3}}
    )
    office = par_nom(dresser(sans, Grain.ORGANISME))["Office du Val"]
    assert (office[4].etat, office[4].motif, office[4].valeur) == (E.NON_DISPONIBLE, "non déclaré", None)


@pytest.mark.parametrize("grain", [g for g in GRAINS if g is not Grain.ORGANISME])
def test_no_other_line_sums_the_figures_of_a_year(grain: Grain) -> None:
    assert all(ligne.cellules[4].etat is E.SANS_OBJET for ligne in dresser(MATIERE, grain))


@pytest.mark.parametrize("grain", GRAINS)
def test_every_gathering_has_the_same_total(grain: Grain) -> None:
    lignes = dresser(MATIERE, grain)
    assert sum(ligne.cellules[2].numerateur or 0 for ligne in lignes) == 127
    assert len({ligne.cle for ligne in lignes}) == len(lignes)


def test_the_total_divides_sums() -> None:
    total = totaliser(MATIERE)
    assert total is not None
    assert (total.libelle, total.cle, total.niveau) == ("Ensemble", "TOTAL:", "TOTAL")
    assert total.cellules[0].motif == "Cette ligne en réunit plusieurs."
    assert (total.cellules[3].numerateur, total.cellules[3].denominateur) == (12, 127)
    assert totaliser(replace(MATIERE, fiches=())) is None


def test_the_mean_shares_counts_out_and_keeps_rates() -> None:
    lue = moyenne(MATIERE)
    assert lue is not None
    assert lue.cellules[2].valeur == Decimal("42.3")  # 127 over three counters, the portal's left out
    assert lue.cellules[3].valeur == Decimal("9.4")
    assert lue.cellules[4].etat is E.SANS_OBJET
    assert moyenne(replace(MATIERE, fiches=(PORTAIL,))) is None
    assert moyenne(replace(MATIERE, fiches=())) is None


def test_before_the_figures_begin_nothing_is_zero() -> None:
    absente = replace(MATIERE, comptes={}, absence="Les chiffres commencent en mai 2024.")
    for ligne in dresser(absente, Grain.GUICHET):
        assert {c.etat for c in ligne.cellules[2:]} == {E.NON_DISPONIBLE}
        assert ligne.cellules[0].texte


def test_lines_in_order() -> None:
    lignes = dresser(MATIERE, Grain.GUICHET)
    codes = lambda lues: [ligne.libelle[-5:] for ligne in lues]  # noqa: E731 - short
    assert codes(trier(lignes, None, decroissant=False)) == ["G0001", "G0002", "G0003", "GDPUB"]
    assert codes(trier(lignes, None, decroissant=True)) == ["GDPUB", "G0003", "G0002", "G0001"]
    assert codes(trier(lignes, 2, decroissant=True)) == ["G0001", "GDPUB", "G0002", "G0003"]
    assert codes(trier(lignes, 3, decroissant=False)) == ["GDPUB", "G0001", "G0002", "G0003"]  # no rate: last
    assert codes(trier(lignes, 3, decroissant=True))[-1] == "G0003"
    assert codes(trier(lignes, 0, decroissant=False))[0] in {"G0001", "G0002"}


def test_words_of_a_counter() -> None:
    matiere = replace(MATIERE, definitions=(texte("REGION_DEPARTEMENT"), texte("CATEGORIE")))
    lues = par_nom(dresser(matiere, Grain.GUICHET))
    assert [c.texte for c in lues["Guichet G0003"]] == ["Val / Val-d’Aurette (99)", "Commune"]
    assert lues["Guichet GDPUB"][0].texte == "Val"


def test_names_of_lines() -> None:
    deux = {"099": "Val-d’Aurette", "098": "Ailleurs"}
    assert libelle(Grain.ORGANISME, SIEGE, DECOUPAGE, deux) == "Office du Val, Val-d’Aurette"
    assert libelle(Grain.GUICHET, PORTAIL, DECOUPAGE, deux) == "Guichet GDPUB, Val-d’Aurette"
    assert libelle(Grain.DEPARTEMENT, PORTAIL, DECOUPAGE, deux) == "Portail, sans département"
    assert libelle(Grain.DEPARTEMENT, SIEGE, DECOUPAGE, deux) == "Val-d’Aurette"
    assert list(grouper(Grain.TYPE, [SIEGE, MAIRIE, AGENCE], DECOUPAGE)) == ["BAILLEUR", "COLLECTIVITE"]
