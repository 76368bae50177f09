"""States of an import, and what becomes of a line."""

from enum import StrEnum


class Etat(StrEnum):
    """Where an import stands."""

    RECU = "RECU"
    CONTROLE = "CONTROLE"
    EN_COURS = "EN_COURS"
    TERMINE = "TERMINE"
    INTERROMPU = "INTERROMPU"
    ANNULE = "ANNULE"


ETATS = {
    Etat.RECU: "Reçu",
    Etat.CONTROLE: "Contrôlé",
    Etat.EN_COURS: "En cours",
    Etat.TERMINE: "Terminé",
    Etat.INTERROMPU: "Interrompu",
    Etat.ANNULE: "Annulé",
}
"""States, in words."""
OUVERTS = (Etat.RECU, Etat.CONTROLE, Etat.EN_COURS)
"""Those that go on by themselves."""
REPRENABLES = (Etat.TERMINE, Etat.INTERROMPU)


class Issue(StrEnum):
    """What became of one line."""

    ENREGISTREE = "ENREGISTREE"
    MODIFIEE = "MODIFIEE"
    EN_ATTENTE = "EN_ATTENTE"
    REFUSEE = "REFUSEE"
    DEJA_FAITE = "DEJA_FAITE"
