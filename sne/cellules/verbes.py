"""Acts on the place of a territory."""

from sne.journal.rules import Silence, Verbe


class VerbeCellule(Verbe):
    """Kinds of act."""

    DEPLACER_TERRITOIRE = (
        "DEPLACER_TERRITOIRE",
        "Territoire déplacé d’un serveur à l’autre",
        Silence.SANS_DEMANDE,
    )
