"""Kinds of attestation, why one waits for a person, what a reference is worth, and the refusals."""

from collections.abc import Mapping
from enum import StrEnum

from sne.socle.erreurs import Interdit


class Modele(StrEnum):
    """Kinds of attestation that the service issues."""

    SIMPLIFIEE = "SIMPLIFIEE"
    INTEGRALE = "INTEGRALE"
    RENOUVELLEMENT = "RENOUVELLEMENT"


LIBELLES_MODELE: Mapping[Modele, str] = {
    Modele.SIMPLIFIEE: "Attestation simplifiée",
    Modele.INTEGRALE: "Attestation complète",
    Modele.RENOUVELLEMENT: "Attestation de renouvellement",
}


class MotifATraiter(StrEnum):
    """Why an attestation waits for a person instead of leaving by itself."""

    GLYPHE_MANQUANT = "GLYPHE_MANQUANT"
    COMMISSION_INCONNUE = "COMMISSION_INCONNUE"


class EtatVerification(StrEnum):
    """What the public page answers about a reference; never who the attestation is for."""

    VALABLE = "VALABLE"
    REMPLACEE = "REMPLACEE"
    PLUS_VALABLE = "PLUS_VALABLE"
    INCONNUE = "INCONNUE"


class GlypheManquant(Exception):
    """A sign of the names cannot be drawn with the font of the service: a person must deal with the case."""


class AttestationAEtablir(Interdit):
    """The file cannot be drawn: the case waits for a person who will establish the attestation."""

    code = "A_ETABLIR"


class FichierDifferent(Interdit):
    """The file made again is not the one that was issued: nothing is handed over."""

    code = "FICHIER_DIFFERENT"


class ReferenceInvalide(ValueError):
    """The text typed is not an attestation reference; ``str(exc)`` is a French sentence naming the remedy."""


class DonneesInvalides(Interdit):
    """The data of an attestation are wrong; the French sentence names the field."""

    code = "DONNEES_INVALIDES"
