"""What an attestation says, how its reference is made and read, and what its public check answers.

The simplified attestation tells the household its number and its dates. It does not replace the full
attestation of CCH R441-2-4, so it always says where to get that one.
"""

import json
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sne.registre.rules import numero_unique
from sne.registre.rules.cycle_de_vie import Statut
from sne.registre.rules.dates import ajouter_mois
from sne.socle.erreurs import Interdit

TERRITOIRES_REGIONAUX = frozenset({"111"})  # Île-de-France is one regional territory (CCH R441-2-6)

ALPHABET_REFERENCE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # 30 signs; neither 0/O, 1/I/L nor U, taken for V
LONGUEUR_REFERENCE = 12  # 30 ** 12 = 5e17 references: nobody finds one by trying

LONGUEUR_PORTAIL = 46  # with « /v/ », a reference and « / », the 62 signs of the printed QR code
FACULTATIFS = frozenset({"association", "demonstration"})

NBSP = "\u00a0"
MOIS_ABREGES = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)


class Modele(StrEnum):
    """Kinds of attestation that the service issues."""

    SIMPLIFIEE = "SIMPLIFIEE"


class MotifATraiter(StrEnum):
    """Why an attestation waits for a person instead of leaving by itself."""

    GLYPHE_MANQUANT = "GLYPHE_MANQUANT"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DonneesAttestation:
    """Everything printed on a simplified attestation, and nothing else: no address, no NIR, no birth date.

    Names are the identity in force, as registered (no upper-casing), in Unicode NFC. Stored with the
    attestation, so that its file can be made again, byte for byte.
    """

    territoire: str
    numero: str  # the unique number, 18 signs without space
    nom_naissance: str  # or the association's name
    nom_usage: str  # empty: the line is not printed
    prenoms: str  # empty: the line is not printed
    date_depot: date
    date_expiration: date
    date_delivrance: date
    validite_mois: int
    portail: str  # public address of the service, without final slash
    reference: str
    association: bool = False
    demonstration: bool = False

    @property
    def ressort(self) -> str:
        """The adjective of the title: a territory is a département, but Île-de-France is a region."""
        return "RÉGIONAL" if self.territoire in TERRITOIRES_REGIONAUX else "DÉPARTEMENTAL"

    @property
    def adresse_verification(self) -> str:
        """Address of the public page that answers for this attestation: what the QR code holds."""
        return f"{self.portail}/v/{self.reference}/"

    @property
    def horodatage(self) -> datetime:
        """Instant in the file's metadata: midnight UTC of the day of issue, so that bytes repeat."""
        jour = self.date_delivrance
        return datetime(jour.year, jour.month, jour.day, tzinfo=UTC)

    def vers_json(self) -> dict[str, Any]:
        """Plain values (dates as ``AAAA-MM-JJ``), for storage."""
        return {cle: v.isoformat() if isinstance(v, date) else v for cle, v in asdict(self).items()}


EXEMPLE: Mapping[str, Any] = {
    "territoire": "099",
    "numero": "0990619004127G0993",
    "nom_naissance": "Dubreuil",
    "nom_usage": "Morel",
    "prenoms": "Élodie Marie",
    "date_depot": "2019-06-03",
    "date_expiration": "2027-06-02",
    "date_delivrance": "2026-11-24",
    "validite_mois": 12,
    "portail": "http://localhost:8000",
    "reference": "7KMRW3XQ9TFA",
    "demonstration": True,
}
"""A fictional attestation, renewed once a year: the example that the command line prints."""


def completer_exemple(donnees: Mapping[str, Any]) -> DonneesAttestation:
    """The example with some of its values replaced; the territory follows the number, the expiry the deposit.

    Raises :class:`DonneesInvalides` with a French sentence naming the field.
    """
    voulu = dict(donnees)
    if "numero" in voulu:
        voulu.setdefault("territoire", str(voulu["numero"])[:3])
    lues = lire_donnees({**EXEMPLE, **voulu})
    if "date_depot" not in voulu or "date_expiration" in voulu:
        return lues
    return replace(
        lues, date_expiration=ajouter_mois(lues.date_depot, lues.validite_mois) - timedelta(days=1)
    )


def lire_donnees(brut: Mapping[str, Any]) -> DonneesAttestation:
    """Read stored or supplied values. Raises :class:`DonneesInvalides`, naming the field in French."""
    connus = {f.name: f.type for f in fields(DonneesAttestation)}
    inconnus = sorted(set(brut) - set(connus))
    if inconnus:
        raise DonneesInvalides(
            f"« {inconnus[0]} » n’est pas un champ de l’attestation. Champs : {', '.join(connus)}."
        )
    manquants = [nom for nom in connus if nom not in brut and nom not in FACULTATIFS]
    if manquants:
        raise DonneesInvalides(f"Il manque le champ « {manquants[0]} ».")
    lues = DonneesAttestation(**{nom: _lire_valeur(nom, connus[nom], valeur) for nom, valeur in brut.items()})
    if not lues.nom_naissance:
        raise DonneesInvalides("Le nom de naissance est obligatoire.")
    if not lues.portail.startswith(("https://", "http://")) or len(lues.portail) > LONGUEUR_PORTAIL:
        raise DonneesInvalides(
            f"« portail » : une adresse qui commence par https://, de {LONGUEUR_PORTAIL} signes au plus."
        )
    try:
        numero = numero_unique.lire(lues.numero).canonique
        return replace(lues, numero=numero, reference=lire_reference(lues.reference))
    except ValueError as exc:
        raise DonneesInvalides(f"Numéro ou référence : {exc}") from exc


def _lire_valeur(nom: str, attendu: Any, valeur: object) -> Any:
    if attendu is date and isinstance(valeur, str):
        try:
            return date.fromisoformat(valeur)
        except ValueError as exc:
            raise DonneesInvalides(
                f"« {nom} » : « {valeur} » n’est pas une date. Écrivez AAAA-MM-JJ."
            ) from exc
    if type(valeur) is not attendu:
        raise DonneesInvalides(f"« {nom} » : valeur de type {attendu.__name__} attendue.")
    return unicodedata.normalize("NFC", valeur).strip() if isinstance(valeur, str) else valeur


def presenter(donnees: DonneesAttestation) -> str:
    """The values as they are printed, in JSON: what the template of the document receives."""
    return json.dumps(
        {
            "ressort": donnees.ressort,
            "numero": grouper_numero(donnees.numero),
            "nom_naissance": donnees.nom_naissance,
            "nom_usage": donnees.nom_usage,
            "prenoms": donnees.prenoms,
            "association": donnees.association,
            "date_depot": date_abregee(donnees.date_depot),
            "date_expiration": date_abregee(donnees.date_expiration),
            "date_delivrance": date_abregee(donnees.date_delivrance),
            "validite": mention_validite(donnees.validite_mois),
            "portail": donnees.portail,
            "portail_affiche": donnees.portail.split("://", 1)[-1],
            "reference": grouper_reference(donnees.reference),
            "adresse_verification": donnees.adresse_verification,
            "demonstration": donnees.demonstration,
        },
        ensure_ascii=False,
    )


def motif_de_refus(*, statut: str, date_expiration: date, aujourd_hui: date) -> str:
    """The French sentence saying why no attestation may be issued today; empty when one may.

    An attestation says that the demande is valid: it is given for an active one only (CCH R441-2-7).
    """
    if statut != Statut.ACTIVE:
        return (
            "Cette demande n’est plus active : aucune attestation ne peut être émise. Réactivez-la d’abord."
        )
    if date_expiration < aujourd_hui:
        return f"Cette demande a expiré le {date_abregee(date_expiration)}. Renouvelez-la d’abord."
    return ""


def date_abregee(jour: date) -> str:
    """``1 oct. 2023``, with no-break spaces: the date format of the attestation."""
    return f"{jour.day}{NBSP}{MOIS_ABREGES[jour.month - 1]}{NBSP}{jour.year}"


def mention_validite(mois: int) -> str:
    """``Valable 1 an`` for the twelve months of CCH R441-2-7; other durations are told exactly."""
    annees, reste = divmod(mois, 12)
    if reste:
        return f"Valable {mois} mois"
    return f"Valable {annees} an{'s' if annees > 1 else ''}"


def grouper_numero(numero: str) -> str:
    """Territory, month and year, sequence, guichet: ``099 0619 004127 G0993``, with no-break spaces."""
    return numero_unique.lire(numero).groupe.replace(" ", NBSP)


def tirer_reference() -> str:
    """A new random reference of twelve signs, from the operating system's secure source."""
    return "".join(secrets.choice(ALPHABET_REFERENCE) for _ in range(LONGUEUR_REFERENCE))


def grouper_reference(reference: str) -> str:
    """``ABCD-EFGH-JKMN``: the reference as a person reads and types it."""
    return "-".join(reference[i : i + 4] for i in range(0, LONGUEUR_REFERENCE, 4))


def lire_reference(saisie: str) -> str:
    """The twelve signs of a typed reference; spaces, hyphens and case do not matter.

    Raises :class:`ReferenceInvalide` with a French sentence.
    """
    reference = re.sub(r"[\s\u2010-\u2015-]", "", saisie).upper()
    if len(reference) != LONGUEUR_REFERENCE:
        raise ReferenceInvalide(
            f"{LONGUEUR_REFERENCE} signes attendus, {len(reference)} saisis. "
            f"Recopiez la référence imprimée sous le code à scanner."
        )
    etrangers = sorted(set(reference) - set(ALPHABET_REFERENCE))
    if etrangers:
        raise ReferenceInvalide(
            f"Le signe « {etrangers[0]} » n’y figure jamais. Vérifiez la référence imprimée."
        )
    return reference


@dataclass(frozen=True, slots=True)
class Verification:
    """Answer of the public page: ``jusqu_au`` if valid, ``remplacee_le`` if replaced; never who."""

    etat: EtatVerification
    jusqu_au: date | None = None
    remplacee_le: date | None = None


def verifier(
    *, demande_active: bool, date_expiration: date, remplacee_le: date | None, aujourd_hui: date
) -> Verification:
    """What an issued attestation is worth on that day: replaced, no longer valid, or valid until a date.

    A replaced attestation says so first: the household holds a newer one. An attestation is worth nothing
    once its own date has passed, even if the demande was renewed since: the renewal gives a new one.
    """
    if remplacee_le is not None:
        return Verification(EtatVerification.REMPLACEE, remplacee_le=remplacee_le)
    if not demande_active or date_expiration < aujourd_hui:
        return Verification(EtatVerification.PLUS_VALABLE)
    return Verification(EtatVerification.VALABLE, jusqu_au=date_expiration)
