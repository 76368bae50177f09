"""What a territory learns of an enquiry that another one leads."""

from dataclasses import dataclass

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
    return VueAilleurs(element.territoire_ailleurs, element.ailleurs.nud if element.ailleurs else "")
