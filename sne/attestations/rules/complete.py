"""The full attestation, and that of a renewal: everything that CCH R441-2-4 wants printed, a to i, and the annexes."""

import json
import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from sne.attestations.rules import document
from sne.attestations.rules.modeles import DonneesInvalides, Modele
from sne.attestations.rules.mots import (
    date_abregee,
    date_longue,
    duree_en_mots,
    grouper_numero,
    mention_validite,
    telephone_national,
)
from sne.attestations.rules.reference import grouper_reference, lire_reference
from sne.registre.demande.rules import numero_unique
from sne.socle.signes import INSECABLE

HEURES = re.compile(r"(\d) h\b")
COMPLETES = (Modele.INTEGRALE, Modele.RENOUVELLEMENT)

Texte = Annotated[str, AfterValidator(lambda t: unicodedata.normalize("NFC", t).strip())]


class Fige(BaseModel):
    """Closed and frozen; errors never repeat what was given: it names a person."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Service(Fige):
    """b) The registering service: who it is and how to reach it. ``adresse``: envelope lines, none for the portal."""

    nom: Texte
    adresse: tuple[Texte, ...] = ()
    horaires: Texte = ""
    telephone: Texte = ""  # E.164
    courriel: Texte = ""


class CommuneDemandee(Fige):
    """e) One commune asked for, with the landlords that let dwellings there, the largest first."""

    nom: Texte
    bailleurs: tuple[Texte, ...] = ()


class Mediation(Fige):
    """g) A mediation commission: its address, and the first day it can be seized for an abnormal wait."""

    nom: Texte
    adresse: tuple[Texte, ...]
    telephone: Texte = ""
    courriel: Texte = ""
    delai_mois: Annotated[int, Field(ge=1)]
    saisissable_le: date


class Rubrique(Fige):
    """One block of the summary: label and value of each line."""

    titre: Texte
    lignes: tuple[tuple[Texte, Texte], ...]


class Documents(Fige):
    """One list of the annex, each document with its examples: to be produced, that may be asked, or never."""

    titre: Texte
    introduction: Texte = ""
    documents: tuple[tuple[Texte, Texte], ...]


class DonneesCompletes(Fige):
    """Everything printed on a full attestation or on that of a renewal; no NIR, no health.

    Stored with the attestation, so that its file can be made again, byte for byte. ``adresse`` is where to write to
    the applicant, line by line; ``radiation_le`` and ``reactivation_jusqu_au`` hold if nothing is renewed.
    """

    modele: Modele
    territoire: str
    numero: str
    association: bool = False
    nom_naissance: Annotated[Texte, Field(min_length=1)]
    nom_usage: Texte = ""
    prenoms: Texte = ""
    adresse: tuple[Texte, ...]
    service: Service
    date_depot: date
    date_dernier_renouvellement: date | None = None
    date_expiration: date
    date_delivrance: date
    validite_mois: Annotated[int, Field(ge=1)]
    preavis_mois: Annotated[int, Field(ge=1)]
    radiation_le: date
    reactivation_jusqu_au: date
    communes: tuple[CommuneDemandee, ...]
    autres_communes: bool = False
    commissions: Annotated[tuple[Mediation, ...], Field(min_length=1)]
    resume: tuple[Rubrique, ...]
    documents: tuple[Documents, ...]
    portail: Annotated[str, Field(pattern=r"^https?://", max_length=document.LONGUEUR_PORTAIL)]
    reference: str
    demonstration: bool = False
    portail_menages: str = ""

    @model_validator(mode="after")
    def _coherentes(self) -> Self:
        numero_unique.lire(self.numero)
        lire_reference(self.reference)
        if self.modele not in COMPLETES:
            raise ValueError("not a full attestation")
        if self.modele is Modele.RENOUVELLEMENT and self.date_dernier_renouvellement is None:
            raise ValueError("a renewal without its date")
        return self

    @property
    def gabarit(self) -> str:
        """The renewal is the full attestation under its own title (arrêté du 23 mars 2015, annexe § 5)."""
        return "complete"

    @property
    def ressort(self) -> str:
        """The adjective of the title."""
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
        """Plain values, for storage."""
        return self.model_dump(mode="json")


def lire_donnees_completes(brut: dict[str, Any]) -> DonneesCompletes:
    """Read stored or supplied values. Raises ``DonneesInvalides``, naming the fields in French, never their values."""
    try:
        return DonneesCompletes.model_validate(brut)
    except ValidationError as exc:
        champs = sorted(
            {".".join(str(x) for x in e["loc"]) or "modele, numero, reference" for e in exc.errors()}
        )
        raise DonneesInvalides(f"Attestation complète, champs à revoir\u00a0: {', '.join(champs)}.") from None


def presenter_complete(donnees: DonneesCompletes) -> str:
    """The values as they are printed, in JSON: what the template of the document receives."""
    renouvelee = donnees.date_dernier_renouvellement
    return json.dumps(
        {
            "renouvellement": donnees.modele is Modele.RENOUVELLEMENT,
            "ressort": donnees.ressort,
            "numero": grouper_numero(donnees.numero),
            "association": donnees.association,
            "nom_naissance": donnees.nom_naissance,
            "nom_usage": donnees.nom_usage,
            "prenoms": donnees.prenoms,
            "adresse": donnees.adresse,
            "service": _service(donnees.service),
            "date_depot": date_longue(donnees.date_depot),
            "date_renouvellement": date_longue(renouvelee) if renouvelee else "",
            "date_expiration": date_longue(donnees.date_expiration),
            "date_delivrance": date_longue(donnees.date_delivrance),
            "validite": mention_validite(donnees.validite_mois),
            "duree": duree_en_mots(donnees.validite_mois),
            "preavis": duree_en_mots(donnees.preavis_mois),
            "radiation_le": date_longue(donnees.radiation_le),
            "reactivation_jusqu_au": date_longue(donnees.reactivation_jusqu_au),
            "communes": [c.model_dump() for c in donnees.communes],
            "autres_communes": donnees.autres_communes,
            "commissions": [_commission(c) for c in donnees.commissions],
            "resume": [r.model_dump() for r in donnees.resume],
            "documents": [d.model_dump() for d in donnees.documents],
            "portail": donnees.portail,
            "portail_affiche": donnees.portail.split("://", 1)[-1],
            "reference": grouper_reference(donnees.reference),
            "adresse_verification": donnees.adresse_verification,
            "demonstration": donnees.demonstration,
            "date_courte": date_abregee(donnees.date_delivrance),
            **document.imprimer_portail(donnees.portail_menages),
        },
        ensure_ascii=False,
    )


def _service(service: Service) -> dict[str, Any]:
    horaires = HEURES.sub(rf"\1{INSECABLE}h", service.horaires)
    return service.model_dump() | {"telephone": telephone_national(service.telephone), "horaires": horaires}


def _commission(commission: Mediation) -> dict[str, Any]:
    return commission.model_dump(exclude={"delai_mois"}) | {
        "telephone": telephone_national(commission.telephone),
        "delai": duree_en_mots(commission.delai_mois),
        "saisissable_le": date_longue(commission.saisissable_le),
    }
