"""A campaign without a script: launched under its page, read and shown in one button, followed by counter."""

from datetime import timedelta

from django.test import Client

from sne.socle.horloge import jour, maintenant
from tests.espace_pro.test_lecture import ADRESSE, lire
from tests.espace_pro.test_redaction import entrer, poster
from tests.habilitations import factories as comptes
from tests.registre.factories import deposer


def test_a_campaign_is_launched_read_shown_and_followed(
    client, publier, publieur, redacteur, monkeypatch
) -> None:
    hier = maintenant() - timedelta(days=1)
    code = publier(le=hier, genre="CAMPAGNE").page.code
    autre = publier(le=hier, adresse="vie/autre", titre="Autre").page.code
    pole, agent = entrer(publieur), entrer(redacteur)
    gt = entrer(comptes.acteur(comptes.creer_gestionnaire()))
    geste = f"/aide/campagnes/{code}/"
    assert "La campagne" not in lire(client, ADRESSE) + lire(agent, ADRESSE)
    assert agent.post(geste, {"genre": "LU"}).status_code == 404
    assert gt.get(f"{geste}couverture/").status_code == 404
    assert "Lancer la campagne" in lire(pole, ADRESSE)
    assert agent.get(f"{geste}lancer/").status_code == 403
    assert pole.get(f"/aide/campagnes/{autre}/lancer/").status_code == 404
    assert "finit après" in poster(pole, f"{geste}lancer/", 200, au=f"{jour(hier):%d/%m/%Y}")
    poster(pole, f"{geste}lancer/", au=f"{jour(maintenant()) + timedelta(days=30):%d/%m/%Y}")
    assert "La campagne" not in lire(client, ADRESSE)
    assert "la campagne en cours" not in lire(client, "/aide/")
    en_cours = lire(agent, "/aide/").partition("la campagne en cours")
    assert f'href="{ADRESSE}"' in en_cours[0]
    assert en_cours[1]
    assert "Affichée dans mon guichet" in lire(agent, ADRESSE)
    assert "Relayée" not in lire(agent, ADRESSE)
    assert agent.post(geste, {"genre": "JAMAIS"}).status_code == 404
    assert poster(agent, geste, genre="LU") == ADRESSE
    poster(agent, geste, genre="AFFICHEE")
    assert "fr-badge--success" in lire(agent, ADRESSE)
    poster(gt, geste, genre="RELAYEE")
    deposer(le=maintenant())
    couverture = lire(gt, f"{geste}couverture/")
    assert "affichée dans 1\u00a0guichet" in couverture
    assert "Relayée dans ce territoire" in couverture
    assert "Trop peu pour être montré" in couverture
    assert agent.get(f"{geste}couverture/").status_code == 403
    assert Client().get(f"{geste}couverture/").status_code == 302
