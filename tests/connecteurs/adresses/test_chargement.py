"""The national file into the index: a département at once, or not at all; a cut or foreign file changes nothing."""

import pytest
from django.db import connection

from sne.connecteurs.adresses.rules import sans_une_lettre
from sne.connecteurs.ban.port import chercher_adresses
from sne.connecteurs.ban.rules import RechercheAdresse
from sne.connecteurs.models import DepartementAdresses, MotAdresse, VoieAdresse
from sne.connecteurs.rules import Motif, SansReponse
from sne.socle.erreurs import Interdit
from tests.connecteurs.adresses.conftest import Charger
from tests.connecteurs.conftest import ICI
from tests.registre.factories import MAINTENANT

ENTETE = "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat"


def ligne(numero: int = 1, *, rep: str = "", voie: str = "Rue Haute", commune: str = "99001") -> str:
    """One line of the national file."""
    cle = f"{commune}_0001_{numero:05d}" + (f"_{rep}" if rep else "")
    return f"{cle};;{numero};{rep};{voie};99000;{commune};Aurette-la-Ville;1.0;2.0;3.0;4.0"


def fichier(*lignes: str) -> str:
    return "\n".join([ENTETE, *lignes]) + "\n"


def voies() -> list[tuple[str, list[str]]]:
    return list(VoieAdresse.objects.order_by("commune", "nom").values_list("nom", "numeros"))


def test_one_street_with_its_numbers(charger: Charger) -> None:
    fait = charger(fichier(ligne(1), ligne(2), ligne(2, rep="Bis"), ligne(1), ligne(99999)))
    assert [(b.departement, b.voies, b.numeros) for b in fait.bilans] == [("99", 1, 3)]
    [(nom, numeros)] = voies()
    assert (nom, sorted(numeros)) == ("Rue Haute", ["1", "2", "2 bis"])
    assert DepartementAdresses.objects.get().charge_le == MAINTENANT
    assert VoieAdresse.objects.get().population == 78_420


def test_departements_are_told_by_the_commune(charger: Charger) -> None:
    codes = {"99001": "99", "2B033": "2B", "97411": "974", "01001": "01"}
    fait = charger(fichier(*[ligne(1, commune=c) for c in codes]))
    assert sorted(b.departement for b in fait.bilans) == sorted(codes.values())


def test_loaded_again_it_is_the_same(charger: Charger) -> None:
    texte = fichier(*[ligne(n) for n in range(1, 30)])
    assert charger(texte).bilans == charger(texte).bilans
    assert len(voies()) == 1


def test_a_departement_that_is_not_in_the_file_stays(charger: Charger) -> None:
    charger(fichier(ligne(1, commune="97411")))
    charger(fichier(ligne(1), ligne(2)))
    assert len(voies()) == 2


def test_a_cut_file_takes_nothing_away_unless_told_so(charger: Charger) -> None:
    charger(fichier(*[ligne(n) for n in range(1, 101)]))
    coupe = fichier(*[ligne(n) for n in range(1, 80)])
    [bilan] = charger(coupe).bilans
    assert (bilan.refuse, bilan.numeros, len(voies()[0][1])) == (True, 100, 100)
    [bilan] = charger(coupe, meme_si_moins=True).bilans
    assert (bilan.refuse, len(voies()[0][1])) == (False, 79)


@pytest.mark.parametrize(
    "mauvaise",
    [
        ";;1;;Rue Haute;99000;99001;Aurette;1;2;3;4",
        "99001_0001_00001;;un;;Rue Haute;99000;99001;Aurette;1;2;3;4",
        "99001_0001_00001;;1;;;99000;99001;Aurette;1;2;3;4",
        "99001_0001_00001;;1;;Rue Haute;990;99001;Aurette;1;2;3;4",
        "99001_0001_00001;;1;;Rue Haute;99000;Aurette;Aurette;1;2;3;4",
        "99001_0001_00001;;1;;Rue Haute;99000;99001;;1;2;3;4",
        f"99001_0001_00001;;1;;{'a' * 201};99000;99001;Aurette;1;2;3;4",
    ],
)
def test_a_line_that_says_no_address_is_counted_and_left_out(charger: Charger, mauvaise: str) -> None:
    fait = charger(fichier(ligne(1), mauvaise))
    assert (fait.ignorees, [b.numeros for b in fait.bilans]) == (1, [1])


def test_a_street_of_signs_alone_is_not_indexed(charger: Charger) -> None:
    [bilan] = charger(fichier(ligne(1), ligne(1, voie="日本"), ligne(1, voie="???"))).bilans
    assert [nom for nom, _ in voies()][:1] == ["Rue Haute"]
    assert bilan.voies == len(voies())


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("", "Il manque"),
        ("nom;prenom\nA;B\n", "Il manque\u00a0: id, numero"),
        (b"\xff\xfe\x00", "Il manque"),
        (ENTETE + ";x\n" + ligne() + ";1\n", "deux fois une colonne"),
        (ENTETE + ';"a b"\n' + ligne() + ";1\n", "nom illisible"),
        (ENTETE + "\n", "aucune adresse lisible"),
        (fichier(";".join(["x"] * 12)), "aucune adresse lisible"),
        (fichier(ligne(), "trop;court"), "La ligne 3 du fichier est illisible"),
        (fichier(ligne(), ligne() + ";de;trop"), "La ligne 3 du fichier est illisible"),
        (fichier(ligne()).encode() + b"\xe9;\xe9\n", "La ligne 3 du fichier est illisible"),
        (fichier(ligne()) + '"jamais fermé', "du fichier est illisible"),
    ],
)
def test_a_file_that_is_not_one_changes_nothing(charger: Charger, texte: str | bytes, phrase: str) -> None:
    charger(fichier(ligne(7)))
    with pytest.raises(Interdit) as refus:
        charger(texte)
    assert phrase in str(refus.value)
    assert voies() == [("Rue Haute", ["7"])]
    assert "Haute" not in str(refus.value)


def test_a_byte_order_mark_and_windows_line_ends(charger: Charger) -> None:
    texte = "\ufeff" + fichier(ligne(1), ligne(2)).replace("\n", "\r\n")
    assert [b.numeros for b in charger(texte).bilans] == [2]


def test_nothing_of_a_load_stays_but_the_index(charger: Charger) -> None:
    charger(fichier(ligne()))
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relname LIKE '%%recue%%'"
        )
        assert curseur.fetchone() == (0,)
    assert set(MotAdresse.objects.values_list("mot", flat=True)) >= {
        "rue",
        "haute",
        "99000",
        "aurette",
        "ville",
    }


def test_words_are_kept_with_what_a_slip_leaves_of_them(charger: Charger) -> None:
    charger(fichier(ligne()))
    for mot, sans_une in MotAdresse.objects.values_list("mot", "sans_une"):
        assert sans_une == sans_une_lettre(mot)


def test_an_index_that_holds_nothing_is_off(db: None) -> None:
    """It would say of every address that there is none."""
    dit = chercher_adresses(RechercheAdresse("12 rue haute", protegee=True), pour=ICI)
    assert dit == SansReponse(Motif.ETEINT)
