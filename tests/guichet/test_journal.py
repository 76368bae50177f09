"""The search in the journal, on screen: nothing before it is asked, errors beside the fields, no name in addresses."""

import re
from dataclasses import replace
from datetime import timedelta
from unittest import mock

from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.journal.models import Entree
from sne.journal.rules import Cote, Valeur
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.verbes import VerbeDemande
from tests.guichet.parcours import texte
from tests.habilitations.factories import (
    Nom,
    connecter,
    creer_agent,
    creer_dpo,
    creer_responsable,
)
from tests.preuve.test_rechercher import ecrire
from tests.registre import factories as f

MOIS = {"du": "01/11/2026", "au": "24/11/2026"}


def lire(client: Client, **criteres: str) -> str:
    reponse = client.get(reverse("journal"), criteres)
    assert reponse.status_code == 200
    return texte(reponse)


def recherches() -> int:
    return Entree.objects.filter(verbe="RECHERCHER_ACTES").count()


def test_nothing_is_read_before_it_is_asked(gestionnaire: Client) -> None:
    page = lire(gestionnaire)
    assert "Chercher" in page
    assert "<table" not in page
    assert recherches() == 0


def test_acts_are_told_in_words(gestionnaire: Client, compte: Compte) -> None:
    recepisse = f.deposer()
    modifies = ("demandeur.identite.prenoms", "nir")
    renouveles = (
        *(f"demandeur.contact.{nom}" for nom in ("courriel", "telephone_domicile", "telephone_portable")),
        *("prenoms", "nom_usage", "nationalite", "date_naissance"),
    )
    for verbe, noms in ((VerbeDemande.MODIFIER, modifies), (VerbeDemande.RENOUVELER, renouveles)):
        ecrire(verbe, valeurs=tuple(Valeur(nom, Cote.APRES, "Élodie") for nom in noms))
    page = lire(gestionnaire, **MOIS)
    for dit in ("Demande modifiée", "Numéro de sécurité sociale", "Camille Rousset", "1\u00a0autre champ"):
        assert dit in page
    assert reverse("demande-historique", args=[recepisse.nud]) in page
    assert "Élodie" not in page
    assert recherches() == 1


def test_errors_are_beside_their_fields(gestionnaire: Client) -> None:
    for criteres, phrase in (
        ({"du": "01/01/2026", "au": "24/11/2026"}, "d’au plus 31\u00a0jours"),
        ({"du": "24/11/2026", "au": "01/11/2026"}, "fin qui suit"),
        (MOIS | {"demande": "0990101999999G0993"}, "dossier"),
        ({"du": "", "au": "hier"}, "premier jour"),
        (MOIS | {"agent": "x"}, "Cet agent n’est pas dans votre périmètre"),
        (MOIS | {"agent": str(f.inconnu())}, "Cet agent n’est pas dans votre périmètre"),
    ):
        page = lire(gestionnaire, **criteres)
        assert phrase in page
        assert "-group--error" in page
    assert recherches() == 0


def test_a_manager_has_one_counter_and_no_choice_of_it(compte: Compte) -> None:
    client = connecter(Client(), creer_responsable())
    ecrire(par=f.creer_acteur(guichet="G0991"))
    page = lire(client, **MOIS)
    assert 'name="guichet"' not in page
    assert "Aucun acte" in page


def test_the_nation_chooses_a_territory(compte: Compte) -> None:
    client = connecter(Client(), creer_dpo())
    ecrire(territoire="02B")
    assert "Connexion" in lire(client, **MOIS, territoire="02B")
    assert lire(client, territoire="zzz").count("selected") >= 1


def test_pages_keep_the_search_and_name_nobody(gestionnaire: Client) -> None:
    for minutes in range(55):
        ecrire(survenu_le=f.MAINTENANT - timedelta(minutes=minutes))
    page = lire(gestionnaire, **MOIS, genre="modifications", guichet="G0993")
    [suivante] = re.findall(r'href="(\?[^"]*)" rel="next"', page)
    assert "Rousset" not in suivante
    suite = gestionnaire.get(reverse("journal") + suivante.replace("&amp;", "&"))
    assert texte(suite).count('<th scope="row">') == 5
    assert 'rel="prev"' in texte(suite)


def demander(client: Client, **saisie: str) -> str:
    """Where a search that is typed leads."""
    reponse = client.post(reverse("journal"), MOIS | saisie)
    assert reponse.status_code == 302
    return str(reponse.headers["Location"])


def test_an_agent_is_found_by_a_name_that_stays_out_of_addresses(gestionnaire: Client) -> None:
    agent = creer_agent(nom=Nom("Élodie", "Garnier-Roux"))
    creer_agent(nom=Nom("Élodie", "Garnier"), territoire="02B", guichet="GD2B1")
    for dit in ("garnier", "GARNIER elo", "roux", agent.courriel.upper()):
        adresse = demander(gestionnaire, agent=dit)
        assert f"agent={agent.id}" in adresse
        assert "arnier" not in adresse.lower()
    page = texte(gestionnaire.get(adresse))
    assert 'value="Garnier-Roux Élodie"' in page
    assert f"agent={agent.id}" in demander(
        gestionnaire, agent="Garnier-Roux Élodie", connu=str(agent.id), genre="modifications"
    )
    assert "agent=" not in demander(gestionnaire, agent="", connu=str(agent.id))
    rien = texte(gestionnaire.post(reverse("journal"), MOIS | {"agent": "Garnier Paul"}))
    assert "Personne de ce nom" in rien
    assert 'value="Garnier Paul"' in rien
    assert "premier jour" in texte(gestionnaire.post(reverse("journal"), {"agent": "Garnier", "au": "hier"}))


def test_a_common_name_offers_whom_to_choose(gestionnaire: Client) -> None:
    un, autre = (creer_agent(nom=Nom("Paul", "Vidal"), guichet=g) for g in ("G0991", "G0993"))
    page = texte(gestionnaire.post(reverse("journal"), MOIS | {"agent": "vidal"}))
    assert "Plusieurs personnes ont ce nom" in page.replace("plusieurs", "Plusieurs")
    assert page.count('name="choisi"') == 2
    assert re.search(r"Vidal Paul · Agent de guichet, [^<]*G0991", page)
    assert f"agent={autre.id}" in demander(gestionnaire, agent="vidal", choisi=str(autre.id))
    # The one chosen before does not stand for a name typed since.
    assert 'name="choisi"' in texte(
        gestionnaire.post(reverse("journal"), MOIS | {"agent": "vidal", "connu": str(un.id)})
    )
    with (
        mock.patch("sne.preuve.selectors.AGENTS_AU_PLUS", 1),
        mock.patch("sne.guichet.journal.forms.AGENTS_AU_PLUS", 1),
    ):
        page = texte(gestionnaire.post(reverse("journal"), MOIS | {"agent": "vidal"}))
    assert "Ajoutez le prénom" in page
    assert 'name="choisi"' not in page


def test_what_is_found_leaves_in_a_file(gestionnaire: Client, compte: Compte) -> None:
    recepisse = f.deposer()
    ecrire(
        VerbeDemande.MODIFIER,
        par=replace(f.creer_acteur(), nom="=1+1"),
        valeurs=tuple(Valeur(nom, Cote.APRES, "Élodie") for nom in ("nir", "prenoms")),
    )
    page = lire(gestionnaire, **MOIS, guichet="G0993")
    caches = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    fichier = gestionnaire.post(reverse("journal-exporter"), caches)
    lignes = b"".join(fichier.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lignes[0] == "Jour;Heure;Qui;Rôle;Guichet;Quoi;Champs;Demande"
    [modifiee] = [ligne for ligne in lignes if "Demande modifiée" in ligne]
    assert "24/11/2026;" in modifiee
    assert ";'=1+1;" in modifiee
    assert "Numéro de sécurité sociale, " in modifiee
    assert any(ligne.endswith(recepisse.nud) for ligne in lignes)
    assert "Élodie" not in "".join(lignes)
    dite = Entree.objects.get(verbe="EXPORTER_ACTES")
    assert dite.faits["lignes"] == len(lignes) - 1
    petits = get_parametres(f.AUJOURD_HUI).avec(journal_export_lignes_max=1)
    with mock.patch("sne.preuve.actions.exporter.get_parametres", return_value=petits):
        refus = texte(gestionnaire.post(reverse("journal-exporter"), caches))
    assert "période plus courte" in refus
    assert f'value="{MOIS["du"]}"' in refus
    assert "premier jour" in texte(gestionnaire.post(reverse("journal-exporter"), caches | {"du": ""}))
    assert gestionnaire.get(reverse("journal-exporter")).status_code == 405
