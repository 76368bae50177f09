"""Places of which a report is read, and what of them somebody reads. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sne.habilitations.rules import Permission
from sne.referentiels.rules import FicheGuichet
from sne.referentiels.rules.decoupage import Decoupage
from sne.referentiels.rules.territoires import departement_de_commune
from sne.socle.acteur import Mandat


class NatureLieu(StrEnum):
    """Kind of place."""

    TERRITOIRE = "territoire"
    DEPARTEMENT = "departement"
    REGION = "region"
    NATION = "nation"


@dataclass(frozen=True, slots=True)
class Lieu:
    """A place: its kind, and its code, empty for the nation."""

    nature: NatureLieu
    code: str = ""

    @property
    def cle(self) -> str:
        """As an address names it: « territoire-099 », « nation »."""
        return f"{self.nature}-{self.code}" if self.code else str(self.nature)


NATION = Lieu(NatureLieu.NATION)
VOIENT = frozenset({Permission.RAPPORT_DETAIL, Permission.DEMANDE_LIRE})
"""Whoever holds one of these sees demandes: no figure tells them of a household what they may not read."""


@dataclass(frozen=True, slots=True)
class Portee:
    """What is read of a place: the counters of ``territoires``, narrowed to a département where one is named.

    ``organismes``: the bodies whose counters are read, besides the mean of the territory; ``None``: all of them.
    ``secrete``: who reads sees no demande of it: where lines are traits of households, small counts are hidden.
    """

    lieu: Lieu
    territoires: tuple[str, ...]
    departement: str = ""
    organismes: frozenset[str] | None = None
    secrete: bool = False

    @property
    def partielle(self) -> bool:
        """Whether other counters of the same territories are left out."""
        return bool(self.departement) or self.organismes is not None

    def retient(self, fiche: FicheGuichet) -> bool:
        """Whether the line of this counter is read."""
        return (
            fiche.territoire in self.territoires
            and (not self.departement or departement_de_commune(fiche.commune) == self.departement)
            and (self.organismes is None or fiche.organisme in self.organismes)
        )

    def retient_valeur(self, axe: str, valeur: str) -> bool:
        """Whether the line of this value of an axis is read: of a whole territory all of them, of one's bodies the
        landlord that one is, of a département its communes.
        """
        if self.organismes is not None:
            return axe == "BAILLEUR" and valeur in self.organismes
        if self.departement:
            return axe == "COMMUNE" and departement_de_commune(valeur) == self.departement
        return True


def lire_lieu(texte: str) -> Lieu | None:
    """The place that an address names; ``None`` for any other text."""
    nature, _, code = texte.partition("-")
    if nature not in set(NatureLieu) or bool(code) is (nature == NatureLieu.NATION):
        return None
    return Lieu(NatureLieu(nature), code)


def portee(mandats: Iterable[Mandat], lieu: Lieu, decoupage: Decoupage) -> Portee | None:
    """What these mandates, which all give the same right, let read of a place; ``None`` when it is out of them.

    A region, or the nation, is read by whoever reads each of its territories whole; a département by whoever holds it,
    or its whole territory. A territory is read whole, or its counters of one's own bodies are.
    """
    tenus = [m for m in mandats if not m.perimetre.personnel]
    lue = _portee(tenus, lieu, decoupage)
    voient = [m for m in tenus if m.permissions & VOIENT]
    return lue if lue is None or _portee(voient, lieu, decoupage) else replace(lue, secrete=True)


def _portee(tenus: Sequence[Mandat], lieu: Lieu, decoupage: Decoupage) -> Portee | None:
    partout = any(m.perimetre.national for m in tenus)
    if lieu.nature is NatureLieu.TERRITOIRE and not partout and not _est_la(tenus, lieu.code):
        return None  # asked of each territory of the nation
    entiers = {
        m.perimetre.territoire for m in tenus if not m.perimetre.guichet and not m.perimetre.departement
    }
    siens = territoires_du(lieu, decoupage)
    if not siens:
        return None
    if lieu.nature is NatureLieu.DEPARTEMENT:
        lu = partout or _tient(tenus, lieu.code) or entiers >= set(siens)
        return _du_departement(lieu, siens, decoupage) if lu else None
    if partout or (lieu.nature is not NatureLieu.NATION and entiers >= set(siens)):
        return Portee(lieu, siens)
    organismes = frozenset(
        m.organisme
        for m in tenus
        if m.organisme and lieu.nature is NatureLieu.TERRITOIRE and _est_de(m, siens)
    )
    return Portee(lieu, siens, organismes=organismes) if organismes else None


def lieux(mandats: Iterable[Mandat], decoupage: Decoupage) -> tuple[Lieu, ...]:
    """The places that these mandates let read, the widest first."""
    tenus = [m for m in mandats if not m.perimetre.personnel]
    tous = (
        NATION,
        *(Lieu(NatureLieu.REGION, code) for code in decoupage.regions),
        *(
            Lieu(NatureLieu.DEPARTEMENT, d.code)
            for d in decoupage.departements.values()
            if len(decoupage.departements_de(d.territoire)) > 1 or _tient(tenus, d.code)
        ),
        *(
            Lieu(NatureLieu.TERRITOIRE, code)
            for code in dict.fromkeys(d.territoire for d in decoupage.departements.values())
        ),
    )
    return tuple(lieu for lieu in tous if portee(tenus, lieu, decoupage) is not None)


def territoires_du(lieu: Lieu, decoupage: Decoupage) -> tuple[str, ...]:
    """Territories that a place is in; empty for one that does not exist, or has none."""
    connus = dict.fromkeys(d.territoire for d in decoupage.departements.values() if d.territoire)
    if lieu.nature is NatureLieu.NATION:
        return tuple(sorted(connus))
    if lieu.nature is NatureLieu.REGION:
        return decoupage.territoires_de(lieu.code)
    if lieu.nature is NatureLieu.DEPARTEMENT:
        departement = decoupage.departements.get(lieu.code)
        return (departement.territoire,) if departement and departement.territoire else ()
    return (lieu.code,) if lieu.code in connus else ()


def _du_departement(lieu: Lieu, siens: tuple[str, ...], decoupage: Decoupage) -> Portee:
    """A département alone in its territory is that territory, the portal's counter included."""
    seul = len(decoupage.departements_de(siens[0])) == 1
    return Portee(lieu, siens, "" if seul else lieu.code)


def _est_la(mandats: Iterable[Mandat], territoire: str) -> bool:
    return any(m.perimetre.territoire == territoire for m in mandats)


def _tient(mandats: Iterable[Mandat], departement: str) -> bool:
    return any(m.perimetre.departement == departement for m in mandats)


def _est_de(mandat: Mandat, territoires: tuple[str, ...]) -> bool:
    return bool(mandat.perimetre.guichet) and mandat.perimetre.territoire in territoires
