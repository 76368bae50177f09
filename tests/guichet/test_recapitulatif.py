"""The recap on screen and in files: who reads which lines, absence in words, sorting, constant queries."""

import csv
import io
import re
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sne.guichet.recapitulatif.presentation import duree, en_decimal
from sne.journal.models import Entree
from sne.referentiels.selectors import list_guichets
from sne.socle.tableur import BOM
from sne.suivi.rules.colonnes import COLONNES
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_support
from tests.suivi.factories import NOVEMBRE, OCTOBRE, activite, remarquable

PAGE = "recapitulatif"


@pytest.fixture
def octobre(db: None) -> None:
    """A remarkable counter, a calm one of another body, another month, another territory."""
    remarquable()
    activite("G0991", traitees=2_000, naissance_mineure=3, agents=2, part_premier_agent=2 / 3, hasard=0.9)
    activite(mois=NOVEMBRE, traitees=7)
    activite("GD2B1", territoire="02B", traitees=4_321)


def lire(client: Client, **filtres: str) -> str:
    reponse = client.get(reverse(PAGE), filtres)
    assert reponse.status_code == 200
    return texte(reponse)


def codes(page: str) -> list[str]:
    """Counters of the table, in order."""
    return re.findall(r'<th scope="row">.*?reg-numero[^>]*>([A-Z0-9]{5})<', page, re.DOTALL)


def exporter(client: Client, format_: str, de: date = OCTOBRE, a: date = OCTOBRE) -> bytes:
    reponse = client.post(
        reverse("recapitulatif-exporter"), {"de": f"{de:%Y-%m}", "a": f"{a:%Y-%m}", "format": format_}
    )
    assert reponse.status_code == 200
    return b"".join(reponse.streaming_content)


def test_the_last_whole_month_is_shown(gestionnaire: Client, octobre: None) -> None:
    page = lire(gestionnaire)
    assert "En octobre 2026, le territoire a traité <strong>2\u00a0100\u00a0demandes</strong>" in page
    assert codes(page) == ["G0991", "G0993"]
    assert "soit 5,2 pour 1" in page
    assert "<strong>1\u00a0guichet signalé</strong> sur 2" in page
    assert "5\u00a0changements de nom de naissance" in page
    assert "GD2B1" not in page
    assert "4321" not in page


def test_another_month_is_chosen(gestionnaire: Client, octobre: None) -> None:
    assert codes(lire(gestionnaire, mois="2026-11")) == ["G0993"]
    assert codes(lire(gestionnaire, mois="1999-01")) == ["G0991", "G0993"]


def test_absence_is_said_in_words_and_is_not_zero(gestionnaire: Client, octobre: None) -> None:
    page = lire(gestionnaire, colonnes="delai")
    assert '<span aria-hidden="true">—</span><span class="fr-sr-only">aucune validation</span>' in page
    assert "1\u00a0j\u00a01\u00a0h" in page
    assert "75\u00a0%" in lire(gestionnaire, colonnes="anciennes")


def test_lines_are_sorted_by_links(gestionnaire: Client, octobre: None) -> None:
    page = lire(gestionnaire, tri="taux", ordre="decroissant")
    assert codes(page) == ["G0993", "G0991"]
    assert 'aria-sort="descending"><a href="?mois=2026-10&amp;tri=taux&amp;ordre=croissant">' in page
    assert codes(lire(gestionnaire, tri="taux", ordre="croissant")) == ["G0991", "G0993"]
    assert codes(lire(gestionnaire, tri="delai", ordre="croissant")) == ["G0993", "G0991"]
    assert codes(lire(gestionnaire, tri="nimporte")) == ["G0991", "G0993"]


def test_columns_are_chosen_and_the_territory_is_summed(gestionnaire: Client, octobre: None) -> None:
    """Eight columns at first; those chosen stay when the lines are sorted; a share has no sum."""
    page = lire(gestionnaire)
    assert page.count('<th scope="col"') == 3 + 5
    pied = page[page.index('class="reg-total"') :]
    assert 'data-libelle="Demandes traitées" class="reg-nombre">2\u202f100</td>' in pied
    assert '<span class="fr-sr-only">pas de total</span>' in pied
    choisie = lire(gestionnaire, colonnes="agents")
    assert choisie.count('<th scope="col"') == 3 + 1
    assert "?mois=2026-10&amp;colonnes=agents&amp;tri=agents" in choisie
    assert "pas de total" in choisie
    assert lire(gestionnaire, colonnes="nimporte").count('<th scope="col"') == 3 + 5


def test_a_manager_reads_their_own_body_beside_the_territory(responsable: Client, octobre: None) -> None:
    page = lire(responsable)
    assert codes(page) == ["G0993"]
    assert "2\u00a0100\u00a0demandes" in page
    assert 'class="reg-total"' not in page
    lu = exporter(responsable, "csv").decode()
    assert "G0993" in lu
    assert "G0991" not in lu


def test_counters_without_activity_are_named(gestionnaire: Client, octobre: None) -> None:
    calmes = [
        g for g in list_guichets("099", le=OCTOBRE) if g.code not in ("G0991", "G0993") and not g.virtuel
    ]
    page = lire(gestionnaire)
    assert f"{len(calmes)}\u00a0guichets sans activité" in page
    assert calmes[0].code in page


def test_the_others_read_nothing(agent: Client, octobre: None) -> None:
    assert agent.get(reverse(PAGE)).status_code == 403
    assert agent.post(reverse("recapitulatif-exporter")).status_code == 403
    support = connecter(Client(), creer_support())
    assert support.get(reverse(PAGE)).status_code == 403


def test_before_the_first_night_there_is_a_sentence(gestionnaire: Client) -> None:
    assert "n’a pas encore été calculé" in lire(gestionnaire)


def test_a_counter_unknown_to_the_reference_data_is_shown_by_its_code(gestionnaire: Client) -> None:
    activite("G0ZZZ", traitees=3)
    assert codes(lire(gestionnaire)) == ["G0ZZZ"]


def test_pages_of_fifty(gestionnaire: Client) -> None:
    for rang in range(51):
        activite(f"G2{rang:03d}", traitees=1)
    assert len(codes(lire(gestionnaire))) == 50
    page = lire(gestionnaire, page="2")
    assert codes(page) == ["G2050"]
    assert "Précédents" in page


def test_queries_do_not_grow_with_lines(gestionnaire: Client) -> None:
    activite(traitees=1)
    lire(gestionnaire)
    with CaptureQueriesContext(
        connection,
    ) as une:
        lire(gestionnaire)
    remarquable("G0991")
    remarquable("G0992")
    with CaptureQueriesContext(connection) as trois:
        lire(gestionnaire)
    assert len(trois) == len(une)


def test_a_text_file_holds_the_same_columns(gestionnaire: Client, octobre: None) -> None:
    lu = exporter(gestionnaire, "csv", a=NOVEMBRE).decode()
    assert lu.startswith(BOM)
    entetes, *lignes = list(csv.reader(io.StringIO(lu.removeprefix(BOM)), delimiter=";"))
    assert entetes == ["Mois", *(colonne.entete for colonne in COLONNES)]
    assert len(entetes) == 25
    par_nom = [dict(zip(entetes, ligne, strict=True)) for ligne in lignes]
    assert [(x["Mois"], x["Code du guichet"]) for x in par_nom] == [
        ("01/10/2026", "G0991"),
        ("01/10/2026", "G0993"),
        ("01/11/2026", "G0993"),
    ]
    calme, remarque, _ = par_nom
    assert (remarque["Délai médian de validation (heures)"], remarque["Part du premier agent (%)"]) == (
        "25,0",
        "100,0",
    )
    assert (remarque["Changements pour 1 000 demandes traitées"], remarque["Signalé"]) == ("80,0", "oui")
    assert (calme["Délai médian de validation (heures)"], calme["Signalé"]) == ("", "non")


def test_a_workbook_holds_figures_as_figures(gestionnaire: Client, octobre: None) -> None:
    feuille = openpyxl.load_workbook(io.BytesIO(exporter(gestionnaire, "xlsx"))).active
    assert feuille is not None
    entetes, calme, remarque = list(feuille.iter_rows(values_only=True))
    rang = entetes.index("Délai médian de validation (heures)")
    assert (calme[rang], remarque[rang]) == (None, 25)
    assert remarque[entetes.index("Changements pour 1 000 demandes traitées")] == 80


def test_taking_a_file_away_is_told(gestionnaire: Client, octobre: None) -> None:
    exporter(gestionnaire, "xlsx")
    entree = Entree.objects.get(verbe="EXPORTER_RECAPITULATIF")
    assert (entree.territoire, entree.faits) == (
        "099",
        {"de": "2026-10", "a": "2026-10", "format": "XLSX", "lignes": 2},
    )


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ({"de": "", "a": "2026-10"}, "Choisissez le premier mois."),
        ({"de": "1999-01", "a": "2026-10"}, "Ce mois n’a pas de récapitulatif."),
        ({"de": "2026-11", "a": "2026-10"}, "du plus ancien au plus récent"),
    ],
)
def test_a_wrong_period_is_said_beside_its_field(
    gestionnaire: Client, octobre: None, saisie: dict[str, str], phrase: str
) -> None:
    reponse = gestionnaire.post(reverse("recapitulatif-exporter"), saisie)
    assert reponse.status_code == 200
    assert phrase in texte(reponse)
    assert not Entree.objects.filter(verbe="EXPORTER_RECAPITULATIF").exists()


@pytest.mark.parametrize(
    ("minutes", "mots"),
    [(0, "0 min"), (45, "45 min"), (180, "3 h"), (1_500, "1 j 1 h"), (1_445, "1 j")],
)
def test_a_duration_reads_in_its_two_largest_units(minutes: int, mots: str) -> None:
    assert duree(minutes) == mots.replace(" ", "\u00a0")


def test_decimals_are_french() -> None:
    assert (en_decimal(8.64), en_decimal(1.0), en_decimal(0.25, 2)) == ("8,6", "1", "0,25")


def test_a_manager_of_the_territory_decides_of_the_mailing(gestionnaire: Client) -> None:
    adresse = reverse("recapitulatif-envoi")
    assert "Aucun envoi n’est programmé" in texte(gestionnaire.get(adresse))
    page = texte(gestionnaire.post(adresse, {"jour": "2", "format": "xlsx"}, follow=True))
    assert "Envoi programmé" in page
    assert "<strong>2 de chaque mois</strong>" in page
    assert "Camille Rousset" in page
    assert "déjà réglé ainsi" in texte(gestionnaire.post(adresse, {"jour": "2", "format": "xlsx"}))
    assert "Choisissez un jour du mois" in texte(gestionnaire.post(adresse, {"jour": "", "format": "xlsx"}))
    page = texte(gestionnaire.post(reverse("recapitulatif-envoi-arreter"), follow=True))
    assert "Envoi arrêté" in page
    assert "2 du mois, fichier XLSX" in page
    assert gestionnaire.post(reverse("recapitulatif-envoi-arreter")).status_code == 409


def test_nobody_else_sees_the_mailing(responsable: Client, agent: Client, octobre: None) -> None:
    for client in (responsable, agent):
        assert client.get(reverse("recapitulatif-envoi")).status_code == 403
        assert client.post(reverse("recapitulatif-envoi-arreter")).status_code == 403
    assert "Envoi mensuel" not in lire(responsable)
