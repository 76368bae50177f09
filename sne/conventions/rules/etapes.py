"""The steps of an agreement, read in its facts. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sne.conventions.rules.cles import Environnement


class Etape(StrEnum):
    """Where an agreement stands; each step waits for the one before."""

    ADRESSE = "ADRESSE"
    CONFORMITE = "CONFORMITE"
    SIGNATURE = "SIGNATURE"
    GUICHETS = "GUICHETS"
    CERTIFICAT = "CERTIFICAT"
    PORTEES = "PORTEES"
    OUVERTE = "OUVERTE"
    SUSPENDUE = "SUSPENDUE"


ETAPES: Mapping[Etape, str] = {
    Etape.ADRESSE: "Adresse électronique à vérifier",
    Etape.CONFORMITE: "À l’école : conformité à passer",
    Etape.SIGNATURE: "Convention à signer",
    Etape.GUICHETS: "Guichets à indiquer par le gestionnaire territorial",
    Etape.CERTIFICAT: "Certificat à enregistrer par deux personnes",
    Etape.PORTEES: "Portées à ouvrir",
    Etape.OUVERTE: "Ouverte",
    Etape.SUSPENDUE: "Suspendue",
}


@dataclass(frozen=True, slots=True)
class Faits:
    """What is known of an agreement on one day. ``guichets``, ``certificats``, ``portees``: how many are in force."""

    environnement: Environnement
    adresse_verifiee: bool
    conforme_le: date | None
    signee_le: date | None
    guichets: int
    certificats: int
    portees: int
    suspendue: bool = False


def etape_de(faits: Faits) -> Etape:
    """The first step that is not done. At the École, an agreement whose address is verified works at once."""
    if faits.suspendue:
        return Etape.SUSPENDUE
    if not faits.adresse_verifiee:
        return Etape.ADRESSE
    en_production = faits.environnement is Environnement.PRODUCTION
    manquent = (
        (en_production and faits.conforme_le is None, Etape.CONFORMITE),
        (en_production and faits.signee_le is None, Etape.SIGNATURE),
        (not faits.guichets, Etape.GUICHETS),
        (en_production and not faits.certificats, Etape.CERTIFICAT),
        (not faits.portees, Etape.PORTEES),
    )
    return next((etape for manque, etape in manquent if manque), Etape.OUVERTE)
