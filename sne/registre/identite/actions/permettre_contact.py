"""A territorial manager allows one change of contact soon after a change of identity."""

import uuid
from datetime import timedelta

from django.db import transaction

from sne.habilitations.actions.deux_personnes import signer
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.controle.models import PermissionContact
from sne.registre.controle.possible import exiger_permissible
from sne.registre.controle.rules.alternance import lire_permission
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.identite.parametres import ParametresIdentite
from sne.registre.identite.verbes import VerbeIdentite
from sne.socle import horloge
from sne.socle.acte import Acte


@transaction.atomic
def permettre_contact(demande_id: uuid.UUID, *, motif: str, precision: str, acte: Acte) -> uuid.UUID:
    """Allow one change of e-mail or phone, by somebody else, within ``permission_contact_jours``. The permission's id.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (a demande that is closed, nothing held, allowed already, the
    change of identity is one's own, a reason ill said), ``DossierFige``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    jour = horloge.jour(acte.survenu_le)
    identite = exiger_permissible(demande, acte.acteur, le=jour, gel=get_gel(demande.id))
    lu, precision = lire_permission(motif, precision)
    permission = PermissionContact(
        territoire=demande.territoire,
        demande=demande,
        identite=identite,
        motif=lu.value,
        precision=precision,
        jusqu_au=jour + timedelta(days=get_parametres(jour)[ParametresIdentite].permission_contact_jours),
        auteur=identite.auteur,
    )
    signer(permission, permission=Permission.ETAT_CIVIL_DECIDER, territoire=demande.territoire, acte=acte)
    permission.save(force_insert=True)
    dire(
        VerbeIdentite.PERMETTRE_CONTACT,
        demande,
        acte=acte,
        faits={"permission": str(permission.id), "motif": lu.value, "identite": str(identite.id)},
    )
    cle: uuid.UUID = permission.id
    return cle
