"""Who is who: the adults of an incoming tree against the persons already known on the application.

An identity is matched by its names, birth and NIR, never by its place in a list: when the first co-holder is removed,
the second one must not receive the identity of the first. The applicant alone is matched by role: the person who is put
there is a change of identity, which then waits for a decision.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sne.registre.contenu.rules.arbre.foyer import PersonneACharge
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import DEMANDEUR, adultes, avec_personnes
from sne.registre.contenu.rules.identite import cle


@dataclass(frozen=True, slots=True)
class Connu:
    """One adult already on the application. ``rang`` is 0 for the applicant, then counts the co-holders
    from 1.
    """

    personne: str
    rang: int
    identite: Identite


@dataclass(frozen=True, slots=True)
class Appariement:
    """``paires``: reference in the tree → ``personne``. ``nouveaux``: references of adults unknown so far.

    ``partis``: ``personne`` of the known adults who are not in the tree any more.
    """

    paires: Mapping[str, str]
    nouveaux: tuple[str, ...]
    partis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entrant:
    reference: str
    rang: int
    personne: str | None
    identite: Identite


def apparier(contenu: Contenu, connus: Sequence[Connu]) -> Appariement:
    """Match every adult of the tree with at most one known person, and every known person with at most
    one adult.

    In order: the role for the applicant, the ``personne`` that the tree carries, the same NIR, the same
    names (by K) and birth date, then two of these three (a correction). Equal candidates are told apart
    by rank. The role comes first so that nobody becomes the applicant by carrying another id, or none.
    """
    entrants = [
        _Entrant(reference, rang, adulte.personne, adulte.identite)
        for rang, (reference, adulte) in enumerate(adultes(contenu), start=0 if contenu.demandeur else 1)
    ]
    paires: dict[str, str] = {}
    libres = sorted(connus, key=lambda connu: connu.rang)
    for ressemble in (_meme_role, _meme_personne, _meme_nir, _memes_traits, _presque_memes_traits):
        _une_passe(entrants, libres, paires, ressemble)
    return Appariement(
        paires=paires,
        nouveaux=tuple(e.reference for e in entrants if e.reference not in paires),
        partis=tuple(connu.personne for connu in libres),
    )


def appliquer(contenu: Contenu, avant: Contenu) -> Contenu:
    """The tree with the ``personne`` that each adult already had in ``avant``, and none for the others.

    An id that is not of this application is dropped, no matter who sent it.
    """
    connus = [
        Connu(adulte.personne, rang, adulte.identite)
        for rang, (_, adulte) in enumerate(adultes(avant), start=0 if avant.demandeur else 1)
        if adulte.personne is not None
    ]
    paires = apparier(contenu, connus).paires
    return avec_personnes(contenu, {reference: paires.get(reference) for reference, _ in adultes(contenu)})


def _une_passe(
    entrants: Sequence[_Entrant],
    libres: list[Connu],
    paires: dict[str, str],
    ressemble: Callable[[_Entrant, Connu], bool],
) -> None:
    for entrant in entrants:
        if entrant.reference in paires:
            continue
        candidats = [connu for connu in libres if ressemble(entrant, connu)]
        if candidats:
            choisi = min(candidats, key=lambda connu: abs(connu.rang - entrant.rang))
            paires[entrant.reference] = choisi.personne
            libres.remove(choisi)


def _meme_personne(entrant: _Entrant, connu: Connu) -> bool:
    return entrant.personne == connu.personne


def _meme_role(entrant: _Entrant, connu: Connu) -> bool:
    return entrant.reference == DEMANDEUR and connu.rang == 0


def _meme_nir(entrant: _Entrant, connu: Connu) -> bool:
    un, autre = entrant.identite.nir, connu.identite.nir
    return (
        un is not None and autre is not None and un.empreinte is not None and un.empreinte == autre.empreinte
    )


class Nommee(Protocol):
    """Somebody by birth name, first names and birth date."""

    @property
    def nom_naissance(self) -> str | None: ...
    @property
    def prenoms(self) -> str | None: ...
    @property
    def date_naissance(self) -> date | None: ...


def _traits_egaux(un: Nommee, autre: Nommee) -> int:
    """How many of birth name, first names (by K) and birth date are said and equal."""
    noms = [(cle(un.nom_naissance), cle(autre.nom_naissance)), (cle(un.prenoms), cle(autre.prenoms))]
    memes_noms = sum(bool(a) and a == b for a, b in noms)
    return memes_noms + (un.date_naissance is not None and un.date_naissance == autre.date_naissance)


def memes_traits(un: Identite, autre: Identite) -> bool:
    """Whether two identities say the same birth name, first names (by K) and birth date."""
    return _traits_egaux(un, autre) == 3


def est_une_correction(un: Nommee, autre: Nommee) -> bool:
    """Whether one may be the other written otherwise: at least two of these three are the same."""
    return _traits_egaux(un, autre) >= 2


def _memes_traits(entrant: _Entrant, connu: Connu) -> bool:
    return memes_traits(entrant.identite, connu.identite)


def _presque_memes_traits(entrant: _Entrant, connu: Connu) -> bool:
    return est_une_correction(entrant.identite, connu.identite)


def meme_enfant(un: PersonneACharge, autre: PersonneACharge) -> bool:
    """Whether two rows typed apart are one dependant: their first names are the same, and so is their name or their
    birth date (twins have different first names).
    """
    noms, prenoms, dates = (
        bool(a) and a == b for a, b in zip(_cle_de_charge(un), _cle_de_charge(autre), strict=True)
    )
    return prenoms and (noms or dates)


def _cle_de_charge(personne: PersonneACharge) -> tuple[object, ...]:
    return cle(personne.nom), cle(personne.prenoms), personne.date_naissance
