"""Roles that nobody has used for months, and what their holder was told."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Q
from django.db.models.functions import Coalesce

from sne.habilitations.models import AvisInactivite, Habilitation
from sne.habilitations.parametres import ParametresHabilitations
from sne.habilitations.rules.inactivite import (
    DelaisInactivite,
    SuiteInactivite,
    inactive_depuis,
    suite_inactivite,
)
from sne.habilitations.selectors.usages import derniere_utilisation
from sne.referentiels.selectors import get_parametres
from sne.socle.horloge import debut_du_jour, jour

PAR_LOT = 500


@dataclass(frozen=True, slots=True)
class Inactive:
    """One role for which something is due; ``depuis``: the day that the months count from."""

    habilitation: Habilitation
    depuis: date
    suite: SuiteInactivite


def get_delais_inactivite(le: date) -> DelaisInactivite:
    """The delays in force on that day: dated parameters."""
    parametres = get_parametres(le)
    return DelaisInactivite(
        avis_mois=parametres[ParametresHabilitations].inactivite_avis_mois,
        retrait_mois=parametres[ParametresHabilitations].inactivite_retrait_mois,
        sursis_jours=parametres[ParametresHabilitations].inactivite_sursis_jours,
    )


def _depuis(habilitation: Any) -> date:
    """The day that the months of this role count from; its last use was read with it."""
    return inactive_depuis(
        derniere_utilisation=jour(habilitation.utilise) if habilitation.utilise else None,
        cree_le=jour(habilitation.compte.cree_le),
        debut=habilitation.debut,
    )


def list_inactives(*, le: date, compte_id: uuid.UUID | None = None) -> Iterator[Inactive]:
    """Roles for which a notice or an end is due on ``le``, account after account; of one account when it is named."""
    delais = get_delais_inactivite(le)
    # The statement takes a day too many; the rule decides.
    veille = debut_du_jour(le - relativedelta(months=delais.avis_mois) + timedelta(days=4))
    lignes = (
        Habilitation.objects.annotate(
            utilise=derniere_utilisation(), vu=Coalesce("utilise", "compte__cree_le")
        )
        .filter(Q(fin=None) | Q(fin__gt=le), debut__lt=veille.date(), vu__lt=veille)
        .select_related("compte")
        .order_by("compte", "id")
    )
    if compte_id:
        lignes = lignes.filter(compte=compte_id)
    for lot in batched(lignes.iterator(chunk_size=PAR_LOT), PAR_LOT):
        depuis = {h.id: _depuis(h) for h in lot}
        annonces = {
            (avis.habilitation_id, avis.depuis): avis.retrait_le
            for avis in AvisInactivite.objects.filter(habilitation__in=depuis)
        }
        for h in lot:
            annonce = annonces.get((h.id, depuis[h.id]))
            suite = suite_inactivite(depuis[h.id], delais, le=le, retrait_annonce=annonce)
            if suite is not SuiteInactivite.RIEN:
                yield Inactive(h, depuis[h.id], suite)
