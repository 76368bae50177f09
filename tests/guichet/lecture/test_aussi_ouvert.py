"""A file that a colleague has open too: to whom it is said, where, until when, at what cost."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.referentiels.selectors import get_parametres
from sne.registre.lecture.parametres import ParametresLecture
from tests.guichet.parcours import requetes, texte
from tests.guichet.vie.renouvellements import adresse, commencer, deposee
from tests.habilitations.factories import Nom, connecter, creer_agent, creer_gestionnaire
from tests.registre import factories as f

AVIS = "Une autre personne de votre guichet a aussi ce dossier ouvert."


@pytest.fixture
def collegue(compte: Compte) -> Client:
    """Somebody else of guichet G0993."""
    return connecter(Client(), creer_agent(nom=Nom("Solène", "Kervella")))


def fiche(client: Client, nud: str) -> str:
    """The page of a file."""
    return texte(client.get(reverse("demande", args=[nud])))


def test_le_meme_guichet_le_sait(agent: Client, collegue: Client) -> None:
    nud = f.deposer().nud
    assert AVIS not in fiche(collegue, nud)
    assert AVIS in fiche(agent, nud)
    assert AVIS in fiche(collegue, nud)


def test_la_phrase_ne_nomme_personne(agent: Client, collegue: Client) -> None:
    nud = f.deposer().nud
    fiche(collegue, nud)
    page = texte(agent.get(reverse("demande-modifier", args=[nud, "souhaits"])))
    assert AVIS in page
    assert "Kervella" not in page


def test_sur_les_pages_de_changement_et_de_renouvellement(agent: Client, collegue: Client) -> None:
    nud = deposee()
    fiche(collegue, nud)
    for nom, args in (
        ("demande-modifier", [nud, "souhaits"]),
        ("demande-egalite", [nud]),
        ("renouvellement", [nud]),
    ):
        assert AVIS in texte(agent.get(reverse(nom, args=args))), nom
    assert AVIS in commencer(agent, nud)
    for code in ("souhaits", "verifier"):
        assert AVIS in texte(agent.get(adresse(nud, code))), code


def test_ses_propres_lectures_ne_comptent_pas(agent: Client) -> None:
    nud = f.deposer().nud
    fiche(agent, nud)
    assert AVIS not in fiche(agent, nud)


def test_un_autre_guichet_n_en_sait_rien(agent: Client) -> None:
    nud = f.deposer().nud
    fiche(connecter(Client(), creer_agent("099", "G0991")), nud)
    assert AVIS not in fiche(agent, nud)


def test_un_autre_dossier_n_en_dit_rien(agent: Client, collegue: Client) -> None:
    fiche(collegue, f.deposer().nud)
    assert AVIS not in fiche(agent, f.deposer(doublons_ecartes="autre").nud)


def test_qui_n_a_pas_de_guichet_n_y_a_pas_de_collegue(compte: Compte) -> None:
    nud = f.deposer().nud
    un, autre = (connecter(Client(), creer_gestionnaire()) for _ in range(2))
    fiche(un, nud)
    assert AVIS not in fiche(autre, nud)


@pytest.mark.parametrize(("apres", "ouvert"), [(-1, True), (0, False)])
def test_passe_le_delai_il_n_est_plus_ouvert(
    agent: Client, collegue: Client, apres: int, ouvert: bool
) -> None:
    nud = f.deposer().nud
    fiche(collegue, nud)
    delai = timedelta(
        minutes=get_parametres(f.AUJOURD_HUI)[ParametresLecture].dossier_ouvert_minutes, seconds=apres
    )
    with time_machine.travel(f.MAINTENANT + delai, tick=False):
        assert (AVIS in fiche(agent, nud)) is ouvert


def test_une_requete_quel_que_soit_le_nombre_de_lectures(agent: Client, collegue: Client) -> None:
    seul, partage = f.deposer().nud, f.deposer(doublons_ecartes="autre").nud
    for client in (agent, agent, agent, agent):
        fiche(client, seul)
    for client in (collegue, collegue, agent):
        fiche(client, partage)
    assert requetes(lambda: fiche(agent, seul)) == requetes(lambda: fiche(agent, partage))


def test_la_requete_suit_l_index_du_dossier(agent: Client) -> None:
    """By demande, and by the last minutes of the database's clock: past months are not opened."""
    nud = f.deposer().nud
    with CaptureQueriesContext(connection) as captees:
        fiche(agent, nud)
    (requete,) = (r["sql"] for r in captees if "journal_entree" in r["sql"] and "LIMIT 1" in r["sql"])
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL enable_seqscan = off")
        curseur.execute("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) " + requete)
        plan = "\n".join(ligne[0] for ligne in curseur.fetchall())
    assert "Index Cond: ((demande = " in plan
    assert "(inscrit_le > " in plan
    assert "Seq Scan" not in plan
