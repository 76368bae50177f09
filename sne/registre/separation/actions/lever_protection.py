"""The territorial manager says that a demande need not be kept secret any longer, once the reason was taken out."""

import uuid

from django.db import transaction

from sne.habilitations.selectors import list_comptes_de
from sne.journal.rules import Verbe
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.demande.selectors.etat import assembler
from sne.registre.enquete.rules.enquete import lire_texte
from sne.registre.enquete.rules.gel import exiger_non_gele
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.joindre.rules.lever_protection import Protection, exiger_levable
from sne.registre.joindre.rules.secret import est_secrete
from sne.registre.joindre.selectors.protection import is_protegee, list_auteurs_du_retrait
from sne.registre.separation import policies
from sne.socle.acte import Acte
from sne.socle.erreurs import require

DU_GESTIONNAIRE = "Un gestionnaire du territoire peut seul lever cette protection. Adressez-vous à lui."


@transaction.atomic
def lever_protection(demande_id: uuid.UUID, *, precision: str, acte: Acte) -> None:
    """Lift the protection of a demande, by somebody else than the person who took the reason out. If the reason is
    given again, the demande is protected again.

    ``precision``: how the person was heard. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (closed, not
    protected, the reason is still there, one's own doing, a sentence ill said), ``DossierFige``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    require(policies.can_lever_protection(acte.acteur, territoire=demande.territoire), DU_GESTIONNAIRE)
    exiger_non_gele(get_gel(demande.id), ce_qui_attend="La levée de la protection")
    exiger_levable(
        Protection(
            ouverte=demande.statut in OUVERTES,
            en_place=is_protegee(demande),
            dite=est_secrete(assembler(demande.version_courante, avec_sante=False), dite=False),
            de_soi=not list_auteurs_du_retrait(demande).isdisjoint(list_comptes_de(acte.acteur.id)),
        )
    )
    precision = lire_texte(precision, requis=True)
    version = avancer(
        demande,
        statut=Statut(demande.statut),
        acte=acte,
        motif=precision,
        protection_levee=True,
    )
    dire(
        Verbe.LEVER_PROTECTION, demande, acte=acte, faits={"version": str(version.id), "numero": demande.nud}
    )
