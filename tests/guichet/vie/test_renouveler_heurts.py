"""A renewal and a change made meanwhile: joined where they can be, chosen line by line where they collide."""

from datetime import date
from unittest import mock

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sne.guichet.vie.views import renouveler as vue_renouveler
from sne.habilitations.models import Compte
from tests.guichet.parcours import texte
from tests.guichet.test_modification import modifier
from tests.guichet.vie.renouvellements import adresse, changer, commencer, confirmer, deposee, lire, lu
from tests.habilitations.factories import connecter, creer_agent
from tests.registre import factories as f

LOYER = "choix-souhaits.loyer_maximum"


@pytest.fixture
def collegue() -> Client:
    return connecter(Client(), creer_agent("099", "G0991"))


@pytest.fixture
def collision(agent: Client, collegue: Client) -> str:
    """A renewal where another rent and a category were typed, while a colleague changed the rent and the contacts."""
    nud = deposee()
    commencer(agent, nud)
    changer(agent, nud, "souhaits", loyer_maximum="700", categorie="A")
    modifier(collegue, nud, "coordonnees", courriel="elodie@exemple.fr")
    modifier(collegue, nud, "souhaits", loyer_maximum="900")
    return nud


def choisir(client: Client, nud: str, **champs: str) -> HttpResponse:
    """Post the page of choices as a browser would."""
    page = client.get(adresse(nud, "verifier"))
    return client.post(
        adresse(nud, "verifier"),
        dict([*page.context["caches"], ("vue", page.context["vue"]), ("continuer", "oui"), *champs.items()]),
    )


def test_dossier_change_ailleurs_est_reuni(agent: Client, compte: Compte, collegue: Client) -> None:
    nud = deposee()
    commencer(agent, nud)
    changer(agent, nud, "souhaits", loyer_maximum="700")
    modifier(collegue, nud, "coordonnees", courriel="elodie@exemple.fr")
    recap = texte(agent.get(adresse(nud, "verifier")))
    assert (
        "Le guichet G0991 a modifié les coordonnées à 10\u00a0h\u00a030. Vos réponses et le dossier à jour"
        in recap
    )
    assert "elodie@exemple.fr</ins>" not in recap
    saisie = {"relu": "on", "continuer": "oui", "lu": lu(agent, nud)}
    page = texte(agent.post(adresse(nud, "verifier"), saisie, follow=True))
    assert "Les deux changements ne se gênaient pas\u00a0: ils sont réunis." in page
    contenu = lire(nud, compte).contenu
    assert contenu.souhaits.loyer_maximum == 700
    assert contenu.demandeur.contact.courriel == "elodie@exemple.fr"


def test_ce_qui_se_heurte_est_demande_ligne_par_ligne(agent: Client, collision: str) -> None:
    reponse = agent.get(adresse(collision, "verifier"))
    (ligne,) = reponse.context["lignes"]
    assert (ligne.nom, ligne.dossier, ligne.saisie, ligne.choix) == (LOYER, "900\u00a0€", "700\u00a0€", "")
    page = texte(reponse)
    for attendu in (
        "Renouveler cette demande",
        "Ce dossier a changé pendant votre saisie. Le guichet G0991 a modifié",
        "Choisissez ligne par ligne, puis enregistrez.",
        "Enregistrer mon choix",
        "Abandonner ma saisie",
        f'action="{reverse("renouvellement-abandonner", args=[collision])}"',
    ):
        assert attendu in page, attendu


def test_confirmer_sans_avoir_choisi_est_refuse_par_le_registre(
    agent: Client, compte: Compte, collision: str
) -> None:
    saisie = {"relu": "on", "continuer": "oui", "lu": lu(agent, collision)}
    reponse = agent.post(adresse(collision, "verifier"), saisie)
    assert reponse.status_code == 409
    assert [ligne.nom for ligne in reponse.context["lignes"]] == [LOYER]
    assert lire(collision, compte).demande.date_dernier_renouvellement is None


@pytest.mark.parametrize(("choix", "loyer"), [("dossier", 900), ("saisie", 700)])
def test_choisir_relire_puis_renouveler(
    agent: Client, compte: Compte, collision: str, choix: str, loyer: int
) -> None:
    suite = choisir(agent, collision, **{LOYER: choix})
    assert suite.headers["Location"] == f"{adresse(collision, 'verifier')}#titre-etape"
    recap = agent.get(adresse(collision, "verifier"))
    assert ("700" in [e.saisie[:3] for e in recap.context["ecarts"]]) is (choix == "saisie")
    assert confirmer(agent, collision).status_code == 302
    fiche = lire(collision, compte)
    souhaits = fiche.contenu.souhaits
    assert (souhaits.loyer_maximum, souhaits.categorie) == (loyer, "A")
    assert fiche.contenu.demandeur.contact.courriel == "elodie@exemple.fr"
    assert fiche.demande.date_dernier_renouvellement == f.AUJOURD_HUI


@pytest.mark.parametrize("champs", [{}, {LOYER: "autre"}, {LOYER: "saisie", "vue": "99"}])
def test_une_ligne_sans_choix_ne_renouvelle_rien(
    agent: Client, compte: Compte, collision: str, champs: dict[str, str]
) -> None:
    suite = choisir(agent, collision, **champs)
    assert suite.status_code == 409
    assert ("Il reste 1\u00a0ligne à choisir" in texte(suite)) is ("vue" not in champs)
    assert lire(collision, compte).demande.date_dernier_renouvellement is None


def test_revoir_sa_saisie_ramene_a_la_page_puis_redemande(agent: Client, collision: str) -> None:
    choisir(agent, collision, **{LOYER: "dossier"})
    assert changer(agent, collision, "souhaits", loyer_maximum="800").status_code == 302
    (ligne,) = agent.get(adresse(collision, "verifier")).context["lignes"]
    assert (ligne.saisie, ligne.choix) == ("800\u00a0€", "")
    revoir = choisir(agent, collision, corriger="oui")
    assert revoir.headers["Location"] == adresse(collision, "souhaits")
    assert 'value="800"' in texte(agent.get(revoir.headers["Location"]))


def test_revoir_quand_plus_rien_ne_se_heurte(agent: Client) -> None:
    nud = deposee()
    commencer(agent, nud)
    suite = agent.post(adresse(nud, "verifier"), {"vue": "1", "corriger": "oui"})
    assert suite.headers["Location"] == adresse(nud, "verifier")


def test_le_dossier_change_encore_apres_le_choix(
    agent: Client, compte: Compte, collegue: Client, collision: str
) -> None:
    """A third value is shown in its turn, the choice still checked; elsewhere it is merged."""
    choisir(agent, collision, **{LOYER: "saisie"})
    modifier(collegue, collision, "souhaits", loyer_maximum="950")
    reponse = agent.get(adresse(collision, "verifier"))
    (ligne,) = reponse.context["lignes"]
    assert (ligne.dossier, ligne.choix) == ("950\u00a0€", "saisie")
    assert choisir(agent, collision, **{LOYER: "saisie"}).status_code == 302
    modifier(collegue, collision, "coordonnees", courriel="autre@exemple.fr")
    assert confirmer(agent, collision).status_code == 302
    contenu = lire(collision, compte).contenu
    assert contenu.souhaits.loyer_maximum == 700
    assert contenu.demandeur.contact.courriel == "autre@exemple.fr"


def test_numero_de_securite_sociale_qui_se_heurte(agent: Client, compte: Compte, collegue: Client) -> None:
    nud, autre = deposee(), f.nir_de(date(1987, 3, 14))
    commencer(agent, nud)
    changer(agent, nud, "personne", nir=f.nir_de(date(1987, 3, 14)))
    modifier(collegue, nud, "personne", nir=autre)
    (ligne,) = agent.get(adresse(nud, "verifier")).context["lignes"]
    assert ligne.dossier == "Le numéro du dossier"
    choisir(agent, nud, **{ligne.nom: "dossier"})
    assert "Rien ne change." in texte(agent.get(adresse(nud, "verifier")))
    assert confirmer(agent, nud).status_code == 302


def test_le_registre_heurte_au_dernier_moment(agent: Client, collegue: Client) -> None:
    """The file moves between the page and the act: the action refuses, the page of choices follows."""
    nud = deposee()
    commencer(agent, nud)
    changer(agent, nud, "souhaits", loyer_maximum="700")
    vrai = vue_renouveler.renouveler_demande

    def entre_temps(*args: object, **autres: object) -> object:
        modifier(collegue, nud, "souhaits", loyer_maximum="900")
        return vrai(*args, **autres)

    saisie = {"relu": "on", "continuer": "oui", "lu": lu(agent, nud)}
    with mock.patch.object(vue_renouveler, "renouveler_demande", entre_temps):
        reponse = agent.post(adresse(nud, "verifier"), saisie)
    assert reponse.status_code == 409
    assert "Dans le dossier</span> 900\u00a0€" in texte(reponse)


def test_collegue_a_deja_renouvele(agent: Client) -> None:
    nud = deposee()
    commencer(agent, nud)
    collegue = connecter(Client(), creer_agent("099", "G0991"))
    commencer(collegue, nud)
    confirmer(collegue, nud)
    for code in ("personne", "verifier"):
        assert agent.get(adresse(nud, code)).headers["Location"] == reverse("renouvellement", args=[nud])
    page = texte(agent.get(reverse("renouvellement", args=[nud])))
    assert "Le renouvellement ouvre le 24/09/2027" in page
    assert "Supprimer ce qui a été saisi" in page
