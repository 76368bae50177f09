"""An alert to a counter: asked by the territory, answered by the counter, followed up, reminded, closed, each told."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import get_contenu
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import jour
from sne.socle.identifiants import uuid7
from sne.suivi.actions.activite import service_du_suivi
from sne.suivi.actions.alerter import (
    clore_alerte,
    designer_repondant,
    ouvrir_alerte,
    relancer_alerte,
    relancer_alertes,
    repondre_alerte,
)
from sne.suivi.actions.exporter import Periode
from sne.suivi.models import AlerteGuichet, SuiteAlerte
from sne.suivi.rules.alertes import EtatAlerte
from sne.suivi.selectors.alertes import compter_alertes, get_alerte, list_alertes
from tests.habilitations.factories import (
    creer_agent,
    creer_gestionnaire,
    creer_responsable,
    dire_les_retraits,
    habiliter,
)
from tests.registre import factories as f
from tests.suivi.factories import OCTOBRE, activite, remarquable
from tests.suivi.test_policies import organisme

pytestmark = pytest.mark.django_db
OCTOBRE_SEUL = Periode(OCTOBRE, OCTOBRE)


@pytest.fixture
def gt() -> Acteur:
    return f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)


@pytest.fixture
def responsable() -> Acteur:
    return f.creer_acteur(Role.RESPONSABLE_GUICHET, organisme=organisme("G0993"))


@pytest.fixture
def alerte(gt: Acteur) -> uuid.UUID:
    """A question to G0993, asked on the day of the tests."""
    remarquable()
    activite("G0991", traitees=2_000, naissance_mineure=3, agents=1, part_premier_agent=1)
    return ouvrir(gt)


def ouvrir(
    acteur: Acteur, guichet: str = "G0993", periode: Periode = OCTOBRE_SEUL, texte: str = "Pourquoi ?"
) -> uuid.UUID:
    alerte_id = ouvrir_alerte(guichet, periode, texte=texte, acte=Acte(acteur, f.MAINTENANT))
    connection.check_constraints()
    return alerte_id


def plus_tard(heures: int = 1) -> datetime:
    return f.MAINTENANT + timedelta(hours=heures)


def repondre(alerte_id: uuid.UUID, acteur: Acteur, heures: int = 1) -> None:
    repondre_alerte(alerte_id, texte="Deux mariages.", acte=Acte(acteur, plus_tard(heures)))
    connection.check_constraints()


def etat(alerte_id: uuid.UUID, acteur: Acteur) -> EtatAlerte:
    return get_alerte(alerte_id, acteur, le=f.AUJOURD_HUI).etat


def ecrits() -> list[tuple[str, str]]:
    """(kind, address) of the messages, in order."""
    lus = [(m.genre, get_contenu(m.id)) for m in MessageAgent.objects.order_by("id")]
    return [(genre, contenu.destinataire) for genre, contenu in lus if contenu]


@pytest.mark.decision("D-2024-08")
def test_from_the_question_to_the_end(gt: Acteur, responsable: Acteur) -> None:
    creer_responsable(courriel="responsable@exemple.fr", le=f.MAINTENANT)
    creer_responsable(guichet="G0991", courriel="ailleurs@exemple.fr", le=f.MAINTENANT)
    creer_gestionnaire(courriel="gt@exemple.fr", le=f.MAINTENANT)
    remarquable()
    alerte_id = ouvrir(gt)
    assert etat(alerte_id, gt) is EtatAlerte.A_REPONDRE
    repondre(alerte_id, responsable)
    relancer_alerte(alerte_id, texte="Et les trois autres ?", acte=Acte(gt, plus_tard(2)))
    repondre(alerte_id, responsable, 3)
    assert etat(alerte_id, gt) is EtatAlerte.REPONDUE
    clore_alerte(alerte_id, motif="TRANSFERT_SEPARATION", texte="Merci.", acte=Acte(gt, plus_tard(4)))
    connection.check_constraints()
    lue = get_alerte(alerte_id, responsable, le=f.AUJOURD_HUI)
    assert lue.etat is EtatAlerte.CLOSE
    assert [s.texte for s in lue.suites] == [
        "Deux mariages.",
        "Et les trois autres ?",
        "Deux mariages.",
        "Merci.",
    ]
    assert ecrits() == [
        ("ALERTE_OUVERTE", "responsable@exemple.fr"),
        ("ALERTE_REPONDUE", "gt@exemple.fr"),
        ("ALERTE_RELANCEE", "responsable@exemple.fr"),
        ("ALERTE_REPONDUE", "gt@exemple.fr"),
    ]
    dits = Entree.objects.filter(faits__alerte=str(alerte_id)).order_by("inscrit_le", "id")
    assert [e.verbe for e in dits] == [
        "OUVRIR_ALERTE",
        "REPONDRE_ALERTE",
        "RELANCER_ALERTE",
        "REPONDRE_ALERTE",
        "CLORE_ALERTE",
    ]
    assert dits[0].faits["prevenus"] == 1
    assert dits[4].faits["motif"] == "TRANSFERT_SEPARATION"


def test_figures_are_kept_as_they_were(alerte: uuid.UUID, gt: Acteur) -> None:
    [mois] = get_alerte(alerte, gt, le=f.AUJOURD_HUI).chiffres
    assert (mois["mois"], mois["traitees"], mois["mineurs"], mois["majeurs"]) == ("2026-10", 100, 3, 5)
    assert (mois["taux"], mois["signale"]) == (80.0, True)


def test_somebody_designated_answers_and_reads_from_then_on(alerte: uuid.UUID, responsable: Acteur) -> None:
    agent = creer_agent(courriel="agent@exemple.fr", le=f.MAINTENANT)
    designe = replace(f.creer_acteur(), id=agent.id)
    with pytest.raises(Introuvable):
        get_alerte(alerte, designe, le=f.AUJOURD_HUI)
    designer_repondant(alerte, agent.id, acte=Acte(responsable, plus_tard()))
    connection.check_constraints()
    assert ecrits()[-1] == ("ALERTE_OUVERTE", "agent@exemple.fr")
    assert get_alerte(alerte, designe, le=f.AUJOURD_HUI).suites[0].designe == agent.nom_complet
    assert compter_alertes(designe, le=f.AUJOURD_HUI) == 1
    repondre(alerte, designe, 2)
    with pytest.raises(NonHabilite):
        designer_repondant(alerte, agent.id, acte=Acte(designe, plus_tard(3)))


def test_only_an_agent_of_that_counter_is_designated(alerte: uuid.UUID, responsable: Acteur) -> None:
    voisin = creer_agent(guichet="G0991", le=f.MAINTENANT)
    with pytest.raises(Interdit) as exc:
        designer_repondant(alerte, voisin.id, acte=Acte(responsable, plus_tard()))
    assert exc.value.champ == "compte"


def test_nobody_is_designated_once_the_counter_has_answered(alerte: uuid.UUID, responsable: Acteur) -> None:
    agent = creer_agent(le=f.MAINTENANT)
    assert get_alerte(alerte, responsable, le=f.AUJOURD_HUI).a_designer
    repondre(alerte, responsable)
    assert not get_alerte(alerte, responsable, le=f.AUJOURD_HUI).a_designer
    with pytest.raises(Interdit, match="déjà répondu"):
        designer_repondant(alerte, agent.id, acte=Acte(responsable, plus_tard(2)))


def test_one_alert_at_a_time_to_a_counter(alerte: uuid.UUID, gt: Acteur) -> None:
    with pytest.raises(Interdit):
        ouvrir(gt)
    clore_alerte(alerte, motif="CONFIRME", texte="", acte=Acte(gt, plus_tard()))
    assert ouvrir(gt) != alerte


@pytest.mark.parametrize("guichet", ["G0ZZZ", ""])
def test_an_unknown_counter_is_refused(gt: Acteur, guichet: str) -> None:
    with pytest.raises(Interdit) as exc:
        ouvrir(gt, guichet)
    assert exc.value.champ == "guichet"


def test_who_reads_what(alerte: uuid.UUID, gt: Acteur, responsable: Acteur) -> None:
    ailleurs = f.creer_acteur(Role.RESPONSABLE_GUICHET, guichet="G0991", organisme=organisme("G0991"))
    autre_territoire = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02B")
    assert [a.id for a in list_alertes(gt, le=f.AUJOURD_HUI).lignes] == [alerte]
    assert [a.id for a in list_alertes(responsable, le=f.AUJOURD_HUI).lignes] == [alerte]
    for acteur in (ailleurs, autre_territoire, f.creer_acteur()):
        assert list_alertes(acteur, le=f.AUJOURD_HUI).lignes == ()
        with pytest.raises(Introuvable):
            repondre(alerte, acteur)
    assert (compter_alertes(gt, le=f.AUJOURD_HUI), compter_alertes(responsable, le=f.AUJOURD_HUI)) == (0, 1)
    repondre(alerte, responsable)
    assert (compter_alertes(gt, le=f.AUJOURD_HUI), compter_alertes(responsable, le=f.AUJOURD_HUI)) == (1, 0)


ACTES_DU_TERRITOIRE: list[Callable[[uuid.UUID, Acteur], object]] = [
    lambda _, acteur: ouvrir(acteur, "G0991"),
    lambda alerte, acteur: relancer_alerte(alerte, texte="?", acte=Acte(acteur, plus_tard())),
    lambda alerte, acteur: clore_alerte(alerte, motif="CONFIRME", texte="", acte=Acte(acteur, plus_tard())),
]


@pytest.mark.parametrize("acte", ACTES_DU_TERRITOIRE)
def test_a_counter_neither_asks_nor_closes(
    alerte: uuid.UUID, responsable: Acteur, acte: Callable[[uuid.UUID, Acteur], object]
) -> None:
    with pytest.raises(NonHabilite):
        acte(alerte, responsable)


def test_the_territory_does_not_answer_for_the_counter(alerte: uuid.UUID, gt: Acteur) -> None:
    with pytest.raises(NonHabilite):
        repondre(alerte, gt)


def test_nothing_follows_the_end(alerte: uuid.UUID, gt: Acteur, responsable: Acteur) -> None:
    clore_alerte(alerte, motif="CONFIRME", texte="", acte=Acte(gt, plus_tard()))
    for acte in (
        lambda: repondre(alerte, responsable, 2),
        lambda: relancer_alerte(alerte, texte="?", acte=Acte(gt, plus_tard(2))),
        lambda: clore_alerte(alerte, motif="CONFIRME", texte="", acte=Acte(gt, plus_tard(2))),
    ):
        with pytest.raises(Interdit):
            acte()
    with pytest.raises(IntegrityError), transaction.atomic():
        SuiteAlerte.objects.create(
            territoire="099",
            alerte_id=alerte,
            nature="REPONSE",
            texte="Trop tard",
            auteur=uuid7(),
            ecrite_par={},
            survenu_le=plus_tard(3),
        )


@pytest.mark.parametrize("motif", ["", "AUTRE"])
def test_the_reason_is_of_a_closed_list(alerte: uuid.UUID, gt: Acteur, motif: str) -> None:
    with pytest.raises(Interdit) as exc:
        clore_alerte(alerte, motif=motif, texte="", acte=Acte(gt, plus_tard()))
    assert exc.value.champ == "motif"


def test_a_counter_that_is_late_is_reminded_with_who_was_designated(
    alerte: uuid.UUID, responsable: Acteur, gt: Acteur
) -> None:
    creer_responsable(courriel="responsable@exemple.fr", le=f.MAINTENANT)
    agent: Compte = creer_agent(courriel="agent@exemple.fr", le=f.MAINTENANT)
    designer_repondant(alerte, agent.id, acte=Acte(responsable, plus_tard()))

    def nuit(le: date) -> int:
        instant = datetime(le.year, le.month, le.day, 3, 4, tzinfo=f.MAINTENANT.tzinfo)
        return relancer_alertes(acte=Acte(service_du_suivi(), instant))

    assert nuit(date(2026, 11, 30)) == 0
    assert nuit(date(2026, 12, 1)) == 1
    assert nuit(date(2026, 12, 1)) == 0
    connection.check_constraints()
    assert [x for x in ecrits() if x[0] == "ALERTE_RELANCEE"] == [
        ("ALERTE_RELANCEE", "responsable@exemple.fr"),
        ("ALERTE_RELANCEE", "agent@exemple.fr"),
    ]
    with pytest.raises(NonHabilite):
        relancer_alertes(acte=Acte(gt, f.MAINTENANT))


def test_who_left_the_counter_reads_answers_and_is_reminded_no_more(
    alerte: uuid.UUID, responsable: Acteur
) -> None:
    agent: Compte = creer_agent(courriel="agent@exemple.fr", le=f.MAINTENANT)
    ailleurs = habiliter(agent, Role.AGENT_GUICHET, territoire="099", guichet="G0991", le=f.MAINTENANT)
    designer_repondant(alerte, agent.id, acte=Acte(responsable, plus_tard()))
    designe = replace(f.creer_acteur(), id=agent.id)
    assert get_alerte(alerte, designe, le=f.AUJOURD_HUI).repond
    Habilitation.objects.filter(compte=agent).exclude(id=ailleurs).update(
        fin=f.AUJOURD_HUI + timedelta(days=1)
    )
    dire_les_retraits(agent)
    assert get_alerte(alerte, designe, le=f.AUJOURD_HUI).repond  # the last day
    demain = f.MAINTENANT + timedelta(days=1)
    assert compter_alertes(designe, le=jour(demain)) == 0
    with pytest.raises(Introuvable):
        repondre(alerte, designe, 24)
    nuits = f.MAINTENANT + timedelta(days=30)
    assert relancer_alertes(acte=Acte(service_du_suivi(), nuits)) == 1
    assert "ALERTE_RELANCEE" not in dict(ecrits())


def test_nothing_is_kept_when_the_journal_fails(gt: Acteur) -> None:
    casse = mock.patch.object(journal, "INSCRIRE", "SELECT * FROM nulle_part(%s)")
    with casse, pytest.raises(DatabaseError), transaction.atomic():
        ouvrir(gt)
    assert not AlerteGuichet.objects.exists()
