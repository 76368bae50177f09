"""A page of the plan as a browser sent it: put among what is typed on its page of ``saisie``, its buttons applied."""

from sne.portail.nouvelle.en_cours import DemandeEnLigne
from sne.portail.nouvelle.page_du_plan import PageDuPlan
from sne.saisie.brut import LU, Brut, en_formulaire, lire_revision
from sne.saisie.envoi import lire_envoi
from sne.saisie.forms.pages import PAGES
from sne.saisie.reunion import Envoi


def lire_page(demande: DemandeEnLigne, ici: PageDuPlan, saisi: Brut) -> tuple[Envoi, str]:
    """What was posted of a page, over what was typed when it was opened; and the row that a button added."""
    avant = demande.lue_au(lire_revision(saisi, LU)).brut(ici.source)
    brut = demande.tenir(ici.source, ici.fondre(avant, saisi))
    return lire_envoi(en_formulaire(brut), PAGES[ici.source])
