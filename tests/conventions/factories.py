"""Agreements of the tests, taken through their steps by the module's own actions."""

import hashlib
import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sne.conventions.actions import (
    Appelant,
    AppelDit,
    NouveauCertificat,
    NouvelleConvention,
    Pas,
    appeler,
    couvrir_guichet,
    creer_cle,
    decider_certificat,
    noter_pas,
    ouvrir_convention,
    ouvrir_portee,
    proposer_certificat,
)
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.conventions.selectors import par_cle
from sne.habilitations.models import Compte
from sne.habilitations.selectors import acteur_de
from sne.referentiels.selectors import get_guichet
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations.factories import creer_exploitation, creer_gestionnaire

TERRITOIRE, GUICHET = "099", "G0993"
CERTIFICAT = hashlib.sha256(b"certificat des essais").digest()


def acteur(compte: Compte, le: date | None = None) -> Acteur:
    """The person, with what they hold today."""
    return acteur_de(compte, le=le or aujourd_hui())


def acte(compte: Compte, instant: datetime | None = None) -> Acte:
    """An act of this person, now unless it is said when."""
    return Acte(acteur(compte), instant or maintenant())


def organisme() -> str:
    """Key of the body of the guichet of the tests."""
    fiche = get_guichet(TERRITOIRE, GUICHET, le=aujourd_hui())
    assert fiche is not None
    return fiche.organisme


def ouvrir(exploitant: Compte, editeur: str = "Aurette Habitat", **champs: Any) -> uuid.UUID:
    """An agreement without any step done."""
    nouvelle = NouvelleConvention(
        editeur, organisme(), champs.get("courriel", f"{uuid.uuid4().hex}@editeur.exemple.fr")
    )
    return ouvrir_convention(nouvelle, acte=acte(exploitant))


def signer(exploitant: Compte, **champs: Any) -> uuid.UUID:
    """An agreement that conforms and is signed."""
    cle = ouvrir(exploitant, **champs)
    for pas in Pas:
        noter_pas(cle, pas, le=aujourd_hui(), acte=acte(exploitant))
    return cle


def certifier(convention: uuid.UUID, un: Compte, autre: Compte, empreinte: bytes = CERTIFICAT) -> uuid.UUID:
    """A certificate of a year, registered by one person and confirmed by another."""
    periode = (aujourd_hui(), aujourd_hui() + timedelta(days=365))
    cle = proposer_certificat(convention, NouveauCertificat(empreinte, "CN=essais", *periode), acte=acte(un))
    decider_certificat(cle, confirme=True, acte=acte(autre))
    return cle


def prete(portees: Collection[Portee] = tuple(Portee), *, empreinte: bytes = CERTIFICAT) -> uuid.UUID:
    """An agreement that may call for the guichet of the tests, with these scopes."""
    exploitant = creer_exploitation()
    convention = signer(exploitant)
    couvrir_guichet(convention, TERRITOIRE, GUICHET, acte=acte(creer_gestionnaire()))
    certifier(convention, exploitant, creer_exploitation(), empreinte)
    for portee in portees:
        ouvrir_portee(convention, portee, acte=acte(exploitant))
    return convention


def cle_de(convention: uuid.UUID, portees: Collection[Portee] = tuple(Portee), jours: int = 200) -> str:
    """A key, as its holder has it."""
    fin = aujourd_hui() + timedelta(days=jours)
    return creer_cle(convention, portees, fin=fin, acte=acte(creer_exploitation())).texte


def appelant(
    texte: str, empreinte: bytes = CERTIFICAT, *, groupe: Groupe = Groupe.LECTURE, agent: str = "a-1043"
) -> Appelant:
    """A call by key and certificate, for the guichet of the tests."""
    instant = maintenant()
    identite = par_cle(texte, survenu_le=instant, certificat=empreinte)
    return appeler(identite, AppelDit(groupe, GUICHET, agent, uuid.uuid4()), survenu_le=instant)
