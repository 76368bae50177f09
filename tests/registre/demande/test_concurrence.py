"""Many counters at once: one open demande per household, in whatever role, without deadlock."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections

from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.foyer import PersonneACharge
from sne.registre.demande.models.demande import Demande, PlaceOuverte
from sne.registre.demande.rules.refus import DejaOuverte, DoublonAJustifier
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from tests.registre import factories as f

pytestmark = pytest.mark.django_db(transaction=True)
LEA, PAUL = date(1990, 5, 3), date(1989, 7, 9)


def foyer(numero: int, *, inverse: bool) -> tuple[dict[str, object], dict[str, object]]:
    lettres = "ABCDEFGHIJKLMNOP"
    nom = f"Foyer{lettres[numero % 16]}{lettres[numero // 16]}"
    lea = f.personne(nom, "Léa", identite={"date_naissance": LEA.isoformat()})
    paul = f.personne(nom, "Paul", identite={"civilite": "1", "date_naissance": PAUL.isoformat()})
    return (paul, lea) if inverse else (lea, paul)


def tenter(essai: tuple[int, bool, bool]) -> str:
    """Register one household; ``avec_nir`` says whether the numbers are given. Returns the number, or why not."""
    numero, inverse, avec_nir = essai
    demandeur, cotitulaire = foyer(numero, inverse=inverse)
    nirs = {}
    if avec_nir:
        paire = f.nir_de(LEA, rang=7000 + numero), f.nir_de(PAUL, sexe=1, rang=8000 + numero)
        un, autre = reversed(paire) if inverse else paire
        nirs = {"demandeur": un, "cotitulaire:1": autre}
    contenu = f.contenu(demandeur=demandeur, cotitulaires=[{**cotitulaire, "lien_demandeur": "M"}])
    try:
        return f.deposer(contenu, nirs=nirs, doublons_ecartes="Foyer distinct." if avec_nir else "").nud
    except (DejaOuverte, DoublonAJustifier) as refus:
        return refus.code
    finally:
        connections["default"].close()


def test_same_households_in_swapped_roles_with_nir() -> None:
    essais = [(numero, tour % 2 == 1, True) for tour in range(6) for numero in range(6)]
    with ThreadPoolExecutor(16) as pool:
        resultats = list(pool.map(tenter, essais))
    numeros = [r for r in resultats if len(r) == 18]
    assert len(set(numeros)) == len(numeros) == Demande.objects.count() == 6
    assert resultats.count("DEJA_OUVERTE") == 30
    assert PlaceOuverte.objects.count() == 12
    assert Entree.objects.filter(verbe="DEPOSER").count() == 6


def test_same_household_without_nir_is_seen_by_the_second() -> None:
    with ThreadPoolExecutor(8) as pool:
        resultats = list(pool.map(tenter, [(1, tour % 2 == 1, False) for tour in range(8)]))
    assert len([r for r in resultats if len(r) == 18]) == 1
    assert resultats.count("DOUBLON") == 7


def test_numbers_of_strangers_are_all_different() -> None:
    with ThreadPoolExecutor(8) as pool:
        numeros = list(pool.map(tenter, [(n, False, True) for n in range(40)]))
    assert len(set(numeros)) == 40


def test_changes_of_one_file_made_apart_are_all_there() -> None:
    """Six agents open the same revision and each adds a child: six versions, six children, none written over."""
    agent = f.creer_acteur()
    fiche = consulter_demande(f.deposer(acteur=agent).nud, acte=Acte(agent, f.MAINTENANT))
    prenoms = ("Lina", "Adam", "Zoé", "Noé", "Inès", "Paul")

    def ajouter(prenom: str) -> int:
        enfant = PersonneACharge(identifiant="p1", nom="Dubreuil", prenoms=prenom, date_naissance=LEA)
        foyer = fiche.contenu.foyer.model_copy(update={"personnes_a_charge": (enfant,)})
        voulu = fiche.contenu.model_copy(update={"foyer": foyer})
        try:
            return modifier_demande(
                fiche.demande.id, contenu=voulu, revision=1, acte=Acte(agent, f.MAINTENANT)
            ).revision
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(ajouter, prenoms)) == [2, 3, 4, 5, 6, 7]
    relue = consulter_demande(fiche.demande.nud, acte=Acte(agent, f.MAINTENANT))
    charges = relue.contenu.foyer.personnes_a_charge
    assert {p.prenoms for p in charges} == set(prenoms)
    assert len({p.identifiant for p in charges}) == 6
