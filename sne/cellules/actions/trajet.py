"""The move of a territory, taken up where it stopped: its place is in the directory, both journals tell each step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from sne.cellules.actions import etapes
from sne.cellules.actions.etapes import Trajet
from sne.cellules.models import Etape, Place
from sne.cellules.routage import ANNUAIRE, cellule_de, cellules, dans
from sne.cellules.verbes import VerbeCellule
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit


@dataclass(frozen=True, slots=True)
class Demarche:
    """Who moves it (an act for each step), what is told of each step done and for how long the territory had been
    closed then, how long a thing is waited for.

    ``avant``: what else has to be done of the territory before a step, in the cell that it leaves; it may refuse.
    Nobody moves one without saying it: what its lake has not counted when its rows leave is counted nowhere.
    """

    acte: Callable[[], Acte]
    avant: Mapping[Etape, Callable[[str], None]]
    dire: Callable[[Etape, timedelta], object] = lambda *_: None
    patience: float = etapes.PATIENCE


def deplacer(territoire: str, vers: str, *, demarche: Demarche) -> None:
    """Every step that is left, from the one that was not done. Runs as the owner of the tables of both cells.

    Raises ``Interdit``, with the remedy; what was done stays done, and the same call goes on.
    """
    place = _place(territoire, vers)
    for etape in list(Etape)[list(Etape).index(Etape(place.etape)) + 1 if place.etape else 0 :]:
        _passer(place, etape, demarche)
        depuis = place.ferme_le
        demarche.dire(etape, demarche.acte().survenu_le - depuis if depuis else timedelta(0))


def abandonner(territoire: str, *, demarche: Demarche) -> None:
    """Give up a move that has not switched: the territory opens where it was. Raises ``Interdit`` otherwise."""
    with dans(ANNUAIRE):
        place = Place.objects.filter(territoire=territoire).exclude(vers="").first()
    if place is None:
        raise Interdit(f"Le territoire {territoire} n’est pas en déplacement.")
    if place.cellule == place.vers:
        raise Interdit(
            f"Le territoire {territoire} est déjà dans « {place.vers} » : finissez, puis déplacez-le en retour."
        )
    etapes.revenir(_trajet(place, demarche))
    _raconter(place, "ABANDONNER", demarche)
    _arrive(place)


def _place(territoire: str, vers: str) -> Place:
    """Where the move stands. Raises ``Interdit`` when there is nothing to move, or nowhere to."""
    if vers not in cellules():
        raise Interdit(f"La cellule « {vers} » n’existe pas. Il y a : {', '.join(cellules())}.")
    with dans(ANNUAIRE):
        place = Place.objects.filter(territoire=territoire).first()
    if place is None or not place.vers:
        de = cellule_de(territoire)
        if de == vers:
            raise Interdit(f"Le territoire {territoire} est déjà dans la cellule « {vers} ».")
        return Place(territoire=territoire, cellule=de, de=de, vers=vers)
    if place.vers != vers:
        raise Interdit(
            f"Le territoire {territoire} est en route vers « {place.vers} » : finissez, ou abandonnez."
        )
    return place


def _passer(place: Place, etape: Etape, demarche: Demarche) -> None:
    if etape in demarche.avant:
        with dans(place.de):
            demarche.avant[etape](place.territoire)
    match etape:
        case Etape.PREPARER:
            etapes.preparer(_trajet(place, demarche))
        case Etape.FERMER:
            place.ferme_le = place.ferme_le or demarche.acte().survenu_le
            _garder(place)
            etapes.fermer(_trajet(place, demarche))
        case Etape.COMPARER:
            etapes.comparer(_trajet(place, demarche))
        case Etape.BASCULER:
            trajet = _trajet(place, demarche)
            place.cellule = place.vers
            etapes.basculer(trajet, lambda: _garder(place))
        case _:
            etapes.oublier(_trajet(place, demarche))
    _raconter(place, etape, demarche)
    if etape is Etape.OUBLIER:
        _arrive(place)
    else:
        place.etape = etape
        _garder(place)


def _trajet(place: Place, demarche: Demarche) -> Trajet:
    return Trajet(
        territoire=place.territoire,
        de=place.de,
        vers=place.vers,
        ferme_le=place.ferme_le,
        bascule=place.cellule == place.vers,
        patience=demarche.patience,
    )


def _arrive(place: Place) -> None:
    place.de = place.vers = place.etape = ""
    place.ferme_le = None
    _garder(place)


def _garder(place: Place) -> None:
    with dans(ANNUAIRE), transaction.atomic():
        place.save()


def _raconter(place: Place, etape: str, demarche: Demarche) -> None:
    """In both journals; a step cut before its place was kept is told twice."""
    for cellule in (place.de, place.vers):
        with dans(cellule), transaction.atomic():
            faits = {"etape": str(etape), "de": place.de, "vers": place.vers}
            inscrire(
                Entree(
                    VerbeCellule.DEPLACER_TERRITOIRE,
                    demarche.acte(),
                    territoire=place.territoire,
                    faits=faits,
                )
            )
