"""The reasons of the law to strike a demande off (CCH R441-2-8)."""

from enum import StrEnum


class MotifRadiation(StrEnum):
    """Why an application is struck off: codes of the national interface, and one of ours for a merging, which it has no
    code for.
    """

    RADATT = "RADATT"
    RADABA = "RADABA"
    RADCON = "RADCON"
    RADIRR = "RADIRR"
    RADREN = "RADREN"
    FUSION = "FUSION"


class SousMotif(StrEnum):
    """Why a commission declares an application inadmissible."""

    IRRRES = "IRRRES"
    IRRSEJ = "IRRSEJ"
