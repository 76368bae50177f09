"""The steps as a function of the pages asked and of where each stands."""

import pytest

from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.saisie.etapes import (
    DERNIERE,
    TITRES,
    Etape,
    Etat,
    PageListee,
    codes,
    etape_de,
    lister,
    reprise,
    voisines,
)
from sne.saisie.forms.pages import PAGES, page_du_chemin, pages_pour
from tests.saisie import cadres


def etapes(**etats: Etat) -> tuple[Etape, ...]:
    """Two pages of a first step, one of a second, in these states."""
    lieux = {"personne": "personne", "coordonnees": "personne", "souhaits": "souhaits"}
    return lister(
        PageListee(code, etape, code.title(), etats.get(code, Etat.A_FAIRE)) for code, etape in lieux.items()
    )


def test_une_etape_sans_page_demandee_ne_compte_pas() -> None:
    assert [(etape.code, etape.rang) for etape in etapes()] == [
        ("personne", 1),
        ("souhaits", 2),
        (DERNIERE, 3),
    ]
    assert codes(etapes()) == ("personne", "coordonnees", "souhaits", DERNIERE)


@pytest.mark.parametrize(
    ("personne", "coordonnees", "attendu"),
    [
        (Etat.A_FAIRE, Etat.A_FAIRE, Etat.A_FAIRE),
        (Etat.FAITE, Etat.A_FAIRE, Etat.A_COMPLETER),
        (Etat.FAITE, Etat.A_COMPLETER, Etat.A_COMPLETER),
        (Etat.A_CORRIGER, Etat.A_FAIRE, Etat.A_CORRIGER),
        (Etat.FAITE, Etat.FAITE, Etat.FAITE),
    ],
)
def test_etat_d_une_etape(personne: Etat, coordonnees: Etat, attendu: Etat) -> None:
    assert etapes(personne=personne, coordonnees=coordonnees)[0].etat is attendu


def test_la_derniere_etape_est_toujours_a_faire() -> None:
    assert etapes()[-1].etat is Etat.A_FAIRE


def test_toutes_les_pages_dans_huit_etapes_au_plus() -> None:
    for titulaire in Titulaire:
        etapes = {page.etape for page in PAGES.values() if titulaire in page.titulaires}
        assert len(etapes) + 1 <= 8  # the DSFR stepper draws eight steps at most, the last reading among them
    rangs = [list(TITRES).index(page.etape) for page in PAGES.values()]
    assert rangs == sorted(rangs)


@pytest.mark.parametrize(
    ("etats", "attendue"),
    [
        ({}, "personne"),
        ({"personne": Etat.FAITE, "coordonnees": Etat.A_CORRIGER}, "coordonnees"),
        ({"personne": Etat.A_COMPLETER, "coordonnees": Etat.FAITE}, "souhaits"),
        (dict.fromkeys(("personne", "coordonnees", "souhaits"), Etat.FAITE), DERNIERE),
    ],
)
def test_reprise(etats: dict[str, Etat], attendue: str) -> None:
    assert reprise(etapes(**etats)) == attendue


def test_voisines() -> None:
    assert voisines(etapes(), "personne") == ("", "coordonnees")
    assert voisines(etapes(), DERNIERE) == ("souhaits", "")
    with pytest.raises(ValueError, match="list"):
        voisines(etapes(), "foyer")


def test_etape_de() -> None:
    assert etape_de(etapes(), "coordonnees").code == "personne"
    assert etape_de(etapes(), DERNIERE).rang == 3
    with pytest.raises(ValueError, match="foyer"):
        etape_de(etapes(), "foyer")


def test_une_association_n_a_ni_foyer_ni_logement() -> None:
    association = Contenu(titulaire=Titulaire.ASSOCIATION)
    demandees = {page.code for page in pages_pour(association)}
    assert "souhaits" in demandees
    assert not demandees & {"personne", "coordonnees", "foyer"}


@pytest.mark.parametrize(
    ("chemin", "code"),
    [
        ("demandeur.identite.nom_naissance", "personne"),
        ("demandeur.situation_familiale", "personne"),
        ("demandeur.adresse_courrier.commune", "coordonnees"),
        ("cotitulaires[0].identite.prenoms", "foyer"),
        ("foyer.enfants_a_naitre.date_prevue", "foyer"),
        ("souhaits.localisations[3]", "souhaits"),
        ("date_reception", DERNIERE),
    ],
)
def test_page_du_chemin(chemin: str, code: str) -> None:
    assert page_du_chemin(chemin) == code


def test_chaque_page_sait_dire_ce_qui_serait_tape() -> None:
    """A page opened on an empty content asks; it never falls."""
    for page in PAGES.values():
        brut = page.saisie(Contenu(titulaire=Titulaire.PERSONNE), cadres.cadre())
        assert page(brut, cadre=cadres.cadre(), controler=False).erreurs == ()
