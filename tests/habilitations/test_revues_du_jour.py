"""A review reads what an agent did that very day, and takes away nothing that was used since the page was shown."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.actions import OuvertureRevue, noter_utilisation, ouvrir_revue, relever_usages
from sne.habilitations.models import Compte, LigneRevue, Reduction
from sne.habilitations.rules import Permission
from sne.habilitations.selectors import acteur_de
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Entree, Verbe
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.vie.verbes import VerbeVie
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations import factories as f
from tests.journal.test_journal import tout_sceller

pytestmark = pytest.mark.django_db
RADIER = "Radier une demande"


@pytest.fixture
def agent() -> Compte:
    """An agent there for some time, whose place is under review."""
    agent = f.creer_agent(le=maintenant() - timedelta(days=40))
    noter_utilisation(agent.id, maintenant() - timedelta(days=3))
    gt = acteur_de(f.creer_gestionnaire(), le=aujourd_hui(), correlation=uuid.uuid4())
    ouvrir_revue(OuvertureRevue("099"), acte=Acte(gt, maintenant()))
    return agent


@pytest.fixture
def relecteur(agent: Compte) -> Client:
    return f.connecter(Client(), f.creer_gestionnaire())


def agir(agent: Compte, verbe: Verbe = VerbeVie.RADIER) -> None:
    acteur = acteur_de(agent, le=aujourd_hui(), correlation=uuid.uuid4())
    inscrire(Entree(verbe, Acte(acteur, maintenant()), "099", role="AGENT_GUICHET"))


def ligne(agent: Compte) -> LigneRevue:
    return LigneRevue.objects.get(habilitation__compte=agent)


def page(relecteur: Client, agent: Compte) -> str:
    reponse = relecteur.get(reverse("revue", args=[ligne(agent).campagne_id]))
    return reponse.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def reduire(relecteur: Client, agent: Compte, vue: str) -> str:
    """« Réduire », with everything that the page shown carried."""
    cle = ligne(agent).id
    caches = dict(re.findall(rf'name="({cle}-\w+)" value="([^"]*)"', vue))
    caches |= {f"{cle}-reponse": "REDUIRE", f"{cle}-motif": "Ne s’en sert pas"}
    adresse = reverse("revue", args=[ligne(agent).campagne_id])
    reponse = relecteur.post(adresse, caches, follow=True)
    return reponse.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def peut(agent: Compte, permission: Permission) -> bool:
    return acteur_de(agent, le=aujourd_hui(), correlation=uuid.uuid4()).peut(permission)


def test_what_was_done_today_is_not_listed_as_never_used(relecteur: Client, agent: Compte) -> None:
    assert f"<li>{RADIER}</li>" in page(relecteur, agent)
    agir(agent)
    vue = page(relecteur, agent)
    jamais = vue.split("Resteraient")[0]
    assert f"<li>{RADIER}</li>" not in jamais
    assert "<li>Renouveler une demande</li>" in jamais


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scelle", [False, True], ids=["à l’instant", "scellé, pas encore relevé"])
def test_a_right_used_since_the_page_was_shown_is_not_taken_away(
    relecteur: Client, agent: Compte, scelle: bool
) -> None:
    vue = page(relecteur, agent)
    agir(agent)
    if scelle:
        tout_sceller()
    refus = reduire(relecteur, agent, vue)
    assert peut(agent, Permission.DEMANDE_RADIER)
    assert "Depuis l’affichage de cette page, un droit a servi (radier une demande)" in refus
    assert Reduction.objects.count() == 0
    assert "Ne s’en sert pas" in refus  # what was typed is kept
    reduire(relecteur, agent, refus)
    assert peut(agent, Permission.DEMANDE_RADIER)
    assert not peut(agent, Permission.DEMANDE_RENOUVELER)


def test_the_page_says_what_would_remain_before_anything_is_taken(relecteur: Client, agent: Compte) -> None:
    agir(agent)
    vue = page(relecteur, agent)
    restent = vue.split("Resteraient")[1].split("</details>")[0]
    assert f"<li>{RADIER}</li>" in restent
    reduire(relecteur, agent, vue)
    tenues = {p for p in Permission if peut(agent, p)}
    assert restent.count("<li>") == len(tenues)


def test_the_last_use_is_the_last_one(relecteur: Client, agent: Compte) -> None:
    collegue = f.creer_agent(nom=f.Nom("Sophie", "Garnier"), le=maintenant() - timedelta(days=40))
    LigneRevue.objects.create(
        territoire="099", campagne=ligne(agent).campagne, habilitation=collegue.habilitations.get()
    )
    assert ">Jamais</td>" in page(relecteur, agent)
    agir(collegue)
    assert ">Jamais</td>" not in page(relecteur, agent)


@pytest.mark.django_db(transaction=True)
def test_what_the_night_added_up_counts_once_more_and_no_less(relecteur: Client, agent: Compte) -> None:
    agir(agent)
    tout_sceller()
    relever_usages()
    agir(agent, VerbeDemande.RENOUVELER)
    jamais = page(relecteur, agent).split("Resteraient")[0]
    assert f"<li>{RADIER}</li>" not in jamais
    assert "<li>Renouveler une demande</li>" not in jamais


@pytest.mark.parametrize("verbe", [VerbeHabilitation.CONNEXION, VerbeVie.EXPIRER])
def test_an_act_that_no_right_stands_for_counts_for_none(
    relecteur: Client, agent: Compte, verbe: Verbe
) -> None:
    avant = page(relecteur, agent).split("Resteraient")[0].count("<li>")
    agir(agent, verbe)
    assert page(relecteur, agent).split("Resteraient")[0].count("<li>") == avant
