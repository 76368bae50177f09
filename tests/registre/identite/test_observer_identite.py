"""Acts that are looked at: seen by their author alone, explained once, read by who decides."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.habilitations.actions import lier_comptes
from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.registre.controle.models import Operation
from sne.registre.identite.actions.regards import observer_identite, voir_changements_regardes
from sne.registre.identite.models import ObservationIdentite
from sne.registre.identite.selectors.regards import (
    compter_changements_regardes,
    list_changements_regardes,
    list_explications,
    list_regards,
)
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable
from tests.habilitations.factories import SYSTEME, creer_agent
from tests.habilitations.factories import acteur as acteur_de
from tests.registre import factories as f
from tests.registre.controle.test_controle import contacts
from tests.registre.identite.changements_identite import modifier
from tests.registre.pieces.pieces import joindre

pytestmark = pytest.mark.django_db


def regarder(agent: Acteur, *, le: datetime = f.MAINTENANT, **depot: Any) -> Operation:
    """An old file whose holder becomes somebody else, contacts and document too, by this agent; the last act."""
    demande = f.deposer(acteur=agent, le=le - timedelta(days=6 * 365), **depot).demande_id
    changer = contacts("k@exemple.fr", telephone_portable="06 99 88 77 66")
    modifier(demande, agent, contenu=changer, le=le - timedelta(days=10))
    modifier(demande, agent, traits={"nom_naissance": "Zimmer", "prenoms": "Karl"}, le=le)
    joindre(demande, acteur=agent, le=le + timedelta(minutes=1))
    connection.check_constraints()
    acte: Operation = Operation.objects.get(demande=demande, champs=["pj_identite"])
    return acte


def expliquer(acte: uuid.UUID, agent: Acteur, texte: str = "Acte de mariage vu") -> uuid.UUID:
    observation = observer_identite(acte, texte=texte, acte=Acte(agent, f.MAINTENANT + timedelta(hours=1)))
    connection.check_constraints()
    return observation


def test_seen_by_its_author_and_explained_once(agent: Acteur) -> None:
    acte = regarder(agent)
    (lue, *_) = list_changements_regardes(agent, le=f.AUJOURD_HUI).lignes
    assert (lue.id, lue.score, lue.explication) == (acte.id, acte.score, "")
    assert lue.score >= 0.30
    assert {t.code for t in lue.termes} >= {"identite", "anciennete"}
    nombre = compter_changements_regardes(agent, le=f.AUJOURD_HUI)
    observation = expliquer(acte.id, agent)
    (lue, *_) = list_changements_regardes(agent, le=f.AUJOURD_HUI).lignes
    assert lue.explication == "Acte de mariage vu"
    assert compter_changements_regardes(agent, le=f.AUJOURD_HUI) == nombre - 1
    (dite,) = list_explications(acte.demande_id)
    assert (dite.par, dite.texte, dite.acte_le) == (agent.nom, "Acte de mariage vu", acte.survenu_le)
    entree = Entree.objects.get(verbe="OBSERVER_IDENTITE")
    assert (entree.demande, entree.faits) == (None, {"observation": str(observation)})
    with pytest.raises(Interdit, match="déjà donné"):
        expliquer(acte.id, agent)


def test_the_first_sight_is_told_once_and_read_by_who_decides(agent: Acteur) -> None:
    acte = regarder(agent)
    assert {r.vu_le for r in list_regards(acte.demande_id, le=f.AUJOURD_HUI)} == {None}
    vu_le = f.MAINTENANT + timedelta(hours=1)
    lus = voir_changements_regardes(acte=Acte(agent, vu_le)).lignes
    assert {c.vu_le for c in lus} == {None}
    entree = Entree.objects.get(verbe="VOIR_CHANGEMENTS_REGARDES")
    assert (entree.demande, entree.territoire) == (None, "099")
    assert set(entree.faits["operations"]) == {str(c.id) for c in lus} >= {str(acte.id)}
    revus = voir_changements_regardes(acte=Acte(agent, vu_le + timedelta(days=1))).lignes
    assert {c.vu_le for c in revus} == {vu_le}
    assert Entree.objects.filter(verbe="VOIR_CHANGEMENTS_REGARDES").count() == 1
    (regard, *_) = list_regards(acte.demande_id, le=f.AUJOURD_HUI)
    assert (regard.acte_le, regard.vu_le) == (acte.survenu_le, vu_le)


def test_seen_under_another_account_of_the_same_person() -> None:
    compte, second = (creer_agent(le=f.MAINTENANT) for _ in range(2))
    lier_comptes(compte.id, second.id, acte=Acte(SYSTEME, f.MAINTENANT))
    acte = regarder(acteur_de(compte, le=f.MAINTENANT))
    vu_le = f.MAINTENANT + timedelta(hours=1)
    voir_changements_regardes(acte=Acte(acteur_de(second, le=f.MAINTENANT), vu_le))
    assert {r.vu_le for r in list_regards(acte.demande_id, le=f.AUJOURD_HUI)} == {vu_le}


def test_a_sight_that_the_journal_does_not_hold_is_not_given(
    agent: Acteur, monkeypatch: pytest.MonkeyPatch
) -> None:
    regarder(agent)

    def echouer(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("sne.registre.demande.actions.dire.journal.inscrire", echouer)
    with pytest.raises(RuntimeError):
        voir_changements_regardes(acte=Acte(agent, f.MAINTENANT))


@pytest.mark.parametrize(
    "autre",
    [
        f.creer_acteur,
        lambda: f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL),
        lambda: f.creer_acteur(Role.RESPONSABLE_GUICHET),
        lambda: f.creer_acteur(territoire="02A", guichet="G2A01"),
    ],
)
def test_nobody_else_sees_it_nor_explains_it(agent: Acteur, autre: Callable[[], Acteur]) -> None:
    acte, collegue = regarder(agent), autre()
    assert voir_changements_regardes(acte=Acte(collegue, f.MAINTENANT)).lignes == ()
    assert not Entree.objects.filter(verbe="VOIR_CHANGEMENTS_REGARDES").exists()
    assert compter_changements_regardes(collegue, le=f.AUJOURD_HUI) == 0
    with pytest.raises(Introuvable):
        expliquer(acte.id, collegue)


def test_what_nobody_looks_at_is_not_listed(agent: Acteur) -> None:
    demande = f.deposer(acteur=agent, le=f.ANCIEN).demande_id
    modifier(demande, agent, traits={"nom_naissance": "Dubreuill"})
    acte = Operation.objects.get(demande=demande)
    assert list_changements_regardes(agent, le=f.AUJOURD_HUI).lignes == ()
    with pytest.raises(Introuvable):
        expliquer(acte.id, agent)


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        (" ", "Dites en une phrase"),
        ("x" * 301, "300 signes au plus"),
        ("Le 2 87 03 99 123 456", "Retirez le numéro de sécurité sociale"),
    ],
)
def test_ill_said(agent: Acteur, texte: str, phrase: str) -> None:
    acte = regarder(agent)
    with pytest.raises(Interdit, match=phrase) as refus:
        expliquer(acte.id, agent, texte)
    assert refus.value.champ == "texte"


def test_a_failing_journal_leaves_nothing(agent: Acteur, monkeypatch: pytest.MonkeyPatch) -> None:
    acte = regarder(agent)

    def echouer(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("sne.registre.demande.actions.dire.journal.inscrire", echouer)
    with pytest.raises(RuntimeError):
        expliquer(acte.id, agent)
    assert not ObservationIdentite.objects.exists()


def test_the_database_keeps_it(agent: Acteur) -> None:
    acte = regarder(agent)
    expliquer(acte.id, agent)
    dites = ObservationIdentite.objects.all()
    for interdit in (lambda: dites.update(texte="Autre chose"), dites.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            interdit()
    autre = Operation.objects.exclude(id=acte.id).first()
    assert autre is not None
    champs = {
        "territoire": "099",
        "demande_id": acte.demande_id,
        "ecrite_par": {},
        "survenu_le": f.MAINTENANT,
    }
    for de_qui, erreur in (
        (agent.id, "aucune entrée de journal"),
        (f.inconnu(), "observation_de_sa_demande"),
    ):
        with pytest.raises(IntegrityError, match=erreur), transaction.atomic():
            ObservationIdentite.objects.create(operation=autre, texte="x", auteur=de_qui, **champs)
            connection.check_constraints()
