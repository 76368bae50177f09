"""Types of events and priority publics: dated, of the nation or of one territory, readable after their end."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sne.referentiels import models
from sne.referentiels.rules import (
    CatalogueEvenements,
    CataloguePublics,
    ClassePublic,
    NatureCaracteristique,
    PublicPrioritaire,
    catalogue_evenements_par_defaut,
    nomenclatures_par_defaut,
    publics_par_defaut,
)
from sne.referentiels.rules.evenements import (
    ecrire_caracteristique,
    lire_caracteristique,
    types_evenement_du_fichier,
    types_evenement_livres,
)
from sne.referentiels.rules.publics import publics_du_fichier, publics_livres
from sne.referentiels.selectors import get_publics, get_types_evenement

LE = date(2026, 11, 24)
SUITE = date(2027, 1, 1)


def type_(code: str = "A", **champs: object) -> dict[str, object]:
    """One type of a file, but for ``champs``."""
    base: dict[str, object] = {
        "code": code,
        "libelle": code,
        "publie_portail": True,
        "reglementaire": False,
        "caracteristiques": [],
    }
    return base | champs


def catalogue(*types: dict[str, object], le: date = LE) -> CatalogueEvenements:
    """Those types on a day."""
    contenu: dict[str, Any] = {"source": "s", "debut": None, "types": list(types)}
    return CatalogueEvenements(types_evenement_du_fichier(contenu), le)


def test_a_territory_sees_its_own_types_and_the_national_ones() -> None:
    lus = catalogue(type_("B", territoire="099"), type_("A"), type_("C", territoire="02B"))
    assert [t.code for t in lus.offerts("099")] == ["A", "B"]
    assert lus.get("C", territoire="099") is None
    assert lus.get("A", territoire="099") is not None


def test_a_territory_may_refine_a_national_type() -> None:
    lus = catalogue(type_("A"), type_("A", territoire="099", libelle="Le nôtre"))
    du_territoire, national = lus.get("A", territoire="099"), lus.get("A", territoire="02B")
    assert du_territoire is not None
    assert national is not None
    assert (du_territoire.libelle, national.libelle) == ("Le nôtre", "A")


def test_what_an_act_makes_is_not_offered() -> None:
    lus = catalogue(type_("A", par_acte=True))
    assert lus.offerts("099") == ()
    assert lus.get("A", territoire="099") is not None


def test_a_type_ends_and_stays_readable() -> None:
    lus = catalogue(type_(fin="2026-12-31"), type_("B", debut="2027-01-01"), le=SUITE)
    assert [t.code for t in lus.types] == ["B"]
    dernier = lus.dernier("A", territoire="099")
    assert lus.get("A", territoire="099") is None
    assert dernier is not None
    assert dernier.libelle == "A"
    assert lus.dernier("Z", territoire="099") is None


@pytest.mark.parametrize(
    ("nature", "liste"), [("CODE", ""), ("TEXTE", "ListeBooleen"), ("AILLEURS", "")], ids=str
)
def test_a_characteristic_ill_said_is_refused(nature: str, liste: str) -> None:
    with pytest.raises(ValueError, match=r"AILLEURS|x: a list goes with a code"):
        lire_caracteristique({"nom": "x", "libelle": "X", "type": nature, "requis": True, "liste": liste})


def test_a_characteristic_is_written_as_it_is_read() -> None:
    for type_livre in types_evenement_livres():
        for c in type_livre.caracteristiques:
            assert lire_caracteristique(ecrire_caracteristique(c)) == c


def test_interfaces_know_each_type_and_each_characteristic_by_one_short_code() -> None:
    lus = catalogue_evenements_par_defaut(LE)
    for t in lus.types:
        assert lus.par_code_court(t.code_court, territoire="099") is t
        assert len({c.code_court for c in t.caracteristiques}) == len(t.caracteristiques)
        assert all(t.caracteristique(c.code_court) is c for c in t.caracteristiques)
        assert all((t.texte_portail, t.texte_interne))
    assert lus.par_code_court("AILLEURS", territoire="099") is None
    assert lus.types[0].caracteristique("AILLEURS") is None


def test_a_territory_refines_a_short_code_too() -> None:
    lus = catalogue(type_("A"), type_("B", territoire="099", code_court="A"))
    trouves = [lus.par_code_court("A", territoire=t) for t in ("099", "02B")]
    assert [t.code if t else "" for t in trouves] == ["B", "A"]


@pytest.mark.parametrize("court", ["ONZE_SIGNES", "ABCDEFGHIJK", "É"])
def test_a_short_code_has_ten_signs(court: str) -> None:
    with pytest.raises(ValueError, match="short code"):
        types_evenement_du_fichier({"source": "s", "debut": None, "types": [type_(code_court=court)]})


def test_delivered_types_are_those_of_the_list_and_read_lists_that_exist() -> None:
    nomenclatures = nomenclatures_par_defaut(LE)
    livres = catalogue_evenements_par_defaut(LE).types
    assert {t.code for t in livres} == {code for code, _ in nomenclatures.choix("ListeTypeEvenement")}
    lues = {c.liste for t in livres for c in t.caracteristiques if c.nature is NatureCaracteristique.CODE}
    assert lues <= set(nomenclatures.listes)


def test_letter_of_a_public_follows_the_law_and_its_code_stays() -> None:
    publics = publics_du_fichier(
        {
            "source": "s",
            "publics": [
                {"code": "P", "lettre": "k", "libelle": "P", "classe": "ORDINAIRE", "fin": "2026-12-31"},
                {"code": "P", "lettre": "l", "libelle": "P", "classe": "ORDINAIRE", "debut": "2027-01-01"},
                {"code": "Q", "libelle": "Q", "classe": "SANTE", "fin": "2026-12-31"},
            ],
        }
    )
    intitules = {
        le: [p.intitule for p in CataloguePublics(publics, le).lire(["Q", "P"])] for le in (LE, SUITE)
    }
    assert intitules == {
        LE: ["P (L.\u00a0441-1, k)", "Q"],
        SUITE: ["P (L.\u00a0441-1, l)", "Q"],
    }
    assert CataloguePublics(publics, SUITE).codes == {"P"}
    assert CataloguePublics(publics, LE).lire(["Z"]) == ()


def test_delivered_publics_hide_what_says_something_of_health_or_of_violence() -> None:
    par_code = {p.code: p for p in publics_par_defaut(LE).publics}
    assert par_code["HANDICAP"].classe is ClassePublic.SANTE
    assert par_code["DALO"].classe is par_code["VIOLENCES_COUPLE"].classe is ClassePublic.TRES_PERSONNEL
    lettres = [p.lettre for p in par_code.values() if p.lettre]
    assert lettres == ["a", "b", "c", "d", "e", "f", "g", "g bis", "h", "i", "j", "k", "l", "m"]
    assert {c for c, _ in nomenclatures_par_defaut(LE).choix("ListePublicPrioritaire")} - {"L4411"} <= set(
        par_code
    )


@pytest.mark.django_db
def test_tables_say_what_the_files_say() -> None:
    livres = catalogue_evenements_par_defaut(LE).types
    lus = get_types_evenement(LE).types
    assert tuple(t for t in lus if not t.territoire) == livres
    assert [(t.territoire, t.code) for t in lus if t.territoire] == [("099", "ATELIER_LOGEMENT")]
    assert get_publics(LE).publics == publics_par_defaut(LE).publics
    assert isinstance(publics_livres()[0], PublicPrioritaire)


@pytest.mark.usefixtures("en_owner")
def test_database_refuses_a_class_that_no_rule_reads() -> None:
    with pytest.raises(IntegrityError, match="public_prioritaire_classe"), transaction.atomic():
        models.PublicPrioritaire.objects.filter(code="DALO").update(classe="AILLEURS")
