"""After an act that registers or renews, or gives a number, the source is asked, by a job: once, and of nobody who may
not be asked about.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine

from sne.habilitations.rules import Role
from sne.journal.handlers import abonnes
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.ressources import tasks
from sne.registre.ressources.actions.interroger import preparer_suite
from sne.registre.ressources.models import AppelRessources
from sne.registre.ressources.rules.montrer import Appel, est_a_demander
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from tests.registre import factories as f
from tests.registre.ressources.ressources import MOIS, PANNE, Source, deposee, repondre
from tests.registre.ressources.test_ressources import change_qui_attend, demande_radiee, identite_remplacee

pytestmark = pytest.mark.django_db
HEURE = timedelta(hours=1)


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Source:
    source = Source()
    monkeypatch.setattr(tasks, "demander_ressources", source)
    monkeypatch.setattr(tasks, "est_allume", lambda *_, **__: True)
    return source


def apres(demande: Demande, verbe: VerbeDemande, *, le: datetime = f.MAINTENANT) -> None:
    with time_machine.travel(le, tick=False):
        tasks.demander_apres_un_acte(
            entree_id="", demande_id=str(demande.id), revision=1, verbe=verbe.value, territoire="099"
        )


def test_registered_then_told_and_asked_once(source: Source) -> None:
    demande = deposee()
    assert source.vues == [], "no act waits for the source"
    for _ in range(2):  # a job may be run again
        apres(demande, VerbeDemande.DEPOSER)
    assert len(source.vues) == 1
    (entree,) = Entree.objects.filter(verbe="DEMANDER_RESSOURCES")
    assert (entree.demande, entree.faits["declenchement"]) == (demande.id, "SUITE")


def test_each_act_that_gives_an_identity_is_listened_to() -> None:
    (abonne,) = [a for a in abonnes() if a.tache == tasks.DEMANDER_RESSOURCES]
    assert abonne.verbes == {"DEPOSER", "RENOUVELER", "REACTIVER", "MODIFIER", "VALIDER_IDENTITE"}


def test_an_identity_that_replaces_another_is_not_asked_about_before_a_renewal(source: Source) -> None:
    demande = deposee(le=f.ANCIEN)
    repondre(demande.id, le=f.MAINTENANT - 48 * HEURE)
    apres(demande, VerbeDemande.MODIFIER)
    identite_remplacee(demande)
    apres(demande, VerbeDemande.MODIFIER)
    assert source.vues == []
    apres(demande, VerbeDemande.RENOUVELER)
    assert [d.nom_naissance for d in source.vues] == ["Zimmer"]


def test_away_it_is_said_and_the_next_act_asks_again(source: Source) -> None:
    demande = deposee()
    source.mois = PANNE
    apres(demande, VerbeDemande.DEPOSER)
    assert not AppelRessources.objects.get().repondu
    apres(demande, VerbeDemande.MODIFIER)
    assert len(source.vues) == 2


@pytest.mark.parametrize(
    ("rien", "nir"),
    [
        (change_qui_attend, ""),
        (demande_radiee, ""),
        (lambda _: None, f.nir_de(f.AUJOURD_HUI.replace(year=1987, month=3, day=14), 8)),
    ],
    ids=["an identity waits", "ended", "a provisional number"],
)
def test_nobody_is_asked_about_who_may_not_be(
    source: Source, rien: Callable[[Demande], None], nir: str
) -> None:
    demande = deposee(nir, le=f.ANCIEN)
    rien(demande)
    apres(demande, VerbeDemande.RENOUVELER)
    assert (source.vues, AppelRessources.objects.count()) == ([], 0)


def test_off_nothing_is_asked_nor_written(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "est_allume", lambda *_, **__: False)
    apres(deposee(), VerbeDemande.DEPOSER)
    assert (source.vues, AppelRessources.objects.count()) == ([], 0)


def test_nobody_else_than_the_service_or_a_counter() -> None:
    demande = deposee()
    with pytest.raises(NonHabilite):
        preparer_suite(
            demande.id,
            renouvelee=False,
            acte=Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), f.MAINTENANT),
        )


@pytest.mark.parametrize(
    ("appels", "avant", "attendu"),
    [
        ((), None, True),
        ((Appel(f.MAINTENANT, b"a", MOIS),), None, False),
        ((Appel(f.MAINTENANT, b"b", MOIS),), None, False),
        ((Appel(f.MAINTENANT, b"b", MOIS),), f.MAINTENANT - HEURE, True),
        ((Appel(f.MAINTENANT, b"a", PANNE),), None, True),
        ((Appel(f.MAINTENANT, b"a", PANNE), Appel(f.MAINTENANT - HEURE, b"b", MOIS)), None, False),
        ((Appel(f.MAINTENANT, b"a", MOIS),), f.MAINTENANT + HEURE, True),
        ((Appel(f.MAINTENANT, b"a", MOIS),), f.MAINTENANT, False),
    ],
)
def test_what_was_answered_is_asked_again_by_a_renewal_alone(
    appels: tuple[Appel, ...], avant: datetime | None, attendu: bool
) -> None:
    assert est_a_demander(appels, b"a", avant=avant) is attendu
