"""Enumerations whose members are declared by the modules that own them, each in a subclass. Pure.

A subclass lies in a file of one name in every module (``verbes``, ``messages``), which the application imports when it
starts; nothing else lists its members.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Self


class Declaree(StrEnum):
    """An enumeration without members of its own: those of every subclass are looked up by code."""

    @classmethod
    @cache
    def tous(cls) -> Mapping[str, Self]:
        """Every member that a module declares, by its code."""
        return cls.reunir(cls.__subclasses__())

    @classmethod
    def reunir(cls, modules: Iterable[type[Self]]) -> Mapping[str, Self]:
        """The members of these subclasses, by code. Raises ``ValueError`` where two declare the same."""
        declares = [membre for module in modules for membre in module]
        par_code = {membre.value: membre for membre in declares}
        if len(par_code) != len(declares):
            raise ValueError(f"two modules declare the same {cls.__name__}")
        return MappingProxyType(par_code)
