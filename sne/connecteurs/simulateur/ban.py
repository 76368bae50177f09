"""The national service of addresses, on a file in the national format or on a few streets that do not exist."""

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sne.connecteurs.simulateur.travers import Reponse, en_json

LIMITE, LIMITE_MAX = 10, 20


@dataclass(frozen=True, slots=True)
class Voie:
    """One street and its numbers."""

    cle: str
    nom: str
    code_postal: str
    commune: str
    ville: str
    numeros: Sequence[str]

    @property
    def mots(self) -> str:
        """What is looked for in it."""
        return f" {simple(self.nom)} {self.code_postal} {simple(self.ville)}"


QUELQUES_UNES = (
    Voie("59350_0001", "Rue des Spécimens Fictifs", "59000", "59350", "Lille", ("10", "12", "12 bis")),
    Voie("75115_0002", "Place de l’Exemple", "75015", "75115", "Paris", ("10",)),
    Voie("99001_0001", "Rue des Tilleuls", "99000", "99001", "Aurette-la-Ville", ("1", "14", "14 bis")),
)


class Adresses:
    """The service."""

    def __init__(self, fichier: Path | None = None) -> None:
        self.voies = tuple(_lire(fichier)) if fichier else QUELQUES_UNES

    def repondre(self, chemin: str, parametres: Mapping[str, str], _: Any, __: str) -> Reponse:
        """``/search`` as it is documented."""
        if chemin.strip("/") != "search":
            return en_json(404, {"code": 404, "message": "Not found"})
        q = parametres.get("q", "")
        if not 3 <= len(q) <= 200 or not q[0].isalnum():
            refus = "q: must contain between 3 and 200 chars and start with a number or a letter"
            return en_json(400, {"code": 400, "message": "Failed parsing query", "detail": [refus]})
        limite = min(int(parametres.get("limit", LIMITE)), LIMITE_MAX)
        traits = sorted(self._traits(q, parametres), key=lambda t: -float(t["properties"]["score"]))
        return en_json(
            200,
            {
                "type": "FeatureCollection",
                "version": "draft",
                "features": traits[:limite],
                "attribution": "BAN",
                "licence": "ETALAB-2.0",
                "query": q,
                "limit": limite,
            },
        )

    def _traits(self, q: str, parametres: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        mots = simple(q).split()
        numero = mots.pop(0) if mots and mots[0].isdigit() else ""
        if numero and mots and mots[0] in {"bis", "ter"}:
            numero = f"{numero} {mots.pop(0)}"
        for voie in self.voies:
            if parametres.get("citycode", voie.commune) != voie.commune:
                continue
            if parametres.get("postcode", voie.code_postal) != voie.code_postal:
                continue
            trouves = sum(f" {mot}" in voie.mots for mot in mots)
            if mots and trouves == len(mots):
                yield _trait(
                    voie, numero if numero in voie.numeros else "", part=trouves / len(voie.mots.split())
                )


def simple(texte: str) -> str:
    """Small letters without accents, hyphens or apostrophes."""
    nu = "".join(c for c in unicodedata.normalize("NFD", texte.lower()) if not unicodedata.combining(c))
    return nu.replace("œ", "oe").replace("-", " ").replace("’", " ").replace("'", " ")


def _trait(voie: Voie, numero: str, *, part: float) -> dict[str, Any]:
    nom = f"{numero} {voie.nom}" if numero else voie.nom
    proprietes = {
        "label": f"{nom} {voie.code_postal} {voie.ville}",
        "score": round(0.5 + part * 0.49, 4),
        "id": f"{voie.cle}_{numero.replace(' ', '_').zfill(5)}" if numero else voie.cle,
        "name": nom,
        "postcode": voie.code_postal,
        "citycode": voie.commune,
        "city": voie.ville,
        "context": f"{voie.commune[:2]}, Département, Région",
        "type": "housenumber" if numero else "street",
        "importance": 0.42,
        "street": voie.nom,
        "x": 704062.0,
        "y": 7059803.0,
        "_type": "address",
    }
    if numero:
        proprietes["housenumber"] = numero
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [3.05731, 50.63651]},
        "properties": proprietes,
    }


def _lire(fichier: Path) -> Iterator[Voie]:
    """The streets of a file in the national format."""
    voies: dict[tuple[str, ...], list[str]] = {}
    with fichier.open(encoding="utf-8", newline="") as lu:
        for ligne in csv.DictReader(lu, delimiter=";"):
            cle = ligne["id"].rsplit("_", 2 if ligne["rep"] else 1)[0]
            voie = (cle, ligne["nom_voie"], ligne["code_postal"], ligne["code_insee"], ligne["nom_commune"])
            voies.setdefault(voie, []).append(f"{ligne['numero']} {ligne['rep']}".strip())
    for (cle, nom, code_postal, commune, ville), numeros in voies.items():
        yield Voie(cle, nom, code_postal, commune, ville, tuple(numeros))
