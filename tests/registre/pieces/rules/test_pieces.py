"""Documents expected of a household: each condition, whose document it is, and what is never asked."""

from datetime import date

import pytest
from hypothesis import given

from sne.referentiels.rules import Critere, NiveauPiece, PorteePiece, catalogue_par_defaut
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.sante import sans_sante
from sne.registre.pieces.rules.pieces import D_UN_ADULTE, DU_FOYER, pieces_attendues
from tests.registre import strategies
from tests.registre.exemples import ASSOCIATION, COTITULAIRE, JOUR, avec, minimale

CATALOGUE = catalogue_par_defaut(JOUR)
ENFANT = {"identifiant": "p1", "nom": "LECA", "prenoms": "Nina", "date_naissance": "2016-03-12"}


def attendues(contenu: Contenu, niveau: NiveauPiece | None = None) -> set[tuple[str, str]]:
    """(code, whose) of the documents expected."""
    pieces = pieces_attendues(contenu, CATALOGUE, jour=JOUR)
    return {(p.code, p.reference) for p in pieces if niveau in {None, p.niveau}}


def test_minimal_household_owes_identity_then_its_tax_notice():
    assert [(p.code, p.reference, p.libelle) for p in pieces_attendues(minimale(), CATALOGUE, jour=JOUR)] == [
        ("IDENTITE", "demandeur", "Pièce d’identité"),
        ("AVIS_IMPOSITION_N2", "demandeur", "Avis d’impôt 2025 sur les revenus de 2024"),
    ]


def test_only_identity_or_stay_of_the_applicant_is_for_registration():
    etrangere = minimale(
        demandeur__identite__nationalite="3",
        cotitulaires=[{**COTITULAIRE, "identite": {**COTITULAIRE["identite"], "nationalite": "3"}}],
    )
    assert attendues(etrangere, NiveauPiece.ENREGISTREMENT) == {("SEJOUR", "demandeur")}
    assert ("SEJOUR_AUTRES", "cotitulaire:1") in attendues(etrangere, NiveauPiece.INSTRUCTION)


def test_each_adult_owes_their_own_documents():
    codes = attendues(minimale(cotitulaires=[COTITULAIRE]), NiveauPiece.INSTRUCTION)
    assert codes == {
        ("IDENTITE_AUTRES", "cotitulaire:1"),
        ("AVIS_IMPOSITION_N2", "demandeur"),
        ("AVIS_IMPOSITION_N2", "cotitulaire:1"),
    }


@pytest.mark.parametrize(
    ("naissance", "attendue"),
    [("2008-11-25", True), ("2008-11-24", False), (None, True)],
)
def test_minors_owe_a_proof_of_birth(naissance, attendue):
    contenu = minimale(foyer={"personnes_a_charge": [{**ENFANT, "date_naissance": naissance}]})
    assert (("FILIATION", "charge:p1") in attendues(contenu)) is attendue


@pytest.mark.parametrize(
    ("avant", "apres", "attendue"),
    [(1000, 900, True), (1000, 901, False), (0, 0, False), (None, 900, False), (1000, None, False)],
)
def test_next_tax_notice_is_asked_when_income_fell_by_a_tenth(avant, apres, attendue):
    revenus = {"n_moins_2": {"montant": avant}, "n_moins_1": {"montant": apres}}
    contenu = minimale(demandeur__revenus_fiscaux=revenus)
    assert (("AVIS_IMPOSITION_N1", "demandeur") in attendues(contenu)) is attendue


@pytest.mark.parametrize(
    ("changement", "piece"),
    [
        ({"demandeur__situation_familiale": "V"}, ("VEUVAGE", "demandeur")),
        ({"demandeur__situation_professionnelle": {"statut": "ETU"}}, ("ETUDES", "demandeur")),
        ({"demandeur__ressources": {"recues": [{"nature": "CHO"}]}}, ("RESSOURCES_CHOMAGE", "demandeur")),
        ({"foyer": {"enfants_a_naitre": {"nombre": 1}}}, ("GROSSESSE", "")),
        ({"foyer": {"enfants_en_garde": [{"mode_garde": "G"}]}}, ("GARDE", "")),
        ({"logement_actuel": {"statuts_occupation": ["CPE"]}}, ("LOGEMENT_HEBERGE", "")),
        ({"logement_possede": {"possede": True}}, ("LOGEMENT_POSSEDE", "")),
        ({"motifs": {"codes": ["05"]}}, ("MOTIF_05", "")),
    ],
)
def test_each_condition(changement, piece):
    assert piece not in attendues(minimale())
    assert piece in attendues(minimale(**changement))


def test_co_holder_proves_no_marriage_that_the_applicant_proves():
    mariee = minimale(demandeur__situation_familiale="M", cotitulaires=[COTITULAIRE])
    assert {qui for code, qui in attendues(mariee) if code == "MARIAGE"} == {"demandeur"}


def test_association_owes_none():
    assert pieces_attendues(avec(ASSOCIATION), CATALOGUE, jour=JOUR) == ()


def test_no_document_before_the_order_was_in_force():
    veille = date(2022, 4, 26)
    assert pieces_attendues(minimale(), catalogue_par_defaut(veille), jour=veille) == ()


def test_every_condition_of_the_catalogue_is_read_where_it_is_said():
    """A condition that no table reads would expect nothing, in silence."""
    lues = {
        PorteePiece.FOYER: {*DU_FOYER, Critere.SUR_INDICATION},
        PorteePiece.CHARGE: {Critere.MINEUR},
        PorteePiece.ADULTE: set(D_UN_ADULTE),
        PorteePiece.DEMANDEUR: set(D_UN_ADULTE),
        PorteePiece.COTITULAIRE: set(D_UN_ADULTE),
    }
    assert [t.code for t in CATALOGUE.types if t.critere not in lues[t.portee]] == []
    assert {t.critere for t in CATALOGUE.types} == set(Critere)


@given(contenu=strategies.contenus)
def test_any_household_is_asked_only_what_the_catalogue_allows(contenu):
    pieces = pieces_attendues(contenu, CATALOGUE, jour=JOUR)
    assert len({(p.code, p.reference) for p in pieces}) == len(pieces)
    assert all(CATALOGUE.get(p.code).niveau is p.niveau is not NiveauPiece.JAMAIS for p in pieces)
    sans = {p.code for p in pieces_attendues(sans_sante(contenu), CATALOGUE, jour=JOUR)}
    assert sans <= {p.code for p in pieces}
    assert not sans & {"MOTIF_07", "MOTIF_08"}
