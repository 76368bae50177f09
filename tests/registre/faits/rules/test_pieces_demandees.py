"""Asking documents: what may be asked, in which state, what is refused in one sentence, what the household reads."""

import uuid
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from sne.referentiels.rules import catalogue_par_defaut
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.faits.rules.pieces_demandees import (
    CHAMP,
    RAISONS,
    RESERVEE,
    PieceDemandee,
    PieceRecue,
    choisir,
    demandables,
    dire_au_menage,
    est_recue,
    exiger_a_venir,
    exiger_pas_du_jour,
    exiger_premiere,
    lire_demandees,
    nommer,
    prenom_de,
    quand,
)
from sne.registre.pieces.rules.pieces import pieces_attendues, pieces_sur_indication
from sne.registre.pieces.rules.pieces_deposees import PieceEnDossier, Qualification
from sne.registre.pieces.rules.pieces_manquantes import (
    SATISFONT,
    Calendrier,
    LigneDePiece,
    Situation,
    confronter,
)
from sne.socle.erreurs import Interdit
from sne.socle.horloge import PARIS
from tests.registre.exemples import COTITULAIRE, JOUR, minimale

CATALOGUE = catalogue_par_defaut(JOUR)
MIDI = datetime(2026, 11, 24, 12, tzinfo=PARIS)
APRES = MIDI.replace(hour=13)
RECUE = date(2026, 11, 2)
S = Situation
DEMANDEE = PieceDemandee(("IDENTITE", "IDENTITE_AUTRES"), S.MANQUANTE, personne=uuid.UUID(int=1))


def la(type_piece: str = "IDENTITE", **champs: Any) -> PieceEnDossier:
    """A document of the file, the applicant's."""
    base: dict[str, Any] = {"id": uuid.uuid4(), "reference": "demandeur", "annee": None, "recue_le": RECUE}
    return PieceEnDossier(type_piece=type_piece, **(base | champs))


def lignes(
    *la_: PieceEnDossier, contenu: Contenu | None = None, jour: date = JOUR
) -> tuple[LigneDePiece, ...]:
    """What becomes of each document that may be asked, a guardianship included."""
    catalogue = catalogue_par_defaut(jour)
    attendues = pieces_attendues(contenu or minimale(), catalogue, jour=jour)
    attendues += pieces_sur_indication(catalogue, jour=jour)
    return confronter(attendues, la_, catalogue, Calendrier(jour, 9))


def noms(choisies: tuple[LigneDePiece, ...]) -> list[str]:
    return [nommer(x.attendue.code, x.attendue.reference) for x in choisies]


def choisis(texte: str, *la_: PieceEnDossier, statut: Statut = Statut.ACTIVE, **options: Any) -> list[str]:
    return noms(choisir(texte, lignes(*la_, **options), CATALOGUE, statut=statut))


def test_a_kind_alone_asks_everybody_who_owes_it_and_has_not_given_it() -> None:
    couple = minimale(cotitulaires=[COTITULAIRE])
    tous = ["AVIS_IMPOSITION_N2/demandeur", "AVIS_IMPOSITION_N2/cotitulaire:1"]
    assert choisis("AVIS_IMPOSITION_N2", contenu=couple) == tous
    assert choisis("AVIS_IMPOSITION_N2/cotitulaire:1, AVIS_IMPOSITION_N2", contenu=couple) == tous[::-1]
    donnee = la("AVIS_IMPOSITION_N2", annee=2024)
    assert choisis("AVIS_IMPOSITION_N2", donnee, contenu=couple) == tous[1:]


@pytest.mark.parametrize(
    "piece",
    [
        la(copie=False),
        la(validite_fin=RECUE),
        la(qualification=Qualification.INEXPLOITABLE),
    ],
)
def test_what_was_only_seen_or_will_not_do_may_be_asked(piece: PieceEnDossier) -> None:
    assert choisis("IDENTITE/demandeur", piece) == ["IDENTITE/demandeur"]


def test_a_guardianship_may_be_asked_by_who_was_told_of_it() -> None:
    assert choisis("TUTELLE") == ["TUTELLE"]
    assert noms(demandables(lignes(), statut=Statut.ACTIVE))[-1] == "TUTELLE"


@pytest.mark.parametrize(
    ("texte", "la_", "phrase"),
    [
        (
            "IDENTITE",
            [la()],
            r"« Pièce d’identité » est déjà dans le dossier\. Reçue le 02/11/2026, à vérifier",
        ),
        ("MARIAGE", [], "n’est pas attendue de cette personne"),
        ("AVIS_IMPOSITION_N1", [], "« Avis d’impôt » n’est pas attendue"),
        ("IDENTITE/cotitulaire:1", [], "n’est pas attendue de cette personne"),
        ("AILLEURS", [], "Choisissez le type de la pièce dans la liste"),
        ("RELEVE_BANCAIRE", [], "ne permet ni de demander"),
        (" , ", [], "au moins une pièce"),
        ("IDENTITE, AILLEURS", [], "dans la liste"),
    ],
)
def test_what_may_not_be_asked_is_refused_in_one_sentence(
    texte: str, la_: list[PieceEnDossier], phrase: str
) -> None:
    with pytest.raises(Interdit, match=phrase.replace(" »", "\u00a0»").replace("« ", "«\u00a0")) as refus:
        choisis(texte, *la_)
    assert refus.value.champ == CHAMP


def test_a_notice_that_is_not_out_is_not_asked_for() -> None:
    janvier = date(2027, 1, 15)
    attendue = replace(lignes(jour=janvier)[0].attendue, code="AVIS_IMPOSITION_N2", annee=2026)
    a_venir = LigneDePiece(attendue, S.A_VENIR, "L’avis paraît à partir du 01/09/2027.")
    with pytest.raises(Interdit, match=r"ne se demande pas encore\. L’avis paraît"):
        choisir("AVIS_IMPOSITION_N2", [a_venir], CATALOGUE, statut=Statut.ACTIVE)
    assert demandables([a_venir], statut=Statut.ACTIVE) == ()


@pytest.mark.parametrize("statut", [Statut.RADIEE, Statut.ANNULEE, Statut.PURGEE])
def test_a_closed_demande_is_asked_nothing(statut: Statut) -> None:
    with pytest.raises(Interdit, match="aucune pièce ne peut y être ajoutée"):
        choisis("IDENTITE", statut=statut)
    assert demandables(lignes(), statut=statut) == ()


def test_a_screen_offers_exactly_what_is_accepted() -> None:
    toutes = lignes(la(), contenu=minimale(cotitulaires=[COTITULAIRE]))
    for statut in (Statut.ACTIVE, Statut.EXPIREE):
        for ligne in toutes:
            nom = nommer(ligne.attendue.code, ligne.attendue.reference)
            try:
                acceptees = noms(choisir(nom, toutes, CATALOGUE, statut=statut))
            except Interdit:
                acceptees = []
            assert (nom in acceptees) is (ligne in demandables(toutes, statut=statut))


@pytest.mark.parametrize(
    ("recue", "repond"),
    [
        (PieceRecue("IDENTITE", "demandeur", None, APRES), True),
        (PieceRecue("IDENTITE_AUTRES", "demandeur", None, APRES), True),
        (PieceRecue("IDENTITE", "", None, APRES), True),
        (PieceRecue("IDENTITE", "cotitulaire:1", None, APRES), False),
        (PieceRecue("IDENTITE", None, None, APRES), False),
        (PieceRecue("SEJOUR", "demandeur", None, APRES), False),
        (PieceRecue("IDENTITE", "demandeur", 2024, APRES), False),
        (PieceRecue("IDENTITE", "demandeur", None, MIDI), False),
    ],
)
def test_what_answers_is_of_that_kind_person_and_year_and_came_since(recue: PieceRecue, repond: bool) -> None:
    assert est_recue(DEMANDEE, "demandeur", MIDI, [recue]) is repond


def test_what_is_asked_is_written_as_it_is_read() -> None:
    enfant = PieceDemandee(("FILIATION",), S.VUE, membre="charge:a", annee=2024, sante=True)
    assert lire_demandees([DEMANDEE.ecrire(), enfant.ecrire()]) == (DEMANDEE, enfant)
    assert lire_demandees("Avis d’imposition") == ()


def test_a_household_is_not_written_to_twice_in_a_day() -> None:
    exiger_pas_du_jour([DEMANDEE], [(DEMANDEE, RECUE)], jour=JOUR)
    exiger_pas_du_jour([DEMANDEE, replace(DEMANDEE, membre="charge:a")], [(DEMANDEE, JOUR)], jour=JOUR)
    with pytest.raises(Interdit, match="déjà été demandées aujourd’hui"):
        exiger_pas_du_jour([DEMANDEE], [(DEMANDEE, JOUR)], jour=JOUR)


def test_a_request_is_taken_back_and_never_corrected() -> None:
    exiger_premiere(correction=False)
    with pytest.raises(Interdit, match="Retirez-la, puis faites-en une autre"):
        exiger_premiere(correction=True)


def test_an_answer_is_not_waited_for_in_the_past() -> None:
    exiger_a_venir(None, jour=JOUR)
    exiger_a_venir(JOUR.isoformat(), jour=JOUR)
    with pytest.raises(Interdit, match="Cette date est passée") as refus:
        exiger_a_venir("2026-11-23", jour=JOUR)
    assert refus.value.champ == "caracteristiques.reponse_avant"


def test_each_reason_to_ask_has_its_words() -> None:
    assert set(RAISONS) == set(Situation) - (SATISFONT - {S.VUE})


def dire(code: str, *, secrete: bool = False, **champs: Any) -> str:
    demandee = PieceDemandee((code,), S.MANQUANTE, **champs)
    types = {t.code: t for t in CATALOGUE.types}
    return dire_au_menage(demandee, types.get(code), qui="Léa", jour=JOUR, secrete=secrete)


def test_the_household_reads_which_of_whom_why_and_what_is_accepted() -> None:
    ligne = dire("IDENTITE")
    assert ligne.startswith(
        "Pièce d’identité, pour Léa\u00a0: elle n’est pas dans votre dossier. Accepté\u00a0: "
    )
    assert "passeport" in ligne.lower()
    assert dire("AVIS_IMPOSITION_N2", annee=2024).startswith(
        "Avis d’impôt 2025 sur les revenus de 2024, pour Léa"
    )
    assert dire("MOTIF_18").endswith("votre dossier. Elle dit le lieu de travail, ou la mutation.")
    nue = replace(CATALOGUE.get("TUTELLE"), exemples="", natures=())
    assert dire_au_menage(
        PieceDemandee(("TUTELLE",), S.PERIMEE), nue, qui="", jour=JOUR, secrete=False
    ).endswith("\u00a0: celle que nous avons a cessé d’être valable.")


@pytest.mark.parametrize(
    ("code", "champs"),
    [
        ("IDENTITE", {"secrete": True}),
        ("RESSOURCES_PRESTATIONS", {"sante": True}),
        ("MOTIF_06", {}),
        ("DISPARUE", {}),
    ],
)
def test_nothing_secret_is_named(code: str, champs: dict[str, Any]) -> None:
    assert dire(code, **champs) == RESERVEE


def test_a_member_is_called_by_a_first_name_when_it_is_known() -> None:
    enfant = {"identifiant": "a", "nom": "LECA", "prenoms": "Tom, Luc", "date_naissance": "2020-01-01"}
    contenu = minimale(foyer={"personnes_a_charge": [enfant], "enfants_en_garde": [{"mode_garde": "GARALT"}]})
    prenoms = [prenom_de(contenu, r) for r in ("demandeur", "charge:a", "garde:1", "cotitulaire:9", "")]
    assert prenoms == ["Léa", "Tom", "", "", ""]


def test_when_is_said_in_words() -> None:
    assert quand("10 décembre 2026") == "avant le 10 décembre 2026"
    assert quand("") == "dès que vous le pouvez"
