"""Is this person the one of that demande? Each trait compared, then one verdict; no trait is ever guessed. Pure.

What a provider of identity says is compared with the identity in force, never with one that waits: a name that an agent
has proposed opens nothing to who bears it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate

from sne.registre.contenu.rules.identite import cle
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.distance import mesurer, tolere
from sne.registre.controle.rules.lieux import Lieu
from sne.registre.controle.rules.traits import Traits

_MOTS = re.compile(r"[\s,;]+")
_PARTIES = re.compile(r"[\s,;'’-]+")
_PARTICULE = re.compile("D|D[AEIU]|DE[LRS]|DOS|L|L[AE]|LES|[AE]L|B[EI]N|V[AO]N")


class Verdict(StrEnum):
    """How sure it is: linked; asked for the number; the number and a code besides; unknown."""

    FORT = "FORT"
    MOYEN = "MOYEN"
    FAIBLE = "FAIBLE"
    NUL = "NUL"


class Ecart(StrEnum):
    """Why two traits of one person may differ. Kept beside a link, without any value."""

    NOM_USAGE = "NOM_USAGE"
    NOM_LETTRES = "NOM_LETTRES"
    NOM_COMPOSE = "NOM_COMPOSE"
    INVERSION = "INVERSION"
    PRENOMS_ORDRE = "PRENOMS_ORDRE"
    PRENOMS_LETTRES = "PRENOMS_LETTRES"
    PRENOM_COMPOSE = "PRENOM_COMPOSE"
    NAISSANCE = "NAISSANCE"
    SEXE = "SEXE"
    LIEU = "LIEU"


class _Trait(StrEnum):
    """One trait, when it differs in no way that can be explained."""

    EGAL = "EGAL"
    COMPATIBLE = "COMPATIBLE"
    AUTRE = "AUTRE"


Comparaison = _Trait | Ecart


@dataclass(frozen=True, slots=True)
class EtatCivil:
    """One civil status. ``sexe``: ``M``, ``F`` or empty; ``prenoms``: as they are separated; ``incomplete``: the day or
    the month of birth is known to nobody, the date then holds the first.
    """

    nom: str
    usage: str
    prenoms: tuple[str, ...]
    naissance: date
    incomplete: bool
    sexe: str
    lieu: Lieu

    def __repr__(self) -> str:
        return "EtatCivil(…)"


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """The verdict, and the traits that differ in a way that can be explained."""

    verdict: Verdict
    ecarts: tuple[Ecart, ...] = ()


NUL = Rapprochement(Verdict.NUL)


def reste_reconnue(avant: Traits, apres: Traits, seuils: Seuils) -> bool:
    """Whether a person whom the State knows as ``avant`` would still be linked at once as ``apres``.

    The place of birth is left out: it is no protected trait.
    """
    return rapprocher(_sans_lieu(avant), _sans_lieu(apres), seuils).verdict is Verdict.FORT


def _sans_lieu(traits: Traits) -> EtatCivil:
    return EtatCivil(
        nom=traits.nom_naissance,
        usage=traits.nom_usage,
        prenoms=separer_prenoms(traits.prenoms),
        naissance=traits.date_naissance or date.min,
        incomplete=False,
        sexe=traits.sexe,
        lieu=Lieu("le même"),
    )


def separer_prenoms(prenoms: str) -> tuple[str, ...]:
    """First names as they were typed in one line: « Jean-Pierre, Marie » are two."""
    return tuple(filter(None, _MOTS.split(prenoms)))


def rapprocher(connue: EtatCivil, inscrite: EtatCivil, seuils: Seuils) -> Rapprochement:
    """Compare who somebody is, as a provider of identity says, with who the register says a person is.

    Strong: the five traits are equal, first names being at least compatible. Middling: nothing differs, but a date or a
    place is not whole. Weak: one trait differs in a way that is known to happen. Anything else is nobody.
    """
    if _est_inverse(connue, inscrite):
        traits: tuple[Comparaison, ...] = (Ecart.INVERSION,)
    else:
        traits = (_nom(connue, inscrite, seuils), _prenoms(connue.prenoms, inscrite.prenoms, seuils))
    traits += (
        _naissance(connue, inscrite),
        _sexe(connue.sexe, inscrite.sexe),
        _lieu(connue.lieu, inscrite.lieu),
    )
    ecarts = tuple(trait for trait in traits if isinstance(trait, Ecart))
    if _Trait.AUTRE in traits or len(ecarts) > 1:
        return NUL
    if ecarts:
        return Rapprochement(Verdict.FAIBLE, ecarts)
    naissance, sexe, lieu = traits[-3:]
    entiere = {naissance, sexe, lieu} == {_Trait.EGAL}
    return Rapprochement(Verdict.FORT if entiere else Verdict.MOYEN)


def _est_inverse(une: EtatCivil, autre: EtatCivil) -> bool:
    """Whether name and first name were typed in each other's field."""
    if cle(une.nom) == cle(autre.nom) or not (une.prenoms and autre.prenoms):
        return False
    return cle(une.nom) == cle("".join(autre.prenoms)) and cle(autre.nom) in {
        cle(une.prenoms[0]),
        cle("".join(une.prenoms)),
    }


def _nom(connue: EtatCivil, inscrite: EtatCivil, seuils: Seuils) -> Comparaison:
    un, autre = cle(connue.nom), cle(inscrite.nom)
    if not un or not autre:
        return _Trait.AUTRE
    if un == autre:
        return _Trait.EGAL
    if un == cle(inscrite.usage) or autre == cle(connue.usage):
        return Ecart.NOM_USAGE
    parties, autres = _parties(connue.nom), _parties(inscrite.nom)
    if parties == autres or _contient(parties, autres) or _contient(autres, parties):
        return Ecart.NOM_COMPOSE
    if tolere(
        mesurer(connue.nom, inscrite.nom),
        lettres_max=seuils.nom_lettres_max,
        relatif_max=seuils.nom_relatif_max,
    ):
        return Ecart.NOM_LETTRES
    return _Trait.AUTRE


def _parties(nom: str) -> tuple[str, ...]:
    """What a name is made of, its particles left out."""
    parties = _parties_de(nom)
    return tuple(p for p in parties if not _PARTICULE.fullmatch(p)) or parties


def _contient(longue: Sequence[str], courte: Sequence[str]) -> bool:
    """Whether the parts of one name begin or end the other: « Martin » and « Martin-Dupont »."""
    n = len(courte)
    return 0 < n < len(longue) and tuple(courte) in (tuple(longue[:n]), tuple(longue[-n:]))


def _prenoms(uns: Sequence[str], autres: Sequence[str], seuils: Seuils) -> Comparaison:
    """« Jean Pierre » is « Jean-Pierre », « Marie » the first of « Marie Anne »; « Jean » is not « Jean-Pierre »."""
    un, autre = tuple(filter(None, map(cle, uns))), tuple(filter(None, map(cle, autres)))
    if not un or not autre:
        return _Trait.AUTRE
    if un == autre:
        return _Trait.EGAL
    if "".join(un) in accumulate(autre) or "".join(autre) in accumulate(un):
        return _Trait.COMPATIBLE
    if set(un) <= set(autre) or set(autre) <= set(un):
        return Ecart.PRENOMS_ORDRE if un[0] != autre[0] else _Trait.COMPATIBLE
    return _premier(uns[0], autres[0], seuils)


def _premier(un: str, autre: str, seuils: Seuils) -> Comparaison:
    if _commence(_parties_de(un), _parties_de(autre)):
        return Ecart.PRENOM_COMPOSE
    lettres, relatif = seuils.prenoms_lettres_max, seuils.prenoms_relatif_max
    proche = tolere(mesurer(un, autre), lettres_max=lettres, relatif_max=relatif)
    return Ecart.PRENOMS_LETTRES if proche else _Trait.AUTRE


def _parties_de(nom: str) -> tuple[str, ...]:
    return tuple(filter(None, map(cle, _PARTIES.split(nom))))


def _commence(une: tuple[str, ...], autre: tuple[str, ...]) -> bool:
    """Whether one is the beginning of the other: « Jean » of « Jean-Pierre », which « Jean-Paul » is not."""
    return une != autre and (une == autre[: len(une)] or autre == une[: len(autre)])


def _naissance(connue: EtatCivil, inscrite: EtatCivil) -> Comparaison:
    """A date of which a part is known to nobody is compatible with each of those it may be, and equal to none."""
    une, autre = connue.naissance, inscrite.naissance
    if _est_une_des_dates(connue, autre) or _est_une_des_dates(inscrite, une):
        return _Trait.COMPATIBLE
    if une == autre:
        return _Trait.EGAL
    return Ecart.NAISSANCE if _est_une_faute(une, autre) else _Trait.AUTRE


def _est_une_des_dates(incomplete: EtatCivil, jour: date) -> bool:
    lue = incomplete.naissance
    return incomplete.incomplete and lue.year == jour.year and lue.day == 1 and lue.month in (1, jour.month)


def _est_une_faute(une: date, autre: date) -> bool:
    """Day and month swapped, or one digit of the eight."""
    if (une.year, une.month, une.day) == (autre.year, autre.day, autre.month):
        return True
    return sum(a != b for a, b in zip(f"{une:%Y%m%d}", f"{autre:%Y%m%d}", strict=True)) == 1


def _sexe(un: str, autre: str) -> Comparaison:
    if not un or not autre:
        return _Trait.COMPATIBLE
    return _Trait.EGAL if un == autre else Ecart.SEXE


def _lieu(un: Lieu, autre: Lieu) -> Comparaison:
    if not un.connu or not autre.connu:
        return _Trait.COMPATIBLE
    if un == autre:
        return _Trait.EGAL
    return _Trait.COMPATIBLE if un.territoires & autre.territoires else Ecart.LIEU
