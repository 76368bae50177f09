"""A counter changes an e-mail; the old address receives a link; its button freezes the file; the manager finds it."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from procrastinate.contrib.django import app

from sne.journal.models import Entree
from sne.notifications import tasks as envois
from sne.portail import limite
from sne.registre.avis import tasks
from sne.registre.enquete.models.enquete import Gel
from sne.socle.horloge import maintenant
from tests.habilitations.factories import creer_agent, creer_gestionnaire
from tests.journal.test_journal import tout_sceller
from tests.journeys.poste import Poste
from tests.notifications.serveurs import Boite, serveur_de_courriel
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]
AVANT, APRES = "elodie@exemple.fr", "neuve@exemple.fr"


@pytest.fixture
def boite(settings: Any, tmp_path: Path, live_server: object) -> Iterator[Boite]:
    """A true mail server, and links that lead to this service."""
    limite.oublier()
    settings.DOSSIER_VAR, settings.URL_PUBLIQUE = tmp_path, str(live_server)
    with serveur_de_courriel() as (url, boite):
        settings.SMTP_URL = url
        yield boite
    limite.oublier()


def deposer(**autres: Any) -> str:
    """Number of a demande of eleven months ago."""
    le = maintenant() - timedelta(days=330)
    contenu = f.contenu(demandeur=f.personne(contact={"courriel": AVANT}), **autres)
    return f.deposer(contenu, le=le).nud


def livrer(verbe: str, tache: str) -> None:
    """What the worker does once the entries of this verb are sealed."""
    tout_sceller()
    for entree in Entree.objects.filter(verbe=verbe).order_by("inscrit_le", "id"):
        app.tasks[tache](
            entree_id=str(entree.id),
            demande_id=str(entree.demande),
            revision=entree.revision,
            territoire=entree.territoire,
            verbe=entree.verbe,
        )


def courriel(boite: Boite, a: str) -> str:
    """The text of the last e-mail that this address received."""
    recus = [e for e in boite.recus if e.rcpt_tos == [a]]
    assert recus, [e.rcpt_tos for e in boite.recus]
    lu = message_from_bytes(recus[-1].content, policy=policy.default)
    corps = lu.get_body(("plain",))
    assert corps is not None
    return str(corps.get_content())


def lien(texte: str) -> str:
    trouve = re.search(r"https?://\S+/pas-moi/\S+/", texte)
    assert trouve is not None, texte
    return trouve[0]


def changer(agent: Poste, nud: str) -> None:
    """The counter replaces the e-mail, and the notices leave."""
    agent.se_connecter(creer_agent())
    agent.aller(f"/demandes/{nud}/modifier/coordonnees/")
    agent.remplir(courriel=APRES, motif="Nouvelle adresse")
    agent.barre("Enregistrer")
    agent.titre("Dubreuil Élodie")
    livrer("MODIFIER", tasks.AVERTIR)
    livrer("PREPARER_MESSAGE", envois.ENVOYER)


def bloquer(personne: Poste, adresse: str) -> str:
    """The person presses, first too fast; the reference they are given."""
    page = personne.page
    page.goto(adresse)
    personne.titre("Ce n’est pas moi")
    personne.examiner("pas-moi")
    page.get_by_role("button", name="Bloquer et signaler").click()
    expect(page).to_have_title(re.compile("^Erreur"))
    personne.examiner("pas-moi-erreur")
    assert not Gel.objects.exists()
    personne.cocher("Adresse électronique")
    page.get_by_label("Où pouvons-nous vous joindre").fill("06 99 88 77 66")
    page.get_by_role("button", name="Bloquer et signaler").click()
    expect(page.locator("main")).to_contain_text("C’est signalé")
    personne.examiner("pas-moi-signale")
    reference = page.locator("main .reg-numero").inner_text()
    page.goto(adresse)
    personne.titre("Ce lien ne peut plus servir")
    personne.examiner("pas-moi-ferme")
    return reference


def lire_l_histoire(personne: Poste, adresse: str) -> None:
    """From the notice to everything that was done; the page of one line, without pressing."""
    page = personne.page
    page.goto(adresse)
    page.get_by_role("link", name="Voir tout ce qui a été fait").click()
    personne.titre("Ce qui a été fait sur cette demande")
    page.get_by_text("Preuve de cette ligne").first.click()
    expect(page.locator("main")).to_contain_text("Empreinte")
    personne.examiner("pas-moi-historique")
    page.get_by_role("link", name=re.compile("Ce n’est pas moi.*changé")).click()
    personne.titre("Ce n’est pas moi")
    personne.examiner("pas-moi-ligne")
    page.get_by_role("link", name="Revenir sans rien faire").click()
    personne.titre("Ce qui a été fait sur cette demande")
    assert not Gel.objects.exists()


def montrer(agent: Poste, nud: str) -> None:
    """« Qui a touché à mon dossier ? »: what the household may read, and its copy."""
    agent.aller(f"/demandes/{nud}/historique/")
    agent.page.get_by_role("link", name="Ce que le demandeur voit").click()
    agent.titre("Ce que le demandeur voit")
    expect(agent.page.locator("main")).not_to_contain_text("Rousset")
    agent.page.get_by_text("Preuve de cette ligne").first.click()
    agent.examiner("demandeur-voit")
    agent.page.get_by_role("button", name="Remettre la copie").click()
    expect(agent.page).to_have_title(re.compile("^Erreur"))
    agent.examiner("demandeur-voit-erreur")
    agent.cocher("La personne m’a montré", dans="main")
    with agent.page.expect_download() as telechargement:
        agent.page.get_by_role("button", name="Remettre la copie").click()
    assert telechargement.value.suggested_filename == f"historique-{nud}.pdf"


def retrouver(gestionnaire: Poste, reference: str) -> None:
    """The manager finds the enquiry among the answers awaited, and whom to call."""
    gestionnaire.se_connecter(creer_gestionnaire())
    gestionnaire.aller("/listes/reponses/")
    gestionnaire.page.get_by_role("link", name=re.compile("personne à rappeler")).click()
    for texte in (reference, "06 99 88 77 66", "Rappeler la personne avant le"):
        expect(gestionnaire.page.locator("main")).to_contain_text(texte)
    gestionnaire.examiner("enquete-opposition")


def se_raviser(personne: Poste, adresse: str) -> None:
    """« Je me suis trompé »."""
    personne.page.goto(adresse)
    personne.titre("Je me suis trompé")
    personne.examiner("pas-moi-retrait")
    personne.page.get_by_role("button", name="Je me suis trompé").click()
    expect(personne.page.locator("main")).to_contain_text("C’est noté")
    personne.examiner("pas-moi-retire")


def test_from_the_change_to_the_lifting(asseoir: Asseoir, boite: Boite) -> None:
    agent, personne, gestionnaire = asseoir(), asseoir(), asseoir()
    ancien = deposer()
    changer(agent, ancien)
    avis, enregistre = courriel(boite, AVANT), courriel(boite, APRES)
    assert "Adresse électronique\u00a0: changée" in avis
    assert APRES not in avis
    assert AVANT not in enregistre
    assert "/pas-moi/" not in enregistre

    lire_l_histoire(personne, lien(avis))
    montrer(agent, ancien)
    reference = bloquer(personne, lien(avis))
    agent.aller(f"/demandes/{ancien}/")
    expect(agent.page.locator("main")).to_contain_text("à la demande de son titulaire")
    expect(agent.page.locator("main")).not_to_contain_text("06 99 88 77 66")
    agent.examiner("dossier-fige-par-son-titulaire")
    retrouver(gestionnaire, reference)

    livrer("PREPARER_MESSAGE", envois.ENVOYER)
    se_raviser(personne, lien(courriel(boite, AVANT)))
    gestionnaire.page.reload()
    main = gestionnaire.page.locator("main")
    expect(main).to_contain_text("La personne dit s’être trompée")
    gestionnaire.cocher("Lever le gel", dans="main")
    gestionnaire.page.get_by_role("button", name="Enregistrer la décision").click()
    expect(main).to_contain_text("Gel levé")


@pytest.mark.longue
def test_where_somebody_is_fled_the_manager_tells(asseoir: Asseoir, boite: Boite) -> None:
    agent, gestionnaire = asseoir(), asseoir()
    changer(agent, deposer(motifs={"codes": ["06"]}))
    assert [e.rcpt_tos for e in boite.recus] == []
    gestionnaire.se_connecter(creer_gestionnaire())
    gestionnaire.aller("/listes/reponses/")
    gestionnaire.page.get_by_role("link", name=re.compile("par une voie sûre")).click()
    gestionnaire.titre("Changement à annoncer")
    gestionnaire.examiner("avis-a-porter")
    gestionnaire.page.get_by_role("button", name="La personne est prévenue").click()
    expect(gestionnaire.page).to_have_title(re.compile("^Erreur"))
    gestionnaire.examiner("avis-a-porter-erreur")
    gestionnaire.page.get_by_label("Comment la personne a été prévenue").fill("Reçue seule au guichet")
    gestionnaire.page.get_by_role("button", name="La personne est prévenue").click()
    expect(gestionnaire.page.locator("main")).to_contain_text("Reçue seule au guichet")
    gestionnaire.examiner("avis-porte")
    gestionnaire.aller("/listes/reponses/")
    expect(gestionnaire.page.locator("main")).not_to_contain_text("par une voie sûre")
