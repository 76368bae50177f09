"""What may be counted: each measure written once, compiled for each engine."""

from sne.infocentre.mesures.catalogue import MESURES, Mesure

__all__ = ["MESURES", "Mesure"]
