"""Allocation of a dwelling: what the landlord must record of it, lease signed or not. Pure (CCH R441-2-9)."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from sne.registre.contenu.rules.anomalie import Anomalie, bloquer
from sne.registre.contenu.rules.arbre.types_de_champ import COMMANDES, LONGUEUR_LIGNE
from sne.registre.faits.rules.decisions import controler_publics
from sne.registre.faits.rules.faits import PHRASE_RPLS, CodeValide, Correction, lire_rpls

DE_L_ETAT = frozenset({"PPRIOR", "PFONCT"})
"""Contingents of the prefect, codes of ``ListeTypeReservataire``."""
ADRESSE: Mapping[str, str] = MappingProxyType(
    {
        "numero": "Numéro",
        "voie": "Voie",
        "appartement": "Appartement",
        "etage": "Étage",
        "escalier": "Escalier",
        "batiment": "Bâtiment",
        "complement": "Complément d’adresse",
        "lieu_dit": "Lieu-dit",
        "code_postal": "Code postal",
    }
)
"""Parts of the address of a dwelling, beside its commune, with their titles."""
_CODE_POSTAL = re.compile(r"[0-9]{1,5}")
LOYER_MAXIMUM = Decimal(10_000)
SURFACE_MAXIMUM = Decimal(1000)


@dataclass(frozen=True, slots=True)
class AttributionSaisie:
    """What is told of an allocation. The dwelling is its RPLS identifier, or commune, type, surface and rent, which may
    also be told besides; ``adresse``: texts by part (:data:`ADRESSE`).

    ``bail_signe``: ``None`` when it was not answered. ``deja_loge``: whether the household was already a tenant of
    this landlord (``ListeBooleen``). ``au_titre_dalo``: whether the dwelling is given to a household whom the DALO
    commission recognised (``None``: not said). ``quartier_prioritaire``: code of ``ListeZUS``, read as a priority
    district of town policy; empty when not said.
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
    adresse: Mapping[str, str] = field(default_factory=dict)
    convention_etat: str = ""
    au_titre_dalo: bool | None = None
    quartier_prioritaire: str = ""
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
    if saisie.quartier_prioritaire and not code_valide("ListeZUS", saisie.quartier_prioritaire):
        yield bloquer(
            "quartier_prioritaire",
            "Cette réponse n’est pas dans la liste. Dites si le logement est en quartier prioritaire.",
        )
    if saisie.rpls and lire_rpls(saisie.rpls) is None:
        yield bloquer("rpls", PHRASE_RPLS)
    yield from _logement(saisie, code_valide, commune_connue)
    yield from lire_adresse(saisie.adresse)[1]


def lire_adresse(saisies: Mapping[str, str]) -> tuple[dict[str, str], tuple[Anomalie, ...]]:
    """The address as it is kept, by part, and what is wrong with the others; an empty one is left out.

    Blanks are folded to one space; a postcode is written in five digits.
    """
    lues: dict[str, str] = {}
    anomalies: list[Anomalie] = []
    for nom, saisie in saisies.items():
        texte, ou = " ".join(saisie.split()), f"adresse.{nom}"
        if nom not in ADRESSE:
            anomalies.append(bloquer(ou, "Cela n’est pas de l’adresse d’un logement. Retirez-le."))
        elif len(texte) > LONGUEUR_LIGNE or COMMANDES.search(texte):
            phrase = f"{ADRESSE[nom]}\u00a0: {LONGUEUR_LIGNE} signes lisibles au plus. Raccourcissez."
            anomalies.append(bloquer(ou, phrase))
        elif nom == "code_postal" and texte and not _CODE_POSTAL.fullmatch(texte):
            anomalies.append(bloquer(ou, "Un code postal compte cinq chiffres. Corrigez-le."))
        elif texte:
            lues[nom] = texte.zfill(5) if nom == "code_postal" else texte
    return lues, tuple(anomalies)


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
    """Needed without an RPLS identifier; right when told."""
    sinon, requis = "sans identifiant RPLS, elle est nécessaire.", not saisie.rpls
    if (requis or saisie.commune) and not commune_connue(saisie.commune):
        yield bloquer("commune", f"La commune du logement manque\u00a0: {sinon} Choisissez-la.")
    if (requis or saisie.type_logement) and not code_valide("ListeTypeLogementRPLS", saisie.type_logement):
        yield bloquer(
            "type_logement",
            "Le type du logement manque\u00a0: sans identifiant RPLS, il est nécessaire. Choisissez-le.",
        )
    if not _dans(saisie.surface, SURFACE_MAXIMUM, requis=requis) or saisie.surface == 0:
        yield bloquer("surface", f"La surface du logement manque\u00a0: {sinon} Indiquez-la en m².")
    if not _dans(saisie.loyer, LOYER_MAXIMUM, requis=requis):
        yield bloquer(
            "loyer", "Le loyer manque\u00a0: sans identifiant RPLS, il est nécessaire. Indiquez-le en euros."
        )


def _dans(valeur: Decimal | None, maximum: Decimal, *, requis: bool) -> bool:
    return not requis if valeur is None else 0 <= valeur <= maximum
