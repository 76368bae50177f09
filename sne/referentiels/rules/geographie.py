"""Communes, postal codes, territories and countries as one object that a process keeps.

The communes of a département stay one text until somebody asks for them: a worker holds the country in a
few megabytes, and reads a département in a millisecond, once.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import merge
from itertools import islice

from sne.referentiels.rules.lieux import (
    CommuneChoix,
    PaysChoix,
    Rattachement,
    TerritoireChoix,
    preferer_arrondissements,
)
from sne.referentiels.rules.normalisation import ARTICLES, compacter, normaliser_lieu, sans_article
from sne.referentiels.rules.resolution import Resolution, lire_saisie, resoudre
from sne.referentiels.rules.territoires import departement_de_commune

SEPARATEUR = "\t"
MAX_HOMONYMES = 60  # « Saint-Denis », « Sainte-Colombe »… over the whole country
RESOLUES_AU_PLUS = 2000


class _Departement:
    """The communes of one département, read from its text."""

    def __init__(self, texte: str) -> None:
        self.communes: dict[str, CommuneChoix] = {}
        self.rattachements: dict[str, Rattachement] = {}
        for ligne in texte.splitlines():
            genre, code, nom, cle, lien, codes_postaux, fin = ligne.split(SEPARATEUR)
            if genre == "C":
                codes = tuple(codes_postaux.split())
                self.communes[code] = CommuneChoix(code, nom, codes, lien, not fin, cle)
            else:
                self.rattachements[code] = Rattachement(code, nom, lien, cle)
        for ville in {c.parent for c in self.communes.values() if c.parent}:
            self.communes[ville] = replace(self.communes[ville], divisee=True)
        self.ouvertes = tuple(c for c in self.communes.values() if c.en_vigueur)

    @cached_property
    def par_nom(self) -> dict[str, tuple[CommuneChoix, ...]]:
        """Open communes by compact name; delegated names and names without article give way to full ones."""
        exacts = _index((compacter(c.nom_normalise), c) for c in self.ouvertes)
        anciens = _index(
            (compacter(r.nom_normalise), self.communes[r.commune])
            for r in self.rattachements.values()
            if r.nom and r.commune in self.communes
        )
        courts = _index((compacter(sans_article(c.nom_normalise)), c) for c in self.ouvertes)
        return {**courts, **anciens, **exacts}


def _index(paires: Iterable[tuple[str, CommuneChoix]]) -> dict[str, tuple[CommuneChoix, ...]]:
    index: dict[str, tuple[CommuneChoix, ...]] = {}
    for cle, commune in paires:
        index[cle] = (*index.get(cle, ()), commune)
    return index


AUCUN = _Departement("")


@dataclass(frozen=True)
class Geographie:
    """The whole geography. ``textes`` holds one text per département: lines of :func:`ligne`, by name."""

    territoires: Mapping[str, TerritoireChoix]
    textes: Mapping[str, str]
    codes_postaux: Mapping[str, str]  # postal code → INSEE codes separated by spaces
    pays: tuple[PaysChoix, ...]

    @cached_property
    def _lus(self) -> dict[str, _Departement]:
        return {}

    @cached_property
    def _choix(self) -> dict[str, tuple[CommuneChoix, ...]]:
        return {}

    @cached_property
    def _territoire_du_departement(self) -> dict[str, str]:
        return {d: t.code for t in self.territoires.values() for d in t.departements}

    @cached_property
    def _pays_par_code(self) -> dict[str, PaysChoix]:
        return {p.code: p for p in self.pays}

    def _departement(self, code: str) -> _Departement:
        if code not in self.textes:
            return AUCUN
        if code not in self._lus:
            self._lus[code] = _Departement(self.textes[code])
        return self._lus[code]

    def commune(self, code: str) -> CommuneChoix | None:
        """Commune or municipal arrondissement of this INSEE code, even ended; ``None`` if there is none."""
        return self._departement(departement_de_commune(code)).communes.get(code)

    def commune_actuelle(self, code: str) -> CommuneChoix | None:
        """The commune of today for a present, delegated, associated or former code."""
        commune = self.commune(code)
        if commune and commune.en_vigueur:
            return commune
        rattachement = self._departement(departement_de_commune(code)).rattachements.get(code)
        return self.commune(rattachement.commune) if rattachement else None

    def territoire_de_commune(self, code: str) -> str | None:
        """Territory of a commune; ``None`` for an unknown code and for an overseas collectivity."""
        if self.commune(code) is None:
            return None
        return self._territoire_du_departement.get(departement_de_commune(code))

    def nom_commune(self, code: str) -> str:
        """Name of a present, ended, delegated or associated commune; the code itself when it is unknown."""
        commune = self.commune(code)
        if commune:
            return commune.nom
        ancien = self._departement(departement_de_commune(code)).rattachements.get(code)
        return ancien.nom or self.nom_commune(ancien.commune) if ancien else code

    def nom_pays(self, code: str) -> str:
        """Name of a country (``99xxx``); the code itself when it is unknown."""
        return self._pays_par_code[code].nom if code in self._pays_par_code else code

    def nom_lieu(self, code: str) -> str:
        """Name of a place of birth: a commune, or a country."""
        return self.nom_pays(code) if code in self._pays_par_code else self.nom_commune(code)

    def nom_territoire(self, code: str) -> str:
        """Name of a territory. Raises ``KeyError`` for an unknown code."""
        return self.territoires[code].nom

    def communes(self, territoire: str) -> tuple[CommuneChoix, ...]:
        """Communes that may be chosen in a territory, by name. ``KeyError`` for an unknown territory."""
        if territoire not in self._choix:
            pages = [self._departement(d).ouvertes for d in self.territoires[territoire].departements]
            self._choix[territoire] = tuple(merge(*pages, key=lambda c: (c.nom_normalise, c.code)))
        return self._choix[territoire]

    def communes_du_code_postal(self, code_postal: str) -> tuple[CommuneChoix, ...]:
        """Communes that a postal code serves anywhere; arrondissements rather than their town."""
        trouvees = [self.commune(code) for code in self.codes_postaux.get(code_postal, "").split()]
        return preferer_arrondissements(c for c in trouvees if c and c.en_vigueur)

    def commencant(self, nom: str, *, au_plus: int) -> tuple[CommuneChoix, ...]:
        """Open communes of the country whose normalised name begins so; no département is kept for it."""
        cle = f"{SEPARATEUR}{nom}"
        lignes = (
            une for texte in self.textes.values() if cle in texte for une in texte.splitlines() if cle in une
        )
        communes = (c for une in lignes for c in _Departement(une).ouvertes)
        return tuple(islice((c for c in communes if c.nom_normalise.startswith(nom)), au_plus))

    def resoudre(self, saisie: str, territoire: str) -> Resolution:
        """The commune of this territory that was typed: « Bastia (2B033) », « 20200 Bastia », « bastia »…

        Raises ``KeyError`` for an unknown territory.
        """
        champ = _ChampTerritoire(self, self.territoires[territoire].departements)
        return resoudre(lire_saisie(saisie), champ)

    def resoudre_partout(self, saisie: str, code_postal: str = "") -> Resolution:
        """The commune of an address or of a birth, anywhere; ``code_postal`` helps when it is known.

        What was resolved is kept: one page reads the same few places again and again.
        """
        cle = (saisie, code_postal)
        deja = self._resolues.get(cle)
        if deja is None:
            deja = resoudre(lire_saisie(saisie, code_postal), _ChampNational(self))
            if len(self._resolues) >= RESOLUES_AU_PLUS:
                self._resolues.clear()
            self._resolues[cle] = deja
        return deja

    @cached_property
    def _resolues(self) -> dict[tuple[str, str], Resolution]:
        return {}

    def resoudre_pays(self, saisie: str) -> PaysChoix | None:
        """The country of this name or code, or ``None``."""
        cle = normaliser_lieu(saisie)
        return next((p for p in self.pays if p.code == saisie.strip() or p.nom_normalise == cle), None)


@dataclass(frozen=True)
class _ChampTerritoire:
    """Where resolution looks: the départements of one territory."""

    geographie: Geographie
    departements: Sequence[str]

    def _pages(self) -> Iterator[_Departement]:
        return (self.geographie._departement(d) for d in self.departements)

    def nommees(self, nom: str, departements: Collection[str] | None = None) -> tuple[CommuneChoix, ...]:
        if departements is not None:
            gardes = [d for d in self.departements if d in departements]
            return _ChampTerritoire(self.geographie, gardes).nommees(nom)
        pages = tuple(self._pages())
        for cle in dict.fromkeys((compacter(nom), compacter(sans_article(nom)))):
            trouvees = tuple(c for page in pages for c in page.par_nom.get(cle, ()))
            if trouvees:
                return trouvees
        return ()

    def du_code_postal(self, code: str) -> tuple[CommuneChoix, ...]:
        communes = self.geographie.communes_du_code_postal(code)
        return tuple(c for c in communes if c.departement in self.departements)

    def du_code(self, code: str) -> CommuneChoix | None:
        commune = self.geographie.commune_actuelle(code)
        return commune if commune and commune.departement in self.departements else None

    def voisines(self) -> tuple[CommuneChoix, ...]:
        return tuple(c for page in self._pages() for c in page.ouvertes)


@dataclass(frozen=True)
class _ChampNational:
    """Where resolution looks: the whole country, as unread texts; only the départements found are read."""

    geographie: Geographie

    def nommees(self, nom: str, departements: Collection[str] | None = None) -> tuple[CommuneChoix, ...]:
        if not nom:
            return ()
        textes = self.geographie.textes
        if departements is not None:
            return _ChampTerritoire(self.geographie, [d for d in textes if d in departements]).nommees(nom)
        cles = [nom, sans_article(nom), *(f"{article} {nom}" for article in ARTICLES)]
        cherches = [f"{SEPARATEUR}{cle}{SEPARATEUR}" for cle in cles]
        lus = [d for d, texte in textes.items() if any(c in texte for c in cherches)]
        return _ChampTerritoire(self.geographie, lus).nommees(nom)[:MAX_HOMONYMES]

    def du_code_postal(self, code: str) -> tuple[CommuneChoix, ...]:
        return self.geographie.communes_du_code_postal(code)

    def du_code(self, code: str) -> CommuneChoix | None:
        return self.geographie.commune_actuelle(code)

    def voisines(self) -> tuple[CommuneChoix, ...]:
        return ()


def ligne(genre: str, *champs: str) -> str:
    """A line of a département: ``C`` or ``R``, code, name, normalised name, link, postal codes, end."""
    return SEPARATEUR.join((genre, *champs))
