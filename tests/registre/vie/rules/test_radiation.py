"""The closed list of reasons: who, on which proof, after which delay; until when a demande comes back."""

from datetime import date, timedelta

import pytest

from sne.referentiels.rules import parametres_par_defaut
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.registre.vie.rules.radiation import (
    DOCUMENT_MAX,
    REGLES,
    SOUS_MOTIFS,
    Auteur,
    FaitsRadiation,
    Preuve,
    ReactivationFermee,
    date_de_purge,
    exiger_reactivable,
    lire_date_de_radiation,
    motifs_de,
    radiation_possible_le,
    reactivable_jusqu_au,
    verifier_radiation,
)
from sne.socle.erreurs import Interdit

M = MotifRadiation
JOUR = date(2026, 11, 24)
DELAIS = parametres_par_defaut(JOUR)[ParametresDemande]
AUTEURS = {
    Auteur.GUICHET: (M.RADABA, M.RADCON),
    Auteur.BAILLEUR: (M.RADATT, M.RADABA, M.RADCON, M.RADIRR),
    Auteur.GESTIONNAIRE: (M.RADABA, M.RADCON),
    Auteur.SERVICE: (M.RADABA, M.RADREN),
}
AVIS = FaitsRadiation(M.RADCON, date_courrier=date(2026, 10, 24), document="AR 2C 154 336")


def verifier(faits: FaitsRadiation, *, bail: date | None = None, jour: date = JOUR) -> None:
    verifier_radiation(faits, jour=jour, delais=DELAIS, bail_signe_le=bail)


@pytest.mark.parametrize(
    ("le", "motif", "depuis", "bail", "refus"),
    [
        (None, M.RADABA, 100, None, ""),
        (0, M.RADABA, 100, None, ""),
        (7, M.RADABA, 100, None, ""),
        (8, M.RADABA, 100, None, "trop ancienne"),
        (-1, M.RADABA, 100, None, "dans l’avenir"),
        (3, M.RADABA, 3, None, ""),
        (4, M.RADABA, 3, None, "enregistrée ou renouvelée"),
        (2, M.RADATT, 100, 2, ""),
        (3, M.RADATT, 100, 2, "bail a été signé"),
        (3, M.RADABA, 100, 2, ""),
        (3, M.RADATT, 100, None, ""),
    ],
)
def test_the_day_that_counts_is_just_past(
    le: int | None, motif: MotifRadiation, depuis: int, bail: int | None, refus: str
) -> None:
    def avant(jours: int | None) -> date | None:
        return None if jours is None else JOUR - timedelta(days=jours)

    def lire() -> date:
        return lire_date_de_radiation(
            FaitsRadiation(motif, date=avant(le)),
            aujourd_hui=JOUR,
            depuis=JOUR - timedelta(days=depuis),
            delais=DELAIS,
            bail_signe_le=avant(bail),
        )

    if not refus:
        assert lire() == avant(le or 0)
        return
    with pytest.raises(Interdit, match=refus) as leve:
        lire()
    assert leve.value.champ == "date"


def test_list_is_the_law_s_in_its_order() -> None:
    assert set(REGLES) == set(M)
    assert [regle.lettre for regle in REGLES.values()] == list("abcdef")
    assert set(SOUS_MOTIFS) == set(SousMotif)


@pytest.mark.parametrize("auteur", list(Auteur))
def test_each_author_has_their_reasons(auteur: Auteur) -> None:
    assert motifs_de({auteur}) == AUTEURS[auteur]


@pytest.mark.parametrize(
    "faits",
    [
        AVIS,
        FaitsRadiation(M.RADABA, date_courrier=JOUR, document="Classeur B, lettre 12"),
        FaitsRadiation(M.RADIRR, SousMotif.IRRSEJ, date(2026, 10, 1), "CALEOL du 28/09"),
        FaitsRadiation(M.RADREN),
    ],
)
def test_proof_and_delay_are_enough(faits: FaitsRadiation) -> None:
    verifier(faits)


def test_a_signed_lease_is_asked_for_an_allocation() -> None:
    verifier(FaitsRadiation(M.RADATT), bail=JOUR)
    with pytest.raises(Interdit, match="Aucun bail signé") as refus:
        verifier(FaitsRadiation(M.RADATT))
    assert refus.value.champ == "motif"


@pytest.mark.parametrize(
    ("faits", "champ", "phrase"),
    [
        (FaitsRadiation(M.RADIRR, None, date(2026, 10, 1), "x"), "sous_motif", "Choisissez pourquoi"),
        (FaitsRadiation(M.RADABA, date_courrier=JOUR), "document", "où le courrier est gardé"),
        (FaitsRadiation(M.RADABA, document="x"), "date_courrier", "Indiquez la date"),
        (FaitsRadiation(M.RADABA, date_courrier=date(2026, 11, 25), document="x"), "date_courrier", "25/11/2026"),
        (FaitsRadiation(M.RADCON, date_courrier=date(2026, 10, 25), document="x"), "date_courrier", "25/11/2026"),
        (FaitsRadiation(M.RADREN, document="x" * (DOCUMENT_MAX + 1)), "document", "200 signes"),
        (FaitsRadiation(M.RADREN, document="NIR 185057800608436"), "document", "sécurité sociale"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_on_its_field(faits: FaitsRadiation, champ: str, phrase: str) -> None:
    with pytest.raises(Interdit, match=phrase) as refus:
        verifier(faits)
    assert refus.value.champ == champ


def test_delay_is_that_of_the_reason() -> None:
    delais = DELAIS.model_copy(
        update={"radiation_contact_delai_mois": 2, "radiation_irrecevabilite_delai_mois": 3}
    )
    envoye = date(2026, 1, 31)
    assert radiation_possible_le(M.RADCON, envoye, delais=delais) == date(2026, 3, 31)
    assert radiation_possible_le(M.RADIRR, envoye, delais=delais) == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("motif", "limite"),
    [
        (M.RADREN, date(2025, 4, 1)),  # eighteen months after the deposit, whenever it was struck off
        (M.RADCON, date(2025, 4, 12)),
        (M.RADABA, date(2025, 11, 11)),
        (M.RADATT, date(2025, 11, 11)),
    ],
)
def test_last_day_to_come_back(motif: M, limite: date) -> None:
    trouvee = reactivable_jusqu_au(motif, date(2024, 11, 12), base=date(2023, 10, 1), delais=DELAIS)
    assert trouvee == limite


def test_last_day_is_included() -> None:
    exiger_reactivable(jour=JOUR, limite=JOUR)
    with pytest.raises(ReactivationFermee, match="jusqu’au 23/11/2026"):
        exiger_reactivable(jour=JOUR, limite=date(2026, 11, 23))


def test_erased_a_year_after() -> None:
    assert date_de_purge(date(2024, 11, 1), delais=DELAIS) == date(2025, 11, 1)


def test_every_reason_with_a_notice_has_a_delay() -> None:
    assert {m for m, r in REGLES.items() if r.preuve is Preuve.AVIS} == {M.RADCON, M.RADIRR}
