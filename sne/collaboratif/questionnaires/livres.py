"""The forms that the product is shipped with: what each asks, as it is kept beside the code."""

import json
from importlib.resources import files
from typing import Any


def questionnaires_livres() -> dict[str, dict[str, Any]]:
    """By code: ``titre``, ``intro``, ``anonyme``, ``questions``."""
    texte = files(__package__).joinpath("donnees/livres.json").read_text("utf-8")
    return {livre["code"]: livre for livre in json.loads(texte)}
