"""The one open font of printed documents, and the folder it is in: nothing of the machine is ever used."""

from pathlib import Path

POLICES = Path(__file__).parent / "polices"
