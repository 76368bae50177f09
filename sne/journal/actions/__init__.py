"""The journal’s daily writes: one entry per act, the seal, the opening of months; what proves them is in its files."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import connection, transaction
from pydantic_core import to_json

from sne.journal.rules import Entree
from sne.socle.mesures import compter_un_acte
from sne.socle.replique import noter_une_ecriture

MOIS_OUVERTS_D_AVANCE = 2  # few: the deferred triggers look into every partition that is not past

INSCRIRE = "SELECT * FROM journal_inscrire_en_lot(%s)"


def en_json(entree: Entree) -> dict[str, Any]:
    """One entry as ``journal_inscrire_en_lot`` takes it, ready for JSON; counted with the caller's transaction."""
    compter_un_acte(str(entree.verbe))
    return en_json_sans_compter(entree)


def en_json_sans_compter(entree: Entree) -> dict[str, Any]:
    """The same, for a statement that is its own transaction: who executes it counts the act once it is written."""
    noter_une_ecriture()
    return {
        "territoire": entree.territoire,
        "demande": str(entree.demande_id) if entree.demande_id else None,
        "revision": entree.revision,
        "verbe": str(entree.verbe),
        "acteur": entree.acte.acteur.instantane(entree.role),
        "faits": dict(entree.faits),
        "valeurs": [{"champ": v.champ, "cote": str(v.cote), "valeur": v.valeur} for v in entree.valeurs],
        "correlation": str(entree.acte.acteur.correlation) if entree.acte.acteur.correlation else None,
        "survenu_le": entree.acte.survenu_le.isoformat(),
    }


def inscrire(entree: Entree) -> uuid.UUID:
    """Write one entry in the current transaction; returns its identifier.

    The act and its entry are committed together or not at all: call it inside the action's ``transaction.atomic``.
    """
    return inscrire_en_lot([entree])[0]


def inscrire_en_lot(entrees: Sequence[Entree]) -> list[uuid.UUID]:
    """Write several entries in one statement; identifiers in the same order."""
    with connection.cursor() as curseur:
        curseur.execute(INSCRIRE, [to_json([en_json(e) for e in entrees]).decode()])
        return [ligne[0] for ligne in curseur.fetchall()]


def sceller(au_plus: int = 100_000) -> int:
    """Seal what can be sealed; returns the number of entries, -1 when another sealer is at work."""
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("SELECT journal_sceller(%s)", [au_plus])
        return int(curseur.fetchone()[0])


def ouvrir_mois(jour: date) -> tuple[str, ...]:
    """Open the partitions of this month and the next ones (idempotent); names of the partitions."""
    noms = []
    with connection.cursor() as curseur:
        for avance in range(MOIS_OUVERTS_D_AVANCE + 1):
            curseur.execute("SELECT journal_ouvrir_mois(%s)", [jour + relativedelta(months=avance)])
            noms.append(str(curseur.fetchone()[0]))
    return tuple(noms)
