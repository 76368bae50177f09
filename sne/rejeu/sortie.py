"""What a replay gives back: one row for each operation, and a summary that says with which figures."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time
from typing import Any

from pydantic import BaseModel

from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.decision import Clause, Decision
from sne.registre.controle.rules.score import Alerte, Chiffres
from sne.rejeu.execution import Bilan, Etape

COLONNES = ("operation", "dls", "horodatage", "decision", "clauses", "score", "termes")
DECIMALES = 4


def types(etapes: Sequence[Etape]) -> Mapping[str, str]:
    """Columns of the result with their SQL type; that of ``operation`` is the one it was read with."""
    entieres = all(isinstance(etape.passee.operation, int) for etape in etapes)
    cle = "BIGINT" if entieres and etapes else "VARCHAR"
    genres = (cle, "VARCHAR", "TIMESTAMP", "VARCHAR", "VARCHAR[]", "DOUBLE", "VARCHAR")
    return dict(zip(COLONNES, genres, strict=True))


def lignes(etapes: Iterable[Etape], *, en_csv: bool) -> Iterator[tuple[Any, ...]]:
    """One row for each operation. In CSV the instant is written as it was read."""
    for etape in etapes:
        passee, chiffres = etape.passee, etape.chiffres
        instant = passee.horodatage if en_csv else passee.acte.horodatage
        yield (
            passee.operation,
            passee.dls,
            instant if isinstance(instant, str) else instant.isoformat(),
            etape.verdict.decision.lower(),
            [clause.lower() for clause in etape.verdict.clauses],
            round(chiffres.total, DECIMALES) if chiffres else 0.0,
            json.dumps(termes(chiffres)) if chiffres else "{}",
        )


def termes(chiffres: Chiffres) -> dict[str, float]:
    """The factors of the score, then what each is made of, without what weighs nothing; empty when nothing changed."""
    ecarts = chiffres.ecarts
    if ecarts is None:
        return {}
    facteurs = {"identite": chiffres.identite, "anciennete": chiffres.anciennete, "autres": chiffres.autres}
    if chiffres.attenuations:
        facteurs["attenuation"] = chiffres.attenuation
    parts = {champ: float(getattr(ecarts, champ)) for champ in ("nom", "prenoms", "naissance", "nir", "sexe")}
    signes = {fait.value: valeur for fait, valeur in chiffres.faits.items()}
    return {
        **{code: round(valeur, DECIMALES) for code, valeur in facteurs.items()},
        **{code: round(valeur, DECIMALES) for code, valeur in (parts | signes).items() if valeur},
    }


def resume(bilan: Bilan, seuils: Seuils, *, secondes: float) -> dict[str, Any]:
    """The summary: counts for each decision, clause and class of alert, how fast, and with which figures."""
    return {
        "operations": bilan.operations,
        "demandes": bilan.demandes,
        "demandes_changees": bilan.demandes_changees,
        "lignes": bilan.lignes,
        "decisions": {d.lower(): bilan.decisions[d] for d in Decision},
        "clauses": {c.lower(): bilan.clauses[c] for c in Clause},
        "automatiques_pres_d_un_contact": bilan.pres_d_un_contact,
        "relectures_attendues": round(bilan.relectures, 1),
        "alertes": {a.lower(): bilan.alertes[a] for a in Alerte},
        "alertes_par_demande": {a.lower(): bilan.alertes_par_demande[a] for a in Alerte},
        "decisions_par_alerte": {
            d.lower(): {a.lower(): bilan.decisions_par_alerte[d, a] for a in Alerte} for d in Decision
        },
        "secondes": round(secondes, 3),
        "operations_par_seconde": round(bilan.operations / secondes) if secondes else None,
        "seuils": {nom: _simple(getattr(seuils, nom)) for nom in Seuils.model_fields},
    }


def _simple(valeur: Any) -> Any:
    match valeur:
        case time():
            return f"{valeur:%H:%M}"
        case BaseModel():
            return valeur.model_dump()
    return valeur
