"""Roles that nobody uses: announced, then ended, by night. Stopped anywhere and run again, nothing is done twice."""

import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction

from sne.habilitations.actions.annonces import (
    annoncer_inactivite,
    annoncer_inactivites_du_territoire,
    annoncer_retraits,
    service_des_habilitations,
)
from sne.habilitations.actions.carences import constater_carences
from sne.habilitations.actions.retraits import faits_de, terminer
from sne.habilitations.models import AvisInactivite, Compte, Habilitation
from sne.habilitations.rules import MotifRetrait, Role
from sne.habilitations.rules.inactivite import SuiteInactivite, retrait_prevu
from sne.habilitations.selectors.inactivite import Inactive, get_delais_inactivite, list_inactives
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.horloge import jour


def passer_inactivite(survenu_le: datetime) -> Counter[SuiteInactivite]:
    """Announce and end what is due on the day of ``survenu_le``; returns how many roles of each.

    One transaction for each account, then one for each territory: what is missing there, and the day's list to its
    manager. A pass after an outage does all that is due, dated of the day on which it runs.
    """
    le = jour(survenu_le)
    comptes: Counter[SuiteInactivite] = Counter()
    for compte_id, _ in groupby(list_inactives(le=le), key=lambda i: i.habilitation.compte_id):
        comptes.update(_passer(compte_id, survenu_le))
    tenus = Habilitation.objects.order_by("territoire").values_list("territoire", flat=True).distinct()
    for territoire in list(tenus):  # the nation too, by the empty code
        with transaction.atomic():
            constater_carences(territoire, survenu_le=survenu_le)
            annoncer_inactivites_du_territoire(territoire, survenu_le)
    return comptes


@transaction.atomic
def _passer(compte_id: uuid.UUID, survenu_le: datetime) -> list[SuiteInactivite]:
    """One account, read again under its lock: a sign-in meanwhile saves its roles."""
    compte = Compte.objects.select_for_update().get(pk=compte_id)
    dues = list(list_inactives(le=jour(survenu_le), compte_id=compte_id))
    avertir = [i for i in dues if i.suite is SuiteInactivite.AVERTIR]
    retirer = [i for i in dues if i.suite is SuiteInactivite.RETIRER]
    _avertir(compte, avertir, survenu_le)
    _retirer(compte, retirer, survenu_le)
    return [i.suite for i in dues]


def _avertir(compte: Compte, dues: Sequence[Inactive], survenu_le: datetime) -> None:
    le = jour(survenu_le)
    delais = get_delais_inactivite(le)
    avis = [
        AvisInactivite(
            territoire=i.habilitation.territoire,
            habilitation=i.habilitation,
            depuis=i.depuis,
            retrait_le=retrait_prevu(i.depuis, delais, avise_le=le),
            avise_le=le,
        )
        for i in dues
    ]
    for a in AvisInactivite.objects.bulk_create(avis):
        inscrire(
            Entree(
                VerbeHabilitation.PREVENIR_INACTIVITE,
                Acte(service_des_habilitations(), survenu_le),
                territoire=a.territoire,
                role=str(Role.EXPLOITATION_NATIONALE),
                faits={
                    **faits_de(a.habilitation),
                    "depuis": a.depuis.isoformat(),
                    "retrait": a.retrait_le.isoformat(),
                },
            )
        )
    if avis:
        annoncer_inactivite(compte, avis, survenu_le)


def _retirer(compte: Compte, dues: Sequence[Inactive], survenu_le: datetime) -> None:
    for i in dues:
        habilitation = Habilitation.objects.select_for_update().get(pk=i.habilitation.pk)
        terminer(
            habilitation,
            fin=jour(survenu_le),
            motif=MotifRetrait.INACTIVITE,
            acte=Acte(service_des_habilitations(), survenu_le),
            role=str(Role.EXPLOITATION_NATIONALE),
            depuis=i.depuis.isoformat(),
        )
    if dues:
        annoncer_retraits(
            compte, [i.habilitation for i in dues], motif=MotifRetrait.INACTIVITE, survenu_le=survenu_le
        )
