"""The copy of a history, as it is printed: month by month, each line with what changed and its proof. Pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby

from sne.attestations.rules.mots import date_longue, grouper_numero
from sne.socle.signes import INSECABLE, MOIS

COUPEE = "Les lignes plus anciennes ne tiennent pas dans cette copie. Demandez-les à un guichet."
RESERVEES = "Des lignes ne peuvent pas être données par ce service. Demandez-les à un guichet."


@dataclass(frozen=True, slots=True)
class LigneImprimee:
    """One act in words. ``changements``: field, before, after, and the sentence shown where both are hidden.

    ``preuve``: reference, then seal and digest if any. ``attente``: what comes after is only asked for.
    """

    jour: date
    quand: str
    phrase: str
    role: str
    raison: str
    changements: tuple[tuple[str, str, str, str], ...]
    preuve: tuple[str, ...]
    attente: bool = False


@dataclass(frozen=True, slots=True)
class DonneesHistorique:
    """Everything printed on a copy. ``nom``: of whom it is given to; ``avertissements``: what is not in it."""

    numero: str
    nom: str
    le: date
    lignes: tuple[LigneImprimee, ...]
    avertissements: tuple[str, ...] = ()
    demonstration: bool = False


def presenter_historique(donnees: DonneesHistorique) -> str:
    """The values as they are printed, in JSON: what the template of the copy receives."""
    return json.dumps(
        {
            "numero": grouper_numero(donnees.numero),
            "nom": donnees.nom,
            "le": date_longue(donnees.le),
            "nombre": len(donnees.lignes),
            "avertissements": list(donnees.avertissements),
            "mois": _par_mois(donnees.lignes),
            "demonstration": donnees.demonstration,
        },
        ensure_ascii=False,
    )


def _par_mois(lignes: Sequence[LigneImprimee]) -> list[dict[str, object]]:
    def mois(ligne: LigneImprimee) -> tuple[int, int]:
        return ligne.jour.year, ligne.jour.month

    return [
        {
            "titre": f"{MOIS[numero - 1].capitalize()}{INSECABLE}{annee}",
            "lignes": [
                {cle: valeur for cle, valeur in asdict(ligne).items() if cle != "jour"} for ligne in siennes
            ],
        }
        for (annee, numero), siennes in groupby(lignes, key=mois)
    ]
