"""What an attestation says and what its check answers: pure rules, no database."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.attestations import rules
from sne.attestations.rules import EXEMPLE, EtatVerification
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.socle.signes import INSECABLE

JOUR = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (date(2023, 10, 1), "1 oct. 2023"),
        (date(2024, 2, 29), "29 févr. 2024"),
        (date(2024, 8, 31), "31 août 2024"),
        (date(2024, 12, 9), "9 déc. 2024"),
    ],
)
def test_date_abregee_is_day_month_year(jour: date, attendu: str) -> None:
    assert rules.date_abregee(jour) == attendu.replace(" ", INSECABLE)


@pytest.mark.parametrize(
    ("mois", "attendu"),
    [(12, "Valable 1 an"), (24, "Valable 2 ans"), (18, "Valable 18 mois"), (6, "Valable 6 mois")],
)
def test_mention_validite_follows_the_parameter(mois: int, attendu: str) -> None:
    assert rules.mention_validite(mois) == attendu


@pytest.mark.parametrize(
    ("numero", "ressort"),
    [
        ("1110318016982G1104", "RÉGIONAL"),
        ("0590423004127GDPUB", "DÉPARTEMENTAL"),
        ("02A0423004127GDPUB", "DÉPARTEMENTAL"),
        ("9740423004127GDPUB", "DÉPARTEMENTAL"),
    ],
)
def test_title_is_regional_in_ile_de_france_only(numero: str, ressort: str) -> None:
    assert rules.completer_exemple({"numero": numero}).ressort == ressort


@pytest.mark.parametrize(
    ("depot", "expiration"),
    [("2023-10-01", date(2024, 9, 30)), ("2024-02-29", date(2025, 2, 27)), ("2024-04-15", date(2025, 4, 14))],
)
def test_example_expires_twelve_months_less_a_day_after_its_deposit(depot: str, expiration: date) -> None:
    assert rules.completer_exemple({"date_depot": depot}).date_expiration == expiration


def test_example_keeps_an_expiry_that_is_given() -> None:
    lues = rules.completer_exemple({"date_depot": "2023-10-01", "date_expiration": "2026-05-31"})
    assert lues.date_expiration == date(2026, 5, 31)


def test_stored_values_read_back_equal() -> None:
    donnees = rules.completer_exemple({})
    assert rules.lire_donnees(json.loads(json.dumps(donnees.vers_json()))) == donnees


def test_decomposed_names_are_composed() -> None:
    decompose = "NGUYE\u0302\u0303N"
    assert rules.completer_exemple({"nom_naissance": decompose}).nom_naissance == "NGUYỄN"


@pytest.mark.parametrize(
    ("champs", "mot"),
    [
        ({"couleur": "bleu"}, "couleur"),
        ({"date_depot": "31/02/2020"}, "date_depot"),
        ({"validite_mois": "douze"}, "validite_mois"),
        ({"validite_mois": True}, "validite_mois"),
        ({"nom_naissance": "  "}, "nom de naissance"),
        ({"nom_usage": None}, "nom_usage"),
        ({"numero": "123"}, "18 signes"),
        ({"reference": "ABC"}, "12 signes"),
        ({"portail": "demande.example"}, "https://"),
    ],
)
def test_wrong_data_are_refused_by_field(champs: dict[str, Any], mot: str) -> None:
    with pytest.raises(rules.DonneesInvalides, match=mot):
        rules.completer_exemple(champs)


def test_missing_field_is_named() -> None:
    with pytest.raises(rules.DonneesInvalides, match="portail"):
        rules.lire_donnees({cle: v for cle, v in EXEMPLE.items() if cle != "portail"})


@pytest.mark.parametrize("statut", list(Statut))
@pytest.mark.parametrize("expiration", [date(2026, 11, 23), JOUR, date(2027, 1, 1)])
def test_only_an_active_demande_that_has_not_expired_gets_one(statut: Statut, expiration: date) -> None:
    refus = rules.motif_de_refus(
        rules.Modele.SIMPLIFIEE, statut=statut, date_expiration=expiration, renouvelee=False, aujourd_hui=JOUR
    )
    if statut not in {Statut.ACTIVE, Statut.EXPIREE}:
        assert "n’est plus active" in refus
    elif statut is Statut.EXPIREE or expiration < JOUR:
        assert refus.endswith("Renouvelez-la d’abord.")
    else:
        assert refus == ""


def test_alphabet_has_thirty_signs_and_none_taken_for_another() -> None:
    assert len(set(rules.ALPHABET_REFERENCE)) == 30
    assert not set("0O1ILU") & set(rules.ALPHABET_REFERENCE)


def test_drawn_references_differ_and_read_back() -> None:
    tirees = {rules.tirer_reference() for _ in range(1000)}
    assert len(tirees) == 1000
    assert all(rules.lire_reference(r) == r for r in tirees)


@given(
    reference=st.text(alphabet=rules.ALPHABET_REFERENCE, min_size=12, max_size=12),
    separateur=st.sampled_from(["", " ", "-", "\u2011", "\u00a0", " - "]),
)
def test_reference_typed_as_printed_reads_back(reference: str, separateur: str) -> None:
    imprimee = rules.grouper_reference(reference)
    assert rules.lire_reference(imprimee.replace("-", separateur).lower()) == reference


@pytest.mark.parametrize(
    ("saisie", "mot"),
    [
        ("", "0 saisis"),
        ("ABCD-EFGH", "8 saisis"),
        ("0BCD-EFGH-JKMN", "«\u00a00\u00a0»"),
        ("é" * 12, "«\u00a0É\u00a0»"),
    ],
)
def test_wrong_reference_is_refused_with_its_remedy(saisie: str, mot: str) -> None:
    with pytest.raises(rules.ReferenceInvalide, match=mot):
        rules.lire_reference(saisie)


@pytest.mark.parametrize("active", [True, False])
@pytest.mark.parametrize("expiration", [date(2026, 11, 23), JOUR, date(2027, 1, 1)])
@pytest.mark.parametrize("remplacee", [None, date(2026, 11, 20)])
def test_check_answers_for_each_state(active: bool, expiration: date, remplacee: date | None) -> None:
    lue = rules.verifier(
        demande_active=active, date_expiration=expiration, remplacee_le=remplacee, aujourd_hui=JOUR
    )
    if remplacee:
        attendu = rules.Verification(EtatVerification.REMPLACEE, remplacee_le=remplacee)
    elif active and expiration >= JOUR:
        attendu = rules.Verification(EtatVerification.VALABLE, jusqu_au=expiration)
    else:
        attendu = rules.Verification(EtatVerification.PLUS_VALABLE)
    assert lue == attendu
