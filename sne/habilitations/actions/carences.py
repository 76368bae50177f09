"""Places left without anybody in a role that has to be filled: noted with the cause, told at once, closed once there is
somebody again.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from sne.habilitations.actions.annonces import annoncer_carences, service_des_habilitations
from sne.habilitations.models import Carence, Habilitation
from sne.habilitations.rules import Role
from sne.habilitations.rules.carences import GenreCarence, Lieu, carences
from sne.habilitations.selectors.carences import list_tenues
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire_en_lot
from sne.journal.rules import Entree, Verbe
from sne.socle.acte import Acte
from sne.socle.horloge import jour
from sne.socle.identifiants import uuid7


@transaction.atomic
def constater_carences(territoire: str, *, survenu_le: datetime) -> tuple[int, int]:
    """Compare what is held in a territory with what is listed; returns how many vacancies opened, and how many closed.
    There is nothing to do for the nation. Idempotent; two calls at once open one row.
    """
    if not territoire:
        return 0, 0
    le = jour(survenu_le)
    voulues = carences(list_tenues(territoire, le=le))
    ouvertes = {
        (Lieu(c.territoire, c.guichet), GenreCarence(c.genre)): c
        for c in Carence.objects.filter(territoire=territoire, comblee_le=None)
    }
    nouvelles = _ouvrir(sorted(voulues - ouvertes.keys()), survenu_le)
    _clore([carence for cle, carence in ouvertes.items() if cle not in voulues], survenu_le)
    annoncer_carences(nouvelles, survenu_le)
    return len(nouvelles), len(ouvertes.keys() - voulues)


def combler_carences(habilitation: Habilitation, *, survenu_le: datetime) -> None:
    """Close what a role just granted mends. One short statement when nothing is lacking there."""
    ouvertes = Carence.objects.filter(
        territoire=habilitation.territoire, guichet=habilitation.guichet, comblee_le=None
    )
    if not habilitation.territoire or not (listees := list(ouvertes)):
        return
    le = jour(survenu_le)
    guichets = [habilitation.guichet] if habilitation.guichet else []
    voulues = carences(list_tenues(habilitation.territoire, le=le, guichets=guichets))
    _clore(
        [c for c in listees if (Lieu(c.territoire, c.guichet), GenreCarence(c.genre)) not in voulues],
        survenu_le,
    )


def _ouvrir(cles: Iterable[tuple[Lieu, GenreCarence]], survenu_le: datetime) -> list[Carence]:
    candidates = [
        Carence(
            id=uuid7(),
            territoire=lieu.territoire,
            guichet=lieu.guichet,
            genre=str(genre),
            constatee_le=survenu_le,
        )
        for lieu, genre in cles
    ]
    Carence.objects.bulk_create(candidates, ignore_conflicts=True)
    ecrites = set(Carence.objects.filter(id__in=[c.id for c in candidates]).values_list("id", flat=True))
    nouvelles = [c for c in candidates if c.id in ecrites]
    _journaliser(VerbeHabilitation.CONSTATER_CARENCE, nouvelles, survenu_le)
    return nouvelles


def _clore(carences_comblees: Collection[Carence], survenu_le: datetime) -> None:
    cles = [c.id for c in carences_comblees]
    if cles and Carence.objects.filter(id__in=cles, comblee_le=None).update(comblee_le=survenu_le):
        _journaliser(VerbeHabilitation.COMBLER_CARENCE, carences_comblees, survenu_le)


def _journaliser(verbe: Verbe, lues: Iterable[Carence], survenu_le: datetime) -> None:
    acteur = service_des_habilitations()
    entrees = [
        Entree(
            verbe,
            Acte(acteur, survenu_le),
            territoire=c.territoire,
            role=str(Role.EXPLOITATION_NATIONALE),
            faits={"carence": str(c.id), "genre": c.genre, "guichet": c.guichet},
        )
        for c in lues
    ]
    if entrees:
        inscrire_en_lot(entrees)
