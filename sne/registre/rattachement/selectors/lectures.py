"""What somebody read of their own demande online: told once a day, and not once a page."""

from sne.journal.rules import Verbe
from sne.journal.selectors import list_actes_de
from sne.registre.demande.models.demande import Demande
from sne.socle import horloge
from sne.socle.acte import Acte


def is_lue_ce_jour(demande: Demande, verbe: Verbe, *, acte: Acte) -> bool:
    """Whether this reading by this account was told since midnight."""
    depuis = acte.survenu_le - horloge.debut_du_jour(horloge.jour(acte.survenu_le))
    return bool(list_actes_de(demande.id, par=acte.acteur.id, parmi={verbe}, depuis=depuis))
