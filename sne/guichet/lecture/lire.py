"""The file that a page is about: its reading is journalled when the page is asked for, and not again when its form
comes back.
"""

from sne.registre.lecture.actions.consulter import consulter_demande, relire_demande
from sne.registre.lecture.selectors.fiche import Fiche
from sne.socle.requete import RequeteHabilitee, acte_de


def lire_demande(request: RequeteHabilitee, nud: str) -> Fiche:
    """The file of this number, for a page that shows it or a form posted from that page. Raises ``Introuvable``."""
    lire = relire_demande if request.method == "POST" else consulter_demande
    return lire(nud, acte=acte_de(request))
