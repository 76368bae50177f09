"""Code lists and parameters in force on a day, read from the tables."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from sne.referentiels.models import Parametre, Valeur
from sne.referentiels.rules import Nomenclatures, Parametres, ValeurDatee, ValeurListe, parametres_en_vigueur
from sne.referentiels.rules.parametres import Groupe, valeurs_livrees
from sne.referentiels.rules.periodes import par_periode
from sne.referentiels.selectors.instantanes import Instantane


def _lire_parametres() -> tuple[ValeurDatee, ...]:
    return tuple(
        ValeurDatee(p.code, p.valeur, p.periode, p.libelle, p.unite, p.source)
        for p in Parametre.objects.order_by("code", "debut")
    )


def _lire_valeurs() -> tuple[ValeurListe, ...]:
    return tuple(
        ValeurListe(
            liste=v.liste,
            code=v.code,
            libelle=v.libelle,
            rang=v.rang,
            obsolete=v.obsolete,
            repli=v.repli,
            source=v.source,
            periode=v.periode,
        )
        for v in Valeur.objects.order_by("liste", "rang")
    )


def _parametres() -> Callable[[date], Parametres]:
    lus = _lire_parametres()
    periodes = [p.periode for p in (*valeurs_livrees(), *lus)]
    return par_periode(periodes, partial(parametres_en_vigueur, lus))


def _nomenclatures() -> Callable[[date], Nomenclatures]:
    lues = _lire_valeurs()
    return par_periode([v.periode for v in lues], partial(Nomenclatures, lues))


# What is kept is a function of the day, with the periods already asked.
_parametres_par_jour = Instantane(_parametres)
_nomenclatures_par_jour = Instantane(_nomenclatures)


def get_parametres(le: date) -> Parametres:
    """The dated parameters in force on that day, as the tables say (at most a minute late)."""
    return _parametres_par_jour.obtenir()(le)


def list_valeurs(groupes: Iterable[type[Groupe]], *, le: date) -> list[dict[str, Any]]:
    """The parameters of these groups on that day: ``code``, ``libelle``, ``unite``, ``source``, ``valeur``."""
    parametres = get_parametres(le)
    dites = {v.code: {"libelle": v.libelle, "unite": v.unite, "source": v.source} for v in valeurs_livrees()}
    return [
        {"code": code, **dites[code], "valeur": valeur}
        for groupe in groupes
        for code, valeur in parametres[groupe].model_dump().items()
    ]


def get_nomenclatures(le: date) -> Nomenclatures:
    """The code lists in force on that day, as the tables say (at most a minute late)."""
    return _nomenclatures_par_jour.obtenir()(le)
