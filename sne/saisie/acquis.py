"""What the pages of a draft make once all of them are right: kept with it, so that nothing reads them all again.

It is valid only for the same typed values, on the same day, with the same schema of the content; otherwise it is
ignored. It replaces the forms only: the rules are applied at every use.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.stockage import SCHEMA
from sne.saisie.brut import Brut


@dataclass(frozen=True, slots=True)
class Acquis:
    """The content, the raw NIR typed by person reference (never in the content), and the pages that were read."""

    contenu: Contenu
    nirs: Mapping[str, str]
    pages: frozenset[str]

    def document(self, donnees: Mapping[str, Brut], *, jour: date) -> dict[str, Any] | None:
        """What is kept; nothing when the content would not be found again exactly as it is."""
        contenu = self.contenu.model_dump(mode="json", exclude_defaults=True)
        if _lire_contenu(contenu) != self.contenu:
            return None
        return {
            "cle": _cle(donnees, jour),
            "contenu": contenu,
            "nirs": dict(self.nirs),
            "pages": sorted(self.pages),
        }


def lire_acquis(
    document: Mapping[str, Any] | None, donnees: Mapping[str, Brut], *, jour: date
) -> Acquis | None:
    """What was kept for exactly this, that day; ``None`` for anything else."""
    if not document or document.get("cle") != _cle(donnees, jour):
        return None
    contenu = _lire_contenu(document["contenu"])
    if contenu is None:
        return None
    return Acquis(contenu, document["nirs"], frozenset(document["pages"]))


def _lire_contenu(document: Mapping[str, Any]) -> Contenu | None:
    try:
        return Contenu.model_validate(document)
    except ValidationError:
        return None


def _cle(donnees: Mapping[str, Brut], jour: date) -> str:
    """Everything that the forms read: all that was typed, the day whose lists they use, the shape that they fill."""
    return sha256(json.dumps([SCHEMA, jour.isoformat(), donnees], sort_keys=True).encode()).hexdigest()
