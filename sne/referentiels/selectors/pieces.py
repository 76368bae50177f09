"""The catalogue of supporting documents in force on a day, read from the table."""

from collections.abc import Callable
from datetime import date
from functools import partial

from sne.referentiels import models
from sne.referentiels.rules.periodes import par_periode
from sne.referentiels.rules.pieces import (
    CataloguePieces,
    Critere,
    NiveauPiece,
    PorteePiece,
    TypePiece,
    natures_lues,
)
from sne.referentiels.selectors.instantanes import Instantane


def _lire() -> tuple[TypePiece, ...]:
    return tuple(
        TypePiece(
            code=t.code,
            niveau=NiveauPiece(t.niveau),
            libelle=t.libelle,
            portee=PorteePiece(t.portee),
            critere=Critere(t.critere),
            rang=t.rang,
            exemples=t.exemples,
            valeurs=tuple(t.valeurs),
            source=t.source,
            periode=t.periode,
            natures=natures_lues(dict(t.natures)),
            repondent=tuple(t.repondent),
            annee=t.annee,
            validite_mois=t.validite_mois,
            sante=t.sante,
        )
        for t in models.TypePiece.objects.order_by("rang")
    )


def _catalogues() -> Callable[[date], CataloguePieces]:
    lus = _lire()
    return par_periode([t.periode for t in lus], partial(CataloguePieces, lus))


_par_jour = Instantane(_catalogues)


def get_pieces(le: date) -> CataloguePieces:
    """The documents that may be asked on that day, as the table says (at most a minute late)."""
    return _par_jour.obtenir()(le)
