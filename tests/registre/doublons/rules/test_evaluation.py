"""A labelled file read, or refused with its line and column; what was found and missed, counted."""

from datetime import date

import pytest

from sne.registre.doublons.rules.evaluation import FichierInvalide, lire_adultes, lire_paires, mesurer
from sne.registre.doublons.rules.ressemblance import Adulte, Rapprochees

ENTETE = "id,nom_naissance,prenoms,date_naissance"
CONNUS = frozenset({"A", "B", "C"})


def demandes(*lignes: str) -> list[Adulte]:
    return lire_adultes([ligne + "\n" for ligne in lignes], fichier="d.csv")


def paires(*lignes: str) -> dict[tuple[str, str], bool]:
    return lire_paires([ligne + "\n" for ligne in lignes], fichier="p.csv", connus=CONNUS)


def test_every_column_is_read_others_are_not() -> None:
    lus = demandes(
        "ID;Nom_naissance;nom_usage;prenoms;date_naissance;nir;telephone;role;territoire;couleur",
        "A;Dubreuil;Morel;Élodie;14/03/1987;2 87 03 99 000 001 54;06 12 34 56 41;cotitulaire;099;bleu",
        "",
        "B;Leca;;Léa;;;612;;;",
    )
    assert lus == [
        Adulte("A", "dubreuil", "morel", "elodie", date(1987, 3, 14), "2870399000001", "+33612345641", "099"),
        Adulte("B", "leca", "", "lea", None, "", "612", ""),
    ]


@pytest.mark.parametrize(
    ("lignes", "phrase"),
    [
        ((), "d.csv, ligne 1 : il manque la colonne « id »."),
        (("id,prenoms",), "d.csv, ligne 1 : il manque la colonne « nom_naissance »."),
        ((ENTETE, "A,Leca,Léa"), "d.csv, ligne 2 : 3 colonnes au lieu de 4."),
        ((ENTETE, "A,Leca,Léa,", "A,,Léa,"), "d.csv, ligne 3, colonne « nom_naissance » : elle est vide."),
        ((ENTETE, ",Leca,Léa,"), "d.csv, ligne 2, colonne « id » : elle est vide."),
        ((ENTETE, "A,Leca,Léa,1987-02-30"), "d.csv, ligne 2, colonne « date_naissance » : écrivez une date"),
        ((ENTETE + ",role", "A,Leca,Léa,,CHEF"), "d.csv, ligne 2, colonne « role » : écrivez DEMANDEUR"),
        ((ENTETE, 'A,"Leca" x,Léa,'), "d.csv, ligne 2 : cette ligne n’est pas du CSV"),
    ],
)
def test_bad_file_of_demandes(lignes: tuple[str, ...], phrase: str) -> None:
    with pytest.raises(FichierInvalide) as refus:
        demandes(*lignes)
    assert phrase in str(refus.value)


def test_labels() -> None:
    assert paires("id_a,id_b,same", "B,A,1", "A,B,1", "A,C,non") == {("A", "B"): True, ("A", "C"): False}


@pytest.mark.parametrize(
    ("lignes", "phrase"),
    [
        (("id_a,id_b", "A,B"), "p.csv, ligne 1 : il manque la colonne « meme » (1 ou 0)."),
        (("id_a,id_b,meme", "A,Z,1"), "p.csv, ligne 2, colonne « id_b » : cette demande n’est pas"),
        (("id_a,id_b,meme", "A,A,1"), "p.csv, ligne 2, colonne « id_b » : une paire est de deux demandes."),
        (("id_a,id_b,meme", "A,B,2"), "p.csv, ligne 2, colonne « meme » : écrivez 1 ou 0."),
        (("id_a,id_b,same", "A,B,1", "B,A,0"), "p.csv, ligne 3, colonne « same » : cette paire est déjà"),
    ],
)
def test_bad_file_of_pairs(lignes: tuple[str, ...], phrase: str) -> None:
    with pytest.raises(FichierInvalide) as refus:
        paires(*lignes)
    assert phrase in str(refus.value)


SCORES = Rapprochees({("A", "B"): 5, ("A", "C"): 4.2, ("B", "C"): 4, ("C", "D"): 4.5}, 0)
ETIQUETTES = {("A", "B"): True, ("A", "C"): False, ("X", "Y"): True}


@pytest.mark.parametrize(
    ("seuil", "fausses", "attendu"),
    [
        (4.0, False, (4, 1, 1, 1, 2, 0.5, 0.5, 0.5)),
        (4.0, True, (4, 1, 1, 3, 2, 0.5, 0.25, 2 / 6)),
        (4.5, False, (2, 1, 1, 0, 1, 0.5, 1, 2 / 3)),
        (9.0, False, (0, 0, 2, 0, 0, 0, None, 0)),
    ],
)
def test_counts(seuil: float, fausses: bool, attendu: tuple[float | None, ...]) -> None:
    m = mesurer(SCORES, ETIQUETTES, seuil=seuil, non_etiquetees_fausses=fausses)
    dits = (m.proposees, m.trouvees, m.manquees, m.fausses_alertes, m.non_etiquetees)
    assert (*dits, m.rappel, m.precision, m.f1) == attendu


def test_nothing_to_divide_by() -> None:
    m = mesurer(Rapprochees({}, 0), {}, seuil=4, non_etiquetees_fausses=True)
    assert (m.rappel, m.precision, m.f1) == (None, None, None)
