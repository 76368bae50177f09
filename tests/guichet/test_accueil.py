"""The home page, and the pages that everybody may read."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.demande.models.personne import Identite
from sne.registre.identite.actions.echanger import annuler_identite
from sne.socle.acte import Acte
from tests.guichet import parcours
from tests.guichet.parcours import requetes, texte
from tests.habilitations.factories import acteur, connecter, creer_dpo, creer_gestionnaire, creer_responsable
from tests.registre import factories as f
from tests.registre.enquete.enquetes import enqueter
from tests.registre.identite.changements_identite import modifier


def test_accueil_vide(agent: Client) -> None:
    page = texte(agent.get(reverse("accueil")))
    assert "<h1>Mardi 24 novembre</h1>" in page
    assert "Rien n’attend le guichet aujourd’hui." in page
    assert "Camille Rousset, agent de guichet – CCAS d’Aurette-la-Ville (G0993)" in page


def test_derniers_dossiers_le_plus_recent_d_abord(agent: Client) -> None:
    premier = f.deposer().nud
    second = f.deposer(
        f.contenu(demandeur=f.personne("Carvalho", "Inès", identite={"date_naissance": "1994-10-02"}))
    ).nud
    for nud in (premier, second, premier):
        agent.get(reverse("demande", args=[nud]))
    page = texte(agent.get(reverse("accueil")))
    assert page.count("Née le 14/03/1987 – Aurette-la-Ville") == 1
    assert page.index("Dubreuil Élodie") < page.index("Carvalho Inès")


def test_navigation_selon_les_droits(db: None, jour_des_essais: None) -> None:
    responsable = texte(connecter(Client(), creer_responsable()).get(reverse("accueil")))
    dpo = texte(connecter(Client(), creer_dpo()).get(reverse("accueil")))
    assert reverse("attestations-a-traiter") in responsable
    assert reverse("enregistrer") not in dpo


def test_requetes_constantes(agent: Client) -> None:
    """As many queries with one draft and one file as with three."""
    parcours.ouvrir(agent)
    agent.get(reverse("demande", args=[f.deposer().nud]))
    agent.get(reverse("accueil"))
    un = requetes(lambda: agent.get(reverse("accueil")))
    for nom in ("Martin", "Perrin"):
        parcours.ouvrir(agent, nom_naissance=nom)
        contenu = f.contenu(
            demandeur=f.personne(nom, "Lucie", identite={"date_naissance": f"19{60 + len(nom)}-05-09"})
        )
        agent.get(reverse("demande", args=[f.deposer(contenu, doublons_ecartes="autre").nud]))
    assert requetes(lambda: agent.get(reverse("accueil"))) == un
    assert "3\u00a0brouillons à reprendre" in texte(agent.get(reverse("accueil")))


def test_ce_qui_est_coupe_le_dit(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for nom in ("Martin", "Perrin"):
        parcours.ouvrir(agent, nom_naissance=nom)
    assert "sont affichés" not in texte(agent.get(reverse("accueil")))
    saisies = reverse("liste", args=["miennes"])
    assert "2\u00a0saisies en cours" in texte(agent.get(saisies))
    monkeypatch.setattr("sne.guichet.accueil.views.AU_PLUS", 1)
    page = texte(agent.get(reverse("accueil")))
    assert "Plus de 1\u00a0brouillon à reprendre" in page
    assert f'Seuls les 1 derniers sont affichés. <a href="{saisies}">' in page
    monkeypatch.setattr("sne.guichet.listes.views.SAISIES_AU_PLUS", 1)
    page = texte(agent.get(saisies))
    assert "1\u00a0saisie en cours" in page
    assert "La page en montre 1 au plus" in page


@pytest.mark.parametrize("nom", ["plan-du-site", "accessibilite", "donnees-personnelles", "mentions-legales"])
def test_pages_ouvertes_a_tous(db: None, nom: str) -> None:
    reponse = Client().get(reverse(nom))
    assert reponse.status_code == 200
    assert "<h1>" in texte(reponse)


@pytest.mark.parametrize("nom", ["accueil", "rechercher", "enregistrer", "attestations-a-traiter"])
def test_le_reste_demande_de_se_connecter(db: None, nom: str) -> None:
    reponse = Client().get(reverse(nom))
    assert reponse.status_code == 302
    assert reponse.headers["Location"].startswith(reverse("connexion"))


def test_rien_n_est_garde_par_le_navigateur(agent: Client) -> None:
    for nom in ("accueil", "rechercher", "enregistrer"):
        assert "no-store" in agent.get(reverse(nom)).headers["Cache-Control"]


def test_la_liste_des_raccourcis_est_a_une_touche(agent: Client) -> None:
    assert f'href="{reverse("raccourcis")}" aria-keyshortcuts="?"' in texte(agent.get(reverse("rechercher")))
    page = texte(agent.get(reverse("raccourcis")))
    assert all(f'reg-touche">{touche}</kbd>' in page for touche in "/NMAJK?")
    assert 'aria-keyshortcuts="?"' not in texte(Client().get(reverse("plan-du-site")))


def test_raccourcis_desactives_puis_actives(agent: Client) -> None:
    agent.post(reverse("raccourcis"), {"raccourcis": "non"})
    page = texte(agent.get(reverse("accueil")))
    assert 'data-reg-raccourcis="non"' in page
    assert "Activer les raccourcis" in page
    agent.post(reverse("raccourcis"), {"raccourcis": "oui"})
    assert "data-reg-raccourcis" not in texte(agent.get(reverse("accueil")))


def test_ce_qui_attend_le_gestionnaire(db: None, jour_des_essais: None) -> None:
    """Each list of decisions, the enquiries and the answers awaited, with as many queries whatever they hold."""
    gt = connecter(Client(), creer_gestionnaire())
    gt.get(reverse("accueil"))  # reference data are read once by process
    vide = requetes(lambda: gt.get(reverse("accueil")))
    for nom in ("Roy", "Zimmer", "Petit"):
        recue = f.AUJOURD_HUI - timedelta(days=400)
        contenu = f.contenu(demandeur=f.personne(nom))
        demande = f.deposer(
            contenu, date_reception=recue, anteriorite_motif="Perdu", doublons_ecartes="Une autre."
        )
        enqueter(demande.demande_id)
    assert requetes(lambda: gt.get(reverse("accueil"))) == vide + 1  # the answer that has waited longest
    page = texte(gt.get(reverse("accueil")))
    lues = re.findall(
        r'scope="row"><a href="([^"]+)">([^<]+)</a></th><td data-libelle="En attente" class="reg-nombre">([^<]+)<',
        page,
    )
    calmes = re.findall(r'<a href="([^"]+)">', page[page.index("Rien n’attend dans") :].partition("</p>")[0])
    assert calmes == [
        reverse(vue) for vue in ("identites", "relectures", "decisions", "demandes-proches", "separations")
    ]
    assert lues == [
        (reverse("anteriorites"), "Dates de dépôt", "3"),
        (reverse("enquetes"), "Enquêtes ouvertes", "3"),
        (reverse("liste", args=["reponses"]), "Réponses attendues", "3"),
    ]


def test_chacun_sa_part(agent: Client, db: None, jour_des_essais: None) -> None:
    """A counter decides of nothing; the DPO holds the enquiries."""
    assert "Ce qui attend" not in texte(agent.get(reverse("accueil")))
    dpo = texte(connecter(Client(), creer_dpo()).get(reverse("accueil")))
    assert "Enquêtes ouvertes" in dpo
    assert "Dates de dépôt" not in dpo


def test_ses_changements_menent_a_leur_suite(agent: Client, compte: Compte) -> None:
    """Of the counter acted for: the page that tells the rest, whatever became of them."""
    auteur = acteur(compte, le=f.MAINTENANT)
    recu = f.deposer(acteur=auteur, le=f.ANCIEN)
    modifier(recu.demande_id, auteur, traits={"nom_naissance": "Morel"})
    ligne = Identite.objects.get(demande=recu.demande_id, voie="CONTROLE")
    suivi = reverse("changement", args=[ligne.id])
    page = texte(agent.get(reverse("accueil")))
    assert f'href="{suivi}">Décision attendue avant le 08/12/2026' in page
    annuler_identite(ligne.id, acte=Acte(auteur, f.MAINTENANT))
    page = texte(agent.get(reverse("accueil")))
    assert "Retiré" in page
    assert f'href="{suivi}">Lire la suite' in page
