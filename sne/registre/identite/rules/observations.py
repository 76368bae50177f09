"""What an agent may say, once, of an act of theirs that a score ranks among those to look at. Pure."""

from sne.socle.erreurs import Interdit


def exiger_non_expliquee(*, deja: bool) -> None:
    """Raises ``Interdit`` once the act was explained."""
    if deja:
        raise Interdit("Vous avez déjà donné votre explication sur ce changement. Elle ne se modifie pas.")
