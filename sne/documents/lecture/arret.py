"""What an operation of the reading process raises when it refuses a file: a code, and the numbers of its sentence."""

from collections.abc import Mapping
from typing import Any


class Arret(Exception):
    """Refusal, by its code in ``rules.phrases``."""

    def __init__(self, code: str, **valeurs: int) -> None:
        super().__init__(code)
        self.code = code
        self.valeurs = valeurs


def trop_grande(bornes: Mapping[str, Any]) -> Arret:
    """The refusal of a picture, which names the limits."""
    return Arret("TROP_DE_PIXELS", millions=bornes["pixels"] // 1_000_000, cote=bornes["cote_max"])


class HorsListe(Exception):
    """A page holds something outside the allow-list: it is drawn, instead of rewritten."""
