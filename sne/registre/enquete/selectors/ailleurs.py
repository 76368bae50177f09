"""What a territory learns of an enquiry that another one leads."""

from dataclasses import dataclass

from sne.cellules.routage import a_part, cellule_de
from sne.registre.demande.models.demande import Demande
from sne.registre.enquete.models.enquete import ElementEnquete


@dataclass(frozen=True, slots=True)
class VueAilleurs:
    """The other territory where somebody was recognised; ``nud``: their demande there, empty when they have none."""

    territoire: str
    nud: str


def vue_ailleurs(element: ElementEnquete) -> VueAilleurs | None:
    """Where the person of a piece of evidence is now, if it is in another territory."""
    if not element.territoire_ailleurs:
        return None
    with a_part(cellule_de(element.territoire_ailleurs)):
        siennes = Demande.objects.filter(id__in=[element.ailleurs_id] if element.ailleurs_id else [])
        numero = siennes.values_list("nud", flat=True).first()
    return VueAilleurs(element.territoire_ailleurs, numero or "")
