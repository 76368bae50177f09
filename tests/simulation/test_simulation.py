"""A territory lives through the real doors: nothing is found wrong, and what is broken on purpose is."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from config.settings.base import storage_sur_disque
from sne.referentiels.selectors import get_parametres
from sne.registre.vie import policies, tasks
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.rules.radiation import Auteur
from sne.registre.vie.selectors import renouvellement
from sne.simulation import identites
from sne.simulation import monde as module
from sne.simulation.calendrier import Passe, passes
from sne.simulation.controle import comparer, controler_journal
from sne.simulation.foyers import TERRITOIRE, Foyer, identifiant, tirer
from sne.simulation.gestes import GESTES
from sne.simulation.monde import Monde, Reglages
from sne.simulation.noms import Noms
from sne.simulation.rapport import rapporter
from sne.simulation.temoin import TRANSITIONS
from sne.socle import horloge
from tests.cli.commandes import sne
from tests.journal.test_journal import tout_sceller

COURTE = Reglages(annees=2, taille=17, graine=5)
Vivre = Callable[[Reglages], Monde]


def clairsemees(
    annees: int, hasard: Random, *, coupees: bool = False
) -> Iterator[tuple[date, tuple[Passe, ...]]]:
    """One night in five, if asked those that are cut too: the clock stands still between, and the test is short."""
    for jour, prevues in passes(annees, hasard):
        connection.check_constraints()  # as at the end of each act of a service
        coupee = coupees and any(passe.coupee_apres is not None for passe in prevues)
        yield jour, prevues if coupee or jour.toordinal() % 5 == 0 else ()


@pytest.fixture
def vivre(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Vivre:
    monkeypatch.setattr(module, "passes", clairsemees)
    settings.DOSSIER_DOCUMENTS = tmp_path
    settings.STORAGES = {**settings.STORAGES, "documents_disque": storage_sur_disque(tmp_path)}

    def derouler(reglages: Reglages) -> Monde:
        monde = Monde(reglages, GESTES)
        monde.derouler()
        return monde

    return derouler


@pytest.mark.django_db(transaction=True)
def test_nothing_is_found_wrong_then_every_row_tampered_with_is(
    vivre: Vivre, url_owner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "passes", partial(clairsemees, coupees=True))
    monde = vivre(Reglages(annees=3, taille=50, graine=4))
    tout_sceller()  # another database of the server may have delayed its seals
    resultat = rapporter(monde)
    assert resultat["exemples"] == []
    assert (resultat["violations"], resultat["non_comptees"]) == (0, 0)
    assert sum(resultat["etats"].values()) == resultat["demandes"] >= 50
    assert resultat["transitions"].keys() >= TRANSITIONS | {
        "PREVENIR",
        "GELER",
        "CONSIGNER_ATTRIBUTION",
        "PROPOSER_IDENTITE",
        "REFUSER_IDENTITE",
        "EXPIRER_IDENTITE",
    }
    assert {"DEPOSER", "MODIFIER", "RENOUVELER", "RADIER"} <= resultat["refus"].keys()
    assert {"CHANGER_NOM", "VALIDER_IDENTITE", "RESTAURER", "EXAMINER"} <= resultat["refus"].keys()
    assert resultat["passages"]["coupés"] > 0
    assert _compter("rappel_identite") > 0
    _alterer(
        url_owner,
        "place_ouverte",
        "DELETE FROM place_ouverte WHERE nir_empreinte = (SELECT min(nir_empreinte) FROM place_ouverte)",
    )
    assert "places tenues" in _regles(monde)
    _alterer(url_owner, "identite", "UPDATE identite SET nom_naissance = 'X' WHERE voie = 'DEPOT'")
    assert "nom en vigueur" in _regles(monde)
    for table in ("statistique_a_verser", "statistique_effacee"):
        _alterer(url_owner, table, f"DELETE FROM {table}")
    assert "statistiques gardées" in _regles(monde)
    _alterer(
        url_owner,
        "demande",
        "UPDATE demande SET date_expiration = date_expiration + 1 WHERE statut = 'RADIEE'",
    )
    assert "fin de validité" in _regles(monde)
    _alterer(
        url_owner, "demande", "UPDATE demande SET anciennete_heritee = '2001-01-01' WHERE statut = 'ACTIVE'"
    )
    assert "ancienneté reprise" in _regles(monde)
    _alterer(
        url_owner,
        f"journal_entree_{horloge.maintenant():%Y_%m}",
        "DELETE FROM journal_entree WHERE verbe = 'RADIER'",
    )
    assert {"journal : RADIER", "mouvement", "chaîne du journal"} <= _regles(monde)


@pytest.mark.longue
@pytest.mark.django_db
def test_the_same_seed_tells_the_same_story(vivre: Vivre) -> None:
    reglages = replace(COURTE, annees=1, taille=9)
    premiere, seconde, autre = (
        _effacer_ensuite(lambda r=r: json.dumps(rapporter(vivre(r))))
        for r in (reglages, reglages, replace(reglages, graine=6))
    )
    assert premiere == seconde != autre


@pytest.mark.longue
@pytest.mark.django_db
def test_enquiries_that_registrations_open_are_followed_to_their_end(
    vivre: Vivre, monkeypatch: pytest.MonkeyPatch
) -> None:
    couple = next(foyer for n in count(1) if len((foyer := tirer(n, Random(n))).adultes) == 2)

    def semblables(rang: int, _: Random) -> Foyer:
        """Couples and people alone who all look like each other: who left one is looked for at the next."""
        adultes = couple.adultes[1:] if rang % 3 == 0 else couple.adultes
        return replace(couple, rang=rang, adultes=adultes, donne_ses_nirs=False)

    monkeypatch.setattr(module, "tirer", semblables)
    resultat = rapporter(vivre(replace(COURTE, annees=3, taille=30, graine=5)))
    assert resultat["regles"] == {}
    assert _compter("dossier_enquete WHERE origine = 'ANCIENNE_IDENTITE' AND clos_le IS NOT NULL") > 0
    assert resultat["etats"]["PURGEE"] > 0


@pytest.mark.django_db
def test_a_number_that_nobody_gave_or_that_is_nowhere_is_unaccounted_for(vivre: Vivre) -> None:
    monde = vivre(replace(COURTE, annees=1, taille=5))
    perdue = monde.temoin.fiches.pop(next(iter(monde.temoin.fiches)))
    assert rapporter(monde)["numeros_non_comptes"] == [perdue.nud]
    monde.temoin.inscrire(replace(perdue, cle=identifiant(999, 1), nud="0990114999999G0993"))
    assert rapporter(monde)["non_comptees"] == 2


@pytest.mark.longue
@pytest.mark.django_db
def test_a_delay_of_the_law_that_is_changed_is_found(vivre: Vivre, monkeypatch: pytest.MonkeyPatch) -> None:
    def un_mois_de_plus(le: date) -> Any:
        return get_parametres(le).avec(radiation_mois=14)

    monkeypatch.setattr(renouvellement, "get_parametres", un_mois_de_plus)
    assert "date de radiation" in _regles(vivre(COURTE))


@pytest.mark.longue
@pytest.mark.django_db
def test_a_step_of_the_clock_that_is_skipped_is_found(vivre: Vivre, monkeypatch: pytest.MonkeyPatch) -> None:
    passer = tasks.passer

    def sauter(etape: EtapeHorloge, *args: Any, **options: Any) -> int:
        return 0 if etape is EtapeHorloge.RADIATION else passer(etape, *args, **options)

    monkeypatch.setattr(tasks, "passer", sauter)
    assert {"état", "radiations"} <= _regles(vivre(COURTE))


@pytest.mark.django_db
def test_a_clock_that_the_database_stops_is_told(vivre: Vivre, monkeypatch: pytest.MonkeyPatch) -> None:
    def casser(*_: Any, **__: Any) -> None:
        raise IntegrityError("rien ne va plus\nsuite")

    monkeypatch.setattr(module, "passer_l_horloge", casser)
    monde = vivre(replace(COURTE, annees=1, taille=2))
    assert {(v.regle, v.trouve) for v in monde.violations} >= {("passage de l’horloge", "rien ne va plus")}


@pytest.mark.django_db
def test_a_change_that_does_not_wait_where_it_should_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identites, "get_changement_en_attente", lambda _: None)
    monde = Monde(COURTE, GESTES)
    fiche = SimpleNamespace(cle=None, nud="0990114000001G0993", etat="ACTIVE", noms=Noms(demande="Lemaire"))
    options = {"piece": None, "auteur": None, "demande": "Lemaire"}
    identites.decider_nom(monde, SimpleNamespace(dossier=fiche, options=options), SimpleNamespace())  # type: ignore[arg-type]
    assert [(v.nud, v.trouve) for v in monde.violations] == [(fiche.nud, "aucun")]


@pytest.mark.longue
@pytest.mark.django_db
def test_an_act_open_to_everybody_is_found(vivre: Vivre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "auteurs_de_radiation", lambda *_, **__: frozenset(Auteur))
    assert "RADIER" in _regles(vivre(COURTE))


@pytest.mark.longue
@pytest.mark.usefixtures("sans_mesure")
def test_the_command_lives_in_a_database_of_its_own_and_leaves_nothing() -> None:
    resultat = sne("simuler", "--annees", "1", "--taille", "3", "--graine", "3", "--json")
    assert resultat.code == 0, resultat.erreur
    assert list(resultat.json) == [
        "graine", "annees", "taille", "demandes", "etats", "transitions", "refus", "passages",
        "violations", "regles", "exemples", "non_comptees", "numeros_non_comptes", "secondes",
    ]  # fmt: skip
    assert (resultat.json["graine"], resultat.json["violations"], resultat.json["non_comptees"]) == (3, 0, 0)


def test_wrong_options_are_told_in_french() -> None:
    for option, valeur in (("--annees", "0"), ("--taille", "beaucoup"), ("--graine", "-1")):
        resultat = sne("simuler", option, valeur)
        assert resultat.code == 2
        assert "donnez un nombre entier entre" in resultat.erreur


def _effacer_ensuite(faire: Callable[[], str]) -> str:
    """What was lived is undone: the next life finds the database as this one did."""
    bloc = transaction.atomic()
    bloc._from_testcase = True  # type: ignore[attr-defined] - acts that end a transaction of their own run inside
    with bloc:
        fait = faire()
        transaction.set_rollback(True)
    return fait


def _regles(monde: Monde) -> set[str]:
    """Which rules are said to be broken, by the comparison of the present state and by the acts."""
    bilan, (_, journal) = comparer(monde.temoin, TERRITOIRE), controler_journal(monde.temoin, TERRITOIRE)
    return {v.regle for v in (*monde.violations, *bilan.violations, *journal)}


def _alterer(url: str, table: str, ordre: str) -> None:
    """What only the owner of the tables could do, guards off."""
    with psycopg.connect(url, autocommit=True) as connexion:
        connexion.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        connexion.execute(ordre)
        connexion.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _compter(quoi: str) -> int:
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT count(*) FROM {quoi}")
        return int(curseur.fetchone()[0])
