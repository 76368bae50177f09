"""A decision from its vote to what becomes of it; who sees which voice; what is shipped, and proved."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from sne.habilitations.rules import cles_de
from sne.notifications.models import MessageAgent
from sne.programme.actions.decider import (
    Conclusion,
    Question,
    conclure,
    dire_suite,
    lever_condition,
    mesurer,
    mettre_au_vote,
    voter,
)
from sne.programme.actions.livrer import charger_preuves, list_livrees, livrer_les_decisions
from sne.programme.messages import MessageProgramme
from sne.programme.models import ConditionDecision, Decision, PreuveDecision
from sne.programme.rules.decisions import (
    Etat,
    Issue,
    Suite,
    VoixDite,
    compter,
    etat_de,
    exiger_suite,
    lire_options,
    rappel_du_vote,
)
from sne.programme.rules.livrees import Preuve, ecrire_preuves, lire_preuves, manquements
from sne.programme.selectors import get_decision, list_decisions
from sne.programme.tasks import annoncer
from sne.recherche.rules import lire_requete
from sne.recherche.selectors import chercher
from sne.site_pro.actions.fichiers import lire_dossier
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import jour
from tests.habilitations import factories as comptes

LE = datetime(2026, 11, 30, 9, tzinfo=UTC)
AUJOURD_HUI = jour(LE)
JOUR = timedelta(days=1)
QUESTION = {
    "titre": "Le rythme des réunions",
    "pourquoi": "Deux territoires en demandent davantage.",
    "instance": "SEANCE",
    "options": "Quatre\nSix\n\nÀ distance\nSur place",
    "vote_du": AUJOURD_HUI,
    "vote_au": AUJOURD_HUI + 7 * JOUR,
}
APRES = LE + 8 * JOUR


@pytest.fixture(scope="module", autouse=True)
def heure() -> Iterator[None]:
    """Accounts are opened, and acts done, on the one day of these tests."""
    with time_machine.travel(LE):
        yield


@pytest.fixture
def tient(db: None) -> Acteur:
    return comptes.acteur(comptes.creer_pole_metier())


@pytest.fixture
def autre(db: None) -> Acteur:
    return comptes.acteur(comptes.creer_pole_metier())


@pytest.fixture
def gt(db: None) -> Acteur:
    return comptes.acteur(comptes.creer_gestionnaire())


@pytest.fixture
def ouverte(tient: Acteur) -> Decision:
    return mettre_au_vote(Question(**QUESTION), acte=Acte(tient, LE))


def prendre(decision: Decision, par: Acteur, issue: str = "RETENUE", **dits: object) -> None:
    conclure(decision.code, Conclusion(issue=issue, prise_le=jour(APRES), **dits), acte=Acte(par, APRES))


def test_a_decision_is_put_answered_taken_and_followed(
    ouverte: Decision, tient: Acteur, autre: Acteur, gt: Acteur
) -> None:
    assert ouverte.code == "D-2026-01"
    assert [d.manque for d in list_decisions(gt, jour=AUJOURD_HUI)] == [True]
    assert get_decision(ouverte.code, gt, jour=AUJOURD_HUI).manque
    for choix in ({1: "A"}, {1: "C", 2: "C"}, {1: "Z", 2: ""}):
        with pytest.raises(Interdit, match="Choisissez une option"):
            voter(ouverte.code, choix, acte=Acte(gt, LE))
    voter(ouverte.code, {1: "A", 2: ""}, acte=Acte(gt, LE))
    voter(ouverte.code, {1: "B", 2: ""}, " pourquoi ", acte=Acte(gt, LE + JOUR))
    lue = get_decision(ouverte.code, gt, jour=AUJOURD_HUI)
    assert [[r.voix for r in resultats] for _, resultats, _ in lue.questions] == [[0, 1], [0, 0]]
    assert [abstentions for _, _, abstentions in lue.questions] == [0, 1]
    assert dict(lue.siennes) == {1: "B", 2: ""}
    assert lue.commentaires == ()
    dits = get_decision(ouverte.code, tient, jour=AUJOURD_HUI).commentaires
    assert [(v.territoire, v.commentaire) for v in dits] == [("099", "pourquoi")]
    assert not list_decisions(gt, jour=AUJOURD_HUI)[0].manque
    with pytest.raises(Interdit, match="encore ouvert"):
        conclure(ouverte.code, Conclusion(issue="RETENUE", prise_le=AUJOURD_HUI), acte=Acte(autre, LE))
    with pytest.raises(Interdit, match="pas ouvert"):
        voter(ouverte.code, {1: "A", 2: ""}, acte=Acte(gt, APRES))
    with pytest.raises(Interdit, match="une autre personne"):
        prendre(ouverte, tient)
    with pytest.raises(Interdit, match="pas encore prise"):
        dire_suite(ouverte.code, "ETUDE", acte=Acte(autre, APRES))
    prendre(ouverte, autre, conclusion="Six, dont deux sur place.")
    with pytest.raises(Interdit, match="déjà prise"):
        prendre(ouverte, autre)
    dire_suite(ouverte.code, "EN_COURS", lien="/aide/", acte=Acte(tient, APRES))
    lue = get_decision(ouverte.code, None, jour=jour(APRES))
    assert (lue.etat, lue.suite) == (Etat.RETENUE, Suite.EN_COURS)
    assert lue.suite_dite == "En cours"
    assert lue.etat_dit == "Retenue"
    assert lue.questions[0][1][1].voix == 1
    (trouve,) = chercher(lire_requete("rythme des réunions"), cles=cles_de(None), le=APRES).page
    assert trouve.url == f"/aide/decisions/{ouverte.code}/"
    assert "Six, dont deux" in trouve.reponse


def test_territories_are_told_once_and_reminded_once(ouverte: Decision, gt: Acteur, tient: Acteur) -> None:
    """By the day: the vote opens, two thirds of it are gone, it is over. Who has answered is told nothing."""
    ailleurs = comptes.creer_gestionnaire("02B")
    dites = []
    for jours in (-1, 0, 1, 4, 5, 7, 8):
        with time_machine.travel(LE + jours * JOUR, tick=False):
            for _ in range(2):
                annoncer(timestamp=0)
            if jours == 1:
                voter(ouverte.code, {1: "A", 2: ""}, acte=Acte(gt, LE + JOUR))
        messages = MessageAgent.objects.order_by("survenu_le", "compte")
        dites.append([(m.genre, m.territoire) for m in messages])
    ouvert = {(MessageProgramme.VOTE_OUVERT, t) for t in ("099", "02B")}
    assert [len(d) for d in dites] == [0, 2, 2, 3, 3, 3, 3]
    assert set(dites[1]) == ouvert
    assert set(dites[-1]) == ouvert | {(MessageProgramme.VOTE_RAPPEL, "02B")}
    assert {m.compte for m in MessageAgent.objects.all()} == {gt.id, ailleurs.id}
    assert rappel_du_vote(AUJOURD_HUI, AUJOURD_HUI) == AUJOURD_HUI + JOUR


def test_voices_are_hidden_from_who_has_not_answered(
    ouverte: Decision, tient: Acteur, gt: Acteur, autre: Acteur
) -> None:
    ailleurs = comptes.acteur(comptes.creer_gestionnaire("02B"))
    voter(ouverte.code, {1: "A", 2: "D"}, acte=Acte(gt, LE))
    agent = comptes.acteur(comptes.creer_agent())
    for qui, voit in ((None, False), (agent, False), (ailleurs, False), (gt, True), (tient, True)):
        lue = get_decision(ouverte.code, qui, jour=AUJOURD_HUI)
        assert {r.voix is None for _, resultats, _ in lue.questions for r in resultats} == {not voit}
        assert (lue.questions[0][2] is None) is not voit
    for qui in (agent, tient):
        with pytest.raises(NonHabilite):
            voter(ouverte.code, {1: "A", 2: "D"}, acte=Acte(qui, LE))
    for qui in (gt, agent):
        with pytest.raises(NonHabilite):
            mettre_au_vote(Question(**QUESTION), acte=Acte(qui, LE))
        with pytest.raises(NonHabilite):
            prendre(ouverte, qui)
        with pytest.raises(NonHabilite):
            dire_suite(ouverte.code, "ETUDE", acte=Acte(qui, APRES))
    with pytest.raises(Introuvable):
        get_decision("D-2026-99", None, jour=AUJOURD_HUI)


@pytest.mark.parametrize(
    ("change", "champ"),
    [
        ({"titre": " "}, "titre"),
        ({"titre": "x" * 161}, "titre"),
        ({"pourquoi": ""}, "pourquoi"),
        ({"pourquoi": "x" * 1001}, "pourquoi"),
        ({"instance": "MOI"}, "instance"),
        ({"options": "Seule"}, "options"),
        ({"options": ""}, "options"),
        ({"options": "A\nB\n\nSeule"}, "options"),
        ({"options": "\n".join("x" * 13)}, "options"),
        ({"options": f"A\n{'x' * 301}"}, "options"),
        ({"vote_du": AUJOURD_HUI - JOUR}, "vote_du"),
        ({"vote_au": AUJOURD_HUI - JOUR}, "vote_au"),
        ({"remplace": "D-1999-01"}, "remplace"),
    ],
)
def test_what_is_put_badly_is_named(tient: Acteur, change: dict[str, object], champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        mettre_au_vote(Question(**QUESTION | change), acte=Acte(tient, LE))
    assert refus.value.champ == champ
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("dits", "champ"),
    [
        ({"issue": "PEUT_ETRE"}, "issue"),
        ({"issue": "SOUS_CONDITION", "conditions": [" "]}, "conditions"),
        ({"issue": "RETENUE", "conditions": ["Si"]}, "conditions"),
        ({"issue": "NON_RETENUE"}, "conclusion"),
        ({"issue": "RETENUE", "prise_le": jour(APRES) + JOUR}, "prise_le"),
    ],
)
def test_what_is_decided_badly_is_named(
    ouverte: Decision, autre: Acteur, dits: dict[str, object], champ: str
) -> None:
    with pytest.raises(Interdit) as refus:
        conclure(ouverte.code, Conclusion(**{"prise_le": jour(APRES)} | dits), acte=Acte(autre, APRES))
    assert refus.value.champ == champ


def test_a_condition_is_lifted_once_with_what_shows_it(
    ouverte: Decision, tient: Acteur, autre: Acteur
) -> None:
    prendre(ouverte, autre, "SOUS_CONDITION", conditions=["Vérifier", ""])
    (condition,) = ConditionDecision.objects.all()
    with pytest.raises(Interdit) as refus:
        lever_condition(ouverte.code, condition.id, " ", acte=Acte(tient, APRES))
    assert refus.value.champ == "preuve"
    lever_condition(ouverte.code, condition.id, "Essai du 3", acte=Acte(tient, APRES))
    with pytest.raises(Introuvable):
        lever_condition(ouverte.code, condition.id, "Encore", acte=Acte(tient, APRES))
    assert [c.preuve for c in get_decision(ouverte.code, None, jour=AUJOURD_HUI).conditions] == ["Essai du 3"]


def test_delivered_asks_for_tests_that_passed(ouverte: Decision, tient: Acteur, autre: Acteur) -> None:
    prendre(ouverte, autre)
    acte = Acte(tient, APRES)
    with pytest.raises(Interdit, match="Aucun essai"):
        dire_suite(ouverte.code, "LIVREE", acte=acte)
    rate = Preuve(ouverte.code, "tests/x.py::test_b", False)
    passe = Preuve(ouverte.code, "tests/x.py::test_a", True)
    charger_preuves("1.0", LE, (passe, rate))
    with pytest.raises(Interdit, match="Aucun essai"):
        dire_suite(ouverte.code, "LIVREE", acte=acte)
    assert get_decision(ouverte.code, None, jour=AUJOURD_HUI).essais.rates == (rate.test,)
    charger_preuves("1.1", LE + JOUR, (passe,))
    charger_preuves("1.1", LE + JOUR, (passe,))
    assert PreuveDecision.objects.count() == 3
    dire_suite(ouverte.code, "LIVREE", version="1.1", acte=acte)
    assert get_decision(ouverte.code, None, jour=AUJOURD_HUI).essais.tests == ((passe.test, True),)
    with pytest.raises(Interdit, match="ce qui a été mesuré"):
        dire_suite(ouverte.code, "MESUREE", acte=acte)
    for champ in ("indicateur", "avant", "apres"):
        dits = {"indicateur": "Délai", "avant": "12 jours", "apres": "4 jours"} | {champ: " "}
        with pytest.raises(Interdit, match="Dites ce qui est mesuré"):
            mesurer(ouverte.code, **dits, acte=acte)
    mesurer(ouverte.code, "Délai  médian", "12 jours", "4 jours", acte=acte)
    dire_suite(ouverte.code, "MESUREE", version="1.1", acte=acte)
    lue = get_decision(ouverte.code, None, jour=AUJOURD_HUI)
    assert [(m.indicateur, m.avant, m.apres) for m in lue.mesures] == [
        ("Délai médian", "12 jours", "4 jours")
    ]
    assert lue.suite is Suite.MESUREE
    with pytest.raises(Interdit, match="D-1999-01"):
        charger_preuves("1.1", LE, (Preuve("D-1999-01", "x", True),))


@pytest.mark.parametrize(
    ("suite", "motif", "issue", "champ"),
    [
        ("", "", "RETENUE", "etat"),
        ("ABANDONNEE", "", "RETENUE", "motif"),
        ("LIVREE", "", "AJOURNEE", "etat"),
        ("ABANDONNEE", "Trop cher", "RETENUE", None),
        ("LIVREE", "", "SOUS_CONDITION", None),
        ("MESUREE", "", "RETENUE", None),
        ("MESUREE", "", "AJOURNEE", "etat"),
    ],
)
def test_what_may_become_of_it(suite: str, motif: str, issue: str, champ: str | None) -> None:
    try:
        exiger_suite(suite, motif, issue=issue, prouvee=True, mesuree=True)
        dit = None
    except Interdit as refus:
        dit = refus.champ
    assert dit == champ


def test_another_takes_its_place(ouverte: Decision, tient: Acteur, autre: Acteur) -> None:
    prendre(ouverte, autre, "AJOURNEE", conclusion="Plus tard.")
    question = QUESTION | {
        "remplace": ouverte.code,
        "vote_du": jour(APRES) + JOUR,
        "vote_au": jour(APRES) + JOUR,
    }
    seconde = mettre_au_vote(Question(**question), acte=Acte(tient, APRES))
    assert seconde.code == "D-2026-02"
    etats = [d.etat for d in list_decisions(None, jour=jour(APRES))]
    assert etats == [Etat.PROPOSEE, Etat.AJOURNEE]
    conclure(
        seconde.code,
        Conclusion(issue="RETENUE", prise_le=jour(APRES) + 3 * JOUR),
        acte=Acte(autre, APRES + 3 * JOUR),
    )
    lue = get_decision(ouverte.code, None, jour=jour(APRES) + 3 * JOUR)
    assert (lue.etat, lue.remplacante) == (Etat.REMPLACEE, seconde)


@pytest.mark.parametrize(
    ("issue", "du", "au", "attendu"),
    [
        ("", None, None, Etat.PROPOSEE),
        ("", 1, 2, Etat.PROPOSEE),
        ("", 0, 0, Etat.OUVERTE),
        ("", -2, -1, Etat.A_CLORE),
        *((i.value, -2, -1, Etat(i.value)) for i in Issue),
    ],
)
def test_what_it_is_that_day(issue: str, du: int | None, au: int | None, attendu: Etat) -> None:
    jours = [None if n is None else AUJOURD_HUI + n * JOUR for n in (du, au)]
    decision = SimpleNamespace(issue=issue, vote_du=jours[0], vote_au=jours[1])
    assert etat_de(decision, jour=AUJOURD_HUI) is attendu


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([1, 2]), st.sampled_from(["", "A", "B"]))))
def test_a_territory_has_one_voice_to_a_question(dites: list[tuple[str, int, str]]) -> None:
    comptes_ = compter([VoixDite(*v) for v in dites])
    assert sum(comptes_.values()) == len({(t, g) for t, g, _ in dites})
    if dites:
        _, groupe, lettre = dites[-1]
        assert comptes_[groupe, lettre] >= 1


def test_options_are_read_line_by_line() -> None:
    lues = lire_options("\n Un \nDeux\n\n\nTrois\nQuatre")
    assert [(o.groupe, o.lettre, o.texte) for o in lues] == [
        (1, "A", "Un"),
        (1, "B", "Deux"),
        (2, "C", "Trois"),
        (2, "D", "Quatre"),
    ]


@pytest.mark.decision("D-2024-10")
def test_those_of_2024_are_shipped_once_and_proved(tient: Acteur, autre: Acteur, gt: Acteur) -> None:
    actes = {"par": Acte(tient, LE), "publie_par": Acte(autre, LE)}
    assert livrer_les_decisions(**actes) == 23
    assert livrer_les_decisions(**actes) == 0
    etats = {d.decision.code: d.etat for d in list_decisions(None, jour=AUJOURD_HUI)}
    assert etats["D-2024-01"] is Etat.NON_RETENUE
    assert etats["D-2024-02"] is Etat.SOUS_CONDITION
    lue = get_decision("D-2024-02", None, jour=AUJOURD_HUI)
    assert [len(resultats) for _, resultats, _ in lue.questions] == [2]
    assert lue.questions[0][1][0].voix is None, "the session counted no territory"
    assert [bool(c.levee_le) for c in lue.conditions] == [True]
    for acteurs in ((tient, gt), (gt, tient)):
        with pytest.raises(NonHabilite):
            livrer_les_decisions(par=Acte(acteurs[0], LE), publie_par=Acte(acteurs[1], LE))


def test_a_decision_shipped_as_delivered_without_a_test_is_told() -> None:
    livrees = list_livrees()
    assert len({d.code for d in livrees}) == 23
    assert {d.prise_le for d in livrees} == {date(2024, 4, 4)}
    pages = {f"/aide/{p['adresse']}/" for p in lire_dossier() if p["acces"] == ["*"]}
    assert {d.lien for d in livrees} <= {"/aide/", *pages}, "each says where it is applied, to who reads it"
    prouvees = [Preuve(d.code, "t", True) for d in livrees]
    assert manquements(livrees, prouvees) == ()
    dites = {d.code for d in livrees if d.suite == Suite.LIVREE}
    assert len(dites) >= 10
    assert set(manquements(livrees, [])) == dites
    un = sorted(dites)[0]
    assert manquements(livrees, [*prouvees, Preuve(un, "u", False), Preuve("D-1", "x", True)]) == ("D-1", un)


def test_proofs_come_back_as_they_left() -> None:
    preuves = (Preuve("D-1", "a", True), Preuve("D-1", "b", False))
    assert lire_preuves("f", ecrire_preuves("1.0", LE, reversed(preuves))) == ("1.0", LE, preuves)
    for texte in ("{", "{}", '{"version": "1", "le": "hier", "preuves": []}', "[]"):
        with pytest.raises(Interdit, match=r"f.*preuves"):
            lire_preuves("f", texte)
