"""When a service is left alone: after failures in a row, or as long as it asks; then one question tries it again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sne.connecteurs.rules.reponses import Motif


@dataclass(frozen=True, slots=True)
class Reglage:
    """``echecs``: failures in a row that suspend it; ``suspension``: for how long; ``attente_max``: at its own wish."""

    echecs: int
    suspension: timedelta
    attente_max: timedelta


@dataclass(frozen=True, slots=True)
class Etat:
    """What is known of a service; instants are aware. ``perturbe_depuis``: the first failure since it last answered."""

    echecs: int = 0
    suspendu_jusqua: datetime | None = None
    perturbe_depuis: datetime | None = None
    dernier_succes: datetime | None = None
    dernier_echec: datetime | None = None
    dernier_motif: Motif | None = None


INCONNU = Etat()


def suspendu(etat: Etat, le: datetime) -> bool:
    """Whether it is left alone at that instant."""
    return etat.suspendu_jusqua is not None and le < etat.suspendu_jusqua


def apres_un_succes(etat: Etat, le: datetime) -> Etat:
    """It answered: nothing of its failures is held against it any more, but the last one stays known."""
    return replace(etat, echecs=0, suspendu_jusqua=None, perturbe_depuis=None, dernier_succes=le)


def apres_un_echec(
    etat: Etat, motif: Motif, *, le: datetime, reglage: Reglage, attente: timedelta | None = None
) -> Etat:
    """It failed. ``attente``: how long it asks to be left alone; bounded, since a clock or a service may be wrong.

    A service that was tried again and failed is suspended at once: its failures were not forgotten.
    """
    echecs = etat.echecs + 1
    pause = None
    if motif is Motif.TROP:
        demandee = attente if attente is not None else reglage.suspension
        pause = min(max(demandee, timedelta(seconds=1)), reglage.attente_max)
    elif echecs >= reglage.echecs:
        pause = reglage.suspension
    return replace(
        etat,
        echecs=echecs,
        suspendu_jusqua=le + pause if pause else None,
        perturbe_depuis=etat.perturbe_depuis or le,
        dernier_echec=le,
        dernier_motif=motif,
    )
