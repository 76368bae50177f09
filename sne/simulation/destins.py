"""What will become of an application: appointments drawn when its year begins, and once it has been struck off.

Shares are those that make every path often enough taken; half of the households renew, as in the field.
"""

from datetime import date, timedelta
from random import Random

from sne.simulation.calendrier import plus_mois
from sne.simulation.monde import Menage, Monde
from sne.simulation.temoin import OUVERTURE_JOURS, RETOUR, RETOUR_SANS_REPONSE, TOLERANCE, Fiche

RENOUVELLE, LOGE, RENONCE, INJOIGNABLE, IRRECEVABLE = 0.49, 0.61, 0.66, 0.70, 0.73
"""Cumulated shares of what ends or prolongs a year; the others fall silent."""


def prevoir_cycle(monde: Monde, menage: Menage, fiche: Fiche) -> None:
    """A year of validity begins: what happens in it, and how it ends."""
    hasard, debut = menage.hasard, fiche.base
    _prevoir_ordinaire(monde, menage, fiche)
    tirage = hasard.random()
    quand = debut + timedelta(days=hasard.randint(45, 390))
    if tirage < RENOUVELLE:
        monde.prevoir(_jour_de_renouvellement(fiche, hasard), "renouveler", menage, fiche)
    elif tirage < LOGE:
        monde.prevoir(quand, "attribuer", menage, fiche)
        signature = quand + timedelta(days=hasard.choice((0, 0, 1, 15)))
        monde.prevoir(signature, "radier_bailleur", menage, fiche, motif="RADATT")
    elif tirage < RENONCE:
        monde.prevoir(quand, "radier", menage, fiche, motif="RADABA")
    elif tirage < INJOIGNABLE:
        monde.prevoir(quand, "prevenir", menage, fiche, motif="RADCON")
    elif tirage < IRRECEVABLE:
        monde.prevoir(quand, "prevenir", menage, fiche, motif="RADIRR")
    elif hasard.random() < 0.3:  # silent, then there again, as if for the first time
        monde.prevoir(fiche.echeance + timedelta(days=hasard.randint(1, 500)), "deposer", menage)


def prevoir_suite(monde: Monde, menage: Menage, fiche: Fiche, radiee_le: date) -> None:
    """Struck off: some come back, in time or not, by those who may or not; some act as if nothing had happened."""
    hasard = menage.hasard
    if hasard.random() < 0.3:
        geste = hasard.choice(("renouveler", "renouveler_gestionnaire"))
        mois = RETOUR_SANS_REPONSE if fiche.motif == "RADCON" else 12
        limite = plus_mois(radiee_le, mois)
        monde.prevoir(_autour(limite, hasard, mois * 30, 10), geste, menage, fiche)
    if hasard.random() < 0.2:
        monde.prevoir(radiee_le + timedelta(days=hasard.randint(0, 300)), "modifier", menage, fiche)
    if hasard.random() < 0.1:
        monde.prevoir(
            radiee_le + timedelta(days=hasard.randint(0, 90)), "radier", menage, fiche, motif="RADABA"
        )
    if hasard.random() < 0.05:
        monde.prevoir(radiee_le + timedelta(days=hasard.randint(1, 360)), "figer", menage, fiche)
    if hasard.random() < 0.1:  # a year later it is erased: nothing can be done to it any more
        geste = hasard.choice(("modifier", "renouveler", "proposer", "figer"))
        monde.prevoir(radiee_le + timedelta(days=hasard.randint(366, 420)), geste, menage, fiche)
    if hasard.random() < 0.1:
        monde.prevoir(radiee_le + timedelta(days=hasard.randint(0, 90)), "decider", menage, fiche)
    if hasard.random() < 0.2:
        monde.prevoir(radiee_le + timedelta(days=hasard.randint(1, 600)), "deposer", menage)


def _prevoir_ordinaire(monde: Monde, menage: Menage, fiche: Fiche) -> None:
    """Changes, offers refused, duplicates, acts too early or by the wrong body: nothing that ends the year."""
    hasard, debut = menage.hasard, fiche.base

    def bientot(au_plus: int = 390) -> date:
        return debut + timedelta(days=hasard.randint(1, au_plus))

    for part, geste, options in (
        (0.45, "modifier", {}),
        (0.08, "proposer", {}),
        (0.06, "decider", {}),
        (0.04, "dire_dalo", {}),
        (0.03, "attribuer_mal", {}),
        (0.06, "deposer", {"justifie": False}),
        (0.05, "figer", {}),
        (0.12, "separer", {}),
        (0.03, "radier", {"motif": "RADREN"}),
        (0.03, "radier", {"motif": "RADATT"}),
        (0.02, "radier", {"motif": "RADIRR", "courrier": debut}),
        (0.15, "corriger_nom", {}),
        (0.05, "corriger_nom", {}),
        (0.1, "changer_nom", {}),
        (0.08, "usurper", {}),
    ):
        if hasard.random() < part:
            monde.prevoir(bientot(), geste, menage, fiche if geste != "deposer" else None, **options)
    if hasard.random() < 0.06:
        monde.prevoir(bientot(300), "renouveler", menage, fiche)


def _jour_de_renouvellement(fiche: Fiche, hasard: Random) -> date:
    """Most renew in the window, some in the tolerance, some once struck off, a few too late; edges are often drawn."""
    tirage = hasard.random()
    if tirage < 0.7:
        return _autour(fiche.expiration, hasard, OUVERTURE_JOURS + 1, 0)
    if tirage < 0.82:
        return _autour(plus_mois(fiche.base, TOLERANCE), hasard, 31, 0)
    return _autour(plus_mois(fiche.base, RETOUR), hasard, 150, 3 if tirage < 0.97 else 200)


def _autour(limite: date, hasard: Random, avant: int, apres: int) -> date:
    """A day between ``avant`` days before the limit and ``apres`` days after; one time in three, at its very edge."""
    if hasard.random() < 0.33:
        return limite + timedelta(days=hasard.choice((-1, 0, min(1, apres))))
    return limite + timedelta(days=hasard.randint(-avant, apres))
