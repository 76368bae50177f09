"""Decisions that the product is shipped with, and the proofs of its tests, as files. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sne.programme.rules.decisions import FAITES, Instance, Issue, OptionDite, Suite
from sne.socle.erreurs import Interdit


@dataclass(frozen=True, slots=True)
class DecisionLivree:
    """One decision taken before this register: see :class:`sne.programme.models.Decision`."""

    code: str
    titre: str
    contexte: str
    instance: str
    issue: str
    prise_le: date
    conclusion: str
    suite: str
    lien: str
    motif: str
    options: tuple[OptionDite, ...]
    conditions: tuple[str, ...]
    remplace: str


@dataclass(frozen=True, slots=True)
class Preuve:
    """One test of one decision, at its last run."""

    decision: str
    test: str
    reussi: bool


def lire_decisions(texte: str) -> tuple[DecisionLivree, ...]:
    """Raises ``KeyError``, ``ValueError`` on a file of ours that is not well formed."""
    return tuple(_decision(brute) for brute in json.loads(texte))


def _decision(brute: Mapping[str, Any]) -> DecisionLivree:
    options = tuple(OptionDite(o["groupe"], o["lettre"], o["texte"]) for o in brute.get("options", ()))
    return DecisionLivree(
        code=brute["code"],
        titre=brute["titre"],
        contexte=brute["contexte"],
        instance=Instance(brute["instance"]).value,
        issue=Issue(brute["issue"]).value,
        prise_le=date.fromisoformat(brute["prise_le"]),
        conclusion=brute.get("conclusion", ""),
        suite=Suite(brute["suite"]).value,
        lien=brute.get("lien", ""),
        motif=brute.get("motif", ""),
        options=options,
        conditions=tuple(brute.get("conditions", ())),
        remplace=brute.get("remplace", ""),
    )


def lire_preuves(nom: str, texte: str) -> tuple[str, datetime, tuple[Preuve, ...]]:
    """Version, instant of the run, and its proofs. Raises ``Interdit`` that names the file."""
    try:
        lu = json.loads(texte)
        preuves = tuple(
            Preuve(str(p["decision"]), str(p["test"]), p["reussi"] is True) for p in lu["preuves"]
        )
        return str(lu["version"])[:40], datetime.fromisoformat(lu["le"]), preuves
    except (ValueError, KeyError, TypeError):
        raise Interdit(f"{nom}\u00a0: ce n’est pas un fichier de preuves.") from None


def ecrire_preuves(version: str, le: datetime, preuves: Iterable[Preuve]) -> str:
    """The file that :func:`lire_preuves` reads back."""
    lignes = sorted(preuves, key=lambda p: (p.decision, p.test))
    dites = [{"decision": p.decision, "test": p.test, "reussi": p.reussi} for p in lignes]
    return json.dumps(
        {"version": version, "le": le.isoformat(), "preuves": dites}, ensure_ascii=False, indent=1
    )


def manquements(decisions: Sequence[DecisionLivree], preuves: Iterable[Preuve]) -> tuple[str, ...]:
    """What is said delivered and is proved by no test that passes; codes that no decision has."""
    codes = {d.code for d in decisions}
    par_code: dict[str, list[bool]] = {}
    for preuve in preuves:
        par_code.setdefault(preuve.decision, []).append(preuve.reussi)
    sans = [d.code for d in decisions if d.suite in FAITES and not all(par_code.get(d.code) or (False,))]
    return tuple(sorted({*sans, *(par_code.keys() - codes)}))
