"""The territorial manager says that a demande need not be kept secret any longer, once the reason was taken out."""

import uuid

from django.db import transaction

from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.separation.possible import exiger_protection_levable
from sne.registre.separation.verbes import VerbeSeparation
from sne.socle.acte import Acte


@transaction.atomic
def lever_protection(demande_id: uuid.UUID, *, precision: str, acte: Acte) -> None:
    """Lift the protection of a demande, by somebody else than the person who took the reason out. If the reason is
    given again, the demande is protected again.

    ``precision``: how the person was heard. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (closed, not
    protected, the reason is still there, one's own doing, a sentence ill said), ``DossierFige``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_protection_levable(demande, acte.acteur, gel=get_gel(demande.id))
    precision = lire_texte(precision, requis=True)
    version = avancer(
        demande,
        statut=Statut(demande.statut),
        acte=acte,
        motif=precision,
        protection_levee=True,
    )
    dire(
        VerbeSeparation.LEVER_PROTECTION,
        demande,
        acte=acte,
        faits={"version": str(version.id), "numero": demande.nud},
    )
