"""A demande that its household is about to end, seen from a counter: said on the file, kept at the word of an adult."""

import pytest
from django.test import Client
from django.urls import reverse

from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.rattachement.policies import demandeur
from sne.registre.vie.actions.arreter import demander_arret, garder_demande
from sne.registre.vie.models.arret import Arret
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from sne.socle.identifiants import uuid7
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_dpo
from tests.registre import factories as f


@pytest.fixture
def demande(db: None) -> Demande:
    demande = Demande.objects.get(id=f.deposer().demande_id)
    menage = demandeur(uuid7(), territoire="099", demande=demande.id)
    demander_arret(demande.id, acte=Acte(menage, f.MAINTENANT))
    return demande


def test_said_on_the_file_and_kept_by_one_button(agent: Client, demande: Demande) -> None:
    dossier = reverse("demande", args=[demande.nud])
    assert "demandé en ligne d’arrêter cette demande le 1er décembre 2026" in texte(agent.get(dossier))
    garder = reverse("demande-garder", args=[demande.nud])
    assert agent.get(garder).status_code == 405
    assert texte(agent.post(garder, follow=True)).count("La demande est gardée.") == 1
    assert agent.post(garder).status_code == 302  # pressed twice
    assert Arret.objects.get().clos_le is not None
    assert Entree.objects.filter(demande=demande.id, verbe="ANNULER_ARRET").count() == 1
    assert "d’arrêter cette demande" not in texte(agent.get(dossier))


def test_who_only_reads_sees_it_and_keeps_nothing(demande: Demande) -> None:
    dpo = connecter(Client(), creer_dpo(le=f.MAINTENANT))
    page = texte(dpo.get(reverse("demande", args=[demande.nud])))
    assert "d’arrêter cette demande" in page
    assert "Garder la demande" not in page
    assert dpo.post(reverse("demande-garder", args=[demande.nud])).status_code == 403


def test_a_counter_ends_a_demande_on_a_letter_only(demande: Demande) -> None:
    garder_demande(demande.id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    with pytest.raises(NonHabilite, match="sur un courrier du ménage"):
        demander_arret(demande.id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
