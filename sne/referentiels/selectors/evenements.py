"""Types of events and priority publics in force on a day, read from the tables."""

from collections.abc import Callable
from datetime import date
from functools import partial

from sne.referentiels import models
from sne.referentiels.rules.evenements import CatalogueEvenements, TypeEvenement, lire_caracteristique
from sne.referentiels.rules.periodes import par_periode
from sne.referentiels.rules.publics import CataloguePublics, ClassePublic, PublicPrioritaire
from sne.referentiels.selectors.instantanes import Instantane


def _lire_types() -> tuple[TypeEvenement, ...]:
    return tuple(
        TypeEvenement(
            code=t.code,
            territoire=t.territoire,
            libelle=t.libelle,
            publie_portail=t.publie_portail,
            reglementaire=t.reglementaire,
            par_acte=t.par_acte,
            caracteristiques=tuple(map(lire_caracteristique, t.caracteristiques)),
            rang=t.rang,
            source=t.source,
            periode=t.periode,
            code_court=t.code_court,
            texte_portail=t.texte_portail,
            texte_interne=t.texte_interne,
            sous_conditions=t.sous_conditions,
            en_instruction=t.en_instruction,
        )
        for t in models.TypeEvenement.objects.order_by("territoire", "rang")
    )


def _lire_publics() -> tuple[PublicPrioritaire, ...]:
    return tuple(
        PublicPrioritaire(
            p.code, p.lettre, p.libelle, ClassePublic(p.classe), p.rang, p.source, periode=p.periode
        )
        for p in models.PublicPrioritaire.objects.order_by("rang")
    )


def _types() -> Callable[[date], CatalogueEvenements]:
    lus = _lire_types()
    return par_periode([t.periode for t in lus], partial(CatalogueEvenements, lus))


def _publics() -> Callable[[date], CataloguePublics]:
    lus = _lire_publics()
    return par_periode([p.periode for p in lus], partial(CataloguePublics, lus))


_types_par_jour = Instantane(_types)
_publics_par_jour = Instantane(_publics)


def get_types_evenement(le: date) -> CatalogueEvenements:
    """The types of events in force on that day, as the table says (at most a minute late)."""
    return _types_par_jour.obtenir()(le)


def get_publics(le: date) -> CataloguePublics:
    """The priority publics in force on that day, as the table says (at most a minute late)."""
    return _publics_par_jour.obtenir()(le)
