"""A value that one person proposed holds from its day once another has accepted it; the database refuses the rest."""

import uuid
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.habilitations.actions import lier_comptes
from sne.habilitations.models import Compte
from sne.journal.models import Entree
from sne.referentiels.models import Parametre
from sne.referentiels.selectors import get_parametres, oublier
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.parametres import ParametresDemande
from sne.reglages import actions
from sne.reglages.actions import Saisie
from sne.reglages.models import PropositionParametre
from sne.reglages.selectors import compter_a_decider, get_proposition, get_reglage, list_reglages
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import maintenant
from tests.habilitations import factories as comptes
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
DEBUT = date(2027, 1, 1)
SAISIE = Saisie(valeur="11", debut=DEBUT, source="CCH R441-2-7", raison="Le décret du 3 novembre.")


@pytest.fixture(autouse=True)
def ce_matin() -> Any:
    with time_machine.travel(datetime.fromisoformat("2026-11-24T09:30:00+01:00"), tick=False):
        yield
    oublier()


@pytest.fixture
def une() -> Compte:
    return comptes.creer_exploitation()


@pytest.fixture
def autre() -> Compte:
    return comptes.creer_exploitation()


def par(compte: Compte) -> Acte:
    return Acte(comptes.acteur(compte), maintenant())


def proposer(compte: Compte, code: str = "delaiz_mois", **autres: Any) -> uuid.UUID:
    saisie = Saisie(**{c: getattr(SAISIE, c) for c in Saisie.__slots__} | autres)
    return actions.proposer_parametre(code, saisie, acte=par(compte))


def delaiz(le: date) -> int:
    return get_parametres(le)[ParametresDemande].delaiz_mois


def delaiz_en_sql(le: date) -> int:
    with connection.cursor() as curseur:
        curseur.execute("SELECT parametre_entier('delaiz_mois', %s)", [le])
        (valeur,) = curseur.fetchone()
    return int(valeur)


def test_accepted_by_another_it_holds_from_its_day_in_rules_and_in_sql(
    une: Compte, autre: Compte, django_capture_on_commit_callbacks: Any
) -> None:
    assert delaiz(DEBUT) == 12
    with django_capture_on_commit_callbacks(execute=True):
        proposition = proposer(une)
    assert (delaiz(DEBUT), delaiz_en_sql(DEBUT)) == (12, 12)
    assert [compter_a_decider(comptes.acteur(c)) for c in (une, autre)] == [0, 1]
    with django_capture_on_commit_callbacks(execute=True):
        actions.accepter_parametre(proposition, acte=par(autre))
    veille = date(2026, 12, 31)
    assert (delaiz(veille), delaiz_en_sql(veille)) == (12, 12)
    assert (delaiz(DEBUT), delaiz_en_sql(DEBUT)) == (11, 11)
    connection.check_constraints()
    lu = get_reglage("delaiz_mois", le=DEBUT)
    assert (lu.lue.valeur, lu.lue.source, lu.unite) == (11, "CCH R441-2-7", "mois")
    assert [v.valeur for v in lu.passees] == [12]
    assert [v.valeur for v in get_reglage("delaiz_mois", le=veille).a_venir] == [11]
    dits = Entree.objects.filter(verbe__in=["PROPOSER_PARAMETRE", "ACCEPTER_PARAMETRE"]).order_by(
        "inscrit_le"
    )
    assert [e.acteur["id"] for e in dits] == [str(une.id), str(autre.id)]
    assert dits[1].faits == {
        "proposition": str(proposition),
        "parametre": "delaiz_mois",
        "valeur": "11",
        "debut": "2027-01-01",
    }


def test_a_demande_of_that_day_lasts_as_the_value_says(
    une: Compte, autre: Compte, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.accepter_parametre(proposer(une), acte=par(autre))

    def expire(instant: str) -> date:
        le = datetime.fromisoformat(instant)
        with time_machine.travel(le, tick=False):
            recu = f.deposer(le=le, doublons_ecartes="Une autre personne.", doublons_vus=None)
        return Demande.objects.get(id=recu.demande_id).date_expiration

    assert expire("2026-12-31T10:00:00+01:00") == date(2027, 12, 30)
    assert expire("2027-01-01T10:00:00+01:00") == date(2027, 11, 30)


def test_nobody_accepts_or_refuses_their_own_whatever_their_account(une: Compte) -> None:
    proposition, seconde = proposer(une), comptes.creer_exploitation()
    lier_comptes(une.id, seconde.id, acte=Acte(comptes.SYSTEME, maintenant()))
    for compte in (une, seconde):
        with pytest.raises(Interdit, match="Une autre personne"):
            actions.accepter_parametre(proposition, acte=par(compte))
        with pytest.raises(Interdit, match="Une autre personne"):
            actions.refuser_parametre(proposition, motif="Non", acte=par(compte))
        assert compter_a_decider(comptes.acteur(compte)) == 0
    actions.retirer_parametre(proposition, acte=par(seconde))
    assert get_proposition(proposition).issue == "RETIREE"
    assert delaiz(DEBUT) == 12


def test_refused_with_its_reason_then_proposed_again(une: Compte, autre: Compte) -> None:
    proposition = proposer(une)
    with pytest.raises(Interdit, match="attend déjà une réponse"):
        proposer(autre)
    with pytest.raises(Interdit, match="par la personne qui l’a faite"):
        actions.retirer_parametre(proposition, acte=par(autre))
    with pytest.raises(Interdit, match="dites pourquoi"):
        actions.refuser_parametre(proposition, motif=" ", acte=par(autre))
    actions.refuser_parametre(proposition, motif="Le décret n’est pas publié.", acte=par(autre))
    assert get_proposition(proposition).motif == "Le décret n’est pas publié."
    for repondre in (actions.accepter_parametre, actions.retirer_parametre):
        with pytest.raises(Interdit):
            repondre(proposition, acte=par(autre if repondre is actions.accepter_parametre else une))
    assert proposer(une) != proposition
    assert delaiz(DEBUT) == 12


@pytest.mark.parametrize(
    ("autres", "champ"),
    [
        ({"valeur": "0"}, "valeur"),
        ({"valeur": "12"}, "valeur"),
        ({"debut": date(2026, 11, 24)}, "debut"),
        ({"source": ""}, "source"),
        ({"source": "x" * 121}, "source"),
        ({"raison": "  "}, "raison"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    une: Compte, autres: dict[str, Any], champ: str
) -> None:
    with pytest.raises(Interdit) as refus:
        proposer(une, **autres)
    assert refus.value.champ == champ
    assert not PropositionParametre.objects.exists()


def test_other_roles_and_unknown_parameters(une: Compte) -> None:
    with pytest.raises(NonHabilite):
        proposer(comptes.creer_gestionnaire())
    with pytest.raises(Introuvable, match="Aucun paramètre"):
        proposer(une, "delaiz_siecles")
    with pytest.raises(Introuvable):
        get_proposition(uuid.uuid4())
    assert compter_a_decider(comptes.acteur(comptes.creer_gestionnaire())) == 0


def test_two_that_hold_each_alone_do_not_both_pass(une: Compte, autre: Compte) -> None:
    """Struck off at seventeen months, back until sixteen: each would do, both would close the way back."""
    longue = proposer(une, "radiation_mois", valeur="17")
    courte = proposer(autre, "reactivation_mois", valeur="16")
    actions.accepter_parametre(longue, acte=par(autre))
    with pytest.raises(Interdit, match="ne pourrait plus revenir"):
        actions.accepter_parametre(courte, acte=par(une))


def test_accepted_too_late_it_does_not_start_in_the_past(une: Compte, autre: Compte) -> None:
    proposition = proposer(une, debut=date(2026, 11, 25))
    with time_machine.travel(datetime.fromisoformat("2026-11-25T00:01:00+01:00"), tick=False):
        with pytest.raises(Interdit, match="ni aujourd’hui ni avant"):
            actions.accepter_parametre(proposition, acte=par(autre))
        actions.refuser_parametre(proposition, motif="Trop tard.", acte=par(autre))


def test_what_has_not_begun_is_replaced_by_another_of_the_same_day(une: Compte, autre: Compte) -> None:
    actions.accepter_parametre(proposer(une), acte=par(autre))
    actions.accepter_parametre(proposer(autre, valeur="10", source="Rectificatif"), acte=par(une))
    lues = Parametre.objects.filter(code="delaiz_mois", debut=DEBUT)
    assert [(p.valeur, p.source) for p in lues] == [(10, "Rectificatif")]


def test_a_search_by_words_and_by_field(une: Compte) -> None:
    trouves = list_reglages(le=DEBUT, texte="duree DELAIZ")
    assert "delaiz_mois" in {r.code for r in trouves}
    domaine = trouves[0].domaine
    assert {r.domaine for r in list_reglages(le=DEBUT, domaine=domaine)} == {domaine}
    assert list_reglages(le=DEBUT, texte="introuvable") == ()


def ligne(compte: Compte, **autres: Any) -> PropositionParametre:
    return PropositionParametre(
        **{
            "code": "delaiz_mois",
            "valeur": 11,
            "debut": DEBUT,
            "source": "x",
            "raison": "x",
            "auteur": compte.id,
            "proposee_par": {"nom": ""},
            "survenu_le": maintenant(),
        }
        | autres
    )


@pytest.mark.parametrize("jour", [date(2026, 11, 24), date(2020, 1, 1)])
def test_the_database_refuses_a_day_that_has_come(une: Compte, jour: date) -> None:
    with pytest.raises(DatabaseError, match="un jour à venir"), transaction.atomic():
        ligne(une, debut=jour).save(force_insert=True)


def test_the_database_refuses_one_person_twice_and_a_second_answer(une: Compte, autre: Compte) -> None:
    posee = PropositionParametre.objects.get(id=proposer(une))
    fin = {"issue": "ACCEPTEE", "decide_par": {}, "clos_le": maintenant()}
    meme = PropositionParametre.objects.filter(id=posee.id)
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        meme.update(decideur=une.id, **fin)
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        meme.update(decideur=autre.id, **fin | {"issue": "RETIREE"})
    actions.accepter_parametre(posee.id, acte=par(autre))
    with pytest.raises(DatabaseError, match="déjà donnée"), transaction.atomic():
        meme.update(issue="REFUSEE", motif="x")


def test_the_database_refuses_a_name_that_no_parameter_bears(une: Compte, autre: Compte) -> None:
    inconnue = ligne(une, code="delaiz_siecles")
    inconnue.save(force_insert=True)
    with pytest.raises(DatabaseError, match="aucun paramètre ne porte ce nom"), transaction.atomic():
        PropositionParametre.objects.filter(id=inconnue.id).update(
            issue="ACCEPTEE", decideur=autre.id, decide_par={}, clos_le=maintenant()
        )
    with pytest.raises(DatabaseError, match="aucune entrée de journal ne nomme"):
        connection.check_constraints()


@pytest.mark.parametrize(
    "ordre",
    [
        "INSERT INTO parametre (code, valeur, unite, libelle, source) VALUES ('delaiz_mois', '1', 'x', 'x', 'x')",
        "UPDATE parametre SET valeur = '1' WHERE code = 'delaiz_mois'",
        "DELETE FROM parametre WHERE code = 'delaiz_mois'",
        "DELETE FROM proposition_parametre",
    ],
)
def test_who_serves_writes_no_value(ordre: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)
