"""A territorial manager allows one change of contact soon after a change of identity."""

import uuid
from datetime import timedelta

from django.db import transaction

from sne.habilitations.rules import Permission
from sne.habilitations.selectors import list_comptes_de
from sne.journal.rules import Verbe
from sne.referentiels.selectors import get_parametres
from sne.registre.controle import policies
from sne.registre.controle.models import PermissionContact
from sne.registre.controle.rules.alternance import exiger_a_permettre, exiger_tiers, lire_permission
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.controle.selectors.permissions import get_permission, get_retenue
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.enquete.rules.gel import exiger_non_gele
from sne.registre.enquete.selectors.gels import get_gel
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, require
from sne.socle.identifiants import uuid7

DU_GESTIONNAIRE = (
    "Un gestionnaire du territoire peut seul permettre ce changement de contact. Adressez-vous à lui."
)


@transaction.atomic
def permettre_contact(demande_id: uuid.UUID, *, motif: str, precision: str, acte: Acte) -> uuid.UUID:
    """Allow one change of e-mail or phone, by somebody else, within ``permission_contact_jours``. The permission's id.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (a demande that is closed, nothing held, allowed already, the
    change of identity is one's own, a reason ill said), ``DossierFige``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    require(policies.can_permettre_contact(acte.acteur, territoire=demande.territoire), DU_GESTIONNAIRE)
    if demande.statut not in OUVERTES:
        raise Interdit("Cette demande n’est plus ouverte. Ses contacts ne peuvent pas être modifiés.")
    exiger_non_gele(get_gel(demande.id), ce_qui_attend="Ce changement de contact")
    lu, precision = lire_permission(motif, precision)
    jour = horloge.jour(acte.survenu_le)
    retenue, deja = (
        get_retenue(demande, le=jour, seuils=get_seuils(jour)),
        get_permission(demande.id, le=jour),
    )
    exiger_a_permettre(retenue.libre_le, deja=deja.jusqu_au if deja else None)
    assert retenue.identite is not None  # it is what holds them
    exiger_tiers(retenue.identite.auteur, list_comptes_de(acte.acteur.id))
    permission = PermissionContact(
        id=uuid7(),
        territoire=demande.territoire,
        demande=demande,
        identite=retenue.identite,
        motif=lu.value,
        precision=precision,
        jusqu_au=jour + timedelta(days=get_parametres(jour).permission_contact_jours),
        premier=retenue.identite.auteur,
        gestionnaire=acte.acteur.id,
        permise_par=acte.acteur.instantane_pour(Permission.ETAT_CIVIL_DECIDER, demande.territoire),
        survenu_le=acte.survenu_le,
    )
    permission.save(force_insert=True)
    dire(
        Verbe.PERMETTRE_CONTACT,
        demande,
        acte=acte,
        faits={"permission": str(permission.id), "motif": lu.value, "identite": str(retenue.identite.id)},
    )
    cle: uuid.UUID = permission.id
    return cle
