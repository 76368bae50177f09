"""What the controls remark on a file and nobody has settled: sentence by sentence, with the place of each."""

from sne.registre.contenu.rules.anomalie import Anomalie
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.controles.contexte import Porte
from sne.registre.contenu.rules.remarques import remarques_ouvertes
from sne.registre.contenu.selectors.references import list_remarques
from sne.registre.demande.models.demande import Demande
from sne.socle import horloge


def list_remarques_de(demande: Demande, contenu: Contenu) -> tuple[Anomalie, ...]:
    """Remarks on its content, as of the day of that content; nothing is computed for a file that bears none.

    The caller has checked that its actor may read this demande, and journalled it.
    """
    if not demande.remarques:
        return ()
    le = horloge.jour(demande.version_courante.survenu_le)
    lues = list_remarques(contenu, porte=Porte.ECRAN, territoire=demande.territoire, le=le)
    ouvertes = remarques_ouvertes(lues, demande.remarques_expliquees or ())
    return tuple(a for a in ouvertes if a.code in demande.remarques)
