"""The simplified attestation: what it says, how its data are read, what its template receives.

It tells the household its number and its dates. It does not replace the full attestation of CCH R441-2-4, so it
always says where to get that one.
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from sne.attestations.rules import document
from sne.attestations.rules.modeles import DonneesInvalides, Modele
from sne.attestations.rules.mots import date_abregee, grouper_numero, mention_validite
from sne.attestations.rules.reference import grouper_reference, lire_reference
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.demande.rules import numero_unique

FACULTATIFS = frozenset({"association", "demonstration", "portail_menages"})


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
    portail_menages: str = ""  # where households renew and follow by themselves; empty: in counters only

    modele: ClassVar[Modele] = Modele.SIMPLIFIEE
    gabarit: ClassVar[str] = "simplifiee"

    @property
    def ressort(self) -> str:
        """The adjective of the title: a territory is a département, but Île-de-France is a region."""
        return document.ressort(self.territoire)

    @property
    def adresse_verification(self) -> str:
        """Address of the public page that answers for this attestation: what the QR code holds."""
        return document.adresse_verification(self.portail, self.reference)

    @property
    def horodatage(self) -> datetime:
        """Instant in the file's metadata."""
        return document.horodatage(self.date_delivrance)

    def vers_json(self) -> dict[str, Any]:
        """Plain values (dates as ``AAAA-MM-JJ``), for storage."""
        valeurs = ((champ.name, getattr(self, champ.name)) for champ in fields(self))
        return {nom: v.isoformat() if isinstance(v, date) else v for nom, v in valeurs}


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
    if not lues.portail.startswith(("https://", "http://")) or len(lues.portail) > document.LONGUEUR_PORTAIL:
        raise DonneesInvalides(
            f"« portail » : une adresse qui commence par https://, de {document.LONGUEUR_PORTAIL} signes au plus."
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
            **document.imprimer_portail(donnees.portail_menages),
        },
        ensure_ascii=False,
    )
