"""Families of messages that a household may refuse: what they say is read on its pages too. Pure."""

from enum import StrEnum


class Famille(StrEnum):
    """``DOCUMENTS``: one is asked for, again or by a landlord; ``REQUETES``: what becomes of what a counter was asked.

    What the law wants, what keeps a demande and its seniority, what protects it, and what somebody asks for at that
    instant are of no family: they are always sent.
    """

    DOCUMENTS = "DOCUMENTS"
    REQUETES = "REQUETES"
