"""What is missing, and why: documents expected against documents there, year by year and state by state."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.referentiels.rules import CataloguePieces, NiveauPiece, catalogue_par_defaut
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.pieces.rules.pieces import pieces_attendues
from sne.registre.pieces.rules.pieces_deposees import (
    ECARTENT,
    PieceEnDossier,
    PieceSaisie,
    Qualification,
    est_de_sante,
    mots_pour_le_menage,
)
from sne.registre.pieces.rules.pieces_manquantes import (
    CE_QUI_SUIT,
    Calendrier,
    LigneDePiece,
    Situation,
    confronter,
    est_doublee,
    exiger_demandables,
    fin_de_validite,
)
from sne.socle.erreurs import Interdit
from tests.registre.exemples import COTITULAIRE, JOUR, minimale

CATALOGUE = catalogue_par_defaut(JOUR)
RECUE = date(2026, 11, 2)
S = Situation


def la(type_piece: str = "IDENTITE", **champs: Any) -> PieceEnDossier:
    """A document of the file, the applicant's."""
    base: dict[str, Any] = {"id": uuid.uuid4(), "reference": "demandeur", "annee": None, "recue_le": RECUE}
    return PieceEnDossier(type_piece=type_piece, **(base | champs))


def lignes(
    *la_: PieceEnDossier, contenu: Contenu | None = None, jour: date = JOUR
) -> dict[str, LigneDePiece]:
    """What becomes of each document expected, by code."""
    catalogue = catalogue_par_defaut(jour)
    attendues = pieces_attendues(contenu or minimale(), catalogue, jour=jour)
    lues = confronter(attendues, la_, catalogue, Calendrier(jour, 9))
    return {ligne.attendue.code: ligne for ligne in lues}


@pytest.mark.parametrize(
    ("piece", "situation", "phrase"),
    [
        (la(), S.PRESENTE, "Reçue le 02/11/2026, à vérifier."),
        (la(qualification=Qualification.VALIDE), S.PRESENTE, "Reçue le 02/11/2026, vérifiée."),
        (la("IDENTITE_AUTRES"), S.PRESENTE, "Reçue le 02/11/2026, à vérifier."),
        (la(validite_fin=date(2030, 5, 1)), S.PRESENTE, "Elle vaut jusqu’au 01/05/2030."),
        (la(validite_fin=JOUR), S.PRESENTE, "Elle vaut jusqu’au"),
        (la(copie=False), S.VUE, "Vue au guichet le 02/11/2026, sans copie."),
        (la(validite_fin=date(2026, 11, 3)), S.PERIMEE, "a cessé de valoir le 03/11/2026"),
        (
            la(qualification=Qualification.INEXPLOITABLE, motif="La photo est floue."),
            S.A_REMPLACER,
            "est inexploitable\u00a0: La photo est floue. Une autre est attendue.",
        ),
        (la(qualification=Qualification.OBSOLETE), S.A_REMPLACER, "est dépassée. Une autre"),
        (la(qualification=Qualification.HORS_PERIMETRE), S.A_REMPLACER, "n’est pas de celles que la liste"),
        (la(qualification=Qualification.DOUBLON), S.A_REMPLACER, "est en double."),
        (la(reference="cotitulaire:1"), S.MANQUANTE, "Le numéro n’attend pas sa copie."),
        (la(reference=None), S.MANQUANTE, "Elle n’est pas dans le dossier."),
        (la("MARIAGE"), S.MANQUANTE, "Elle n’est pas dans le dossier."),
    ],
)
def test_each_situation_has_its_sentence(piece: PieceEnDossier, situation: Situation, phrase: str) -> None:
    ligne = lignes(piece)["IDENTITE"]
    assert ligne.situation is situation
    assert phrase in ligne.phrase
    assert ligne.satisfaite is (situation in {S.PRESENTE, S.VUE, S.A_VENIR})
    assert ligne.copie is (situation is S.PRESENTE)
    assert ligne.pieces == (() if situation is S.MANQUANTE else (piece.id,))


def test_a_copy_counts_more_than_a_look_and_the_newest_more_than_the_others() -> None:
    vue, ancienne, floue = (
        la(copie=False, recue_le=JOUR),
        la(),
        la(qualification=Qualification.INEXPLOITABLE, recue_le=JOUR),
    )
    assert lignes(vue, ancienne, floue)["IDENTITE"].pieces == (ancienne.id,)
    neuve = la(recue_le=JOUR)
    assert lignes(ancienne, neuve)["IDENTITE"].phrase.startswith(f"Reçue le {JOUR:%d/%m/%Y}")


@pytest.mark.parametrize(
    ("jour", "situation", "libelle"),
    [
        (date(2026, 12, 31), S.PRESENTE, "Avis d’impôt 2025 sur les revenus de 2024"),
        (date(2027, 1, 1), S.AUTRE_ANNEE, "Avis d’impôt 2026 sur les revenus de 2025"),
    ],
)
def test_tax_years_turn_on_the_first_of_january(jour: date, situation: Situation, libelle: str) -> None:
    ligne = lignes(la("AVIS_IMPOSITION_N2", annee=2024), jour=jour)["AVIS_IMPOSITION_N2"]
    assert (ligne.situation, ligne.attendue.libelle) == (situation, libelle)


def test_last_year_s_notice_of_n_1_is_this_year_s_of_n_2() -> None:
    piece = la("AVIS_IMPOSITION_N1", annee=2025)
    ligne = lignes(piece, jour=date(2027, 1, 1))["AVIS_IMPOSITION_N2"]
    assert (ligne.situation, ligne.pieces) == (S.PRESENTE, (piece.id,))
    phrase = lignes(la("AVIS_IMPOSITION_N2", annee=2023))["AVIS_IMPOSITION_N2"].phrase
    assert (
        "sur les revenus de 2023 est dans le dossier. Il faut maintenant celui sur les revenus de 2024"
        in phrase
    )
    ecartee = la("AVIS_IMPOSITION_N2", annee=2023, qualification=Qualification.INEXPLOITABLE)
    assert lignes(ecartee)["AVIS_IMPOSITION_N2"].situation is S.MANQUANTE


@pytest.mark.parametrize(
    ("jour", "situation"), [(date(2027, 8, 31), S.A_VENIR), (date(2027, 9, 1), S.MANQUANTE)]
)
def test_a_notice_not_published_is_not_missing(jour: date, situation: Situation) -> None:
    revenus = {"n_moins_2": {"montant": 20000}, "n_moins_1": {"montant": 10000}}
    contenu = minimale(demandeur__revenus_fiscaux=revenus)
    ligne = lignes(contenu=contenu, jour=jour)["AVIS_IMPOSITION_N1"]
    assert ligne.situation is situation
    if situation is S.A_VENIR:
        assert "paraît à partir du 01/09/2027. Ne le demandez pas avant." in ligne.phrase


def test_one_family_record_book_answers_for_every_child() -> None:
    enfants = [
        {"identifiant": c, "nom": "LECA", "prenoms": c, "date_naissance": "2016-03-12"} for c in ("a", "b")
    ]
    contenu = minimale(foyer={"personnes_a_charge": enfants})
    attendues = [p for p in pieces_attendues(contenu, CATALOGUE, jour=JOUR) if p.code == "FILIATION"]
    pour_tous = confronter(attendues, [la("FILIATION", reference="")], CATALOGUE, Calendrier(JOUR, 9))
    assert [x.situation for x in pour_tous] == [S.PRESENTE, S.PRESENTE]
    pour_un = confronter(attendues, [la("FILIATION", reference="charge:a")], CATALOGUE, Calendrier(JOUR, 9))
    assert [x.situation for x in pour_un] == [S.PRESENTE, S.MANQUANTE]


def test_how_long_a_document_counts() -> None:
    grossesse = CATALOGUE.get("GROSSESSE")
    assert fin_de_validite(la("GROSSESSE"), grossesse) == date(2027, 8, 2)
    assert fin_de_validite(la("GROSSESSE", validite_fin=JOUR), grossesse) == JOUR
    assert fin_de_validite(la(), CATALOGUE.get("IDENTITE")) is None
    assert fin_de_validite(la("DISPARU"), None) is None
    sans = CataloguePieces([t for t in CATALOGUE.types if t.code != "IDENTITE_AUTRES"], JOUR)
    attendue = next(p for p in pieces_attendues(minimale(), CATALOGUE, jour=JOUR) if p.code == "IDENTITE")
    (ligne,) = confronter([attendue], [la("IDENTITE_AUTRES")], sans, Calendrier(JOUR, 9))
    assert ligne.situation is S.PRESENTE


def test_each_level_says_what_follows_and_that_the_number_does_not_wait() -> None:
    assert set(CE_QUI_SUIT) == set(NiveauPiece) - {NiveauPiece.JAMAIS, NiveauPiece.ACTE}


def test_what_is_there_is_not_asked_again() -> None:
    ici = lignes(la())
    with pytest.raises(Interdit, match=r"est déjà dans le dossier\. Reçue le 02/11/2026") as refus:
        exiger_demandables(["IDENTITE"], ici.values())
    assert refus.value.champ == "pieces_manquantes"
    exiger_demandables(["AVIS_IMPOSITION_N2", "TUTELLE"], ici.values())
    exiger_demandables(["IDENTITE"], lignes(la(copie=False)).values())
    exiger_demandables(["IDENTITE"], lignes(la(qualification=Qualification.INEXPLOITABLE)).values())


def test_one_of_two_may_still_be_asked() -> None:
    contenu = minimale(cotitulaires=[COTITULAIRE])
    attendues = [p for p in pieces_attendues(contenu, CATALOGUE, jour=JOUR) if p.annee]
    une = confronter(attendues, [la("AVIS_IMPOSITION_N2", annee=2024)], CATALOGUE, Calendrier(JOUR, 9))
    exiger_demandables(["AVIS_IMPOSITION_N2"], une)
    autre = la("AVIS_IMPOSITION_N2", annee=2024, reference="cotitulaire:1")
    deux = confronter(
        attendues, [la("AVIS_IMPOSITION_N2", annee=2024), autre], CATALOGUE, Calendrier(JOUR, 9)
    )
    with pytest.raises(Interdit):
        exiger_demandables(["AVIS_IMPOSITION_N2"], deux)


@given(
    st.lists(
        st.builds(
            la,
            st.sampled_from([t.code for t in CATALOGUE.types]),
            reference=st.sampled_from(["", "demandeur", None]),
            annee=st.sampled_from([None, 2023, 2024, 2025]),
            qualification=st.sampled_from([None, *Qualification]),
            copie=st.booleans(),
            validite_fin=st.sampled_from([None, date(2026, 1, 1), date(2030, 1, 1)]),
        ),
        max_size=6,
    )
)
def test_adding_what_is_asked_always_answers(presentes: list[PieceEnDossier]) -> None:
    for ligne in lignes(*presentes).values():
        assert ligne.phrase
        if not ligne.satisfaite:
            neuve = la(ligne.attendue.code, annee=ligne.attendue.annee, recue_le=JOUR)
            neuve = replace(neuve, reference=ligne.attendue.reference)
            assert lignes(*presentes, neuve)[ligne.attendue.code].situation is S.PRESENTE


AAH = minimale(demandeur__ressources={"recues": [{"nature": "AAH"}]})
RSA = minimale(demandeur__ressources={"recues": [{"nature": "RSA"}]})


@pytest.mark.parametrize(
    ("saisie", "contenu", "attendu"),
    [
        (PieceSaisie("MOTIF_08"), minimale(), True),
        (PieceSaisie("IDENTITE", "demandeur"), minimale(), False),
        (PieceSaisie("IDENTITE", "demandeur", sante=True), minimale(), True),
        (PieceSaisie("RESSOURCES_PRESTATIONS", "demandeur"), AAH, True),
        (PieceSaisie("RESSOURCES_PRESTATIONS", "cotitulaire:1"), AAH, False),
        (PieceSaisie("RESSOURCES_PRESTATIONS", "demandeur"), RSA, False),
        (PieceSaisie("RESSOURCES_PENSION", "demandeur"), AAH, False),
    ],
)
def test_what_tells_health_is_known(saisie: PieceSaisie, contenu: Contenu, attendu: bool) -> None:
    assert est_de_sante(saisie, CATALOGUE.get(saisie.type_piece), contenu) is attendu


def test_words_for_the_household_name_nothing_that_another_reader_should_not_learn() -> None:
    def mots(code: str, *, reservee: bool = False) -> tuple[str, str]:
        return mots_pour_le_menage(
            CATALOGUE.get(code), annee=None, recue_le=JOUR, motif="Floue.", reservee=reservee
        )

    assert mots("IDENTITE") == ("«\u00a0Pièce d’identité\u00a0»", "Floue.")
    discret = mots("IDENTITE", reservee=True)
    assert discret == mots("MOTIF_06")
    assert "Floue" not in " ".join(discret)
    assert mots_pour_le_menage(None, annee=None, recue_le=JOUR, motif="", reservee=False) == discret


def test_every_qualification_but_valid_sets_a_document_aside() -> None:
    assert ECARTENT == set(Qualification) - {Qualification.VALIDE}


def test_a_look_takes_the_place_of_the_one_before() -> None:
    au_depot = la(copie=False, recue_le=date(2026, 1, 5))
    titre = la(copie=False, validite_fin=date(2026, 11, 3))
    assert lignes(au_depot, titre)["IDENTITE"].situation is S.PERIMEE
    assert lignes(au_depot, replace(titre, validite_fin=JOUR))["IDENTITE"].situation is S.VUE
    assert lignes(au_depot, titre, la(recue_le=date(2026, 2, 1)))["IDENTITE"].situation is S.PRESENTE


@pytest.mark.parametrize(
    ("autre", "doublee"),
    [
        (la(), True),
        (la(qualification=Qualification.VALIDE), True),
        (la(qualification=Qualification.DOUBLON), False),
        (la(copie=False), False),
        (la(reference=""), False),
        (la("IDENTITE_AUTRES"), False),
        (la(annee=2024), False),
        (la(validite_fin=RECUE), False),
    ],
)
def test_another_copy_answers_when_it_is_about_the_very_same_thing(
    autre: PieceEnDossier, doublee: bool
) -> None:
    floue = la(qualification=Qualification.INEXPLOITABLE)
    assert est_doublee(floue, [floue, autre], CATALOGUE, jour=JOUR) is doublee
