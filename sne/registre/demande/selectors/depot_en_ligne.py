"""What was sent online, as its row keeps it: sealed, opened, and the keys by which one that waits is found."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic_core import to_json

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.socle.chiffrement import chiffrer, dechiffrer, empreinte


@dataclass(frozen=True, slots=True)
class Envoi:
    """What was declared, and the numbers typed, by person reference, in 15 signs: they are in no tree."""

    contenu: Contenu
    nirs: Mapping[str, str] = field(repr=False)


def sceller_envoi(depot_id: uuid.UUID, envoi: Envoi) -> bytes:
    """Encrypted for this row."""
    contenu = envoi.contenu.model_dump(mode="json", exclude_defaults=True)
    clair = to_json({"contenu": contenu, "nirs": dict(envoi.nirs)})
    return chiffrer(clair, lie_a=depot_id.bytes)


def ouvrir_envoi(depot: DepotEnLigne) -> Envoi:
    """What a sending that is not a demande yet holds."""
    lu = json.loads(dechiffrer(bytes(depot.contenu or b""), lie_a=depot.id.bytes))
    return Envoi(Contenu.model_validate(lu["contenu"]), lu["nirs"])


def cles_de(contenu: Contenu, *, territoire: str) -> list[str]:
    """Keyed fingerprints of the birth dates and NIR of its adults, in this territory."""
    identites = [adulte.identite for _, adulte in adultes(contenu)]
    nirs = [i.nir.empreinte for i in identites if i.nir and i.nir.empreinte]
    return cles_cherchees((i.date_naissance for i in identites), nirs, territoire=territoire)


def cles_cherchees(naissances: Iterable[date | None], nirs: Iterable[str], *, territoire: str) -> list[str]:
    """The same of persons looked for. ``nirs``: fingerprints, in hexadecimal."""
    valeurs = {jour.isoformat() for jour in naissances if jour} | set(nirs)
    return sorted(empreinte(f"{territoire}\0{v}", usage="registre:depot_en_ligne").hex() for v in valeurs)
