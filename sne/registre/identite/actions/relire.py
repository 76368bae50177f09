"""A change drawn by its identifier is read again, without knowing what was decided: an answer beside the first."""

import uuid

from django.db import transaction

from sne.habilitations.actions.deux_personnes import repondre
from sne.habilitations.rules import Permission
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.personne import IssueIdentite
from sne.registre.identite import policies
from sne.registre.identite.models import RelectureIdentite
from sne.registre.identite.rules.relecture import (
    PAS_A_SOI,
    AvisRelecture,
    exiger_pieces_lues,
    lire_avis,
)
from sne.registre.identite.selectors.pieces_du_changement import list_pieces_du_changement
from sne.registre.identite.selectors.relectures import est_a_relire
from sne.registre.identite.verbes import VerbeIdentite
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable


@transaction.atomic
def relire_identite(identite_id: uuid.UUID, *, avis: str, precision: str, acte: Acte) -> bool:
    """Keep what a second reader would have decided; returns whether it is what was decided. The file does not change.

    Raises ``Introuvable`` (out of the perimeter, or not drawn), ``Interdit`` (one's own, read already, documents not
    opened, ill said).
    """
    siennes = Identite.objects.filter(policies.scope_des_relectures(acte.acteur), id=identite_id)
    trouvee = siennes.values_list("demande", flat=True).first()
    le = horloge.jour(acte.survenu_le)
    if trouvee is None or not est_a_relire(identite_id, le=le):
        raise Introuvable("Aucun changement à relire dans votre territoire sous cet identifiant.")
    demande = lock_demande(trouvee, acteur=acte.acteur)
    ligne = Identite.objects.select_related("demande__version_courante", "decision").get(id=identite_id)
    decision = getattr(ligne, "decision", None)
    exiger_autre_personne(acte.acteur, ligne.auteur, sinon=PAS_A_SOI)
    relecture = repondre(
        RelectureIdentite(
            territoire=demande.territoire,
            demande=demande,
            identite=ligne,
            auteur=decision.decideur if decision else ligne.auteur,
        ),
        permission=Permission.ETAT_CIVIL_RELIRE,
        territoire=demande.territoire,
        sinon=PAS_A_SOI,
        acte=acte,
    )
    lu, relecture.precision = lire_avis(avis, precision)
    exiger_pieces_lues(list_pieces_du_changement(ligne, acteur=acte.acteur, le=le))
    refusee = decision is not None and decision.issue == IssueIdentite.REFUSEE
    relecture.avis, relecture.concorde = lu.value, (lu is AvisRelecture.REFUSEE) == refusee
    relecture.save(force_insert=True)
    dire(
        VerbeIdentite.RELIRE_IDENTITE,
        demande,
        acte=acte,
        faits={"relecture": str(relecture.id), "identite": str(ligne.id)},
    )
    return bool(relecture.concorde)
