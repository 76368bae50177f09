"""The steps as a function of the draft."""

import pytest

from sne.guichet.demandes.etapes import TITRES, EtatEtape, etape_du_chemin, lister, reprise, voisines


def test_lister_dit_ou_en_est_chaque_etape() -> None:
    etats = [etape.etat for etape in lister({"personne", "foyer"}, {"personne"})]
    assert etats == [
        EtatEtape.FAITE,
        EtatEtape.A_FAIRE,
        EtatEtape.A_COMPLETER,
        EtatEtape.A_FAIRE,
        EtatEtape.A_FAIRE,
    ]


def test_rangs_et_maximum_du_dessin() -> None:
    etapes = lister((), ())
    assert [etape.rang for etape in etapes] == list(range(1, len(TITRES) + 1))
    assert len(etapes) <= 8  # the DSFR stepper draws eight steps at most


@pytest.mark.parametrize(
    ("saisies", "valides", "attendue"),
    [
        ((), (), "personne"),
        ({"personne", "coordonnees"}, {"personne"}, "coordonnees"),
        (
            {"personne", "coordonnees", "foyer", "souhaits"},
            {"personne", "coordonnees", "foyer", "souhaits"},
            "verifier",
        ),
    ],
)
def test_reprise(saisies: set[str], valides: set[str], attendue: str) -> None:
    assert reprise(lister(saisies, valides)) == attendue


def test_voisines() -> None:
    assert voisines("personne") == ("", "coordonnees")
    assert voisines("verifier") == ("souhaits", "")
    with pytest.raises(ValueError, match="list"):
        voisines("inconnue")


@pytest.mark.parametrize(
    ("chemin", "code"),
    [
        ("demandeur.identite.nom_naissance", "personne"),
        ("demandeur.situation_familiale", "personne"),
        ("demandeur.adresse_courrier.commune", "coordonnees"),
        ("cotitulaires[0].identite.prenoms", "foyer"),
        ("foyer.enfants_a_naitre.date_prevue", "foyer"),
        ("souhaits.localisations[3]", "souhaits"),
        ("date_reception", "verifier"),
    ],
)
def test_etape_du_chemin(chemin: str, code: str) -> None:
    assert etape_du_chemin(chemin) == code
