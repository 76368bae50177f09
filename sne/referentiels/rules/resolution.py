"""Which commune did a person mean? Found, several possible, or unknown with near names; never a guess."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz, process

from sne.referentiels.rules.lieux import CommuneChoix
from sne.referentiels.rules.normalisation import normaliser_lieu

NOMBRE_DE_PROCHES = 5
RESSEMBLANCE_MINIMALE = 65  # rapidfuzz ratio, 0 to 100
_CEDEX = re.compile(r"\bcedex\b", re.IGNORECASE)
_CODE = re.compile(r"(?<![0-9A-Za-z])([0-9][0-9ABab][0-9]{3})(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Trouvee:
    """One commune, without doubt."""

    commune: CommuneChoix


@dataclass(frozen=True, slots=True)
class Ambigue:
    """Several communes answer: the person chooses."""

    candidates: tuple[CommuneChoix, ...]


@dataclass(frozen=True, slots=True)
class Inconnue:
    """No commune answers; ``proches`` holds the nearest names, perhaps none."""

    proches: tuple[CommuneChoix, ...] = ()


Resolution = Trouvee | Ambigue | Inconnue


@dataclass(frozen=True, slots=True)
class Saisie:
    """What was typed: a normalised name, a five-sign code (INSEE or postal), or both."""

    nom: str
    code: str
    postal: bool = False  # the code was given as a postal code: it cannot be an INSEE code


class Champ(Protocol):
    """Where to look: one territory, or the whole country."""

    def nommees(self, nom: str, departements: Collection[str] | None = None) -> tuple[CommuneChoix, ...]:
        """Communes of exactly this normalised name, in these départements only when they are given."""
        ...

    def du_code_postal(self, code: str) -> tuple[CommuneChoix, ...]:
        """Communes that this postal code serves."""
        ...

    def du_code(self, code: str) -> CommuneChoix | None:
        """Commune of this INSEE code."""
        ...

    def voisines(self) -> tuple[CommuneChoix, ...]:
        """Communes among which to look for near names."""
        ...


def lire_saisie(texte: str, code_postal: str = "") -> Saisie:
    """Split what was typed into a name and a code: « 20200 Bastia », « Bastia (2B033) », « Bastia ».

    ``code_postal`` comes from a field of its own, and serves when the text holds no code. The code of a CEDEX
    designates a delivery office, not a commune: it is left out.
    """
    nom, trouve = normaliser_lieu(_CODE.sub(" ", texte)), _CODE.search(texte)
    if _CEDEX.search(texte):
        return Saisie(nom, "")
    if trouve:
        return Saisie(nom, trouve.group(1).upper())
    return Saisie(nom, code_postal.strip(), postal=True)


def resoudre(saisie: Saisie, champ: Champ) -> Resolution:
    """Resolve what was typed. A bare five-digit code is first a postal code, then an INSEE code."""
    if saisie.nom and saisie.code:
        return _par_nom_et_code(saisie, champ)
    if saisie.code:
        return _par_code(saisie, champ)
    return _conclure(champ.nommees(saisie.nom), champ, saisie.nom)


def _conclure(trouvees: Sequence[CommuneChoix], champ: Champ, nom: str) -> Resolution:
    if len(trouvees) == 1:
        return Trouvee(trouvees[0])
    if trouvees:
        return Ambigue(tuple(trouvees))
    return Inconnue(proches(nom, champ.voisines()))


def _designee(saisie: Saisie, champ: Champ) -> CommuneChoix | None:
    return None if saisie.postal else champ.du_code(saisie.code)


def _par_code(saisie: Saisie, champ: Champ) -> Resolution:
    servies = champ.du_code_postal(saisie.code)
    if servies:
        return _conclure(servies, champ, "")
    commune = _designee(saisie, champ)
    return Trouvee(commune) if commune else Inconnue()


def _par_nom_et_code(saisie: Saisie, champ: Champ) -> Resolution:
    """The code says where to look first: the whole country is searched only when they disagree."""
    designee = _designee(saisie, champ)
    servies = champ.du_code_postal(saisie.code)
    autour = {c.departement for c in (*servies, designee) if c}
    nommees = champ.nommees(saisie.nom, autour)
    if designee in nommees:
        return Trouvee(designee)
    communes = [c for c in servies if c in nommees or c.parent in {n.code for n in nommees}]
    if communes:
        return _conclure(communes, champ, saisie.nom)
    return _en_desaccord(saisie, champ, servies, designee)


def _en_desaccord(
    saisie: Saisie, champ: Champ, servies: Sequence[CommuneChoix], designee: CommuneChoix | None
) -> Resolution:
    nommees = champ.nommees(saisie.nom)
    if not servies and not designee:
        return _proposer(nommees) if nommees else _conclure((), champ, saisie.nom)
    autour = (*nommees, *servies, *([designee] if designee and not servies else []))
    return _proposer(_par_ressemblance(saisie.nom, autour))


def _proposer(communes: tuple[CommuneChoix, ...]) -> Resolution:
    """Name and code disagree: nothing is taken for granted, even when one commune is left."""
    return Ambigue(communes) if len(communes) > 1 else Inconnue(communes)


def proches(nom: str, communes: Iterable[CommuneChoix]) -> tuple[CommuneChoix, ...]:
    """Communes of the nearest names: those that start as typed first, then by likeness."""
    if not nom:
        return ()
    toutes = tuple(communes)
    debuts = [c for c in toutes if c.nom_normalise.startswith(nom)]
    ressemblantes = process.extract(
        nom,
        [c.nom_normalise for c in toutes],
        scorer=fuzz.ratio,
        limit=NOMBRE_DE_PROCHES,
        score_cutoff=RESSEMBLANCE_MINIMALE,
    )
    trouvees = [*sorted(debuts, key=lambda c: c.nom_normalise), *(toutes[i] for _, _, i in ressemblantes)]
    return tuple(dict.fromkeys(trouvees))[:NOMBRE_DE_PROCHES]


def _par_ressemblance(nom: str, communes: Iterable[CommuneChoix]) -> tuple[CommuneChoix, ...]:
    uniques = dict.fromkeys(communes)
    return tuple(sorted(uniques, key=lambda c: -fuzz.ratio(nom, c.nom_normalise)))
