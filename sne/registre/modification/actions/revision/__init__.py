"""One revision of an open demande: what is asked is controlled, split into what applies and what waits, written, told.

Shared by every act of the household on its own file; an act adds its right, its moment and its verb.
"""

from sne.registre.demande.actions.lignes import valeurs_de
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.modification.actions.revision.ecrire import ecrire
from sne.registre.modification.actions.revision.preparer import Projet, preparer

__all__ = ["Projet", "ecrire", "lock_demande", "preparer", "valeurs_de"]
