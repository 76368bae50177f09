"""What the search of companies says, read from its documented shape and from lies about it; its states in words."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sne.connecteurs.entreprises.rules.etats import Entreprise, Etat, dire_entreprise, dire_etablissement
from sne.connecteurs.entreprises.rules.lecture import (
    RechercheEntreprise,
    lire_entreprises,
    parametres,
    texte_cherche,
)

SIREN, SIEGE, AGENCE = "999000003", "99900000300015", "99900000300023"


def place(siret: str = SIEGE, **changes: Any) -> dict[str, Any]:
    return {
        "siret": siret,
        "adresse": "1 PLACE DU SPECIMEN 59000 LILLE",
        "code_postal": "59000",
        "commune": "59350",
        "libelle_commune": "LILLE",
        "etat_administratif": "A",
        "date_fermeture": None,
        "est_siege": siret == SIEGE,
        "liste_enseignes": None,
        "latitude": "50.6365",
        **changes,
    }


def societe(**changes: Any) -> dict[str, Any]:
    return {
        "siren": SIREN,
        "nom_complet": "OFFICE PUBLIC HABITAT FICTIF (OPHF)",
        "etat_administratif": "A",
        "date_fermeture": None,
        "nature_juridique": "4140",
        "siege": place(),
        "matching_etablissements": [place(), place(AGENCE)],
        **changes,
    }


def page(*resultats: Any, **changes: Any) -> bytes:
    return json.dumps({"results": list(resultats), "total_results": len(resultats), **changes}).encode()


def lire(*resultats: Any, texte: str = "office") -> tuple[Entreprise, ...]:
    return lire_entreprises(page(*resultats), texte=texte)


def test_a_company_with_its_establishments() -> None:
    [lue] = lire(societe())
    assert (lue.siren, lue.nom, lue.etat, lue.categorie) == (
        SIREN,
        "OFFICE PUBLIC HABITAT FICTIF (OPHF)",
        Etat.ACTIF,
        "4140",
    )
    assert [(e.siret, e.siege) for e in lue.etablissements] == [(SIEGE, True), (AGENCE, False)]
    assert (dire_entreprise(lue), dire_etablissement(lue.etablissements[0])) == ("", "")


def test_without_any_that_matches_its_head_office() -> None:
    [lue] = lire(societe(matching_etablissements=[]))
    assert [e.siret for e in lue.etablissements] == [SIEGE]
    [lue] = lire(societe(matching_etablissements=[], siege=None))
    assert lue.etablissements == ()


def test_of_a_siret_that_establishment_alone() -> None:
    [lue] = lire(societe(), texte=AGENCE)
    assert [e.siret for e in lue.etablissements] == [AGENCE]
    assert lire(societe(matching_etablissements=[]), texte=AGENCE) == ()
    [lue] = lire(societe(matching_etablissements=[]), texte=SIEGE)
    assert [e.siret for e in lue.etablissements] == [SIEGE]


def test_of_a_siren_all_that_it_has() -> None:
    assert len(lire(societe(), texte=SIREN)[0].etablissements) == 2


def test_nothing_is_an_answer() -> None:
    assert lire() == ()


def test_closed_is_said_with_its_day_if_it_is_known() -> None:
    ferme = place(AGENCE, etat_administratif="F", date_fermeture="2024-06-30")
    [lue] = lire(
        societe(etat_administratif="C", date_fermeture="2023-12-31", matching_etablissements=[ferme])
    )
    assert (lue.etat, lue.fermee_le) == (Etat.FERME, date(2023, 12, 31))
    assert "a cessé son activité le 31/12/2023" in dire_entreprise(lue)
    assert "a fermé le 30/06/2024" in dire_etablissement(lue.etablissements[0])
    sans = place(AGENCE, etat_administratif="F")
    [lue] = lire(societe(etat_administratif="C", matching_etablissements=[sans]))
    assert "à une date que la source ne donne pas" in dire_entreprise(lue)
    assert "à une date que la source ne donne pas" in dire_etablissement(lue.etablissements[0])


def test_partly_hidden_is_said_and_its_gaps_are_not_shown_as_names() -> None:
    cache = place(
        AGENCE, adresse="[ND] 59000 LILLE", statut_diffusion_etablissement="P", libelle_commune=None
    )
    [lue] = lire(societe(nom_complet="[ND] [ND]", statut_diffusion="P", matching_etablissements=[cache]))
    assert (lue.nom, lue.etablissements[0].adresse, lue.etablissements[0].commune) == ("", "", "")
    assert "a demandé à ne pas être montrée" in dire_entreprise(lue)
    assert "a demandé à ne pas être montrée" in dire_etablissement(lue.etablissements[0])


def test_a_sign_on_the_door() -> None:
    [lue] = lire(societe(matching_etablissements=[place(liste_enseignes=["OPHF LILLE"])]))
    assert lue.etablissements[0].enseigne == "OPHF LILLE"


MENSONGES: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "null": lambda: b"null",
    "no results": lambda: b'{"total_results": 0}',
    "results null": lambda: b'{"results": null, "total_results": 0}',
    "total of nobody": lambda: page(total_results=-1),
    "SIREN as a number": lambda: page(societe(siren=999000003)),
    "state unknown": lambda: page(societe(etat_administratif="Z")),
    "state missing": lambda: page({k: v for k, v in societe().items() if k != "etat_administratif"}),
    "a day that is none": lambda: page(societe(etat_administratif="C", date_fermeture="2024-02-31")),
    "establishment of another": lambda: page(societe(matching_etablissements=[place("99900016900014")])),
    "short SIRET": lambda: page(societe(matching_etablissements=[place("9990")])),
    "too many": lambda: page(*[societe()] * 26),
}


@pytest.mark.parametrize("mensonge", MENSONGES)
def test_a_lie_is_not_read(mensonge: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        lire_entreprises(MENSONGES[mensonge](), texte="office")


@pytest.mark.parametrize("texte", ["999000169", "99900016900014"])
def test_another_company_than_the_one_asked_for_is_a_lie(texte: str) -> None:
    with pytest.raises(ValueError, match="another company"):
        lire(societe(), texte=texte)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("999 000 003", "999000003"),
        ("999000004", ""),
        ("ab", ""),
        ("  manufacture   d’Aurette ", "manufacture d’Aurette"),
        ("a" * 300, "a" * 200),
        ("12345", "12345"),
    ],
)
def test_what_may_be_sent(texte: str, attendu: str) -> None:
    assert texte_cherche(texte) == attendu


def test_a_number_takes_no_other_filter() -> None:
    assert "code_commune" not in parametres(RechercheEntreprise(SIREN, code_commune="59350"), SIREN)
    assert parametres(RechercheEntreprise("office", code_commune="59350", limite=99), "office") == {
        "q": "office",
        "per_page": 25,
        "minimal": "true",
        "include": "siege,matching_etablissements",
        "code_commune": "59350",
    }
