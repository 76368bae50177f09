"""What an agreement settles, in words."""

from collections.abc import Iterator
from dataclasses import asdict

from sne.conventions.models import Convention
from sne.conventions.rules.reglages import LIBELLES, VALEURS
from sne.conventions.selectors import reglages_de


def dire_reglages(convention: Convention) -> list[tuple[str, str]]:
    """Each setting and its value, in the order of the form."""
    return list(_dire(convention))


def _dire(convention: Convention) -> Iterator[tuple[str, str]]:
    for code, valeur in asdict(reglages_de(convention)).items():
        dite = ("oui" if valeur else "non") if isinstance(valeur, bool) else VALEURS[valeur]
        yield LIBELLES[code], dite.capitalize()
