"""An agent explains an act of theirs that a score ranks among those to look at, before anybody decides."""

import uuid
from collections import defaultdict

from django.db import transaction

from sne.habilitations.rules import Permission
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.identite.models import ObservationIdentite
from sne.registre.identite.rules.observations import exiger_non_expliquee
from sne.registre.identite.selectors.regards import (
    ChangementRegarde,
    list_changements_regardes,
    operations_regardees,
)
from sne.registre.identite.verbes import VerbeIdentite
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.identifiants import uuid7
from sne.socle.lignes import trouver
from sne.socle.pages import Page


@transaction.atomic
def observer_identite(operation_id: uuid.UUID, *, texte: str, acte: Acte) -> uuid.UUID:
    """Write one explanation of an act of one's own; its id. It never changes, and the person who decides reads it.

    The entry names no demande: colleagues read its history. Raises ``Introuvable`` (somebody else's act, or one that
    nobody looks at), ``Interdit`` on ``texte`` (empty, too long, a NIR), or explained already.
    """
    siennes = operations_regardees(acte.acteur, le=horloge.jour(acte.survenu_le))
    operation = trouver(
        siennes.filter(id=operation_id), "Aucun changement regardé de votre main sous cet identifiant."
    )
    demande = lock_demande(operation.demande_id, acteur=acte.acteur)
    deja = ObservationIdentite.objects.filter(operation=operation).exists()
    exiger_non_expliquee(deja=deja)
    observation = ObservationIdentite(
        id=uuid7(),
        territoire=demande.territoire,
        demande=demande,
        operation=operation,
        texte=lire_texte(texte, requis=True, champ="texte"),
        auteur=operation.auteur,
        ecrite_par=acte.acteur.instantane_pour(Permission.ETAT_CIVIL_PROPOSER, demande.territoire),
        survenu_le=acte.survenu_le,
    )
    observation.save(force_insert=True)
    dire(
        VerbeIdentite.OBSERVER_IDENTITE,
        demande.territoire,
        acte=acte,
        faits={"observation": str(observation.id)},
    )
    cle: uuid.UUID = observation.id
    return cle


@transaction.atomic
def voir_changements_regardes(
    *, acte: Acte, apres: uuid.UUID | None = None, avant: uuid.UUID | None = None
) -> Page[ChangementRegarde]:
    """A page of the reader's own acts that are looked at, the newest first; nobody else's.

    The entry names no demande: colleagues read its history.
    """
    le = horloge.jour(acte.survenu_le)
    lus = list_changements_regardes(acte.acteur, le=le, apres=apres, avant=avant)
    nouveaux: defaultdict[str, list[str]] = defaultdict(list)
    for changement in lus.lignes:
        if changement.vu_le is None:
            nouveaux[changement.territoire].append(str(changement.id))
    for territoire, operations in nouveaux.items():
        mandat = acte.acteur.mandat_pour(Permission.ETAT_CIVIL_PROPOSER, territoire)
        dire(
            VerbeIdentite.VOIR_CHANGEMENTS_REGARDES,
            territoire,
            acte=acte,
            role=mandat.role if mandat else "",
            faits={"operations": operations},
        )
    return lus
