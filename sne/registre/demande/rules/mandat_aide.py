"""What a helper may be authorised to do, how far an authorisation is, why it ended. Pure."""

from enum import StrEnum


class Portee(StrEnum):
    """One thing that a person lets a helper do in their place."""

    LIRE = "LIRE"
    DOCUMENTS = "DOCUMENTS"
    COMPLETER = "COMPLETER"
    RENOUVELER = "RENOUVELER"


class MesureProtection(StrEnum):
    """What a judge decided for an adult whom somebody protects (code civil, art. 433, 440, 494-1)."""

    TUTELLE = "TUTELLE"
    CURATELLE = "CURATELLE"
    HABILITATION = "HABILITATION"
    SAUVEGARDE = "SAUVEGARDE"


class StatutMandat(StrEnum):
    """How far it is: signed by the helper alone, by the person alone, by both, ended. ``NOMME``: who protects them, and
    acts nowhere online.
    """

    OFFERT = "OFFERT"
    PROPOSE = "PROPOSE"
    ACTIF = "ACTIF"
    NOMME = "NOMME"
    FINI = "FINI"


class FinMandat(StrEnum):
    """Why it ended: its time was over, the person, the helper, a counter, another identity in force."""

    ECHU = "ECHU"
    REVOQUE = "REVOQUE"
    RENONCE = "RENONCE"
    RETIRE = "RETIRE"
    IDENTITE_CHANGEE = "IDENTITE_CHANGEE"
