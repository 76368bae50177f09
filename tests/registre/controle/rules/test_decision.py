"""The rule: what is applied without a decision, and what every clause holds, each by a test that falls without it."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.registre.controle.rules.decision import (
    CONTACTS_AUTOUR,
    RESERVEES_AU_GT,
    Clause,
    Contexte,
    Decision,
    decider,
    decider_depart,
)
from sne.registre.controle.rules.distance import mesurer
from sne.registre.controle.rules.traits import Traits
from tests.registre.controle.rules.exemples import ANCIENNE, ANCRE, SEUILS, avec, contexte, nomme, seuils

NIR = "cd" * 32
AUTOMATIQUE, EN_ATTENTE, SANS_OBJET = Decision.AUTOMATIQUE, Decision.EN_ATTENTE, Decision.SANS_OBJET


def juger(ancre: str, voulu: str, **autour: object) -> Decision:
    """What becomes of a new birth name on an old demande."""
    return decider(nomme(ancre), nomme(voulu), contexte(**autour), SEUILS).decision


@pytest.mark.parametrize(
    ("ancre", "voulu"),
    [
        ("DUPONT MARTIN", "DUPONT-MARTIN"),
        ("DUPONT-MARTIN", "DUPONTMARTIN"),
        ("LE GOFF", "LEGOFF"),
        ("LEFÈVRE", "Lefevre"),
        ("D’ARTAGNAN", "DARTAGNAN"),
        ("LEFEVRE", "LEFEBVRE"),
        ("DURAND", "DURANT"),
        ("BENSALAH", "BEN SALEH"),
        ("MARTIN", "MARTINEZ"),
        ("MARTNI", "MARTIN"),  # two letters exchanged count for one
        ("ABCD", "ABCE"),  # a quarter exactly
        ("VANDENBERGHE", "VANDENBERGUE"),
    ],
)
def test_small_correction_is_applied_at_once(ancre: str, voulu: str) -> None:
    verdict = decider(nomme(ancre), nomme(voulu), ANCIENNE, SEUILS)
    assert verdict.decision is AUTOMATIQUE
    assert verdict.clauses == (Clause.NOM,)


@pytest.mark.parametrize(
    ("ancre", "voulu"),
    [
        ("LY", "LI"),  # one letter of two
        ("LIM", "LIN"),
        ("DUPONT", "DURAND"),
        ("MARTIN", "BENALI"),
        ("Dubreuil", "Morel"),
        ("VANDENBERGHE", "VANDENBECQUE"),  # three letters of twelve: a quarter, and one letter too many
        ("MOREL", "MORAND"),  # two letters of six: a third
        ("DURAND", ""),
        ("DURAND", "DURAND MARTIN"),
    ],
)
def test_another_name_waits(ancre: str, voulu: str) -> None:
    verdict = decider(nomme(ancre), nomme(voulu), ANCIENNE, SEUILS)
    assert verdict.decision is EN_ATTENTE
    assert verdict.clauses == (Clause.NOM,)


def test_exchange_of_name_and_first_names_waits() -> None:
    voulue = avec(nom_naissance=ANCRE.prenoms, prenoms=ANCRE.nom_naissance)
    verdict = decider(ANCRE, voulue, ANCIENNE, SEUILS)
    assert verdict.decision is EN_ATTENTE
    assert verdict.clauses == (Clause.NOM, Clause.PRENOMS)


@pytest.mark.parametrize(
    ("prenoms", "decision"),
    [
        ("Elodie-Marie", AUTOMATIQUE),
        ("Élodie Maria", AUTOMATIQUE),
        ("Élodie Mari", AUTOMATIQUE),
        ("Élodie", EN_ATTENTE),
        ("Mélodie Marine", AUTOMATIQUE),  # two letters of thirteen
        ("Mélodie Marines", EN_ATTENTE),  # three
    ],
)
def test_first_names_have_bounds_of_their_own(prenoms: str, decision: Decision) -> None:
    verdict = decider(ANCRE, avec(prenoms=prenoms), ANCIENNE, SEUILS)
    assert (verdict.decision, verdict.clauses) == (decision, (Clause.PRENOMS,))


@pytest.mark.parametrize(
    ("ancre", "voulus", "decision"), [("Léa", "Lia", AUTOMATIQUE), ("Jo", "Jé", EN_ATTENTE)]
)
def test_short_first_names_are_held_by_their_share(ancre: str, voulus: str, decision: Decision) -> None:
    """One letter of three passes (0.33), one of two does not."""
    assert decider(avec(prenoms=ancre), avec(prenoms=voulus), ANCIENNE, SEUILS).decision is decision


@pytest.mark.parametrize(
    ("traits", "clause"),
    [
        ({"date_naissance": date(1987, 3, 15)}, Clause.NAISSANCE),
        ({"date_naissance": None}, Clause.NAISSANCE),
        ({"sexe": "M"}, Clause.SEXE),
        ({"nir": NIR}, Clause.NIR),
        ({"nir": None}, Clause.NIR),
    ],
)
def test_birth_sex_and_number_never_move_alone(traits: dict[str, object], clause: Clause) -> None:
    verdict = decider(ANCRE, avec(**traits), ANCIENNE, SEUILS)
    assert (verdict.decision, verdict.clauses) == (EN_ATTENTE, (clause,))


def test_number_newly_filled_in_passes_when_it_agrees() -> None:
    ancre = avec(nir=None)
    accorde = decider(ancre, avec(nir=NIR), contexte(nir_accorde=True), SEUILS)
    assert (accorde.decision, accorde.clauses) == (AUTOMATIQUE, (Clause.NIR,))
    refuse = decider(ancre, avec(nir=NIR), ANCIENNE, SEUILS)
    assert (refuse.decision, refuse.clauses) == (EN_ATTENTE, (Clause.NIR,))


def test_used_name_becomes_birth_name_once_stable() -> None:
    voulue = nomme("Morel")
    stable = decider(ANCRE, voulue, contexte(usage_stable="MOREL"), SEUILS)
    assert (stable.decision, stable.clauses) == (AUTOMATIQUE, (Clause.NOM,))
    assert "nom d’usage, inchangé depuis 90\u00a0jours" in stable.phrase
    assert decider(ANCRE, voulue, contexte(usage_stable="Moret"), SEUILS).decision is EN_ATTENTE
    assert decider(ANCRE, voulue, contexte(usage_stable=""), SEUILS).decision is EN_ATTENTE


def test_name_without_letters_is_no_used_name() -> None:
    assert decider(ANCRE, nomme("--"), contexte(usage_stable="-"), SEUILS).decision is EN_ATTENTE


@pytest.mark.parametrize(("jours", "decision"), [(-1, AUTOMATIQUE), (59, AUTOMATIQUE), (60, EN_ATTENTE)])
def test_recent_demande_is_corrected_freely(jours: int, decision: Decision) -> None:
    autre = avec(nom_naissance="Morel", prenoms="Paul", date_naissance=date(1990, 1, 1), sexe="M", nir=NIR)
    garde = {"contact_recent": True, "contact_meme_acte": True, "automatiques": 3, "reactivee": True}
    verdict = decider(ANCRE, autre, contexte(anciennete_jours=jours, **garde), SEUILS)
    assert verdict.decision is decision
    assert (Clause.ANCIENNETE_COURTE in verdict.clauses) is (decision is AUTOMATIQUE)


@pytest.mark.parametrize(
    ("autour", "clause"),
    [
        ({"fige": True}, Clause.GEL),
        ({"reactivee": True}, Clause.REACTIVATION),
        ({"contact_recent": True}, Clause.CONTACT_RECENT),
        ({"contact_meme_acte": True}, Clause.CONTACT_MEME_ACTE),
        ({"contact_sept_jours": True}, Clause.ALTERNANCE),
        ({"automatiques": 1}, Clause.DEJA_AUTOMATIQUE),
        ({"connue_autrement": True}, Clause.CONNUE_EN_LIGNE),
    ],
)
def test_each_guard_holds_a_small_correction(autour: dict[str, object], clause: Clause) -> None:
    """Those of contacts too, where the parameter lets nothing pass beside them."""
    verdict = decider(nomme("DURAND"), nomme("DURANT"), contexte(**autour), seuils(contact_lettres_attente=0))
    assert (verdict.decision, verdict.clauses) == (EN_ATTENTE, (clause,))


@pytest.mark.parametrize("champ", ["contact_recent", "contact_meme_acte", "contact_sept_jours"])
@pytest.mark.parametrize(
    ("change", "decision"),
    [
        ({"nom_naissance": "Dubreuill"}, AUTOMATIQUE),
        ({"nom_naissance": "DUBREUIL"}, AUTOMATIQUE),
        ({"prenoms": "Élodie Maria"}, AUTOMATIQUE),
        ({"nom_naissance": "Dubreuill", "prenoms": "Élodie Maria"}, AUTOMATIQUE),
        ({"nom_naissance": "Dubreuyll", "prenoms": "Élodie Maria"}, EN_ATTENTE),  # three letters in all
        ({"nom_naissance": "Moret"}, EN_ATTENTE),  # the used name, of long ago
        ({"date_naissance": date(1987, 3, 15)}, EN_ATTENTE),
    ],
)
def test_beside_a_contact_what_is_small_passes_alone(
    champ: str, change: dict[str, object], decision: Decision
) -> None:
    autour = contexte(usage_stable="Moret", **{champ: True})
    verdict = decider(ANCRE, avec(**change), autour, SEUILS)
    assert (verdict.decision, not CONTACTS_AUTOUR.isdisjoint(verdict.clauses)) == (decision, True)
    assert ("petit, est appliqué seul et relu plus souvent" in verdict.phrase) is (decision is AUTOMATIQUE)


def test_what_is_small_is_measured_from_the_anchor_and_passes_one_guard_only() -> None:
    """A letter beside a contact, then another one beside another: the second is the sum of both, and not the first."""
    pres = contexte(contact_recent=True)
    deux, trois = avec(nom_naissance="Dubreuyll"), avec(nom_naissance="Dubreuyll", prenoms="Élodie Maria")
    assert decider(ANCRE, deux, pres, SEUILS).decision is AUTOMATIQUE
    assert decider(ANCRE, trois, pres, SEUILS, actuelle=deux).decision is EN_ATTENTE
    encore = decider(ANCRE, deux, contexte(contact_recent=True, automatiques=1), SEUILS)
    assert (encore.decision, encore.clauses) == (EN_ATTENTE, (Clause.CONTACT_RECENT, Clause.DEJA_AUTOMATIQUE))


def test_a_number_that_was_missing_passes_beside_a_contact_when_it_agrees() -> None:
    pres = {"contact_meme_acte": True}
    passe = decider(avec(nir=None), ANCRE, contexte(nir_accorde=True, **pres), SEUILS)
    assert (passe.decision, passe.clauses) == (AUTOMATIQUE, (Clause.NIR, Clause.CONTACT_MEME_ACTE))
    assert decider(avec(nir=None), ANCRE, contexte(**pres), SEUILS).decision is EN_ATTENTE


def test_frozen_file_holds_even_a_recent_demande() -> None:
    recente = contexte(anciennete_jours=3, fige=True)
    assert decider(ANCRE, nomme("Dubreuils"), recente, SEUILS).clauses == (Clause.GEL,)
    assert decider_depart(recente, SEUILS).decision is EN_ATTENTE


def test_who_follows_the_demande_online_holds_even_a_recent_demande() -> None:
    recente = contexte(anciennete_jours=3, connue_autrement=True)
    assert decider(ANCRE, nomme("Morel"), recente, SEUILS).clauses[-1] is Clause.CONNUE_EN_LIGNE


def test_step_by_step_replacement_is_measured_from_the_anchor() -> None:
    """DURAND → DURANT passes; DURANT → DURENT is two letters of six from DURAND, even a year later."""
    ancre, un, deux = nomme("DURAND"), nomme("DURANT"), nomme("DURENT")
    assert decider(ancre, un, ANCIENNE, SEUILS).decision is AUTOMATIQUE
    assert decider(un, deux, ANCIENNE, SEUILS).decision is AUTOMATIQUE
    verdict = decider(ancre, deux, ANCIENNE, SEUILS, actuelle=un)
    assert (verdict.decision, verdict.clauses) == (EN_ATTENTE, (Clause.NOM,))


def test_nothing_protected_changes() -> None:
    assert decider(ANCRE, avec(nom_usage="Morel"), ANCIENNE, SEUILS).decision is SANS_OBJET
    un = nomme("Dubreuill")
    verdict = decider(ANCRE, un, contexte(automatiques=1), SEUILS, actuelle=un)
    assert (verdict.decision, verdict.clauses) == (SANS_OBJET, ())


def test_return_to_the_anchor_is_applied() -> None:
    verdict = decider(ANCRE, ANCRE, ANCIENNE, SEUILS, actuelle=nomme("Dubreuill"))
    assert (verdict.decision, verdict.clauses) == (AUTOMATIQUE, ())
    assert verdict.phrase.startswith("L’identité demandée est celle de la référence")


def test_departure_of_a_co_holder_waits_unless_the_demande_is_recent() -> None:
    assert decider_depart(ANCIENNE, SEUILS).clauses == (Clause.COTITULAIRE,)
    attente = decider_depart(contexte(anciennete_jours=60, contact_recent=True), SEUILS)
    assert (attente.decision, attente.clauses) == (EN_ATTENTE, (Clause.COTITULAIRE, Clause.CONTACT_RECENT))
    assert decider_depart(contexte(anciennete_jours=59), SEUILS).decision is AUTOMATIQUE


def test_what_a_manager_of_a_counter_does_not_decide() -> None:
    assert CONTACTS_AUTOUR | {Clause.GEL, Clause.REMPLACEMENT, Clause.DEJA_VALIDE} == RESERVEES_AU_GT


def test_what_is_left_to_a_territorial_manager_holds_nothing_by_itself() -> None:
    autour = contexte(cotitulaire=True, validees=1)
    assert decider(ANCRE, nomme("Dubreuill"), autour, SEUILS).decision is AUTOMATIQUE
    verdict = decider(ANCRE, nomme("Morel"), autour, SEUILS)
    assert verdict.clauses == (Clause.NOM, Clause.DEJA_VALIDE)
    assert verdict.phrase.endswith("un autre changement a été validé depuis 12\u00a0mois.")
    assert decider_depart(autour, SEUILS).clauses == (Clause.COTITULAIRE, Clause.DEJA_VALIDE)


@pytest.mark.parametrize(
    ("change", "remplace"),
    [
        ({"nom_naissance": "Zimmer", "prenoms": "Karl"}, True),
        ({"prenoms": "Karl", "date_naissance": date(1979, 1, 30)}, True),
        ({"nom_naissance": "Zimmer"}, False),
        ({"date_naissance": date(1979, 1, 30)}, False),
    ],
)
def test_a_co_holder_who_would_become_somebody_else(change: dict[str, object], remplace: bool) -> None:
    voulue = avec(**change)
    assert (
        Clause.REMPLACEMENT in decider(ANCRE, voulue, contexte(cotitulaire=True), SEUILS).clauses
    ) is remplace
    assert Clause.REMPLACEMENT not in decider(ANCRE, voulue, ANCIENNE, SEUILS).clauses


def test_thresholds_are_parameters() -> None:
    assert juger("LY", "LI") is EN_ATTENTE
    larges = seuils(nom_relatif_max=0.5)
    assert decider(nomme("LY"), nomme("LI"), ANCIENNE, larges).decision is AUTOMATIQUE
    serres = seuils(nom_lettres_max=1, anciennete_libre_jours=10_000)
    assert decider(nomme("MARTIN"), nomme("MARTINEZ"), ANCIENNE, serres).decision is AUTOMATIQUE


def test_sentence_names_the_figures() -> None:
    verdict = decider(ANCRE, nomme("Morel"), ANCIENNE, SEUILS)
    assert verdict.phrase == (
        "Le nom demandé diffère de la référence de 5\u00a0lettres sur 8\u00a0; jusqu’à 2\u00a0lettres, le changement "
        "est appliqué seul."
    )
    court = decider(nomme("LY"), nomme("LI"), ANCIENNE, SEUILS)
    assert court.phrase == (
        "Le nom demandé diffère de la référence de 1\u00a0lettre sur 2\u00a0; jusqu’à 25\u00a0% de la longueur, le "
        "changement est appliqué seul."
    )


def test_sentence_of_several_clauses_is_still_one() -> None:
    verdict = decider(ANCRE, avec(nom_naissance="Morel", sexe="M"), contexte(contact_recent=True), SEUILS)
    assert verdict.phrase == (
        "Le nom demandé diffère de la référence de 5\u00a0lettres sur 8 (appliqué seul jusqu’à 2\u00a0lettres)\u00a0; "
        "le sexe n’est pas celui de la référence\u00a0; le courriel ou le téléphone a changé il y a 30\u00a0jours au "
        "plus."
    )


noms = st.text(st.sampled_from("ABCDEFGH ÉÈ-’ç"), max_size=12)
traits = st.builds(
    Traits,
    nom_naissance=noms,
    nom_usage=noms,
    prenoms=noms,
    date_naissance=st.none() | st.dates(date(1930, 1, 1), date(2008, 1, 1)),
    sexe=st.sampled_from(("M", "F", "")),
    nir=st.none() | st.sampled_from(("ab" * 32, "cd" * 32)),
)
contextes = st.builds(
    Contexte,
    anciennete_jours=st.integers(-10, 5_000),
    usage_stable=noms,
    fige=st.booleans(),
    reactivee=st.booleans(),
    contact_recent=st.booleans(),
    contact_meme_acte=st.booleans(),
    contact_sept_jours=st.booleans(),
    automatiques=st.integers(0, 3),
    validees=st.integers(0, 2),
    nir_accorde=st.booleans(),
    cotitulaire=st.booleans(),
)


@given(ancre=traits, voulue=traits, une=traits, autre=traits, autour=contextes)
def test_what_was_in_force_meanwhile_changes_no_decision(
    ancre: Traits, voulue: Traits, une: Traits, autre: Traits, autour: Contexte
) -> None:
    verdicts = {
        decider(ancre, voulue, autour, SEUILS, actuelle=actuelle).decision for actuelle in (une, autre)
    } - {SANS_OBJET}
    assert len(verdicts) <= 1


@given(ancre=traits, voulue=traits, autour=contextes)
def test_the_sentence_is_one_and_tells_no_value(ancre: Traits, voulue: Traits, autour: Contexte) -> None:
    phrase = decider(ancre, voulue, autour, SEUILS).phrase
    assert re.fullmatch(r"[A-ZÉ][^.!?\n]+\.", phrase)
    assert not re.search(r"(ab){4}|(cd){4}|\d{5}", phrase)


@given(ancre=traits, voulue=traits, autour=contextes)
def test_automatic_needs_every_clause(ancre: Traits, voulue: Traits, autour: Contexte) -> None:
    """Said the other way round: past the first weeks, nothing passes beside a guard, or with another birth or sex; what
    passes beside a contact is a few letters.
    """
    verdict = decider(ancre, voulue, autour, SEUILS)
    if verdict.decision is AUTOMATIQUE and autour.anciennete_jours >= SEUILS.anciennete_libre_jours:
        assert not any((autour.fige, autour.reactivee, autour.automatiques))
        lettres = sum(
            mesurer(getattr(ancre, nom), getattr(voulue, nom)).lettres for nom in ("nom_naissance", "prenoms")
        )
        contacts = (autour.contact_recent, autour.contact_meme_acte, autour.contact_sept_jours)
        assert lettres < SEUILS.contact_lettres_attente or not any(contacts)
        assert (ancre.date_naissance, ancre.sexe) == (voulue.date_naissance, voulue.sexe)
        assert ancre.nir == voulue.nir or autour.nir_accorde


@given(ancre=traits, voulue=traits, autour=contextes)
def test_pending_says_why(ancre: Traits, voulue: Traits, autour: Contexte) -> None:
    verdict = decider(ancre, voulue, autour, SEUILS)
    assert bool(verdict.clauses) or verdict.decision is not EN_ATTENTE
