"""A double taken back and put back, from its file, by the territorial manager."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.demande.models.demande import Demande
from sne.registre.depot.actions.construire import PieceVue
from sne.registre.vie.models.annulation import RequeteAnnulation
from sne.socle.templatetags.socle_tags import date_fr
from tests.guichet.parcours import texte
from tests.registre import factories as f


@pytest.fixture
def nuds(compte: Compte) -> tuple[str, str]:
    """The demande that is kept, then its double."""
    gardee = f.deposer(le=f.MAINTENANT - timedelta(days=90)).nud
    return gardee, f.deposer(doublons_ecartes="vu trop tard").nud


def test_annuler_puis_retablir(gestionnaire: Client, nuds: tuple[str, str]) -> None:
    gardee, double = nuds
    adresse = reverse("demande-annuler", args=[double])
    assert adresse in texte(gestionnaire.get(reverse("demande", args=[double])))
    assert "Ce n’est pas une radiation" in texte(gestionnaire.get(adresse))
    ecrit = f"{gardee[:3]} {gardee[3:]}".lower()
    apres = texte(gestionnaire.post(adresse, {"gardee": ecrit, "precision": "Saisie deux fois"}, follow=True))
    assert "Demande annulée. Elle peut être rétablie." in apres
    assert "Annulée le" in apres
    assert gardee in apres
    assert adresse not in apres
    assert reverse("demande-radier", args=[double]) not in apres
    retablir = reverse("demande-retablir", args=[double])
    assert retablir in apres
    assert "sous le même numéro, depuis" in texte(gestionnaire.get(retablir))
    assert "dites en une phrase" in texte(gestionnaire.post(retablir, {}))
    assert "Demande rétablie" in texte(gestionnaire.post(retablir, {"precision": "Deux sœurs"}, follow=True))
    assert Demande.objects.get(nud=double).statut == "ACTIVE"


def test_la_fin_de_validite_tapee_a_l_enregistrement_n_empeche_rien(
    gestionnaire: Client, nuds: tuple[str, str]
) -> None:
    vue = PieceVue("CNI", f.AUJOURD_HUI, fin=f.AUJOURD_HUI + timedelta(days=900))
    double = f.deposer(doublons_ecartes="vu trop tard", piece_vue=vue).nud
    adresse = reverse("demande-annuler", args=[double])
    assert adresse in texte(gestionnaire.get(reverse("demande", args=[double])))
    saisie = {"gardee": nuds[0], "precision": "Saisie deux fois"}
    assert "Demande annulée." in texte(gestionnaire.post(adresse, saisie, follow=True))


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ({"gardee": "", "precision": "x"}, "donnez le numéro"),
        ({"gardee": "tout", "precision": "x"}, "pas un numéro unique"),
        ({"gardee": "0991126999999G0993", "precision": "x"}, "aucune autre demande"),
        ({"gardee": "0991126999999G0993", "precision": ""}, "dites en une phrase"),
    ],
)
def test_ce_qui_manque_se_dit(
    gestionnaire: Client, nuds: tuple[str, str], saisie: dict[str, str], phrase: str
) -> None:
    page = texte(gestionnaire.post(reverse("demande-annuler", args=[nuds[1]]), saisie))
    assert "<title>Erreur" in page
    assert phrase in page.lower()
    assert Demande.objects.get(nud=nuds[1]).statut == "ACTIVE"


def test_le_guichet_ne_le_peut_pas(agent: Client, nuds: tuple[str, str]) -> None:
    assert reverse("demande-annuler", args=[nuds[1]]) not in texte(
        agent.get(reverse("demande", args=[nuds[1]]))
    )
    for nom in ("demande-annuler", "demande-retablir"):
        assert agent.get(reverse(nom, args=[nuds[1]])).status_code == 403


def test_ce_qui_n_est_plus_un_double_est_refuse_en_une_phrase(
    gestionnaire: Client, nuds: tuple[str, str]
) -> None:
    ancienne = f.deposer(le=f.MAINTENANT - timedelta(days=40), doublons_ecartes="autre").nud
    reponse = gestionnaire.post(
        reverse("demande-annuler", args=[ancienne]), {"gardee": nuds[0], "precision": "trop tard"}
    )
    assert reponse.status_code == 409
    assert "plus de 15 jours" in texte(reponse)


def test_un_guichet_la_demande_et_le_gestionnaire_repond(
    agent: Client, gestionnaire: Client, nuds: tuple[str, str]
) -> None:
    gardee, double = nuds
    demander = reverse("demande-annulation-demander", args=[double])
    assert demander in texte(agent.get(reverse("demande", args=[double])))
    assert demander not in texte(gestionnaire.get(reverse("demande", args=[double])))
    assert "rien ne change jusque-là" in texte(agent.get(demander))
    saisie = {"gardee": gardee, "precision": "Saisie deux fois"}
    apres = texte(agent.post(demander, saisie, follow=True))
    assert "Annulation demandée. Le gestionnaire territorial répondra." in apres
    assert demander not in apres
    adresse = reverse("annulation", args=[RequeteAnnulation.objects.get().id])
    assert agent.get(adresse).status_code == 403
    liste = texte(gestionnaire.get(reverse("liste", args=["reponses"])))
    assert "Annulation d’un double à décider" in liste
    assert adresse in liste
    annuler = reverse("demande-annuler", args=[double])
    assert gestionnaire.get(annuler, follow=True).redirect_chain == [(adresse, 302)], "nothing is typed again"
    page = texte(gestionnaire.get(adresse))
    assert "Saisie deux fois" in page
    assert f"déposée le {date_fr((f.MAINTENANT - timedelta(days=90)).date())}" in page
    assert reverse("demande", args=[gardee]) in page
    assert "choisissez votre réponse" in texte(gestionnaire.post(adresse, {}))
    assert (
        "pourquoi ce n’est pas un double" in texte(gestionnaire.post(adresse, {"issue": "REFUSEE"})).lower()
    )
    refus = {"issue": "REFUSEE", "motif": "Deux sœurs."}
    assert "Annulation refusée\u00a0: la demande reste." in texte(
        gestionnaire.post(adresse, refus, follow=True)
    )
    assert "déjà répondu" in texte(gestionnaire.get(adresse, follow=True))
    agent.post(demander, saisie)
    adresse = reverse("annulation", args=[RequeteAnnulation.objects.get(clos_le=None).id])
    assert "Demande annulée." in texte(gestionnaire.post(adresse, {"issue": "ACCEPTEE"}, follow=True))
    assert Demande.objects.get(nud=double).statut == "ANNULEE"
