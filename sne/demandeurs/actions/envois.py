"""A form that came once its session was over: kept a while for its account, forgotten once sent again."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.cellules.routage import a_l_annuaire
from sne.demandeurs.models import EnvoiGarde
from sne.demandeurs.rules.envois import Envoi
from sne.demandeurs.selectors import get_duree_d_un_envoi, get_session_finie
from sne.socle.chiffrement import chiffrer


@a_l_annuaire()
@transaction.atomic
def garder_envoi(secret: str, envoi: Envoi, *, survenu_le: datetime) -> bool:
    """Keep this form for whoever held the session of this browser, in place of the last one; whether it was kept."""
    finie = get_session_finie(secret, le=survenu_le)
    if finie is None:
        return False
    compte, voie = finie
    EnvoiGarde.objects.update_or_create(
        compte_id=compte,
        defaults={
            "voie": voie,
            "scelle": chiffrer(envoi.model_dump_json().encode(), lie_a=compte.bytes),
            "expire_le": survenu_le + get_duree_d_un_envoi(survenu_le),
        },
    )
    return True


@a_l_annuaire()
def oublier_envoi(compte: uuid.UUID) -> None:
    """It was sent again, or is not wanted; none, nothing."""
    EnvoiGarde.objects.filter(compte=compte).delete()


@a_l_annuaire()
def purger_envois(le: datetime) -> int:
    """Forget those that nobody came back for; how many. Idempotent."""
    return EnvoiGarde.objects.filter(expire_le__lte=le).delete()[0]
