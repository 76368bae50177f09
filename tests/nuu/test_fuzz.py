"""Messages altered in bytes, elements or values: an answer or a fault, never a failure; nothing kept on refusal."""

import os
import time

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from sne.conventions.actions import regler_cadence
from sne.conventions.rules.cadences import Groupe
from sne.nuu.operations.numero_unique import TRAITEMENTS
from sne.registre.demande.models.demande import Demande
from sne.socle.horloge import aujourd_hui
from tests.conventions.factories import acte
from tests.habilitations.factories import creer_exploitation
from tests.nuu.conftest import SERVICE_DEMANDE, XOP, Prise, enveloppe, parties, type_mime
from tests.nuu.messages import message
from tests.registre.factories import contenu, personne

CAS = 300
SECONDES = 10.0  # of processor: two on a machine of its own
BORDS = (
    *("", " ", "0", "-1", "9" * 400, "1e9", "NaN", "true", "ZZ", "é" * 200, "𝔘", "\u202e", "<![CDATA[x]]>"),
    *(
        "2026-02-30",
        "0001-01-01",
        "99999-01-01",
        "2026-11-24T24:00:00",
        "2026-11-24+14:00",
        "99002",
        "0991126000412G0993",
    ),
)
TEXTES = st.sampled_from(BORDS) | st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=40)


def _alterer_les_octets(tirer, octets):
    """Some bytes cut out, doubled or replaced."""
    for _ in range(tirer(st.integers(1, 3))):
        debut = tirer(st.integers(0, len(octets)))
        fin = min(len(octets), debut + tirer(st.integers(0, 200)))
        octets = octets[:debut] + tirer(st.binary(max_size=8)) * tirer(st.integers(0, 3)) + octets[fin:]
    return octets


def _alterer_les_elements(tirer, octets):
    """An element taken away, doubled, emptied, renamed, or moved to the end."""
    racine = etree.fromstring(octets)
    element = tirer(st.sampled_from(list(racine.iter())[1:]))
    parent, quoi = element.getparent(), tirer(st.integers(0, 4))
    if quoi == 0:
        parent.remove(element)
    elif quoi == 1:
        parent.extend([etree.fromstring(etree.tostring(element)) for _ in range(tirer(st.integers(1, 60)))])
    elif quoi == 2:
        element[:] = []
    elif quoi == 3:
        element.tag = tirer(st.sampled_from([e.tag for e in racine.iter()]))
    else:
        parent.append(element)
    return etree.tostring(racine, encoding="UTF-8")


def _alterer_les_valeurs(tirer, octets):
    """A text or a code that the schemas may not have."""
    racine = etree.fromstring(octets)
    element = tirer(st.sampled_from([e for e in racine.iter() if not len(e)]))
    if element.get("code") is not None:
        element.set("code", tirer(TEXTES))
    else:
        element.text = tirer(TEXTES)
    return etree.tostring(racine, encoding="UTF-8")


@pytest.mark.django_db
@pytest.mark.parametrize("cas", [CAS, pytest.param(10_000, marks=pytest.mark.longue)])
def test_whatever_is_sent_is_answered(vendeur, convention, cas):
    regler_cadence(convention, Groupe.ECRITURE, 100_000, acte=acte(creer_exploitation()))
    statuts = set()

    @settings(
        max_examples=cas,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=not os.environ.get("HYPOTHESIS_PROFILE"),
    )
    @given(
        tirage=st.data(),
        genre=st.sampled_from(list(TRAITEMENTS)),
        alterer=st.sampled_from([_alterer_les_octets, _alterer_les_elements, _alterer_les_valeurs]),
    )
    def envoyer(tirage, genre, alterer):
        deux = contenu(cotitulaires=[personne("Morel", "Luc", lien_demandeur="M")])
        fichier = message(genre, deux, jour=aujourd_hui(), reference="R").encode()
        racine = enveloppe("numUniqueParametres", {"fichierDemande": XOP.format("fichier")}).encode()
        if alterer is not _alterer_les_octets:
            fichier = alterer(tirage.draw, fichier)
        corps = parties(("racine", "application/xop+xml", racine), ("fichier", "text/xml", fichier))
        if alterer is _alterer_les_octets:
            corps = alterer(tirage.draw, corps)
        avant, depart = Demande.objects.count(), time.process_time()
        reponse = vendeur.client.post(
            SERVICE_DEMANDE, corps, content_type=type_mime(), **{"gunicorn.socket": Prise()}
        )
        assert time.process_time() - depart < SECONDES
        statuts.add(reponse.status_code)
        assert reponse.status_code < 500, reponse.content.decode()[-600:]
        registre = b":numUnique>" in reponse.content and genre in {"CRE", "CRS"}
        assert Demande.objects.count() == avant or registre

    envoyer()
    assert statuts == {200, 400}
