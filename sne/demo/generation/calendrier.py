"""The life of an application, drawn backwards from its last act: renewals, deposit; sometimes it has ended."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sne.demo.generation.urnes import Urne
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.dates import echeances

PROFONDEUR_ANS = 12
RENOUVELLEMENTS_MOYENS = 2.2
AVANCE_JOURS = 42
MARGE_JOURS = 3  # an act moved to the Friday before stays in time
FINS = Urne([(Statut.ACTIVE, 0.85), (Statut.EXPIREE, 0.03), (Statut.RADIEE, 0.12)])


@dataclass(frozen=True, slots=True)
class Vie:
    """Dates of one application; deposit and renewals on working days. ``statut`` since ``statut_le``, if it ended."""

    depot: date
    renouvellements: tuple[date, ...]
    statut: Statut
    statut_le: date | None


def tirer_vie(hasard: Random, jour: date, *, durees: ParametresDemande) -> Vie:
    """A life seen on ``jour``: what ended did so by the law's own dates (CCH R441-2-7; arrêté du 23 mars 2015)."""
    statut = FINS.tirer(hasard)
    actes = [_dernier_acte(hasard, jour, statut, durees)]
    debut = ajouter_mois(jour, -12 * PROFONDEUR_ANS)
    for _ in range(int(hasard.expovariate(1 / RENOUVELLEMENTS_MOYENS))):
        avance = timedelta(days=hasard.randint(MARGE_JOURS, AVANCE_JOURS))
        precedent = _jour_ouvre(ajouter_mois(actes[-1], -durees.delaiz_mois) + avance)
        if precedent < debut:
            break
        actes.append(precedent)
    dernier = echeances(actes[0], durees)
    fins = {Statut.EXPIREE: dernier.expiration + timedelta(days=1), Statut.RADIEE: dernier.radiation}
    return Vie(actes[-1], tuple(reversed(actes[:-1])), statut, fins.get(statut))


def _dernier_acte(hasard: Random, jour: date, statut: Statut, durees: ParametresDemande) -> date:
    """The last deposit or renewal: still valid, out of validity within the tolerance, or struck off this year."""
    if statut is Statut.ACTIVE:
        recul = ajouter_mois(jour, -durees.delaiz_mois) + timedelta(days=MARGE_JOURS)
        return _jour_ouvre(jour - timedelta(days=hasard.randint(1, (jour - recul).days)))
    if statut is Statut.EXPIREE:
        return _jour_ouvre(ajouter_mois(jour, -durees.delaiz_mois) - timedelta(days=hasard.randint(1, 24)))
    fin = jour - timedelta(days=hasard.randint(MARGE_JOURS, 350))
    return _jour_ouvre(ajouter_mois(fin, -durees.radiation_mois))


def _jour_ouvre(jour: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return jour - timedelta(days=max(0, jour.weekday() - 4))
