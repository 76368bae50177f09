"""Asking documents on the screens: what is offered, what is refused beside its boxes, what the file then shows."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from sne.registre.demande.models.demande import Demande
from sne.registre.faits.models import Evenement
from sne.registre.faits.rules.faits import NatureFait
from tests.guichet.parcours import requetes, texte
from tests.habilitations.factories import connecter, creer_dpo
from tests.registre import factories as f
from tests.registre.faits.faits import consigner
from tests.registre.pieces import pieces as p
from tests.registre.separation.separations import deposer_couple

pytestmark = pytest.mark.usefixtures("jour_des_essais")
IMPOT, COUPLE = "AVIS_IMPOSITION_N2/demandeur", "AVIS_IMPOSITION_N2/cotitulaire:1"
APRES = f.MAINTENANT + timedelta(hours=1)


@pytest.fixture
def nud(db: None) -> str:
    return deposer_couple().nud


def page(nud: str, suite: str = "") -> str:
    return f"/demandes/{nud}/pieces/{suite}"


def demander(client: Client, nud: str, *pieces: str, **champs: Any) -> Any:
    return client.post(page(nud, "demander/"), {"pieces": pieces} | champs)


def test_what_is_missing_is_offered_person_by_person(agent: Client, nud: str) -> None:
    lue = texte(agent.get(page(nud)))
    assert page(nud, "demander/") in lue
    lue = texte(agent.get(page(nud, "demander/")))
    for nom in (IMPOT, COUPLE, "IDENTITE/demandeur", "TUTELLE"):
        assert f'value="{nom}"' in lue
    assert "Avis d’impôt 2025 sur les revenus de 2024, Dubreuil Élodie, manquante" in lue
    p.joindre(Demande.objects.get(nud=nud).id, p.IMPOT)
    lue = texte(agent.get(page(nud, "demander/")))
    assert f'value="{IMPOT}"' not in lue
    assert f'value="{COUPLE}"' in lue


def test_what_is_asked_shows_until_it_comes(agent: Client, nud: str) -> None:
    reponse = demander(agent, nud, IMPOT, COUPLE, reponse_avant="10/12/2026")
    assert reponse.headers["Location"] == page(nud)
    lue = texte(agent.get(page(nud)))
    assert "Demandées au ménage, pas encore reçues" in lue
    assert lue.count("Demandée au ménage le 24/11/2026") == 4
    assert "à remettre avant le 10/12/2026" in lue
    evenement = Evenement.objects.get()
    p.joindre(evenement.demande_id, p.IMPOT, le=APRES)
    assert texte(agent.get(page(nud))).count("Demandée au ménage le 24/11/2026") == 2
    faits = texte(agent.get(f"/demandes/{nud}/evenements/"))
    assert "Avis d’impôt 2025 sur les revenus de 2024" in faits
    assert "/corriger/" not in faits
    assert "/retirer/" in faits


def test_a_refusal_comes_back_beside_the_boxes(agent: Client, nud: str) -> None:
    assert "Cochez au moins une pièce" in texte(demander(agent, nud))
    assert "n’est plus à demander" in texte(demander(agent, nud, "SEJOUR/demandeur"))
    lue = texte(demander(agent, nud, IMPOT, reponse_avant="01/11/2026"))
    assert "Cette date est passée" in lue
    demander(agent, nud, IMPOT)
    lue = texte(demander(agent, nud, IMPOT))
    assert "déjà été demandées aujourd’hui" in lue
    assert "demandée au ménage le 24/11/2026" in lue
    assert Evenement.objects.count() == 1


def test_the_type_of_event_leads_to_the_page_of_documents(agent: Client, nud: str) -> None:
    reponse = agent.get(f"/demandes/{nud}/evenements/evenement/?type=DEMANDE_PJ")
    assert reponse.headers["Location"] == page(nud, "demander/")
    demander(agent, nud, IMPOT)
    evenement = Evenement.objects.get()
    adresse = f"/demandes/{nud}/evenements/evenement/{evenement.id}"
    assert agent.get(f"{adresse}/corriger/").headers["Location"] == f"{adresse}/retirer/"
    assert "Retirer\u00a0: Demande de pièces" in texte(agent.get(f"{adresse}/retirer/"))


def test_only_who_may_record_is_shown_the_page(nud: str, jour_des_essais: None) -> None:
    dpo = connecter(Client(), creer_dpo())
    assert page(nud, "demander/") not in texte(dpo.get(page(nud)))
    assert dpo.get(page(nud, "demander/")).status_code == 403


def test_as_many_statements_whatever_is_asked(agent: Client, nud: str) -> None:
    demande = Demande.objects.get(nud=nud).id
    consigner(NatureFait.EVENEMENT, demande, type="DEMANDE_PJ", caracteristiques={"pieces": IMPOT})
    une = requetes(lambda: agent.get(page(nud)))
    consigner(
        NatureFait.EVENEMENT, demande, type="DEMANDE_PJ", caracteristiques={"pieces": "IDENTITE,TUTELLE"}
    )
    assert requetes(lambda: agent.get(page(nud))) == une
