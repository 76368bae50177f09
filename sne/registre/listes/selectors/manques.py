"""What each file of a page lacks, item by item: read for the lines that are shown, never for a whole list."""

import uuid
from collections.abc import Collection

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.completude import Element, elements_pour_instruire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.selectors.etat import assembler


def list_manques(demandes: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[Contenu, tuple[Element, ...]]]:
    """The content (without health) of each demande, and what it lacks, in two statements.

    The caller has read these demandes in a list of its actor's perimeter.
    """
    lues = list(Demande.objects.filter(id__in=[*demandes]).select_related("version_courante"))
    identites = Identite.objects.in_bulk([cle for d in lues for cle in d.version_courante.identites])
    contenus = {d.id: assembler(d.version_courante, identites=identites, avec_sante=False) for d in lues}
    return {
        cle: (contenu, tuple(e for e in elements_pour_instruire(contenu) if not e.fait))
        for cle, contenu in contenus.items()
    }
