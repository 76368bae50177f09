"""What was sent online and came to nothing is erased in time: row, files, addresses of its messages, in one go."""

import uuid
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial
from itertools import batched

from django.db import transaction

from sne.cellules.routage import lister_partout
from sne.demandeurs.actions import oublier_courriels
from sne.demandeurs.selectors import list_comptes_par_courriel
from sne.documents.actions import demander_effacement
from sne.notifications.actions import effacer_adresses
from sne.notifications.selectors import list_demandes_ecrites
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.rules.depot_en_ligne import StatutDepot
from sne.registre.depot.actions.reconnaitre import documents_de
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.depot_en_ligne import policies
from sne.registre.depot_en_ligne.messages import MessageDepot
from sne.registre.depot_en_ligne.parametres import ParametresDepotEnLigne
from sne.registre.modification.selectors.brouillons import list_auteurs, list_commencees_parmi
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require

PAR_FOIS = 500


def purger_depots(par: Callable[[str], Acteur], *, survenu_le: datetime) -> int:
    """Erase those that were answered for long enough and are no demande; how many, the others at the next call.

    ``par``: who does it in a territory.
    """
    jours = get_parametres(horloge.jour(survenu_le))[ParametresDepotEnLigne].depot_conservation_jours
    limite = survenu_le - timedelta(days=jours)
    finis = DepotEnLigne.objects.filter(statut=StatutDepot.INVALIDEE, decide_le__lt=limite)
    vises = list(finis.order_by("decide_le", "id").values_list("id", "territoire")[:PAR_FOIS])
    return sum(
        _effacer(depot_id, limite=limite, acte=Acte(par(territoire), survenu_le))
        for depot_id, territoire in vises
    )


def oublier_les_departs(*, survenu_le: datetime) -> int:
    """Forget what led by e-mail to what is no more, and where its reminders went; how many ways it was.

    Whoever came in within the day has a day to begin. What somebody began may be in any cell: each is asked first.
    """
    oublies = 0
    for comptes in batched(list_comptes_par_courriel(avant=survenu_le - timedelta(days=1)), PAR_FOIS):
        tenus = {*lister_partout(partial(_tenus, comptes))}
        oublies += oublier_courriels([compte for compte in comptes if compte not in tenus])
    for territoire, ecrites in list_demandes_ecrites(MessageDepot.BROUILLON_RAPPEL).items():
        for cles in batched(ecrites, PAR_FOIS):
            restent = {*list_commencees_parmi(cles), *_devenues(cles)}
            effacer_adresses(*(cle for cle in cles if cle not in restent), territoire=territoire)
    return oublies


def _tenus(comptes: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of these accounts that something here is waited for by."""
    return list_auteurs(comptes) | _deposants(comptes)


def _deposants(comptes: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of these accounts whose sending is no demande yet."""
    attendent = DepotEnLigne.objects.filter(compte__in=comptes, demande=None)
    return frozenset(attendent.values_list("compte", flat=True))


def _devenues(cles: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """What was sent of these: its messages go with it."""
    return frozenset(DepotEnLigne.objects.filter(id__in=cles).values_list("id", flat=True))


@transaction.atomic
def _effacer(depot_id: uuid.UUID, *, limite: datetime, acte: Acte) -> bool:
    """One of them, unless the household completed it meanwhile."""
    require(policies.can_effacer(acte.acteur), "Seul le service efface ce qui est resté sans suite.")
    finis = DepotEnLigne.objects.filter(id=depot_id, statut=StatutDepot.INVALIDEE, decide_le__lt=limite)
    depot = finis.select_for_update(of=("self",)).first()
    if depot is None:
        return False
    demander_effacement(documents_de(depot), territoire=depot.territoire, survenu_le=acte.survenu_le)
    effacer_adresses(depot.id, territoire=depot.territoire)
    dire(VerbeDepot.EFFACER_DEPOT, depot.territoire, acte=acte, faits={"depot": str(depot.id)})
    depot.delete()
    return True
