"""What the counters of the fictional territory did each month: ordinary figures, with no file behind them.

The households were taken over, so no counter handled them: without figures the funnel would be empty, and the few true
changes of identity would have nothing to be compared with. A night computes the last months again, from the register.
"""

import uuid
from collections.abc import Iterator
from datetime import date
from random import Random

from django.db import transaction

from sne.demo.comptes import COMPTES, TERRITOIRE
from sne.referentiels.rules import TypeOrganisme
from sne.referentiels.selectors import get_parametres, list_guichets
from sne.registre.identite.parametres import ParametresIdentite
from sne.registre.identite.rules.mouvements import ClasseNom, Mouvement, Sort
from sne.registre.identite.selectors.mouvements import compter_traitees, list_mouvements
from sne.suivi.models import ActiviteMensuelle
from sne.suivi.parametres import ParametresSuivi
from sne.suivi.rules.activite import Activite, compter, mois_entre
from sne.suivi.selectors.activite import COLONNES

TAILLES = (8, 18, 30, 45, 70, 110, 180)  # demandes that a counter handles in a month
TAILLE_DU_RECIT = 45  # of the counter whose changes are true
PART = 0.006  # changes of birth name for one demande handled
MAJEURES = 0.6
REFUSEES = 0.1
HEURES = 60  # at most, between a change and its decision
AGENTS = 4


def inventer_activite(*, depuis: date, le: date) -> None:
    """Every month from that of ``depuis``: what is true, and what ordinary counters would have done beside it."""
    for mois in mois_entre(depuis, le):
        _ecrire(mois, _activites(mois, le))


def _activites(mois: date, le: date) -> list[Activite]:
    parametres = get_parametres(le)
    traitees = compter_traitees([TERRITOIRE], mois=mois)
    mouvements = list_mouvements(
        [TERRITOIRE],
        mois=mois,
        anciennete_mois=parametres[ParametresSuivi].suivi_anciennete_mois,
        piece_jours=parametres[ParametresIdentite].identite_piece_jours,
    )
    du_recit = {m.guichet for compte in COMPTES for m in compte.mandats if m.guichet}
    for fiche in list_guichets(TERRITOIRE, le=le):
        if fiche.type_organisme is TypeOrganisme.PGP:
            continue
        taille = TAILLE_DU_RECIT if fiche.code in du_recit else Random(fiche.code).choice(TAILLES)  # noqa: S311 - invented data
        tirage = Random(f"{fiche.code} {mois:%Y-%m}")  # noqa: S311
        nombre = round(taille * tirage.uniform(0.7, 1.3))
        traitees[TERRITOIRE, fiche.code] = traitees.get((TERRITOIRE, fiche.code), 0) + nombre
        if fiche.code not in du_recit:
            mouvements += _changements(fiche.code, sum(tirage.random() < PART for _ in range(nombre)), tirage)
    return compter(traitees, mouvements, mois=mois)


def _changements(guichet: str, nombre: int, tirage: Random) -> Iterator[Mouvement]:
    """Changes of birth name of one counter; none waits, for nobody would find it."""
    for _ in range(nombre):
        majeure = tirage.random() < MAJEURES
        refusee = majeure and tirage.random() < REFUSEES
        yield Mouvement(
            territoire=TERRITOIRE,
            guichet=guichet,
            personne=uuid.UUID(int=tirage.randrange(AGENTS)),
            nom=ClasseNom.MAJEURE if majeure else ClasseNom.MINEURE,
            prenoms=False,
            naissance=False,
            nir=False,
            ancienne=tirage.random() < 1 / 2,
            sans_piece=not majeure and tirage.random() < 1 / 2,
            sort=(Sort.REFUSE if refusee else Sort.VALIDE) if majeure else Sort.APPLIQUE,
            delai_minutes=tirage.randrange(60, HEURES * 60) if majeure and not refusee else None,
        )


@transaction.atomic
def _ecrire(mois: date, activites: list[Activite]) -> None:
    ActiviteMensuelle.objects.filter(territoire=TERRITOIRE, mois=mois).delete()
    ActiviteMensuelle.objects.bulk_create(
        ActiviteMensuelle(**{colonne: getattr(activite, colonne) for colonne in COLONNES})
        for activite in activites
    )
