"""What a save judged is kept with the draft: a page builds its own form, a sending none of the others."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from sne.demandeurs.selectors import get_session
from sne.portail.nouvelle.en_cours import DemandeEnLigne
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.selectors.depot_en_ligne import ouvrir_envoi
from sne.registre.depot_en_ligne.selectors.commencees import list_commencees
from sne.registre.modification.models import Brouillon
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.forms import Formulaire
from tests.portail.conftest import NADIA
from tests.portail.formulaire import champs_de
from tests.portail.test_connexion import se_connecter
from tests.portail.test_nouvelle import ESSENTIEL, ICI, commencer, derouler, repondre, texte
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def repondue(porte: Client, fc: Fournisseur) -> Client:
    """Every page that is needed was answered, up to what is read again."""
    se_connecter(porte, fc, NADIA)
    commencer(porte)
    derouler(porte, ESSENTIEL)
    return porte


@contextmanager
def formulaires() -> Iterator[list[type]]:
    """Those that are built."""
    construits: list[type] = []
    debut = Formulaire.__init__

    def noter(self: Formulaire, *args: Any, **kwargs: Any) -> None:
        construits.append(type(self))
        debut(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as m:
        m.setattr(Formulaire, "__init__", noter)
        yield construits


def lue(porte: Client, *, le: date = f.AUJOURD_HUI, inconnue: bool = False) -> DemandeEnLigne:
    """The draft as its pages read it, that day; ``inconnue``: in a session where the State vouches for nobody."""
    session = get_session(porte.cookies[settings.COOKIE_DE_SESSION].value, le=f.MAINTENANT)
    assert session is not None
    (commencee,) = list_commencees(session.compte)
    identite = None if inconnue else session.ouvrir().identite
    return DemandeEnLigne(commencee.brouillon, le=le, identite=identite, acteur=commencee.acteur)


def test_a_page_that_is_read_builds_no_other(repondue: Client) -> None:
    with formulaires() as construits:
        page = texte(repondue.get(f"{ICI}famille/"))
    assert len(construits) == 1
    assert "il en reste" in page


def test_a_sending_judges_and_saves_nothing_again(repondue: Client) -> None:
    envoi = champs_de(texte(repondue.get(f"{ICI}relire/"))) | {"declare": "oui", "envoyer": "oui"}
    ecrits: list[str] = []

    def noter(execute: Any, sql: str, *suite: Any) -> Any:
        ecrits.append(sql)
        return execute(sql, *suite)

    with formulaires() as construits, connection.execute_wrapper(noter):
        assert repondue.post(f"{ICI}relire/", envoi).headers["Location"] == f"{ICI}envoyee/"
    assert construits == []
    assert [sql for sql in ecrits if '"' in sql] == []  # none is Django's to compose
    assert len(ecrits) == 5  # the last one is the whole of what is written: no transaction is begun around
    assert not Brouillon.objects.exists()


def test_the_words_of_the_last_page_are_judged_and_kept(repondue: Client) -> None:
    longue = repondre(repondue, "relire", declare="oui", envoyer="oui", precisions="Au \x07calme")
    assert "Votre demande est envoyée" not in texte(longue)
    assert Brouillon.objects.exists()
    assert repondre(repondue, "relire", precisions="Au calme").headers["Location"] == f"{ICI}relire/"
    assert repondre(repondue, "relire", declare="oui", envoyer="oui").headers["Location"] == f"{ICI}envoyee/"
    assert ouvrir_envoi(DepotEnLigne.objects.get()).contenu.precisions == "Au calme"


def test_what_is_wrong_is_kept_as_wrong(repondue: Client) -> None:
    """Another answer changes what is asked: the page that holds no more is told, and the sending waits."""
    repondre(repondue, "villes", commune_1="Nullepart")
    with formulaires() as construits:
        relue = texte(repondue.get(f"{ICI}relire/"))
    assert len(construits) <= 2
    assert "Il manque pour envoyer" in relue
    assert texte(repondre(repondue, "relire", declare="oui", envoyer="oui")).count("Corrigez cette page") == 1


def test_another_day_or_somebody_else_is_judged_again(repondue: Client) -> None:
    """Lists change with the day; the civil status that is locked, with who signs in."""
    assert lue(repondue).acquis is not None
    for autre in (lue(repondue, le=f.AUJOURD_HUI + timedelta(days=1)), lue(repondue, inconnue=True)):
        with formulaires() as construits:
            assert autre.acquis is None
            assert (autre.repondues, autre.contenu) == (lue(repondue).repondues, lue(repondue).contenu)
        assert len(construits) > 10
