"""One report that has each state of a cell, for what draws and writes reports."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sne.infocentre.rapports.tableau import Cellule, Colonne, EtatCellule, Ligne, Tableau

E = EtatCellule
SIREN = Colonne("1.4", "SIREN", "texte")
DEFICIT = Colonne(
    "2.3", "Déficit SNE vs RPLS", definition=(("Formule", "Attributions RPLS moins attributions SNE"),)
)
PART = Colonne(
    "2.5",
    "% Attributions Etat",
    "%",
    1,
    definition=(("Numérateur", "Attributions de l’État"), ("Vide", "Aucune attribution")),
)
DELAI = Colonne("2.12", "Délai moyen", "jours", 1)
LIGNES = (
    (
        "099G0991",
        "=SOMME(A1) & Cie",
        Cellule(E.VALEUR, -2),
        Cellule(E.VALEUR, Decimal("12.5"), 40, 320),
        "999000011",
    ),
    ("099G0992", "Guichet <b>", Cellule(E.ZERO, 0), Cellule(E.VIDE, None, 0, 0), "012000011"),
    (
        "099G0993",
        "CCAS",
        Cellule(E.SANS_OBJET, motif="Pas un bailleur"),
        Cellule(E.FRAGILE, Decimal("33.3"), 4, 12),
        "",
    ),
    (
        "099G0994",
        "Mairie",
        Cellule(E.NON_DISPONIBLE, motif="Millésime 2026 non chargé"),
        Cellule(E.TROP_PETIT, None, 2, 7),
        "",
    ),
    (
        "099G0995",
        "Tu",
        Cellule(E.SECRET, motif="Secret statistique"),
        Cellule(E.SECRET, Decimal("50"), 3, 6),
        "",
    ),
)
TABLEAU = Tableau(
    code="TB06",
    titre="Tableau 06",
    version=2,
    perimetre="099",
    du=date(2023, 12, 1),
    au=date(2024, 11, 30),
    scellement=1204331,
    scelle_le=datetime(2024, 12, 2, 5, 30, tzinfo=UTC),
    colonnes=(SIREN, DEFICIT, PART, DELAI),
    lignes=tuple(
        Ligne(
            cle,
            libelle,
            (
                Cellule(E.VALEUR, texte=siren),
                compte,
                part,
                Cellule(E.VALEUR, Decimal("8.4"), 84, 10),
            ),
        )
        for cle, libelle, compte, part, siren in LIGNES
    ),
    filtres=(("Type d’organisme", "Bailleur"),),
    avertissements=("3 demandes effacées depuis.",),
)
