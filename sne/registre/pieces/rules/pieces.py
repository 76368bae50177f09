"""Documents a household will be asked for: the dated catalogue, read against what the household declares. Pure.

Only identity or stay may be asked to register (CCH R441-2-3); the rest serves the examination (order of 19 April 2022).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from sne.referentiels.rules import CataloguePieces, Critere, NiveauPiece, PorteePiece, TypePiece
from sne.registre.contenu.rules.arbre.derive import age
from sne.registre.contenu.rules.arbre.foyer import PersonneACharge
from sne.registre.contenu.rules.arbre.personnes import Personne
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.registre.contenu.rules.arbre.references import DEMANDEUR, adultes, charge

MAJORITE = 18  # years
BAISSE = Decimal("0.9")
"""N-1 counts instead of N-2 when income fell by a tenth or more (arrêté du 29 juillet 1987)."""


@dataclass(frozen=True, slots=True)
class PieceAttendue:
    """One document to produce: ``reference`` names the person (``cotitulaire:1``), or is empty for the household.

    ``annee``: the year of incomes that it is about, ``None`` for a document that is about no year.
    """

    code: str
    niveau: NiveauPiece
    libelle: str
    exemples: str
    reference: str
    annee: int | None = None


def pieces_attendues(
    contenu: Contenu, catalogue: CataloguePieces, *, jour: date
) -> tuple[PieceAttendue, ...]:
    """What this household will be asked for, in the order of the catalogue, then of the household.

    An association has none: the catalogue is about persons (CCH R441-2-2). ``jour`` gives ages and tax years. A tree
    shown without health gives a list without health.
    """
    if contenu.titulaire is Titulaire.ASSOCIATION:
        return ()
    return tuple(
        PieceAttendue(t.code, t.niveau, t.intitule(jour), t.exemples, reference, t.annee_attendue(jour))
        for t in catalogue.types
        if t.demandable
        for reference in _concernes(t, contenu, jour)
    )


def pieces_sur_indication(catalogue: CataloguePieces, *, jour: date) -> tuple[PieceAttendue, ...]:
    """What no declaration tells of, and an agent may ask a household for when told of it: a guardianship."""
    return tuple(
        PieceAttendue(t.code, t.niveau, t.intitule(jour), t.exemples, "", t.annee_attendue(jour))
        for t in catalogue.types
        if t.critere is Critere.SUR_INDICATION and t.demandable
    )


def _concernes(type_piece: TypePiece, contenu: Contenu, jour: date) -> Iterator[str]:
    """References of those who owe this document; an empty one for the household."""
    if type_piece.portee is PorteePiece.FOYER:
        if type_piece.critere in DU_FOYER and DU_FOYER[type_piece.critere](contenu, type_piece.valeurs):
            yield ""
    elif type_piece.portee is PorteePiece.CHARGE:
        yield from (charge(p.identifiant) for p in contenu.foyer.personnes_a_charge if _mineure(p, jour))
    else:
        for reference, adulte in adultes(contenu):
            vise = type_piece.portee is PorteePiece.ADULTE or (reference == DEMANDEUR) is (
                type_piece.portee is PorteePiece.DEMANDEUR
            )
            if vise and D_UN_ADULTE[type_piece.critere](adulte, type_piece.valeurs):
                yield reference


def _mineure(personne: PersonneACharge, jour: date) -> bool:
    """A child of whom no birth date is known yet counts as a minor: the document will say."""
    return personne.date_naissance is None or age(personne.date_naissance, jour) < MAJORITE


def _revenus_en_baisse(adulte: Personne, valeurs: tuple[str, ...]) -> bool:  # noqa: ARG001
    avant = adulte.revenus_fiscaux.n_moins_2.montant
    apres = adulte.revenus_fiscaux.n_moins_1.montant
    return avant is not None and apres is not None and avant > 0 and apres <= avant * BAISSE


D_UN_ADULTE: Mapping[Critere, Callable[[Personne, tuple[str, ...]], bool]] = MappingProxyType(
    {
        Critere.TOUJOURS: lambda adulte, valeurs: True,  # noqa: ARG005
        Critere.NATIONALITE: lambda adulte, valeurs: adulte.identite.nationalite in valeurs,
        Critere.SITUATION_FAMILIALE: lambda adulte, valeurs: adulte.situation_familiale in valeurs,
        Critere.STATUT_PROFESSIONNEL: lambda adulte, valeurs: (
            adulte.situation_professionnelle.statut in valeurs
        ),
        Critere.RESSOURCE: lambda adulte, valeurs: any(r.nature in valeurs for r in adulte.ressources.recues),
        Critere.BAISSE_DE_REVENUS: _revenus_en_baisse,
    }
)
"""Conditions read on one adult."""

DU_FOYER: Mapping[Critere, Callable[[Contenu, tuple[str, ...]], bool]] = MappingProxyType(
    {
        Critere.NAISSANCE_PREVUE: lambda contenu, valeurs: bool(  # noqa: ARG005
            contenu.foyer.enfants_a_naitre.nombre
        ),
        Critere.GARDE: lambda contenu, valeurs: bool(contenu.foyer.enfants_en_garde),  # noqa: ARG005
        Critere.OCCUPATION: lambda contenu, valeurs: (
            not set(valeurs).isdisjoint(contenu.logement_actuel.statuts_occupation)
        ),
        Critere.LOGEMENT_POSSEDE: lambda contenu, valeurs: (  # noqa: ARG005
            contenu.logement_possede.possede is True
        ),
        Critere.MOTIF: lambda contenu, valeurs: not set(valeurs).isdisjoint(contenu.motifs.codes),
    }
)
"""Conditions read on the household. ``SUR_INDICATION`` is in neither table: it expects nothing by itself."""
