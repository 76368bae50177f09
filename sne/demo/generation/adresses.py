"""Streets and numbers of the fictional département, as the national file would list them: some ten thousand numbers."""

import csv
import io
from collections.abc import Iterator
from random import Random

from sne.demo.generation.listes import voies
from sne.referentiels.rules.fichiers import lire_csv

COLONNES = (
    *("id", "id_fantoir", "numero", "rep", "nom_voie", "code_postal", "code_insee", "nom_commune"),
    *("x", "y", "lon", "lat", "type_position", "source_position", "source_nom_voie"),
)
HABITANTS_PAR_VOIE = 700
VOIES_MIN, NUMEROS_MIN, NUMEROS_MAX = 9, 4, 40
UN_BIS_SUR = 12


def fichier_des_adresses() -> str:
    """The whole file; always the same."""
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, delimiter=";", lineterminator="\n")
    ecrivain.writerow(COLONNES)
    for commune in lire_csv("demonstration/communes.csv"):
        ecrivain.writerows(_lignes(commune))
    return sortie.getvalue()


def _lignes(commune: dict[str, str]) -> Iterator[tuple[str, ...]]:
    hasard = Random(commune["code"])  # noqa: S311 - a fiction, the same at each run
    codes_postaux = commune["codes_postaux"].split()
    nombre = min(len(voies()), VOIES_MIN + int(commune["population"]) // HABITANTS_PAR_VOIE)
    for rang, voie in enumerate(sorted(hasard.sample(voies(), nombre)), start=1):
        cle, code_postal = f"{commune['code']}_{rang:04d}", hasard.choice(codes_postaux)
        for numero in range(1, hasard.randint(NUMEROS_MIN, NUMEROS_MAX) + 1):
            for rep in ("", "bis") if hasard.randrange(UN_BIS_SUR) == 0 else ("",):
                identifiant = "_".join(filter(None, (cle, f"{numero:05d}", rep)))
                lieu = (code_postal, commune["code"], commune["nom"])
                yield (identifiant, "", str(numero), rep, voie[0].upper() + voie[1:], *lieu, *_SANS_POSITION)


_SANS_POSITION = ("",) * (len(COLONNES) - 8)
