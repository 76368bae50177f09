"""Refusals of the register, each with the French sentence that a person reads."""

from collections.abc import Sequence

from sne.registre.contenu.rules.anomalie import Anomalie
from sne.socle.erreurs import Interdit, Introuvable

__all__ = [
    "ControleEnCours",
    "DejaOuverte",
    "DepotIncomplet",
    "DoublonAJustifier",
    "Introuvable",
    "PersonnePartie",
]

PAS_ICI = (
    "Vous ne pouvez pas enregistrer une demande pour ce guichet. Demandez une habilitation à son responsable."
)


class DepotIncomplet(Interdit):
    """The content cannot be registered as it stands; ``anomalies`` names each field and its remedy."""

    code = "INCOMPLET"

    def __init__(self, anomalies: Sequence[Anomalie]) -> None:
        self.anomalies = tuple(anomalies)
        super().__init__(" ".join(a.phrase for a in self.anomalies))


class DejaOuverte(Interdit):
    """An open demande already holds this NIR in the territory (one open demande per household and
    territory).
    """

    code = "DEJA_OUVERTE"

    def __init__(self, champ: str = "") -> None:
        super().__init__(
            "Une demande active existe avec ce numéro de sécurité sociale. Ouvrez-la au lieu d’en créer une autre.",
            champ=champ,
        )


class PersonnePartie(Interdit):
    """This person has left this very demande; the sentence does not say whether they are registered elsewhere."""

    code = "PERSONNE_PARTIE"

    def __init__(self, champ: str = "") -> None:
        super().__init__(
            "Cette personne a quitté cette demande et ne peut pas y être remise ici. Adressez-vous au gestionnaire "
            "territorial.",
            champ=champ,
        )


class DoublonAJustifier(Interdit):
    """Close demandes exist and nobody said why they are not the same person; ``proches`` lists them."""

    code = "DOUBLON"

    def __init__(self, proches: Sequence[object]) -> None:
        self.proches = tuple(proches)
        super().__init__(
            "Une demande proche existe déjà. Ouvrez-la, ou dites en une phrase pourquoi ce n’est pas elle."
        )


class ControleEnCours(Interdit):
    """Another identity already awaits a decision for this person: one open request per person."""

    code = "CONTROLE_EN_COURS"

    def __init__(self, qui: str, champ: str = "") -> None:
        super().__init__(
            f"Un changement d’identité attend déjà une décision pour {qui}. "
            "Attendez cette décision avant d’en demander un autre.",
            champ=champ,
        )
