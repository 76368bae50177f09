"""Decisions without a script: put to the vote, answered for a territory, written down by somebody else, followed."""

from datetime import timedelta

import pytest
from django.test import Client

from sne.programme.actions.livrer import livrer_les_decisions
from sne.programme.models import Decision
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant
from tests.espace_pro.test_lecture import lire
from tests.espace_pro.test_redaction import entrer, poster
from tests.habilitations import factories as comptes

LISTE = "/aide/decisions/"


def test_a_territory_answers_and_another_person_writes_it_down(client: Client, publieur, monkeypatch) -> None:
    pole, gt = entrer(publieur), entrer(comptes.acteur(comptes.creer_gestionnaire()))
    second = entrer(comptes.acteur(comptes.creer_pole_metier()))
    du = jour(maintenant())
    assert gt.get(f"{LISTE}nouvelle/").status_code == 403
    assert "Mettre au vote" in lire(pole, LISTE)
    dits = {"titre": "Le rythme", "pourquoi": "Deux le demandent.", "instance": "SEANCE"}
    dits |= {"vote_du": f"{du:%d/%m/%Y}", "vote_au": f"{du:%d/%m/%Y}", "options": "Quatre"}
    assert "Donnez deux options" in poster(pole, f"{LISTE}nouvelle/", 200, **dits)
    adresse = poster(pole, f"{LISTE}nouvelle/", **dits | {"options": "Quatre\nSix"})
    assert "Vote ouvert" in lire(client, adresse)
    assert "Répondre" not in lire(client, adresse)
    assert client.post(adresse, {"geste": "voter", "groupe_1": "A"}).status_code == 200
    assert "Il manque la réponse de votre territoire" in lire(gt, LISTE)
    assert "ou l’abstention" in poster(gt, adresse, 200, geste="voter")
    poster(gt, adresse, geste="voter", groupe_1="B")
    assert "1\u00a0territoire" in lire(gt, adresse)
    assert "1\u00a0territoire" not in lire(client, adresse)
    assert "Il manque" not in lire(gt, LISTE)
    poster(gt, adresse, geste="voter", groupe_1="-")
    assert "1\u00a0abstention" in lire(gt, adresse)

    Decision.objects.get()
    demain = maintenant() + timedelta(days=1)
    monkeypatch.setattr("sne.espace_pro.decisions.maintenant", lambda: demain)
    assert "Consigner ce qui est décidé" not in lire(pole, adresse)
    pris = {"geste": "conclure", "prise_le": f"{du:%d/%m/%Y}", "issue": "SOUS_CONDITION"}
    assert "Écrivez la condition" in poster(second, adresse, 200, **pris)
    poster(second, adresse, **pris, conditions="Vérifier")
    lever = f"lever-{Decision.objects.get().conditions.get().id}"
    assert "Dites ce qui montre" in poster(pole, adresse, 200, geste=lever)
    poster(pole, adresse, geste=lever, preuve="Essai du 3")
    assert "Essai du 3" in lire(client, adresse)
    assert "Aucun essai réussi" in poster(pole, adresse, 200, geste="suivre", etat="LIVREE")
    poster(pole, adresse, geste="suivre", etat="EN_COURS")
    assert "Consignez d’abord" in poster(pole, adresse, 200, geste="suivre", etat="MESUREE")
    mesure = {"geste": "mesurer", "indicateur": "Réunions par an", "avant": "4", "apres": ""}
    assert "la valeur d’après" in poster(pole, adresse, 200, **mesure)
    poster(pole, adresse, **mesure | {"apres": "6"})
    assert "Réunions par an" in lire(client, adresse)
    assert "En cours" in lire(client, f"{LISTE}?etat=SOUS_CONDITION")
    assert "Le rythme" not in lire(client, f"{LISTE}?etat=RETENUE")
    assert "Le rythme" in lire(client, "/aide/chercher/?q=rythme&genre=DECISION")
    lire(client, f"{LISTE}D-1999-01/", 404)


@pytest.mark.parametrize("code", ["D-2024-01", "D-2024-02", "D-2024-14"])
def test_those_of_2024_say_where_they_are_applied_and_what_proves_it(
    client: Client, publieur, code: str
) -> None:
    autre = comptes.acteur(comptes.creer_pole_metier())
    livrer_les_decisions(par=Acte(publieur, maintenant()), publie_par=Acte(autre, maintenant()))
    page = lire(client, f"{LISTE}{code}/")
    assert "Ce qu’en dit le guide" in page
    assert "Vérifiée par" in page
    assert "::test_" in page, "each test is named"
