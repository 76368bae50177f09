"""Small things that a reader meets: numbers to the right, a page that is not there said to who is not signed in."""

import re

from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from tests.guichet.parcours import ouvrir as ouvrir_saisie
from tests.guichet.parcours import texte
from tests.guichet.test_listes import remplir
from tests.habilitations.factories import connecter, creer_gestionnaire
from tests.registre import factories as f


def test_numbers_are_to_the_right(agent: Client, compte: Compte) -> None:
    remplir(1, compte)
    assert 'data-libelle="En attente" class="reg-nombre">1<' in texte(agent.get(reverse("accueil")))
    assert 'data-libelle="Nombre" class="reg-nombre">1\u00a0dossier<' in texte(agent.get(reverse("listes")))


def test_who_is_not_signed_in_is_told_of_no_perimeter(agent: Client) -> None:
    """A household that follows an old link knows neither counters nor perimeters."""
    absente = "/verification/inconnue/rien/"
    public = Client().get(absente)
    assert public.status_code == 404
    dit = texte(public).partition("<main")[2].partition("</main>")[0]
    assert "Un lien ancien peut ne plus servir." in dit
    assert reverse("porte") in dit
    assert "périmètre" not in dit
    assert "guichet" not in dit
    assert "n’est pas dans votre périmètre" in texte(agent.get(absente))


def test_what_a_commission_needs_is_not_said_to_be_optional(agent: Client) -> None:
    """On the check, the reading is asked for before what is not; on the form, « facultatif » is what nobody needs."""
    brouillon = ouvrir_saisie(agent)
    logement = texte(agent.get(f"/brouillons/{brouillon}/logement/"))
    assert re.search(r"Possède un autre logement</legend>", logement)
    assert re.search(r"Appartement ou maison <span class=\"reg-facultatif\">", logement)
    verifier = texte(agent.get(f"/brouillons/{brouillon}/verifier/"))
    assert verifier.index("<legend>Relecture</legend>") < verifier.index('id="t-egalite"')


def test_who_has_nobody_before_them_is_not_asked_to_compare(agent: Client) -> None:
    """The card of a search asks a counter about the person in front of it, and nobody else."""
    f.deposer()
    devant, cherchee = "Est-ce la personne devant vous\u00a0?", "Est-ce la personne que vous cherchez\u00a0?"
    gestion = connecter(Client(), creer_gestionnaire())
    for client, dit, tu in ((agent, devant, cherchee), (gestion, cherchee, devant)):
        page = texte(client.post(reverse("rechercher"), {"q": "dubreuil 14/03/1987"}, follow=True))
        assert dit in page.replace(" ?", "\u00a0?")
        assert tu not in page.replace(" ?", "\u00a0?")
