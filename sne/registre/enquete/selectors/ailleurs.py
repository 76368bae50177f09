"""What a territory learns of an enquiry that another one leads."""

from dataclasses import dataclass

from sne.cellules.routage import a_part, cellule_de, joindre
from sne.registre.demande.models.demande import Demande
from sne.registre.enquete.models.enquete import ElementEnquete


@dataclass(frozen=True, slots=True)
class VueAilleurs:
    """The other territory where somebody was recognised; ``nud``: their demande there, empty when they have none, and
    ``None`` while the cell that would say it is away.
    """

    territoire: str
    nud: str | None


def vue_ailleurs(element: ElementEnquete) -> VueAilleurs | None:
    """Where the person of a piece of evidence is now, if it is in another territory."""
    if not element.territoire_ailleurs:
        return None
    if not element.ailleurs_id:
        return VueAilleurs(element.territoire_ailleurs, "")
    siennes = Demande.objects.filter(id=element.ailleurs_id).values_list("nud", flat=True)
    nud = joindre(cellule_de(element.territoire_ailleurs), lambda: siennes.first() or "", par=a_part)
    return VueAilleurs(element.territoire_ailleurs, nud)
