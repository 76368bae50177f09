"""Several hands on the button at once: two addresses, each pressing again and again; one freeze, one enquiry."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from sne.notifications.models import Message
from sne.registre.avis.actions.s_opposer import LienFerme, retirer_opposition, s_opposer
from sne.registre.avis.models import Opposition
from sne.registre.enquete.models.enquete import DossierEnquete, Gel, LeveeGel
from tests.registre.avis import avis as a

pytestmark = pytest.mark.django_db(transaction=True)
LE = a.f.MAINTENANT + a.HEURE


def appuyer(essai: tuple[str, uuid.UUID]) -> str:
    """Press the button of one link, by one form; the reference, or that it serves no more."""
    jeton, formulaire = essai
    try:
        return s_opposer(
            jeton, formulaire=formulaire, codes=a.codes(), contact="06 99 88 77 66", survenu_le=LE
        ).reference
    except LienFerme as refus:
        return refus.code
    finally:
        connections["default"].close()


def se_raviser(jeton: str) -> str:
    try:
        retirer_opposition(jeton, survenu_le=LE)
    except LienFerme as refus:
        return refus.code
    finally:
        connections["default"].close()
    return "RETIREE"


def test_two_addresses_pressing_at_once() -> None:
    a.changer(a.deposer().demande_id, a.contenu(a.APRES))
    liens = [(a.jeton(), uuid.uuid4()), (a.jeton(a="+33611223344"), uuid.uuid4())]
    autre = (a.jeton(), uuid.uuid4())  # the page of the e-mail, opened twice
    with ThreadPoolExecutor(10) as pool:
        resultats = list(pool.map(appuyer, [*liens * 4, autre, autre]))
    references = {r for r in resultats if r.startswith("S-2026-")}
    assert len(references) == 2
    assert (Gel.objects.count(), DossierEnquete.objects.count(), Opposition.objects.count()) == (1, 1, 2)
    assert Message.objects.filter(genre="OPPOSITION_RECUE").count() == 2
    with ThreadPoolExecutor(8) as pool:
        retraits = [a.jeton("OPPOSITION_RECUE"), a.jeton("OPPOSITION_RECUE", a="+33611223344")]
        suites = list(pool.map(se_raviser, retraits * 4))
    assert suites.count("RETIREE") == 2
    assert LeveeGel.objects.count() == 1
