"""Disability sheets typed at the counter: who is concerned, one sheet each, and back to what was typed."""

import pytest

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.brut import Brut
from sne.saisie.composition import handicap as composition
from sne.saisie.forms.pages.pieces import PageHandicap, PagePieces
from tests.registre.exemples import COTITULAIRE, minimale
from tests.saisie import cadres

FOYER = {
    "personnes_a_charge": [
        {"identifiant": "pa1", "nom": "LECA", "prenoms": "Nina", "date_naissance": "2016-03-12"}
    ],
    "enfants_en_garde": [{"date_naissance": "2018-01-02"}, {"date_naissance": "2019-02-03"}],
}
FICHE: Brut = {
    "charges-pa1-moteur": ["MI"],
    "charges-pa1-autre": ["Fatigabilité"],
    "charges-pa1-reconnu": ["oui"],
    "charges-pa1-capacite_marches": ["2"],
    "charges-pa1-aides_techniques": ["3", "4"],
    "charges-pa1-equipements_souhaites": ["3", "4"],
    "charges-pa1-besoin_particulier": ["Douche de plain-pied"],
    "charges-pa1-referent__nom": ["Service de soins"],
    "charges-pa1-referent__telephone": ["04 95 00 00 00"],
}


def foyer(**autres: object) -> Contenu:
    return minimale(cotitulaires=[COTITULAIRE], foyer=FOYER, **autres)


def concernes(contenu: Contenu, *references: str) -> Contenu:
    """The content once these members were ticked."""
    page = PagePieces({"concernes": [*references]}, cadre=cadres.cadre(), controler=True, contenu=contenu)
    assert page.valide, page.erreurs
    return page.appliquer(contenu)


def fiches(contenu: Contenu, brut: Brut) -> PageHandicap:
    return PageHandicap(brut, cadre=cadres.cadre(), controler=True, contenu=contenu)


def test_each_member_ticked_gets_a_sheet_and_keeps_the_one_they_had() -> None:
    contenu = concernes(foyer(), "charge:pa1", "cotitulaire:1")
    assert [f.personne for f in contenu.handicaps] == ["cotitulaire:1", "charge:pa1"]
    rempli = fiches(contenu, FICHE).appliquer(contenu)
    encore = concernes(rempli, "charge:pa1", "demandeur")
    assert [f.personne for f in encore.handicaps] == ["charge:pa1", "demandeur"]
    assert encore.handicaps[0] == rempli.handicaps[1]


def test_nobody_ticked_means_no_sheet() -> None:
    assert concernes(concernes(foyer(), "demandeur")).handicaps == ()


def test_somebody_who_left_the_household_is_not_an_error() -> None:
    assert concernes(foyer(), "charge:parti").handicaps == ()


def test_sheet_says_what_the_dwelling_must_allow_and_whose_it_is() -> None:
    contenu = concernes(foyer(), "charge:pa1")
    (fiche,) = fiches(contenu, FICHE).appliquer(contenu).handicaps
    assert (fiche.personne, f"{fiche.date_naissance}") == ("charge:pa1", "2016-03-12")
    assert (fiche.moteur.present, fiche.moteur.natures) == (True, ("MI",))
    assert (fiche.autre.present, fiche.sensoriel.present) == (True, None)
    assert fiche.aides_techniques == ("3", "4")
    assert (fiche.referent.nom, fiche.referent.telephone and fiche.referent.telephone.saisi) == (
        "Service de soins",
        "04 95 00 00 00",
    )


def test_no_aid_excludes_the_others_and_names_the_person() -> None:
    contenu = concernes(foyer(), "charge:pa1")
    page = fiches(contenu, {"charges-pa1-aides_techniques": ["1", "2"]})
    assert [e.phrase for e in page.erreurs] == [
        "LECA Nina, aides utilisées\u00a0: « Aucune » exclut les autres. Décochez-la, ou décochez les autres."
    ]


def test_empty_sheet_is_accepted_it_may_come_later() -> None:
    contenu = concernes(foyer(), "demandeur")
    assert fiches(contenu, {}).valide


def test_sheet_received_without_its_person_asks_for_one() -> None:
    contenu = foyer(handicaps=[{"date_naissance": "2016-03-12", "etat": "STA"}])
    assert [e.phrase for e in fiches(contenu, {"fiches-1-etat": ["STA"]}).erreurs] == [
        "Fiche sans personne, personne concernée\u00a0: choisissez une personne du foyer."
    ]
    brut = {"fiches-1-etat": ["STA"], "fiches-1-personne": ["charge:pa1"]}
    (fiche,) = fiches(contenu, brut).appliquer(contenu).handicaps
    assert (fiche.personne, fiche.etat) == ("charge:pa1", "STA")


def test_second_sheet_of_one_person_asks_whose_it_is() -> None:
    contenu = foyer(handicaps=[{"personne": "demandeur"}, {"personne": "demandeur", "etat": "STA"}])
    page = fiches(contenu, {"fiches-2-personne": ["garde:2"], "fiches-2-etat": ["STA"]})
    assert [fiche.prefixe for fiche in page.fiches] == ["demandeur", "fiches-2"]
    assert [f.personne for f in page.appliquer(contenu).handicaps] == ["demandeur", "garde:2"]


def test_nature_taken_out_is_no_disability_any_more() -> None:
    contenu = concernes(foyer(), "charge:pa1")
    rempli = fiches(contenu, FICHE).appliquer(contenu)
    (fiche,) = (
        fiches(rempli, FICHE | {"charges-pa1-moteur": [], "charges-pa1-sensoriel": ["DV"]})
        .appliquer(rempli)
        .handicaps
    )
    assert (fiche.moteur.present, fiche.sensoriel.present, fiche.autre.present) == (None, True, True)


def test_handicap_page_is_asked_of_households_with_a_sheet_only() -> None:
    assert not PageHandicap.concerne(foyer())
    assert PageHandicap.concerne(concernes(foyer(), "demandeur"))


@pytest.mark.parametrize(
    ("groupe", "rang", "attendus"),
    [
        ("cotitulaires", 1, ["garde:1", "garde:2", "charge:pa1"]),
        ("gardes", 1, ["cotitulaire:1", "garde:1", "charge:pa1"]),
        ("gardes", 2, ["cotitulaire:1", "garde:1", "charge:pa1"]),
        ("enfants", 1, ["cotitulaire:1", "garde:1", "garde:2", "charge:pa1"]),
    ],
)
def test_who_is_concerned_follows_the_rows_of_the_household(
    groupe: str, rang: int, attendus: list[str]
) -> None:
    brut = {"concernes": ["cotitulaire:1", "garde:1", "garde:2", "charge:pa1"]}
    assert PagePieces.sans_ligne(brut, groupe, rang) == {"concernes": attendus}


def test_what_was_typed_on_a_sheet_follows_its_person() -> None:
    brut = {"gardes-2-etat": ["STA"], "gardes-1-etat": ["EVO"], "charges-pa1-etat": ["STA"]}
    assert PageHandicap.sans_ligne(brut, "gardes", 1) == {
        "gardes-1-etat": ["STA"],
        "charges-pa1-etat": ["STA"],
    }


@pytest.mark.django_db
def test_documents_are_told_by_level_with_whose_they_are() -> None:
    page = PagePieces({}, cadre=cadres.cadre(), controler=False, contenu=foyer())
    niveaux = {n.titre: [(p.libelle, p.personnes) for p in n.pieces] for n in page.niveaux}
    assert niveaux["Pour obtenir le numéro"] == [("Pièce d’identité", "LECA Léa Marie")]
    assert niveaux["Pour instruire la demande"] == [
        ("Pièce d’identité", "ROSSI Paul"),
        ("Livret de famille ou acte de naissance", "LECA Nina"),
        ("Avis d’impôt 2025 sur les revenus de 2024", "LECA Léa Marie, ROSSI Paul"),
    ]


def test_prefix_of_each_kind_of_member() -> None:
    references = ("demandeur", "cotitulaire:2", "garde:1", "charge:p-1")
    assert [composition.prefixe_du_membre(r) for r in references] == [
        "demandeur",
        "cotitulaires-2",
        "gardes-1",
        "charges-p-1",
    ]
