"""Demandes that meet every criterion of a search, by their number: of the actor's territories, a bounded count."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Concat

from sne.registre.contenu.rules.arbre.racine import Titulaire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.faits.selectors.en_vigueur import attribuees_a, conditions_repetees, delais_dits_anormaux
from sne.registre.pieces.models import Piece
from sne.registre.recherche.rules.criteres import Criteres, Jours
from sne.socle.fonctions import Normalise

APRES = "{"
"""Follows « z » in the order of the indexes of names."""


@dataclass(frozen=True, slots=True)
class Trouvees:
    """Numbers and ids, in the order of the numbers; ``trop``: more demandes answer than were given."""

    nuds: tuple[str, ...]
    ids: tuple[uuid.UUID, ...]
    trop: bool


def list_par_criteres(
    criteres: Criteres,
    *,
    territoires: frozenset[str] | None,
    le: date,
    conditions_min: int,
    au_plus: int,
) -> Trouvees:
    """``territoires``: ``None`` for all of them. The caller has checked that the criteria are selective enough."""
    lieux = Q() if territoires is None else Q(territoire__in=sorted(territoires))
    trouvees = Demande.objects.filter(
        lieux,
        ~Q(statut=Statut.PURGEE),
        *_de_la_demande(criteres),
        *_des_faits(criteres, le=le, conditions_min=conditions_min),
        *_qui(criteres, lieux),
    )
    lignes = list(trouvees.order_by("nud").values_list("nud", "id")[: au_plus + 1])
    gardees = lignes[:au_plus]
    return Trouvees(tuple(nud for nud, _ in gardees), tuple(cle for _, cle in gardees), len(lignes) > au_plus)


def _de_la_demande(criteres: Criteres) -> Iterator[Q | Exists]:
    if criteres.nud:
        yield Q(nud=criteres.nud, territoire=criteres.nud[:3])
    if criteres.statut is not None:
        yield Q(statut=criteres.statut)
    yield from _dans("date_depot", criteres.depot)
    yield from _dans("date_dernier_renouvellement", criteres.renouvellement)
    if criteres.radiation or criteres.motif_radiation:
        yield Q(statut=Statut.RADIEE)
        yield Exists(_radiations(criteres))
    if criteres.motif:
        yield Q(version_courante__contenu__motifs__codes__contains=[criteres.motif])
    if criteres.commune_souhaitee:
        yield Q(communes_souhaitees__contains=[criteres.commune_souhaitee])
    for type_piece in criteres.pieces:
        yield Exists(
            Piece.objects.filter(
                territoire=OuterRef("territoire"), demande=OuterRef("id"), type_piece=type_piece
            )
        )


def _des_faits(criteres: Criteres, *, le: date, conditions_min: int) -> Iterator[Q]:
    if criteres.commune_attribution:
        yield Q(id__in=attribuees_a(criteres.commune_attribution).values("demande"))
    if criteres.delai_anormal is not None:
        dit = Q(id__in=delais_dits_anormaux(le=le).values("demande"))
        yield dit if criteres.delai_anormal else ~dit
    if criteres.conditions_multiples is not None:
        repetees = Q(id__in=conditions_repetees(au_moins=conditions_min))
        yield repetees if criteres.conditions_multiples else ~repetees


def _dans(colonne: str, jours: Jours) -> Iterator[Q]:
    if jours.debut is not None:
        yield Q(**{f"{colonne}__gte": jours.debut})
    if jours.fin is not None:
        yield Q(**{f"{colonne}__lte": jours.fin})


def _radiations(criteres: Criteres) -> Any:
    motif = Q(motif=criteres.motif_radiation.value) if criteres.motif_radiation else Q()
    return Radiation.objects.filter(
        *_dans("date_radiation", criteres.radiation),
        motif,
        territoire=OuterRef("territoire"),
        demande=OuterRef("id"),
        reactivation=None,
    )


def _qui(criteres: Criteres, lieux: Q) -> Iterator[Q]:
    if criteres.association.strip():
        associations = Demande.objects.filter(titulaire=Titulaire.ASSOCIATION.value).annotate(
            nom=Normalise(KeyTextTransform("nom", KeyTransform("association", "version_courante__contenu")))
        )
        yield Q(id__in=associations.filter(_commence("nom", criteres.association)).values("id"))
    if criteres.nom.strip() or criteres.prenoms.strip() or criteres.date_naissance:
        personnes = Personne.objects.filter(lieux, *_traits(criteres), retire_le=None)
        yield Q(id__in=personnes.values("demande"))


def _traits(criteres: Criteres) -> Iterator[Q]:
    """Of one adult, by the identity in force."""
    identite = "identite_courante__"
    if criteres.nom.strip():
        usage = _commence(f"{identite}usage_norm", criteres.nom)
        yield _commence(f"{identite}nom_norm", criteres.nom) | usage
    if criteres.prenoms.strip():
        yield _commence(f"{identite}prenoms_norm", criteres.prenoms)
    if criteres.date_naissance:
        yield Q(**{f"{identite}date_naissance": criteres.date_naissance})


def _commence(colonne: str, texte: str) -> Q:
    """Normalised names that begin so, as a range that an index walks."""
    nom = Normalise(Cast(Value(texte), TextField()))
    return Q(**{f"{colonne}__gte": nom, f"{colonne}__lt": Concat(nom, Value(APRES))})
