"""What a freeze keeps still, ends, and gives back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.registre.contenu.rules.arbre.difference import Changement
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.rules.gel import (
    DossierFige,
    Gel,
    champs_geles,
    exiger_figeable,
    exiger_intacts,
    exiger_non_gele,
    jours_a_rendre,
    phrase_de_l_etat,
    phrase_des_jours_rendus,
    prolonger,
)
from sne.socle.erreurs import Interdit

POSE = date(2026, 11, 24)
JOURS = st.dates(date(2026, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("chemin", "gele"),
    [
        ("demandeur.identite.nom_naissance", True),
        ("demandeur.identite.nir", True),
        ("demandeur.contact.courriel", True),
        ("demandeur.adresse_courrier.voie", True),
        ("cotitulaires[0].identite.prenoms", True),
        ("cotitulaires[0].contact.telephone_portable", True),
        ("cotitulaires[0]", True),
        ("cotitulaires", True),
        ("titulaire", True),
        ("association.contact.courriel", True),
        ("association.nom", True),
        ("accompagnant.courriel", True),
        ("cotitulaires[0].lien_demandeur", False),
        ("demandeur.situation_familiale", False),
        ("foyer.personnes_a_charge[0]", False),
        ("logement_actuel.adresse.voie", False),
        ("souhaits.localisations", False),
        ("preferences.notification_sms", False),
    ],
)
def test_what_stays_still(chemin: str, gele: bool) -> None:
    assert champs_geles([Changement(chemin, "a", "b")] * 2) == ((chemin,) if gele else ())


def test_refusal_names_each_field_once_and_no_reason() -> None:
    changements = [Changement("demandeur.contact.courriel", "a", "b")] * 2
    with pytest.raises(DossierFige) as refus:
        exiger_intacts(Gel(POSE), changements)
    assert refus.value.champ == "demandeur.contact.courriel"
    assert refus.value.phrase.count("adresse électronique") == 1
    exiger_intacts(None, changements)
    exiger_intacts(Gel(POSE), [Changement("souhaits.localisations", [], ["99001"])])


def test_nothing_ends_a_frozen_file() -> None:
    exiger_non_gele(None, ce_qui_attend="La radiation")
    with pytest.raises(DossierFige, match="La radiation attend"):
        exiger_non_gele(Gel(POSE), ce_qui_attend="La radiation")


@pytest.mark.parametrize("statut", Statut)
def test_what_may_be_frozen(statut: Statut) -> None:
    if statut in {Statut.ACTIVE, Statut.EXPIREE, Statut.RADIEE}:
        exiger_figeable(statut)
    else:
        with pytest.raises(Interdit, match="ne peut pas être figée"):
            exiger_figeable(statut)


def test_sentences() -> None:
    assert phrase_de_l_etat(Gel(POSE)).startswith("Dossier figé depuis le 24/11/2026\u00a0:")
    assert phrase_des_jours_rendus(1).endswith("1\u00a0jour rendu à la demande")
    assert phrase_des_jours_rendus(2).endswith("2\u00a0jours rendus à la demande")


@given(JOURS, JOURS, JOURS)
def test_days_given_back_are_those_of_the_freeze_since_the_base(pose: date, base: date, le: date) -> None:
    jours = jours_a_rendre(Gel(pose), base=base, le=le)
    gelees = [base + timedelta(n) for n in range(max((le - base).days, 0)) if base + timedelta(n) >= pose]
    assert jours == len(gelees)


def test_several_freezes_add_up() -> None:
    gels = [Gel(POSE, POSE + timedelta(3)), Gel(POSE + timedelta(10))]
    assert prolonger(POSE, gels, base=POSE, le=POSE + timedelta(14)) == POSE + timedelta(7)
