"""An edition comes out of its compressed text as it went in, and proves whether it can be made again."""

from dataclasses import replace
from decimal import Decimal

from sne.infocentre.abonnements.rules.editions import (
    Comparaison,
    confronter,
    count_fragiles,
    depuis_octets,
    empreinte_des_definitions,
    empreinte_du_resultat,
    en_octets,
    est_sans_activite,
)
from sne.infocentre.rapports.tableau import Cellule, Colonne, EtatCellule, Ligne
from tests.infocentre.abonnements.test_migration import compte, tableau

CELLULES = [
    compte(7),
    Cellule(EtatCellule.VALEUR, Decimal("33.3"), 1, 3),
    Cellule(EtatCellule.FRAGILE, Decimal("50"), 1, 2),
    Cellule(EtatCellule.TROP_PETIT, None, 1, 2),
    Cellule(EtatCellule.NON_DISPONIBLE, motif="Aucun millésime du RPLS n’est chargé."),
    Cellule(EtatCellule.VALEUR, texte="Bailleur"),
]
PLEIN = replace(
    tableau([str(n) for n in range(6)], ("a", CELLULES), ("b", CELLULES)),
    filtres=(("Type", "bailleur"),),
    avertissements=("Un guichet est fermé.",),
)
PLEIN = replace(
    PLEIN, colonnes=(Colonne("0", "Dépôts", definition=(("Numérateur", "…"),)), *PLEIN.colonnes[1:])
)


def test_what_is_kept_is_what_was_made() -> None:
    for table in (PLEIN, replace(PLEIN, scelle_le=None, lignes=())):
        assert depuis_octets(en_octets(table)) == table
        assert en_octets(table) == en_octets(depuis_octets(en_octets(table)))


def test_figures_and_definitions_have_each_their_proof() -> None:
    autre_titre = replace(PLEIN, titre="Tableau 06_OLD")
    assert empreinte_du_resultat(autre_titre) == empreinte_du_resultat(PLEIN)
    ligne = replace(PLEIN.lignes[0], cellules=(compte(8), *PLEIN.lignes[0].cellules[1:]))
    bougee = replace(PLEIN, lignes=(ligne, PLEIN.lignes[1]))
    assert empreinte_du_resultat(bougee) != empreinte_du_resultat(PLEIN)
    assert empreinte_des_definitions(bougee) == empreinte_des_definitions(PLEIN)
    redefinie = replace(PLEIN, colonnes=(Colonne("0", "Dépôts"), *PLEIN.colonnes[1:]))
    assert empreinte_des_definitions(redefinie) != empreinte_des_definitions(PLEIN)
    assert confronter(PLEIN, bougee) == Comparaison(egale=False, ecarts=1)
    assert confronter(PLEIN, redefinie) == Comparaison(egale=True, definitions=True)
    assert confronter(PLEIN, PLEIN) == Comparaison(egale=True)
    dite = replace(PLEIN, avertissements=(*PLEIN.avertissements, "Dit depuis."))
    assert confronter(PLEIN, dite) == Comparaison(egale=True, avertissements=("Dit depuis.",))
    sans = replace(PLEIN, lignes=PLEIN.lignes[:1])
    assert confronter(PLEIN, sans) == Comparaison(egale=False, ecarts=6, lignes=1)


def test_fragile_cells_and_empty_months_are_counted() -> None:
    assert count_fragiles(PLEIN) == 4
    assert not est_sans_activite(PLEIN)
    zeros = (
        Cellule(EtatCellule.ZERO, 0, 0),
        Cellule(EtatCellule.VIDE),
        Cellule(EtatCellule.VALEUR, texte="x"),
    )
    assert est_sans_activite(replace(PLEIN, lignes=(Ligne("a", "A", zeros),)))
    assert est_sans_activite(replace(PLEIN, lignes=()))
    absentes = (Cellule(EtatCellule.NON_DISPONIBLE), Cellule(EtatCellule.VALEUR, texte="x"))
    assert not est_sans_activite(replace(PLEIN, lignes=(Ligne("a", "A", absentes),)))


def test_another_column_is_another_table() -> None:
    une, autre = tableau(["1"], ("a", [compte(1)])), tableau(["2"], ("a", [compte(1)]))
    assert confronter(une, autre) == Comparaison(egale=False, ecarts=2, definitions=True)
