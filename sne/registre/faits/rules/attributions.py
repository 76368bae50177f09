"""Allocation of a dwelling: what the landlord must record of it, lease signed or not. Pure (CCH R441-2-9)."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sne.registre.contenu.rules.anomalie import Anomalie, bloquer
from sne.registre.faits.rules.decisions import controler_publics
from sne.registre.faits.rules.faits import PHRASE_RPLS, CodeValide, Correction, lire_rpls

DE_L_ETAT = frozenset({"PPRIOR", "PFONCT"})
"""Contingents of the prefect, codes of ``ListeTypeReservataire``."""
LOYER_MAXIMUM = Decimal(10_000)
SURFACE_MAXIMUM = Decimal(1000)


@dataclass(frozen=True, slots=True)
class AttributionSaisie:
    """What is told of an allocation. The dwelling is its RPLS identifier, or commune, type, surface and rent.

    ``bail_signe``: ``None`` when it was not answered. ``deja_loge``: whether the household was already a tenant of
    this landlord (``ListeBooleen``).
    """

    jour: date
    bail_signe: bool | None
    deja_loge: str
    accord: str
    reservataire: str
    bail_signe_le: date | None = None
    bailleur: str = ""
    rpls: str = ""
    commune: str = ""
    type_logement: str = ""
    surface: Decimal | None = None
    loyer: Decimal | None = None
    convention_etat: str = ""
    publics: tuple[str, ...] = ()
    correction: Correction | None = None


def controler_attribution(
    saisie: AttributionSaisie,
    *,
    code_valide: CodeValide,
    commune_connue: Callable[[str], bool],
    publics: Collection[str],
    aujourd_hui: date,
) -> Iterator[Anomalie]:
    """What is missing or wrong."""
    yield from _bail(saisie, aujourd_hui)
    if not code_valide("ListeBooleen", saisie.deja_loge):
        yield bloquer("deja_loge", "Dites si le ménage était déjà logé par ce bailleur.")
    if not code_valide("ListeAccordCollectif", saisie.accord):
        yield bloquer(
            "accord", "L’accord collectif manque. Choisissez «\u00a0Aucun\u00a0» s’il n’y en a pas."
        )
    yield from _reservataire(saisie, code_valide)
    yield from controler_publics(saisie.publics, publics)
    if saisie.rpls:
        if lire_rpls(saisie.rpls) is None:
            yield bloquer("rpls", PHRASE_RPLS)
    else:
        yield from _logement(saisie, code_valide, commune_connue)


def _bail(saisie: AttributionSaisie, aujourd_hui: date) -> Iterator[Anomalie]:
    if saisie.bail_signe is None:
        yield bloquer("bail_signe", "Dites si le bail est signé.")
    elif not saisie.bail_signe:
        if saisie.bail_signe_le is not None:
            yield bloquer("bail_signe_le", "Une date de signature ne va qu’avec un bail signé. Retirez-la.")
    elif saisie.bail_signe_le is None:
        yield bloquer("bail_signe_le", "La date de signature du bail manque. Indiquez-la.")
    elif not saisie.jour <= saisie.bail_signe_le <= aujourd_hui:
        yield bloquer(
            "bail_signe_le",
            "Le bail se signe entre l’attribution et aujourd’hui. Vérifiez la date de signature.",
        )


def _reservataire(saisie: AttributionSaisie, code_valide: CodeValide) -> Iterator[Anomalie]:
    if not code_valide("ListeTypeReservataire", saisie.reservataire):
        yield bloquer(
            "reservataire",
            "Le réservataire manque. Choisissez «\u00a0Hors contingent\u00a0» s’il n’y en a pas.",
        )
    if not saisie.convention_etat:
        return
    if saisie.reservataire not in DE_L_ETAT:
        yield bloquer(
            "convention_etat",
            "Cette convention ne va qu’avec un contingent du préfet. Retirez-la, ou changez-le.",
        )
    elif not code_valide("ListeConventionReservationEtat", saisie.convention_etat):
        yield bloquer("convention_etat", "Cette convention n’est pas dans la liste. Choisissez-en une.")


def _logement(
    saisie: AttributionSaisie, code_valide: CodeValide, commune_connue: Callable[[str], bool]
) -> Iterator[Anomalie]:
    sinon = "sans identifiant RPLS, elle est nécessaire."
    if not commune_connue(saisie.commune):
        yield bloquer("commune", f"La commune du logement manque\u00a0: {sinon} Choisissez-la.")
    if not code_valide("ListeTypeLogementRPLS", saisie.type_logement):
        yield bloquer(
            "type_logement",
            "Le type du logement manque\u00a0: sans identifiant RPLS, il est nécessaire. Choisissez-le.",
        )
    if saisie.surface is None or not 0 < saisie.surface <= SURFACE_MAXIMUM:
        yield bloquer("surface", f"La surface du logement manque\u00a0: {sinon} Indiquez-la en m².")
    if saisie.loyer is None or not 0 <= saisie.loyer <= LOYER_MAXIMUM:
        yield bloquer(
            "loyer", "Le loyer manque\u00a0: sans identifiant RPLS, il est nécessaire. Indiquez-le en euros."
        )
