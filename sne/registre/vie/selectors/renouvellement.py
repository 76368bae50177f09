"""The renewal window of an application, on the durations that its household was told."""

from datetime import date
from typing import Protocol

from sne.referentiels.selectors import get_parametres
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.enquete.rules.gel import Gel, jours_a_rendre
from sne.registre.vie.rules.renouvellement import Fenetre, Moment, calculer_fenetre


class Valable(Protocol):
    """What the window depends on: a demande, or the summary of one."""

    @property
    def date_depot(self) -> date: ...

    @property
    def date_dernier_renouvellement(self) -> date | None: ...

    @property
    def date_expiration(self) -> date: ...


class Vivante(Valable, Protocol):
    """The same, with its status."""

    @property
    def statut(self) -> str: ...


class Trouvee(Protocol):
    """What a search knows of a demande."""

    @property
    def statut(self) -> str: ...

    @property
    def date_depot(self) -> date: ...

    @property
    def date_expiration(self) -> date: ...


def is_a_renouveler(trouvee: Trouvee, *, le: date) -> bool:
    """Whether its dates offer a renewal on that day; only the act knows what else may hold it."""
    fenetre = get_fenetre_depuis(trouvee.date_depot, trouvee.date_expiration, le=le)
    return trouvee.statut in OUVERTES and fenetre.situer(le) in {Moment.OUVERT, Moment.EXPIREE}


def get_statut_du_jour(demande: Vivante, *, le: date, gel: Gel | None = None) -> tuple[Statut, bool]:
    """The status to be read on that day, expired as soon as its validity is over; whether it is then to be renewed."""
    statut = Statut(demande.statut)
    if statut is not Statut.ACTIVE:
        return statut, False
    moment = get_fenetre(demande, le=le, gel=gel).situer(le)
    if moment in {Moment.EXPIREE, Moment.TROP_TARD}:
        return Statut.EXPIREE, False
    return statut, moment is Moment.OUVERT


def get_fenetre(demande: Valable, *, le: date, gel: Gel | None = None) -> Fenetre:
    """The days on which this application may be renewed, as they stand on ``le``; ``gel``: the freeze that holds."""
    base = demande.date_dernier_renouvellement or demande.date_depot
    fenetre = get_fenetre_depuis(base, demande.date_expiration, le=le)
    if get_parametres(le)[ParametresDemande].retenir_sans_preavis:
        fenetre = fenetre.tenue_ouverte(le)
    return fenetre.retardee(jours_a_rendre(gel, base=base, le=le)) if gel else fenetre


def get_fenetre_depuis(base: date, expiration: date, *, le: date) -> Fenetre:
    """The same for a demande deposited or last renewed on ``base``, from its dates alone."""
    return calculer_fenetre(
        base,
        expiration,
        durees=get_parametres(base)[ParametresDemande],
        ouverture_jours=get_parametres(le)[ParametresDemande].renouvellement_ouverture_jours,
    )
