"""A key changed for another is told to the journal: by whom, which keys, towards which number; never a secret."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def rotation_dite(trousseau: str, numero: int) -> Iterator[dict[str, int]]:
    """One entry before, so that a command that is killed is told too, and one after, with what the dictionary holds.

    ``trousseau``: the variable that holds the keys; ``numero``: the key that everything is encrypted with.
    """
    from sne.habilitations.rules import acteur_systeme
    from sne.journal.actions import inscrire
    from sne.journal.rules import Entree
    from sne.journal.verbes import VerbeJournal
    from sne.socle.acte import Acte
    from sne.socle.horloge import maintenant

    acteur = acteur_systeme(f"Commande sne, par {_qui()}")
    faite: dict[str, int] = {}
    faits = {"trousseau": trousseau, "numero": numero}
    inscrire(Entree(VerbeJournal.TOURNER_CLES, Acte(acteur, maintenant()), faits={**faits, "etape": "DEBUT"}))
    yield faite
    fin = {**faits, "etape": "FIN", **faite}
    inscrire(Entree(VerbeJournal.TOURNER_CLES, Acte(acteur, maintenant()), faits=fin))


def _qui() -> str:
    """The account of this machine that runs the command."""
    return os.environ.get("SUDO_USER") or os.environ.get("USER") or str(os.getuid())
