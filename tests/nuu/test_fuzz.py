"""Messages altered in bytes, elements or values: a valid answer or a fault, no failure; nothing kept on refusal."""

import os
import re
import time
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from sne.conventions.actions import regler_cadence
from sne.conventions.actions.appels import CADENCE_MAX
from sne.conventions.rules.cadences import Groupe
from sne.nuu.operations.numero_unique import TRAITEMENTS
from sne.nuu.rules.description import ESPACE
from sne.socle.horloge import aujourd_hui
from tests.conventions.factories import acte
from tests.ecrites import Point
from tests.habilitations.factories import creer_exploitation
from tests.interop.schemas import verifier
from tests.nuu.conftest import XOP, Prise, enveloppe, parties, type_mime
from tests.nuu.messages import message
from tests.nuu.test_messages import creer
from tests.registre.factories import contenu, personne

CAS = 300
SECONDES = 2.0  # of processor, whatever else the machine does
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
CODES = re.compile(rb' code="((?:CTRL_DEM|REC|EVT)_[0-9]+)"')
CONJOINT = personne("Morel", "Luc", lien_demandeur="M")
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


@dataclass(frozen=True)
class Envoi:
    """A call that is right: its service, the element of its body, the file that it brings, the action it names."""

    service: str
    corps: str
    nom: str
    fichier: str
    action: str = "getX"

    def octets(self, fichier):
        """Its body, with this file in a part."""
        racine = enveloppe(self.corps, {self.nom: XOP.format("fichier")}).encode()
        return parties(("racine", "application/xop+xml", racine), ("fichier", "text/xml", fichier))


def frere(service, dedans, action="getX"):
    """A call of one of the two sister services."""
    envoi = (
        f'<n:interfaceNuu xmlns:n="{ESPACE}" versionInterface="02.00"><n:entete><n:typeFichier>RECH</n:typeFichier>'
        "<n:dateFichier>2026-11-29T08:00:00.0+01:00</n:dateFichier><n:codeGuichet>G0993</n:codeGuichet></n:entete>"
        f"<n:operation>{dedans}</n:operation></n:interfaceNuu>"
    )
    return Envoi(service, "fichierXmlParametres", "fichierXml", envoi, action)


def envois(nud, autre):
    """What software sends, by name: about a demande of two adults, another one, and nobody’s yet."""
    seul, deux = contenu(demandeur=personne("Morel", "Luc")), contenu(cotitulaires=[CONJOINT])
    neuve = contenu(demandeur=personne("Quenneville", "Ida"))
    radiation = {"date": aujourd_hui(), "motif": "RADABA", "date_courrier_sans_reponse": aujourd_hui()}
    sien = {"jour": aujourd_hui(), "numero_unique": nud, "reference": "R"}
    fichiers = {genre: message(genre, deux, **sien) for genre in TRAITEMENTS} | {
        "CRE": message("CRE", neuve, jour=aujourd_hui(), reference="R"),
        "CRS": message("CRS", seul, jour=aujourd_hui(), demande_origine=nud),
        "RAD": message("RAD", deux, radiation=radiation, **sien),
        "SUP": message("SUP", deux, jour=aujourd_hui(), numero_unique=autre, demande_origine=nud),
    }
    demandes, evenements = "DemandeLogementImplService", "GestionPartageeEVTImplService"
    nom = "<n:personneRecherchee><n:nom>Dubreuil</n:nom></n:personneRecherchee>"
    evenement = (
        f"<n:numUnique>{nud}</n:numUnique></n:operation><n:listeEvenements><n:evenement><n:codeTypeEvenement>ENTRETIEN"
        f"</n:codeTypeEvenement><n:dateSurvenance>{aujourd_hui()}</n:dateSurvenance><n:commentaire>Vu</n:commentaire>"
        "</n:evenement></n:listeEvenements><n:operation>"
    )
    return {
        **{g: Envoi(demandes, "numUniqueParametres", "fichierDemande", f) for g, f in fichiers.items()},
        "doublons": Envoi(demandes, "rechercheDoublonsParametres", "fichierDemande", fichiers["MOD"]),
        "recherche": frere(
            "RechercheDemandeImplService",
            f"<n:demandeMulticritere><n:etatDemande>A</n:etatDemande>{nom}</n:demandeMulticritere>",
        ),
        "evenement": frere(evenements, evenement, "ajouterEvenementDemande"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("cas", [CAS, pytest.param(10_000, marks=pytest.mark.longue)])
def test_whatever_is_sent_is_answered(vendeur, convention, cas):
    exploitant = acte(creer_exploitation())
    for groupe in Groupe:
        regler_cadence(convention, groupe, CADENCE_MAX, acte=exploitant)
    nud = creer(vendeur, contenu_=contenu(cotitulaires=[CONJOINT]))
    encore = contenu(cotitulaires=[CONJOINT], precisions="Encore")
    tous = envois(nud, creer(vendeur, contenu_=encore, forcer=True))
    statuts, faits, point = set(), set(), Point()

    def juger(genre, corps):
        envoi, depart = tous[genre], time.thread_time()
        reponse = vendeur.client.post(
            f"/services/{envoi.service}/",
            corps,
            content_type=type_mime(action=envoi.action),
            **{"gunicorn.socket": Prise()},
        )
        assert time.thread_time() - depart < SECONDES
        statuts.add(reponse.status_code)
        assert reponse.status_code < 500, reponse.content.decode()[-600:]
        changees, codes = point.change(), CODES.findall(reponse.content)
        if reponse.status_code >= 400 or any(not code.startswith(b"CTRL_DEM_13") for code in codes):
            assert not changees, (genre, codes, changees)
        elif envoi.corps == "numUniqueParametres":  # the demande as it now stands: all of it is ours
            verifier(reponse.headers["Content-Type"], reponse.content, envoi.service)
        if changees:
            faits.add(genre)
        point.revenir()

    for genre, envoi in tous.items():
        juger(genre, envoi.octets(envoi.fichier.encode()))
    assert faits >= {"CRE", "MOD"}, faits  # what is altered next is right to begin with

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
        genre=st.sampled_from(list(tous)),
        alterer=st.sampled_from([_alterer_les_octets, _alterer_les_elements, _alterer_les_valeurs]),
    )
    def envoyer(tirage, genre, alterer):
        envoi, dans_le_corps = tous[genre], alterer is _alterer_les_octets
        fichier = envoi.fichier.encode()
        corps = envoi.octets(fichier if dans_le_corps else alterer(tirage.draw, fichier))
        juger(genre, alterer(tirage.draw, corps) if dans_le_corps else corps)

    envoyer()
    assert statuts == {200, 400}
