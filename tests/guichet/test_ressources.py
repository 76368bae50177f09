"""Known resources on the screens: the six states in words, asked for, explained, in a file; nothing of a file whose
identity moves; no name nor number in a line, an address or a cache.
"""

import csv
import io
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from sne.connecteurs.drm.rules.mois import Mois
from sne.guichet.ressources import views
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.ressources.rules.stockage import Colonnes, de_colonnes
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_gestionnaire
from tests.registre import factories as f
from tests.registre.identite.changements_identite import modifier
from tests.registre.ressources.ressources import (
    ABSENCES,
    CHIFFRES,
    NAISSANCE,
    PANNE,
    Source,
    deposee,
    repondre,
)

pytestmark = [pytest.mark.usefixtures("jour_des_essais"), pytest.mark.django_db]
RESSOURCES = {"recues": [{"nature": "SAL", "montant_mensuel": "800.00"}], "versees": []}
RAYON = "Ressources connues de l’administration"


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Source:
    source = Source()
    monkeypatch.setattr(views, "demander_ressources", source)
    return source


def declaree(**autres: Any) -> Demande:
    """Élodie declares 800 € a month."""
    return deposee(contenu_=f.contenu(demandeur=f.personne(ressources=RESSOURCES)), **autres)


def pages(client: Client, nud: str) -> dict[str, str]:
    """Everything that could show a figure: the file, its history, its versions, the print, the file to download."""
    chemins = ("", "historique/?genre=TOUT", "versions/", "etat/", "ressources/explication/")
    lues = {chemin: texte(client.get(f"/demandes/{nud}/{chemin}", follow=True)) for chemin in chemins}
    fichier = client.get(f"/demandes/{nud}/ressources/fichier/")
    return lues | {"fichier": b"".join(fichier).decode()}  # type: ignore[arg-type]


def test_a_counter_asks_and_reads_beside_what_is_declared(agent: Client, source: Source) -> None:
    demande = declaree()
    avant = texte(agent.get(f"/demandes/{demande.nud}/"))
    assert "Pas encore demandées à la source. Ce n’est pas zéro." in avant
    assert "Demander à la source" in avant
    reponse = agent.post(f"/demandes/{demande.nud}/ressources/demander/")
    assert reponse.url == f"/demandes/{demande.nud}/#ressources-connues"  # type: ignore[attr-defined]
    page = texte(agent.get(f"/demandes/{demande.nud}/"))
    for dit in (
        "1\u202f448,20\u00a0€ net versé, salaire.",
        "0,00\u00a0€\u00a0: un organisme a transmis un montant nul.",
        "Pas encore disponible.",
        "800,00\u00a0€ par mois",
        "−75,90\u00a0€, soit −9,5\u00a0% (connu\u00a0: 724,10\u00a0€ en moyenne sur 2 mois)",
        "Un écart de 5 à 8\u00a0% avec la fiche de paie est normal.",
        "novembre 2026, à partir du 20/12/2026",
    ):
        assert dit in page
    assert "Demander à la source" not in page, "it has just answered"
    assert agent.post(f"/demandes/{demande.nud}/ressources/demander/", follow=True).status_code == 200
    assert len(source.vues) == 1
    demande.refresh_from_db()
    assert demande.revision == 1, "nothing declared has changed"


@pytest.mark.parametrize("mois", [*ABSENCES, PANNE[0]], ids=repr)
def test_no_absence_has_a_figure_on_any_page(agent: Client, mois: Mois) -> None:
    demande = deposee()
    repondre(demande.id, (mois,))
    for page in pages(agent, demande.nud).values():
        rayon = page.partition(RAYON)[2].partition("</section>")[0]
        assert "€" not in rayon.replace("en euros", "")
    ligne = list(csv.reader(io.StringIO(pages(agent, demande.nud)["fichier"]), delimiter=";"))[1]
    assert ligne[3] == ""
    assert de_colonnes(Colonnes(mois.mois, ligne[1], ligne[2], None, [])) == mois


def test_the_last_answer_is_shown_with_its_date_while_the_source_is_away(agent: Client) -> None:
    demande = declaree()
    repondre(demande.id, le=f.MAINTENANT - timedelta(hours=2))
    repondre(demande.id, PANNE)
    page = texte(agent.get(f"/demandes/{demande.nud}/"))
    assert "Service indisponible. Le dossier peut être enregistré." in page
    assert "Dernière réponse le 24/11/2026" in page
    assert "1\u202f448,20" in page


def test_the_explanation_says_whom_an_error_is_told_to(agent: Client) -> None:
    demande = declaree()
    repondre(demande.id)
    page = texte(agent.get(f"/demandes/{demande.nud}/ressources/explication/"))
    employeur = page.partition("<dt>L’employeur, qui corrige sa déclaration</dt>")[2]
    assert "Septembre 2026, salaire (DSN)\u00a0: 1\u202f448,20\u00a0€" in employeur.partition("</dd>")[0]
    assert "ce service ne transmet rien" in page
    fichier = pages(agent, demande.nud)["fichier"]
    assert "09/2026;MONTANT;;1448,2\r\n08/2026;ZERO_CONFIRME;;\r\n" in fichier


def test_a_file_that_somebody_takes_over_shows_no_amount_in_any_byte(agent: Client) -> None:
    demande = deposee(le=f.ANCIEN)
    repondre(demande.id)
    assert CHIFFRES[0] in texte(agent.get(f"/demandes/{demande.nud}/"))
    modifier(demande.id, f.creer_acteur(), traits={"nom_naissance": "Zimmer"})
    en_attente = pages(agent, demande.nud)
    f.decider(Identite.objects.get(demande=demande.id, voie="CONTROLE"))
    for lues, dit in (
        (en_attente, "Masquées\u00a0: identité"),
        (pages(agent, demande.nud), "identité à vérifier"),
    ):
        assert dit in lues[""]
        for chemin, page in lues.items():
            for chiffre in CHIFFRES:
                assert chiffre not in page, (chemin, chiffre)


def test_the_household_reads_who_asked_and_who_read(agent: Client, source: Source) -> None:
    demande = deposee()
    agent.post(f"/demandes/{demande.nud}/ressources/demander/")
    pages(agent, demande.nud)
    page = texte(agent.get(f"/demandes/{demande.nud}/historique/demandeur/"))
    for dit in (
        "a demandé à l’administration vos ressources des trois derniers mois.",
        "a lu vos ressources connues de l’administration.",
        "a imprimé vos ressources connues de l’administration.",
        "a enregistré vos ressources connues de l’administration dans un fichier.",
    ):
        assert dit in page
    assert not any(chiffre in page for chiffre in CHIFFRES[:3])


def test_no_name_nor_number_in_a_line_nor_an_address(
    agent: Client, source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    nir = f.nir_de(NAISSANCE)
    demande = deposee(nir)
    with caplog.at_level(logging.DEBUG):
        reponse = agent.post(f"/demandes/{demande.nud}/ressources/demander/")
        lues = agent.get(f"/demandes/{demande.nud}/ressources/explication/")
    assert source.vues[0].nir == nir
    assert nir not in caplog.text + reponse.url  # type: ignore[attr-defined]
    assert "Dubreuil" not in caplog.text
    assert nir not in texte(lues)
    assert "no-store" in lues["Cache-Control"]


def test_who_may_not_read_them_sees_no_section(agent: Client) -> None:
    demande = deposee()
    repondre(demande.id)
    client = connecter(Client(), creer_gestionnaire())
    assert RAYON not in texte(client.get(f"/demandes/{demande.nud}/"))
    for chemin in ("explication", "fichier"):
        assert client.get(f"/demandes/{demande.nud}/ressources/{chemin}/").status_code == 403
    ailleurs = connecter(Client(), creer_gestionnaire(territoire="002"))
    assert ailleurs.post(f"/demandes/{demande.nud}/ressources/demander/").status_code in {403, 404}
