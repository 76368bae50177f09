"""Decisions of the territorial manager: the counter's question, the list, the comparison, the answer."""

import pytest
from django.test import Client
from django.urls import resolve, reverse

from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.registre.doublons.models import CasDoublon
from tests.guichet.parcours import RECHERCHE, commencer, guichet_de, requetes, texte
from tests.habilitations.factories import (
    connecter,
    creer_agent,
    creer_gestionnaire,
    creer_responsable,
    habiliter,
)
from tests.registre import factories as f

ELODIE = {"nom_naissance": "Dubreuil", "prenoms": "Élodie", "date_naissance": "14/03/1987"}


def demander(agent: Client) -> str:
    """The third exit of the close files; returns the draft's id."""
    page = commencer(agent, **RECHERCHE | ELODIE)
    assert "Je ne sais pas" in texte(page)
    brouillon = str(resolve(page.request["PATH_INFO"]).kwargs["brouillon_id"])
    reponse = agent.post(reverse("brouillon-doublons", args=[brouillon]), {"sortie": "incertain"})
    assert reponse.status_code == 302
    return brouillon


def test_la_question_du_guichet_arrive_et_recoit_sa_reponse(agent: Client, gestionnaire: Client) -> None:
    nud = f.deposer().nud
    demander(agent)
    assert "Vos questions au gestionnaire territorial" in texte(agent.get(reverse("accueil")))
    liste = texte(gestionnaire.get(reverse("decisions")))
    assert "Décisions (1)" in liste
    assert "Le guichet ne sait pas si c’est la même personne. Même date de naissance, même nom" in liste
    cas = CasDoublon.objects.get()
    adresse = reverse("cas-doublon", args=[cas.id])
    page = texte(gestionnaire.get(adresse))
    assert "Dubreuil Élodie\u00a0: même personne\u00a0?" in page
    assert "Titulaire de la demande existante" in page
    assert reverse("demande", args=[nud]) in page
    reponse = gestionnaire.post(
        adresse, {"issue": "AUTRE_PERSONNE", "motif": "HOMONYME", "precision": ""}, follow=True
    )
    assert "Décision enregistrée" in texte(reponse)
    assert "Aucune décision n’attend." in texte(reponse)
    assert "Décidé le 24/11/2026 par" in texte(gestionnaire.get(adresse))
    accueil = texte(agent.get(reverse("accueil")))
    assert "Ce sont deux personnes\u00a0: la nouvelle demande est la bonne." in accueil


def test_sa_propre_question(agent: Client, compte: Compte, gestionnaire: Client) -> None:
    """Somebody who registers and decides: the panel says that it is for another person."""
    f.deposer()
    demander(agent)
    habiliter(compte, Role.GESTIONNAIRE_TERRITORIAL, territoire="099")
    adresse = reverse("cas-doublon", args=[CasDoublon.objects.get().id])
    page = texte(agent.get(adresse))
    assert "Vous avez posé cette question. Une autre personne doit décider." in page
    assert "Enregistrer la décision" not in page
    saisie = {"issue": "AUTRE_PERSONNE", "motif": "HOMONYME", "precision": ""}
    assert agent.post(adresse, saisie).status_code == 409


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ({}, "Choisissez comment le cas se termine."),
        ({"issue": "AUTRE_PERSONNE"}, "Choisissez le motif."),
        ({"issue": "A_RETABLIR", "motif": "HOMONYME"}, "Ce choix n’existe pas dans la liste."),
        (
            {"issue": "AUTRE_PERSONNE", "motif": "DEJA_ENREGISTREE"},
            "Choisissez le motif dans la liste de cette décision.",
        ),
        ({"issue": "AUTRE_PERSONNE", "motif": "AUTRE"}, "Dites en une phrase ce que vous avez constaté."),
    ],
)
def test_decision_mal_dite(agent: Client, gestionnaire: Client, saisie: dict[str, str], phrase: str) -> None:
    f.deposer()
    demander(agent)
    cas = CasDoublon.objects.get()
    page = texte(gestionnaire.post(reverse("cas-doublon", args=[cas.id]), saisie | {"precision": ""}))
    assert phrase in page
    assert "<title>Erreur\u00a0:" in page
    cas.refresh_from_db()
    assert cas.clos_le is None


def test_ce_qui_est_tape_reste(agent: Client, gestionnaire: Client) -> None:
    f.deposer()
    demander(agent)
    adresse = reverse("cas-doublon", args=[CasDoublon.objects.get().id])
    page = texte(
        gestionnaire.post(adresse, {"issue": "AUTRE_PERSONNE", "precision": "Deux actes différents"})
    )
    assert "Deux actes différents</textarea>" in page
    assert 'value="AUTRE_PERSONNE" id="id_issue_1" checked' in page


def test_decider_deux_fois(agent: Client, gestionnaire: Client) -> None:
    f.deposer()
    demander(agent)
    adresse = reverse("cas-doublon", args=[CasDoublon.objects.get().id])
    saisie = {"issue": "AUTRE_PERSONNE", "motif": "HOMONYME", "precision": ""}
    assert gestionnaire.post(adresse, saisie).status_code == 302
    reponse = gestionnaire.post(adresse, saisie)
    assert reponse.status_code == 409
    assert "Il n’y a plus rien à décider." in texte(reponse)


def test_reserve_au_gestionnaire_de_ce_territoire(agent: Client) -> None:
    f.deposer()
    demander(agent)
    adresse = reverse("cas-doublon", args=[CasDoublon.objects.get().id])
    assert agent.get(adresse).status_code == agent.get(reverse("decisions")).status_code == 403
    assert "Décisions" not in texte(agent.get(reverse("accueil")))
    responsable = connecter(Client(), creer_responsable(le=f.MAINTENANT))
    assert responsable.get(adresse).status_code == 403
    corse = connecter(Client(), creer_gestionnaire("02A", le=f.MAINTENANT))
    assert corse.get(adresse).status_code == corse.post(adresse, {}).status_code == 404
    assert "Aucune décision n’attend." in texte(corse.get(reverse("decisions")))


def test_une_question_ne_se_montre_qu_a_son_auteur(agent: Client) -> None:
    f.deposer()
    demander(agent)
    collegue = connecter(Client(), creer_agent("099", guichet_de("099"), le=f.MAINTENANT))
    assert "Vos questions" not in texte(collegue.get(reverse("accueil")))


def test_requetes_constantes(agent: Client, gestionnaire: Client, compte: Compte) -> None:
    f.deposer()
    demander(agent)
    gestionnaire.get(reverse("decisions"))
    seule = requetes(lambda: gestionnaire.get(reverse("decisions")))
    for _ in range(2):
        f.deposer(doublons_ecartes="autre personne")
    demander(agent)
    assert CasDoublon.objects.count() == 4
    assert requetes(lambda: gestionnaire.get(reverse("decisions"))) == seule


def test_place_illisible_est_la_premiere_page(agent: Client, gestionnaire: Client) -> None:
    f.deposer()
    demander(agent)
    assert "Dubreuil Élodie" in texte(gestionnaire.get(reverse("decisions"), {"apres": "n’importe quoi"}))


def test_pages(agent: Client, gestionnaire: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "sne.registre.doublons.selectors.cas.list_cas.__kwdefaults__",
        {"apres": None, "avant": None, "par_page": 1},
    )
    for _ in range(2):
        f.deposer(doublons_ecartes="autre personne")
    demander(agent)
    premiere = gestionnaire.get(reverse("decisions"))
    assert "Suivants" in texte(premiere)
    assert "Précédents" not in texte(premiere)
    suite = gestionnaire.get(reverse("decisions") + premiere.context["suivante"])
    assert "Précédents" in texte(suite)
    assert "Suivants" not in texte(suite)
