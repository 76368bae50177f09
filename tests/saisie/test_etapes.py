"""The steps as a function of the screens asked and of where each stands."""

import pytest

from sne.registre.contenu.rules.arbre.handicap import Handicap
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.saisie.etapes import DERNIERE, Etape, Etat, etape_de, lister, reprise, voisines
from sne.saisie.forms.ecrans import ECRANS
from sne.saisie.forms.pages import PAGES, page_du_chemin, pages_pour
from tests.registre import factories as f
from tests.saisie import cadres


def etapes(personne: Etat = Etat.A_FAIRE, souhaits: Etat = Etat.A_FAIRE) -> tuple[Etape, ...]:
    """Two screens in these states, then the last reading."""
    return lister([("personne", "La personne", personne), ("souhaits", "Les souhaits", souhaits)])


def test_la_derniere_etape_relit_tout() -> None:
    assert [(etape.code, etape.rang) for etape in etapes()] == [
        ("personne", 1),
        ("souhaits", 2),
        (DERNIERE, 3),
    ]
    assert etapes()[-1].etat is Etat.A_FAIRE


def test_chaque_page_est_sur_un_ecran_et_un_seul() -> None:
    parties = [classe.code for ecran in ECRANS.values() for classe in ecran.classes]
    assert parties == list(PAGES)
    for titulaire in Titulaire:
        demandes = [ecran for ecran in ECRANS.values() if titulaire in ecran.titulaires]
        assert (
            len(demandes) + 1 <= 8
        )  # the DSFR stepper draws eight steps at most, the last reading among them


def test_les_pages_d_un_ecran_n_ont_aucun_champ_en_commun() -> None:
    """What is typed on a screen is kept under names: two pages may not share one."""
    contenu = f.contenu(handicaps=(Handicap(personne="demandeur"),))
    for ecran in ECRANS.values():
        pages = [
            classe({}, cadre=cadres.cadre(), controler=False, contenu=contenu) for classe in ecran.classes
        ]
        noms = [nom for page in pages for nom in page.noms]
        assert noms
        assert len(noms) == len(set(noms))


@pytest.mark.parametrize(
    ("personne", "souhaits", "attendue"),
    [
        (Etat.A_FAIRE, Etat.A_FAIRE, "personne"),
        (Etat.FAITE, Etat.A_CORRIGER, "souhaits"),
        (Etat.A_COMPLETER, Etat.A_FAIRE, "souhaits"),
        (Etat.FAITE, Etat.FAITE, DERNIERE),
    ],
)
def test_reprise(personne: Etat, souhaits: Etat, attendue: str) -> None:
    assert reprise(etapes(personne, souhaits)).code == attendue


def test_voisines() -> None:
    premiere, deuxieme, derniere = etapes()
    assert voisines(etapes(), "personne") == (None, deuxieme)
    assert voisines(etapes(), DERNIERE) == (deuxieme, None)
    assert etape_de(etapes(), "personne") == premiere
    assert derniere.rang == 3
    with pytest.raises(ValueError, match="foyer"):
        voisines(etapes(), "foyer")


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
