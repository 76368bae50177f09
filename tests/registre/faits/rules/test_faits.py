"""What facts share: their day, their correction, the state they need; characteristics by their nature."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sne.referentiels.rules import (
    Caracteristique,
    NatureCaracteristique,
    TypeEvenement,
    catalogue_evenements_par_defaut,
    nomenclatures_par_defaut,
)
from sne.registre.contenu.rules.anomalie import bloquer
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.tentatives import ActeSuivi, nommer_refus
from sne.registre.faits.rules.dalo import (
    FaitDaloSaisi,
    controler_dalo,
)
from sne.registre.faits.rules.evenements import exiger_type, lire_caracteristiques, lire_montant
from sne.registre.faits.rules.faits import (
    Correction,
    FaitRefuse,
    NatureFait,
    controler_correction,
    controler_jour,
    exiger,
    exiger_statut,
    lire_rpls,
)
from sne.socle.erreurs import Interdit

LE = date(2026, 11, 24)
DEPOT = date(2026, 1, 10)
valide = nomenclatures_par_defaut(LE).valide
N = NatureCaracteristique


def champs(anomalies: object) -> list[str]:
    """Where remarks are."""
    return [a.chemin for a in anomalies]  # type: ignore[attr-defined]


POSSIBLES = {
    NatureFait.EVENEMENT: {Statut.ACTIVE, Statut.EXPIREE, Statut.RADIEE},
    NatureFait.DECISION: {Statut.ACTIVE, Statut.EXPIREE},
    NatureFait.ATTRIBUTION: {Statut.ACTIVE, Statut.EXPIREE},
    NatureFait.DALO: {Statut.ACTIVE, Statut.EXPIREE, Statut.RADIEE},
}


@pytest.mark.parametrize("correction", [False, True])
@pytest.mark.parametrize("statut", Statut)
@pytest.mark.parametrize("nature", NatureFait)
def test_every_state_allows_or_refuses_every_fact(
    nature: NatureFait, statut: Statut, correction: bool
) -> None:
    if statut in POSSIBLES[nature] or (correction and statut is Statut.RADIEE):
        exiger_statut(nature, statut, correction=correction)
        return
    with pytest.raises(Interdit, match="réactiver" if statut is Statut.RADIEE else "pas en cours"):
        exiger_statut(nature, statut, correction=correction)


@pytest.mark.parametrize(
    ("jour", "depot", "phrase"),
    [
        (LE, DEPOT, None),
        (DEPOT, DEPOT, None),
        (date(2020, 1, 1), None, None),
        (date(2026, 11, 25), DEPOT, "avenir"),
        (date(2026, 1, 9), DEPOT, "précède le dépôt"),
    ],
)
def test_day_of_a_fact(jour: date, depot: date | None, phrase: str | None) -> None:
    dites = [a.phrase for a in controler_jour(jour, depot=depot, aujourd_hui=LE)]
    assert len(dites) == (phrase is not None)
    assert phrase is None or phrase in dites[0]


@pytest.mark.parametrize(
    ("motif", "phrase"),
    [
        ("Mauvais dossier.", None),
        ("Refusé\u00a0: mauvais dossier.", None),
        ("  ", "pourquoi"),
        ("x" * 301, "trop long"),
        ("a\x00b", "invisible"),
    ],
)
def test_a_correction_says_why(motif: str, phrase: str | None) -> None:
    dites = [a.phrase for a in controler_correction(Correction(uuid.uuid4(), motif))]
    assert len(dites) == (phrase is not None)
    assert phrase is None or phrase in dites[0]
    assert list(controler_correction(None)) == []


def test_exiger_says_everything_at_once_and_leads_to_the_first_field() -> None:
    exiger([])
    with pytest.raises(FaitRefuse) as refus:
        exiger([bloquer("a", "Un."), bloquer("b", "Deux.")])
    assert (refus.value.phrase, refus.value.champ) == ("Un. Deux.", "a")
    assert all(a.bloquante for a in refus.value.anomalies)


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("a1b2c3d4e5", "A1B2C3D4E5"),
        (" A1B2C 3D4E5 ", "A1B2C3D4E5"),
        ("A1B2C3D4E", None),
        ("", None),
        ("É1B2C3D4E5", None),
    ],
)
def test_identifier_of_a_dwelling(texte: str, lu: str | None) -> None:
    assert lire_rpls(texte) == lu


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("412,50", "412.50"),
        ("1 200", "1200.00"),
        ("0", "0.00"),
        ("412,505", None),
        ("-1", None),
        ("NaN", None),
        ("beaucoup", None),
        ("1e9", None),
    ],
)
def test_lire_montant(texte: str, lu: str | None) -> None:
    assert lire_montant(texte) == (None if lu is None else Decimal(lu))


def type_de(nature: N, *, requis: bool = True) -> TypeEvenement:
    """A type with one characteristic."""
    liste = "ListeBooleen" if nature is N.CODE else ""
    c = Caracteristique("x", "Le champ", nature, requis, liste)
    return TypeEvenement("A", "", "A", False, False, False, (c,), 1)


@pytest.mark.parametrize(
    ("nature", "texte", "valeur"),
    [
        (N.TEXTE, " Un objet ", "Un objet"),
        (N.TEXTE, "x" * 301, None),
        (N.DATE, "12/03/2026", "2026-03-12"),
        (N.DATE, "demain", None),
        (N.ENTIER, "12", 12),
        (N.ENTIER, "0", 0),
        (N.ENTIER, "1,5", None),
        (N.ENTIER, "٣", None),
        (N.ENTIER, "9" * 5000, None),
        (N.MONTANT, "412,5", "412.50"),
        (N.MONTANT, "x", None),
        (N.OUI_NON, "OUI", True),
        (N.OUI_NON, "NON", False),
        (N.OUI_NON, "oui", None),
        (N.CODE, "NONDOC", "NONDOC"),
        (N.CODE, "PEUT_ETRE", None),
        (N.RPLS, "a1b2c3d4e5", "A1B2C3D4E5"),
        (N.RPLS, "a1", None),
        (N.PIECES, " IDENTITE, SEJOUR", "IDENTITE, SEJOUR"),
    ],
)
def test_each_nature_of_characteristic(nature: N, texte: str, valeur: object) -> None:
    valeurs, anomalies = lire_caracteristiques(type_de(nature), {"x": texte}, code_valide=valide)
    if valeur is None:
        assert valeurs == {}
        (anomalie,) = anomalies
        assert anomalie.chemin == "caracteristiques.x"
        assert texte not in anomalie.phrase or texte == "oui"
    else:
        assert (valeurs, anomalies) == ({"x": valeur}, ())


def test_every_nature_was_tried() -> None:
    marque = test_each_nature_of_characteristic.pytestmark[0]  # type: ignore[attr-defined]
    assert {cas[0] for cas in marque.args[1]} == set(N)


def test_a_missing_characteristic_is_named_when_it_is_mandatory() -> None:
    valeurs, anomalies = lire_caracteristiques(type_de(N.TEXTE), {"x": "  "}, code_valide=valide)
    assert valeurs == {}
    assert [a.phrase for a in anomalies] == ["L’information «\u00a0Le champ\u00a0» manque. Remplissez-la."]
    assert lire_caracteristiques(type_de(N.TEXTE, requis=False), {}, code_valide=valide) == ({}, ())


def test_a_characteristic_of_another_type_is_refused() -> None:
    _, anomalies = lire_caracteristiques(type_de(N.TEXTE), {"x": "a", "y": "b"}, code_valide=valide)
    assert champs(anomalies) == ["caracteristiques.y"]


def test_what_an_act_makes_is_typed_by_nobody() -> None:
    types = catalogue_evenements_par_defaut(LE)
    assert exiger_type(types.get("CONTACT", territoire="099")).code == "CONTACT"
    with pytest.raises(Interdit, match="par l’acte lui-même"):
        exiger_type(types.get("RADIATION", territoire="099"))
    with pytest.raises(Interdit, match="n’existe pas"):
        exiger_type(types.get("AILLEURS", territoire="099"))


def dalo(nature: str = "STATUT", fin: date | None = None, statut: str = "ACTIF", **autres: Any) -> list[str]:
    """Fields refused."""
    return champs(controler_dalo(FaitDaloSaisi(nature, LE, fin, statut, **autres), code_valide=valide))


def test_controler_dalo() -> None:
    assert dalo() == []
    assert dalo(fin=LE) == []
    assert dalo("DELAI_ANORMAL", statut="") == []
    assert dalo("AUTRE") == ["nature"]
    assert dalo(statut="") == ["statut"]
    assert dalo("DELAI_ANORMAL") == ["statut"]
    assert dalo(fin=date(2026, 11, 23)) == ["fin"]
    dits: dict[str, Any] = {"diagnostic_social": False, "accompagnement_social": True, "typologie": "03"}
    assert dalo(**dits) == []
    assert dalo(**dits | {"typologie": "77"}) == ["typologie"]
    assert dalo("DELAI_ANORMAL", statut="", **dits) == list(dits)


def test_every_followed_act_is_named_but_dalo() -> None:
    nommes = {acte for acte in ActeSuivi if nommer_refus("Acte refusé", acte) != "Acte refusé"}
    assert nommer_refus("Non", "AILLEURS") == "Non"
    assert set(ActeSuivi) - nommes == {ActeSuivi.CONSIGNER_DALO}
    assert nommer_refus("Non", ActeSuivi.CONSIGNER_ATTRIBUTION) == "Non\u00a0: consigner une attribution"
