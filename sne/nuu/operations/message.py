"""A message that changes something: what was read of it, who acts, and what came of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sne.conventions.rules.reglages import Reglages
from sne.nuu.operations.contexte import Contexte
from sne.nuu.rules.ecriture import AnomalieFilaire
from sne.nuu.rules.lecture import Lu
from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.socle.acte import Acte
from sne.socle.signes import INSECABLE

FORCE = "Forcé par le logiciel du guichet."
"""Why close demandes were set aside, when the software says no more than that they were."""


@dataclass(frozen=True, slots=True)
class Message:
    """``cle``: the same for the very same file of the same agreement, so that a message sent again acts once."""

    lu: Lu
    cle: uuid.UUID
    acte: Acte
    contexte: Contexte

    @property
    def reglages(self) -> Reglages:
        return self.contexte.identite.reglages

    @property
    def reference(self) -> str:
        return str(self.lu.message.get("reference_interne") or "")

    def contenu(self) -> Contenu:
        """The tree. Raises ``DepotIncomplet`` on the shape of what was sent."""
        return exiger_contenu(self.lu)

    def numero(self) -> str:
        """The number of the demande. Raises ``DepotIncomplet``: there is none."""
        numero = self.lu.dossier.get("numero_unique")
        if not numero:
            raise DepotIncomplet([manque("numUnique", "donnez le numéro de la demande")])
        return str(numero)

    def jour(self, *chemin: str, element: str) -> date:
        """A date of the register's part of the message. Raises ``DepotIncomplet``: it is absent or no date."""
        valeur = self.jour_ou_rien(*chemin, element=element)
        if valeur is None:
            raise DepotIncomplet([manque(element, "donnez cette date")])
        return valeur

    def jour_ou_rien(self, *chemin: str, element: str) -> date | None:
        """The same, where it may be absent."""
        valeur = self.texte(*chemin)
        if not valeur:
            return None
        try:
            return date.fromisoformat(valeur)
        except ValueError:
            raise DepotIncomplet(
                [
                    Anomalie(
                        "FORME_JOUR",
                        Niveau.BLOQUANT,
                        "",
                        f"{element}{INSECABLE}: donnez une date qui existe.",
                    )
                ]
            ) from None

    def texte(self, *chemin: str) -> str:
        """A text or a code of the register's part of the message; empty when it is absent."""
        valeur: object = self.lu.dossier
        for etape in chemin:
            valeur = valeur.get(etape) if isinstance(valeur, dict) else None
        return "" if valeur is None else str(valeur)


@dataclass(frozen=True, slots=True)
class Traite:
    """What came of a message. ``atteste``: an attestation goes with the answer. ``attend``: recorded, and waits.

    ``neuve``: what has just been registered, and on which day, when nothing else can be known of the demande.
    """

    nud: str
    demande_id: uuid.UUID
    atteste: bool = False
    attend: Sequence[AnomalieFilaire] = ()
    neuve: tuple[Contenu, date] | None = None


def exiger_contenu(lu: Lu) -> Contenu:
    """The tree. Raises ``DepotIncomplet`` on the shape of what was sent."""
    contenu, anomalies = lu.contenu()
    if contenu is None or anomalies:
        raise DepotIncomplet(anomalies)
    return contenu


def cle_de(message: Message, quoi: str) -> uuid.UUID:
    """The id of another row that this very message writes: the same when it is sent again."""
    return uuid.uuid5(message.cle, quoi)


def exiger_guichet(lu: Lu) -> str:
    """The guichet that the message names. Raises ``DepotIncomplet``: it names none."""
    guichet = str(lu.dossier.get("guichet") or "")
    if not guichet:
        raise DepotIncomplet([manque("numGuichet", "donnez le numéro de votre guichet")])
    return guichet


def manque(element: str, remede: str) -> Anomalie:
    """An element without which nothing can be done."""
    return Anomalie("A_RENSEIGNER", Niveau.BLOQUANT, "", f"{element}{INSECABLE}: {remede}.")
