"""Messages broken at random, in bytes, structure, values: an answer, never a failure; refused, nothing is written."""

import random
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.api.test_fuzz import compter
from tests.nuu.conftest import XOP, Vendeur, enveloppe, parties, type_mime
from tests.nuu.messages import message
from tests.registre import factories as f

TYPES = ("CRE", "MOD", "REN", "RAD", "SUP", "COP", "DIS", "XXX")
VALEURS = (
    *(
        "",
        " ",
        "\n\t",
        "0",
        "-1",
        "1e9",
        "9" * 400,
        "A" * 100_000,
        "é" * 600,
        "\u202e",
        "\U0001f600",
        "true",
        "NaN",
    ),
    *(
        "0000-00-00",
        "2026-02-30",
        "9999-12-31",
        "-0001-01-01",
        "2026-11-24Z",
        "2026-11-24T24:00:00",
        "99",
        "2A004",
    ),
    *("0991126000001G0993", "' OR 1=1 --", "<![CDATA[", "%s", "{}", "T3", "06 39 98 00 01", "1" * 18),
)
SECONDES = 2.0
REPONSES = {200, 400, 413}

pytestmark = pytest.mark.django_db


def abimer_les_octets(octets: bytes, des: random.Random) -> bytes:
    """Some bytes changed, taken away, repeated or cut."""
    corps = bytearray(octets)
    for _ in range(des.randint(1, 6)):
        ici = des.randrange(len(corps) or 1)
        match des.randrange(4):
            case 0:
                corps[ici : ici + 1] = bytes([des.randrange(256)])
            case 1:
                del corps[ici : ici + des.randint(1, 40)]
            case 2:
                corps[ici:ici] = corps[ici : ici + des.randint(1, 200)]
            case _:
                del corps[max(ici, 1) :]
    return bytes(corps)


def repeter(element: Any, parent: Any, des: random.Random) -> None:
    parent.extend([etree.fromstring(etree.tostring(element)) for _ in range(des.choice((1, 60)))])


def renommer(element: Any, parent: Any, des: random.Random) -> None:
    element.tag = des.choice((element.tag + "x", "{urn:autre}nom", parent.tag))


def enterrer(element: Any, _: Any, des: random.Random) -> None:
    ici = element
    for _rang in range(des.choice((1, 70))):
        ici = etree.SubElement(ici, element.tag)


GESTES: tuple[Callable[[Any, Any, random.Random], object], ...] = (
    lambda element, parent, _: parent.remove(element),
    lambda element, *_: element.clear(),
    lambda element, parent, des: parent.insert(des.randrange(len(parent)), element),
    repeter,
    renommer,
    enterrer,
)


def abimer_la_structure(racine: Any, des: random.Random) -> None:
    """Elements taken away, repeated, emptied, renamed, moved, or buried."""
    tous = list(racine.iter())[1:]
    for element in des.sample(tous, k=min(len(tous), des.randint(1, 4))):
        if (parent := element.getparent()) is not None:
            des.choice(GESTES)(element, parent, des)


def changer_des_valeurs(racine: Any, des: random.Random) -> None:
    """Texts and codes at the edges of what a schema takes."""
    feuilles = [e for e in racine.iter() if not len(e)]
    for element in des.sample(feuilles, k=min(len(feuilles), des.randint(1, 5))):
        valeur = des.choice(VALEURS)
        if element.attrib and des.random() < 0.6:
            element.set(des.choice(list(element.attrib)), valeur)
        else:
            element.text = valeur


ARBRE: tuple[Callable[[Any, random.Random], None], ...] = (abimer_la_structure, changer_des_valeurs)


def envoi(nud: str, des: random.Random) -> tuple[bytes, str]:
    """A whole message, broken once; its body and its media type."""
    genre = des.choice(TYPES)
    dossier = {} if genre == "CRE" else {"numero_unique": nud}
    fichier = message(genre, jour=f.AUJOURD_HUI, **dossier).encode()
    niveau = des.randrange(3)
    if niveau:
        racine = etree.fromstring(fichier)
        ARBRE[niveau - 1](racine, des)
        fichier = etree.tostring(
            racine, xml_declaration=True, encoding=des.choice(("UTF-8", "ISO-8859-1", "UTF-16"))
        )
    enfants = {"nomFichierDemande": "DEM.xml", "fichierDemande": XOP.format("fichier"), "nomCertificat": "C"}
    corps = parties(
        ("racine", "application/xop+xml", enveloppe("numUniqueParametres", enfants).encode()),
        ("fichier", "text/xml", fichier),
    )
    return (corps if niveau else abimer_les_octets(corps, des)), type_mime()


@pytest.mark.parametrize("cas", [150, pytest.param(10_000, marks=pytest.mark.longue)])
def test_quoi_qu_il_arrive_une_reponse(vendeur: Vendeur, cas: int) -> None:
    nud = f.deposer().nud
    vus: dict[int, int] = {}

    @settings(
        max_examples=cas,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(graine=st.integers(0, 2**64))
    def envoyer(graine: int) -> None:
        corps, type_ = envoi(nud, random.Random(graine))
        avant, depart = compter(), time.process_time()
        reponse: HttpResponse = vendeur.poster(corps, type_)
        assert time.process_time() - depart < SECONDES, graine
        assert reponse.status_code in REPONSES, (graine, reponse.content[-900:])
        vus[reponse.status_code] = vus.get(reponse.status_code, 0) + 1
        refusee = reponse.status_code != 200 or (
            b"listeAnomalie>" in reponse.content and b"_130" not in reponse.content
        )
        assert not refusee or compter() == avant, graine

    envoyer()
    connection.check_constraints()
    assert {200, 400} <= vus.keys()
