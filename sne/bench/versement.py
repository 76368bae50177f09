"""All the acts of a register, sealed and counted from nothing: what a member of the team does."""

from sne.bench.equipe import Poste
from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.journal.actions import sceller
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

ENTREES = 100_000  # of one seal


class VerserUnJour:
    """What was sealed becomes lines of files and cells: one pouring, whatever there is to pour."""

    def __init__(self, _: Poste) -> None:
        """Sealed before it is measured."""
        while sceller(ENTREES) > 0:
            continue

    def preparer(self, nombre: int) -> None:
        """Nothing is needed."""

    def agir(self) -> None:
        """Pour."""
        verser(acte=Acte(service_du_lac(), maintenant()))
