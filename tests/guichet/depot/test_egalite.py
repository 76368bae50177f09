"""Equal treatment on the screens: recorded at the deposit, completed after, the same for every household."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.referentiels.rules import nomenclatures_par_defaut
from sne.registre.demande.models.demande import Demande
from sne.registre.depot.actions.reprendre import Reprise, reprendre_demandes
from sne.registre.depot.models import ConsigneEgalite
from sne.registre.depot.rules.egalite import Moment, points_de
from sne.registre.depot.selectors.egalite import get_egalite
from tests.guichet import parcours
from tests.habilitations.factories import acteur, connecter, creer_agent
from tests.registre import factories as f
from tests.registre.depot.test_reprendre import systeme
from tests.saisie import cadres

pytestmark = pytest.mark.django_db

STATUTS = [code for code, _ in nomenclatures_par_defaut(cadres.JOUR).choix("ListeTypeContratTravail")]
BOUTON = re.compile(r"<(?:button|a)\b[^>]*(?:fr-btn|fr-link)[^>]*>(.*?)</(?:button|a)>", re.S)
INSTANT = re.compile(r"\d\d/\d\d/\d{4} à \d+\u00a0h\u00a0\d\d")
BALISES = re.compile(r"<[^>]+>")


def faits(nud: str, compte: Compte) -> dict[str, set[str]]:
    """Codes recorded as done, by step."""
    etapes = get_egalite(Demande.objects.get(nud=nud).id, acteur=acteur(compte))
    return {e.moment: {point.code for point, fait in e.lignes if fait} for e in etapes}


def boutons(page: str) -> list[str]:
    """What may be done from a page, in order, whenever it was done before."""
    sans_date = INSTANT.sub("", page)
    return [" ".join(BALISES.sub(" ", texte).split()) for texte in BOUTON.findall(sans_date)]


def test_recorded_with_the_deposit_and_never_asked_for_it(agent: Client, compte: Compte) -> None:
    brouillon = parcours.saisir(agent)
    reponse = parcours.verifier(
        agent,
        brouillon,
        egalite_avant=["PIECE_SEULE", "GUICHET_AU_CHOIX"],
        egalite_pendant=["DATE_DE_DEPOT", "INCONNU"],
    )
    nud = reponse.headers["Location"].split("/")[2]
    assert faits(nud, compte) == {
        "AVANT": {"PIECE_SEULE", "GUICHET_AU_CHOIX"},
        "PENDANT": {"DATE_DE_DEPOT", "RELECTURE"},
        "APRES": set(),
    }


def test_boxes_ticked_are_kept_with_the_draft(agent: Client) -> None:
    brouillon = parcours.saisir(agent)
    parcours.verifier(agent, brouillon, egalite_avant=["PIECE_SEULE"], piece_type="")
    page = parcours.texte(agent.get(reverse("brouillon-verifier", args=[brouillon])))
    assert re.search(r'value="PIECE_SEULE" id="[^"]+" checked', page)


def test_completed_on_the_confirmation_page_and_back_there(agent: Client, compte: Compte) -> None:
    nud = parcours.enregistrer(agent)
    adresse = reverse("demande-enregistree", args=[nud])
    page = parcours.texte(agent.get(adresse))
    assert "Le numéro unique (remise faite)" in page
    assert "La liste des pièces à produire (remise faite)" in page
    champs = {
        "egalite_apres": ["NUMERO", "LISTE_DES_PIECES"],
        "egalite_apres_montre": "oui",
        "retour": "enregistree",
    }
    reponse = agent.post(reverse("demande-egalite", args=[nud]), champs, follow=True)
    assert reponse.redirect_chain[-1][0] == adresse
    assert faits(nud, compte)["APRES"] == {"NUMERO", "LISTE_DES_PIECES"}
    assert faits(nud, compte)["PENDANT"] == {"RELECTURE"}
    assert re.search(r'value="NUMERO" id="[^"]+" checked', parcours.texte(reponse))


def test_file_counts_the_lines_and_leads_to_them(agent: Client, compte: Compte) -> None:
    nud = f.deposer().nud
    page = parcours.texte(agent.get(reverse("demande", args=[nud])))
    assert f"Après le dépôt\u00a0: 0 sur {len(points_de(Moment.APRES))}" in page
    adresse = reverse("demande-egalite", args=[nud])
    assert f'href="{adresse}"' in page
    assert parcours.texte(agent.get(adresse)).count('type="checkbox"') == 15
    tout = {f"egalite_{m.lower()}": [p.code for p in points_de(m)] for m in Moment}
    montres = {f"egalite_{m.lower()}_montre": "oui" for m in Moment}
    page = parcours.texte(agent.post(adresse, tout | montres, follow=True))
    assert "Explications et remises consignées." in page
    assert "Après le dépôt\u00a0: 6 sur 6" in page
    assert "consigné le" in parcours.texte(agent.get(adresse))


def test_unticking_is_recorded_too(agent: Client, compte: Compte) -> None:
    nud = f.deposer().nud
    adresse = reverse("demande-egalite", args=[nud])
    agent.post(adresse, {"egalite_apres": "NUMERO", "egalite_apres_montre": "oui"})
    agent.post(adresse, {"egalite_avant_montre": "oui"})
    assert faits(nud, compte)["APRES"] == {"NUMERO"}
    agent.post(adresse, {"egalite_apres_montre": "oui"})
    assert faits(nud, compte)["APRES"] == set()
    assert ConsigneEgalite.objects.count() == 2


def test_another_territory_neither_sees_nor_records(client: Client) -> None:
    nud = f.deposer().nud
    connecter(client, creer_agent("02B", "GD2B1"))
    adresse = reverse("demande-egalite", args=[nud])
    assert client.get(adresse).status_code == 404
    assert client.post(adresse, {"egalite_apres_montre": "oui", "egalite_apres": "NUMERO"}).status_code == 404


def pages(agent: Client, nuds: Iterable[str]) -> list[list[str]]:
    """What may be done from each file."""
    return [boutons(parcours.texte(agent.get(reverse("demande", args=[nud])))) for nud in nuds]


def test_no_channel_removes_a_button(agent: Client) -> None:
    """A demande typed at a counter, and one taken over from a former system."""
    depot = f.depot()
    nuds = reprendre_demandes([Reprise(depot)], acteur=systeme())
    repris, saisi = nuds[str(depot.id)], f.deposer(doublons_ecartes="Une autre personne.").nud
    assert Demande.objects.get(nud=repris).canal != Demande.objects.get(nud=saisi).canal
    page_reprise, page_saisie = pages(agent, [repris, saisi])
    assert page_reprise == page_saisie
    assert len(page_saisie) > 5


def test_no_professional_status_removes_a_button(agent: Client) -> None:
    def personne(statut: str | None) -> dict[str, Any]:
        return f.personne(situation_professionnelle={"statut": statut})

    nuds = [
        f.deposer(f.contenu(demandeur=personne(statut)), doublons_ecartes="Une autre personne.").nud
        for statut in [None, *STATUTS]
    ]
    sans_statut, *autres = pages(agent, nuds)
    assert len(autres) == len(STATUTS) > 5
    assert [boutons_ == sans_statut for boutons_ in autres] == [True] * len(STATUTS)
