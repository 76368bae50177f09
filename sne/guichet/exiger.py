"""The permission that opens a screen of the counter: the decorator of accounts, under the name used here."""

from sne.habilitations.exiger import Vue, exiger

__all__ = ["Vue", "exiger"]
