"""What the national service of addresses says, read strictly: one field of another type, and nothing is believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from sne.connecteurs.rules.reponses import Souple

SIGNES_MIN, SIGNES_MAX = 3, 200
LIMITE_MAX = 20
OUTRE_MER = ("97", "98")  # the filter by postal code finds nothing there


class Nature(StrEnum):
    """How precise an address is."""

    NUMERO = "NUMERO"
    VOIE = "VOIE"
    LIEU_DIT = "LIEU_DIT"
    COMMUNE = "COMMUNE"


NATURES: Mapping[str, Nature] = {
    "housenumber": Nature.NUMERO,
    "street": Nature.VOIE,
    "locality": Nature.LIEU_DIT,
    "municipality": Nature.COMMUNE,
}


@dataclass(frozen=True, slots=True)
class Adresse:
    """One proposal. ``score``: 0 to 1; ``identifiant``: its key in the national base; ``numero``: « 12 bis » or empty.

    ``libelle`` is a line to choose by, not a line to print on an envelope.
    """

    nature: Nature
    libelle: str
    numero: str
    voie: str
    code_postal: str
    code_commune: str
    commune: str
    identifiant: str
    score: float


@dataclass(frozen=True, slots=True)
class RechercheAdresse:
    """What was typed, whole or not; the commune (INSEE) or the postal code that narrow it.

    ``protegee``: nobody outside may learn that somebody lives there; the machine answers alone.
    """

    texte: str
    code_commune: str = ""
    code_postal: str = ""
    protegee: bool = False
    limite: int = 5


Texte = Annotated[str, Field(max_length=300)]


class _Proprietes(Souple):
    label: Annotated[str, Field(min_length=1, max_length=300)]
    type: Literal["housenumber", "street", "locality", "municipality"]
    id: Texte
    score: Annotated[float, Field(ge=0, le=1.000001)]
    name: Texte
    postcode: Annotated[str, Field(pattern=r"^[0-9]{5}$")]
    citycode: Annotated[str, Field(pattern=r"^([0-9]{5}|[0-9][AB][0-9]{3})$")]
    city: Texte
    housenumber: Texte = ""
    street: Texte = ""


class _Trait(Souple):
    type: Literal["Feature"]
    properties: _Proprietes


class _Collection(Souple):
    type: Literal["FeatureCollection"]
    features: Annotated[list[_Trait], Field(max_length=LIMITE_MAX)]


def texte_cherche(texte: str) -> str:
    """What may be sent of what was typed: 3 to 200 signs, the first a letter or a digit; empty when nothing may."""
    net = " ".join(texte.split())
    debut = next((rang for rang, signe in enumerate(net) if signe.isalnum()), len(net))
    net = net[debut : debut + SIGNES_MAX].rstrip()
    return net if len(net) >= SIGNES_MIN else ""


def parametres(recherche: RechercheAdresse, texte: str) -> dict[str, str | int]:
    """The parameters of the service's search."""
    limite = max(1, min(recherche.limite, LIMITE_MAX))
    voulus: dict[str, str | int] = {"q": texte, "limit": limite, "autocomplete": 1, "index": "address"}
    if recherche.code_commune:
        voulus["citycode"] = recherche.code_commune
    elif recherche.code_postal and not recherche.code_postal.startswith(OUTRE_MER):
        voulus["postcode"] = recherche.code_postal
    return voulus


def lire_adresses(octets: bytes) -> tuple[Adresse, ...]:
    """The proposals, best first; none is an answer. Raises ``ValueError`` when it is not one."""
    return tuple(_adresse(t.properties) for t in _Collection.model_validate_json(octets).features)


def _adresse(p: _Proprietes) -> Adresse:
    nature = NATURES[p.type]
    if nature is Nature.NUMERO and not (p.housenumber and p.street):
        raise ValueError("a house number without its number or its street")
    return Adresse(
        nature=nature,
        libelle=p.label,
        numero=p.housenumber if nature is Nature.NUMERO else "",
        voie="" if nature is Nature.COMMUNE else p.street or p.name,
        code_postal=p.postcode,
        code_commune=p.citycode,
        commune=p.city,
        identifiant=p.id,
        score=min(p.score, 1.0),
    )
