"""A change drawn by its identifier is read again, without knowing what was decided: an answer beside the first."""

import uuid

from django.db import transaction

from sne.habilitations.rules import Permission
from sne.habilitations.selectors import list_comptes_de
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.personne import IssueIdentite
from sne.registre.identite import policies
from sne.registre.identite.models import RelectureIdentite
from sne.registre.identite.rules.relecture import (
    DEJA_RELU,
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
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.identifiants import uuid7


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
    if RelectureIdentite.objects.filter(identite=ligne).exists():
        raise Interdit(DEJA_RELU)
    decision = getattr(ligne, "decision", None)
    premier = decision.decideur if decision else ligne.auteur
    if not {premier, ligne.auteur}.isdisjoint(list_comptes_de(acte.acteur.id)):
        raise Interdit(PAS_A_SOI)
    lu, precision = lire_avis(avis, precision)
    exiger_pieces_lues(list_pieces_du_changement(ligne, acteur=acte.acteur, le=le))
    refusee = decision is not None and decision.issue == IssueIdentite.REFUSEE
    relecture = RelectureIdentite(
        id=uuid7(),
        territoire=demande.territoire,
        demande=demande,
        identite=ligne,
        avis=lu.value,
        precision=precision,
        concorde=(lu is AvisRelecture.REFUSEE) == refusee,
        premier=premier,
        relecteur=acte.acteur.id,
        relu_par=acte.acteur.instantane_pour(Permission.ETAT_CIVIL_RELIRE, demande.territoire),
        survenu_le=acte.survenu_le,
    )
    relecture.save(force_insert=True)
    dire(
        VerbeIdentite.RELIRE_IDENTITE,
        demande,
        acte=acte,
        faits={"relecture": str(relecture.id), "identite": str(ligne.id)},
    )
    return bool(relecture.concorde)
