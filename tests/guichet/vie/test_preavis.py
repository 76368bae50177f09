"""Notices of renewal on the screens: when one was given, and the households that none reached."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.vie.actions.prevenir import noter_echec
from sne.registre.vie.models.preavis import Preavis
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.acte import Acte
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_dpo
from tests.registre import factories as f

DEPOT = date(2026, 1, 10)  # valid until 09/01/2027
SANS_ADRESSE = {"etranger": False, "voie": "x" * 39, "code_postal": "99240", "commune": "99002"}


def deposer(**autres: Any) -> str:
    nud = f.deposer(
        f.contenu(demandeur=f.personne(autres.pop("nom", "Dubreuil"), **autres)),
        le=f.MAINTENANT.replace(month=1, day=10),
        date_reception=DEPOT,
    ).nud
    passer_l_horloge(f.MAINTENANT, territoires=["099"])
    return nud


@pytest.fixture
def impossible(compte: Compte) -> str:
    return deposer(adresse_courrier=SANS_ADRESSE)


def test_le_dossier_dit_quand_et_comment(agent: Client, compte: Compte) -> None:
    nud = deposer()
    page = texte(agent.get(reverse("demande", args=[nud])))
    assert "Préavis donné le" in page
    assert "24/11/2026, par courrier" in page
    assert "Préavis de renouvellement" in page  # history
    assert reverse("preavis-a-remettre") not in texte(agent.get(reverse("accueil")))
    assert "Aucun préavis n’attend" in texte(agent.get(reverse("preavis-a-remettre")))


def test_impossible_est_dit_partout(agent: Client, impossible: str) -> None:
    page = texte(agent.get(reverse("demande", args=[impossible])))
    assert "Le préavis de renouvellement n’a pas pu partir" in page
    assert "Sans renouvellement, la demande sera radiée le 10/02/2027." in page
    assert "Préavis donné le" not in page
    accueil = texte(agent.get(reverse("accueil")))
    assert "1\u00a0ménage n’a pas reçu son préavis de renouvellement" in accueil
    liste = texte(agent.get(reverse("preavis-a-remettre")))
    assert reverse("demande", args=[impossible]) in liste
    assert "Aucune adresse utilisable" in liste
    assert "Dubreuil" not in liste
    assert reverse("preavis-a-remettre") in texte(agent.get(reverse("listes")))


def test_la_liste_se_lit_jusqu_au_bout(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sne.registre.vie.selectors.preavis.PAR_LISTE", 1)
    vus = [deposer(adresse_courrier=SANS_ADRESSE, nom=nom) for nom in ("Roy", "Zimmer")]
    adresse, lus = reverse("preavis-a-remettre"), []
    for _ in vus:
        reponse = agent.get(adresse)
        lus += [ligne["preavis"].nud for ligne in reponse.context["lignes"]]
        adresse = reverse("preavis-a-remettre") + reponse.context["suivante"]
    assert sorted(lus) == sorted(vus)
    assert reponse.context["suivante"] == ""
    retour = agent.get(reverse("preavis-a-remettre") + reponse.context["precedente"])
    assert [ligne["preavis"].nud for ligne in retour.context["lignes"]] == lus[:1]
    for inconnue in ("x", str(uuid.uuid4())):
        premiere = agent.get(f"{reverse('preavis-a-remettre')}?apres={inconnue}").context["lignes"]
        assert [ligne["preavis"].nud for ligne in premiere] == lus[:1]


def test_la_derniere_chance_est_dite(agent: Client, compte: Compte, monkeypatch: pytest.MonkeyPatch) -> None:
    nud = deposer()
    assert "À renouveler au plus tard le" not in texte(agent.get(reverse("demande", args=[nud])))
    monkeypatch.setattr("sne.guichet.lecture.views.fiche.aujourd_hui", lambda: date(2027, 1, 12))
    page = texte(agent.get(reverse("demande", args=[nud])))
    assert "À renouveler au plus tard le" in page
    assert "09/02/2027" in page


def test_refuse_par_tous_les_moyens(agent: Client, compte: Compte) -> None:
    nud = deposer()
    preavis = Preavis.objects.get()
    noter_echec(preavis.entree, (), acte=Acte(horloge_du_registre("099"), f.MAINTENANT))
    page = texte(agent.get(reverse("demande", args=[nud])))
    assert "Le préavis de renouvellement n’est pas arrivé" in page
    assert "24/11/2026, par courrier" in page
    assert "Refusé par tous les moyens d’envoi" in texte(agent.get(reverse("preavis-a-remettre")))


def test_retenue_est_dite(agent: Client, impossible: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dite = "Le préavis de renouvellement n’a pas pu être donné."
    monkeypatch.setattr("sne.guichet.vie.presentation.preavis.get_motif_de_retenue", lambda *_, **__: dite)
    monkeypatch.setattr("sne.guichet.lecture.views.fiche.aujourd_hui", lambda: date(2027, 1, 12))
    page = texte(agent.get(reverse("demande", args=[impossible])))
    assert "La demande ne prend pas fin pour l’instant\u00a0: le préavis" in page
    assert "Sans renouvellement" not in page


def test_reserve_a_qui_renouvelle(db: None, jour_des_essais: None) -> None:
    assert connecter(Client(), creer_dpo()).get(reverse("preavis-a-remettre")).status_code == 403
