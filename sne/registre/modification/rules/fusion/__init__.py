"""Three-way merge of content trees: changes of two people in different places are put together, collisions are listed.
Pure.

``base`` is the tree both started from, ``dossier`` what the file says now, ``saisie`` what somebody typed meanwhile.
Where one side changed nothing, the value of the other side is kept. People and rows are recognised by their content,
never by rank.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from sne.registre.contenu.rules.arbre.difference import Json, en_json, est_a_nous
from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.modification.rules.fusion.listes import Jeton, Origine, Reperage, ordres, reperer
from sne.registre.modification.rules.fusion.regles import ENSEMBLES, INDIVISIBLES, RegleDeListe, regle_de
from sne.registre.modification.rules.fusion.renvois import Renvois, distinguer_charges, renommer_charges

__all__ = ["Conflit", "Cote", "Fusion", "fusionner"]


class Cote(StrEnum):
    """Which value a person keeps where two collide."""

    DOSSIER = "dossier"
    SAISIE = "saisie"


@dataclass(frozen=True, slots=True)
class Conflit:
    """A place changed on both sides. Values are ready for JSON, one per path; ``None`` is nothing, or a row gone.

    ``cle`` names the place by the base and the entry alone: a choice already made stays valid when the file changes
    again.
    """

    cle: str
    chemins: tuple[str, ...]
    dossier: tuple[Json, ...]
    saisie: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Fusion:
    """The merged tree; every collision, decided or not (where it is not, the file's value is kept); the new reference
    of each person.

    ``references``: person reference in the entry → reference in the merged tree, for those who are still there.
    """

    contenu: Contenu
    conflits: tuple[Conflit, ...]
    references: Mapping[str, str]


def fusionner(
    base: Contenu,
    dossier: Contenu,
    saisie: Contenu,
    *,
    choix: Mapping[str, Cote] = MappingProxyType({}),
    maxima: Mapping[str, int] = MappingProxyType({}),
    indivisibles: Collection[type[Noeud]] = INDIVISIBLES,
    par_defaut: Cote = Cote.DOSSIER,
) -> Fusion:
    """Merge what was typed into what the file says now. ``choix``: side kept at each collision, by ``cle``.

    ``maxima``: how many rows a list may hold, by path, where a dated limit says it. ``indivisibles``: blocks merged
    whole. ``par_defaut``: side kept where nobody has chosen.
    """
    noms = distinguer_charges(base, dossier, saisie)
    saisie = renommer_charges(saisie, noms)
    travail = _Travail(choix, maxima, indivisibles, par_defaut)
    sans_fiches = [c.model_copy(update={"handicaps": ()}) for c in (base, dossier, saisie)]
    contenu = cast(Contenu, travail.noeud(sans_fiches[0], sans_fiches[1], sans_fiches[2], _Lieu("", "")))
    renvois = travail.renvois
    fiches = (
        renvois.fiches(base, Origine.BASE),
        renvois.fiches(dossier, Origine.DOSSIER),
        renvois.fiches(saisie, Origine.SAISIE),
    )
    handicaps = travail.valeur(*fiches, _Lieu("handicaps", "handicaps"))
    fusionne = Contenu.model_validate({**dict(contenu), "handicaps": handicaps})
    return Fusion(fusionne, tuple(travail.conflits), renvois.references(saisie, fusionne, noms))


class _Lieu(NamedTuple):
    """A place: its path, to be read, and its key, which no rank of the file enters."""

    chemin: str
    cle: str

    def champ(self, nom: str) -> "_Lieu":
        """A field of the block here."""
        return _Lieu(*(f"{lieu}.{nom}" if lieu else nom for lieu in self))

    def ligne(self, rang: int, cle: str) -> "_Lieu":
        """A row of the list here."""
        return _Lieu(f"{self.chemin}[{rang}]", f"{self.cle}[{cle}]")


@dataclass(slots=True)
class _Travail:
    """One merge under way."""

    choix: Mapping[str, Cote]
    maxima: Mapping[str, int]
    indivisibles: Collection[type[Noeud]]
    par_defaut: Cote
    conflits: list[Conflit] = field(default_factory=list)
    renvois: Renvois = field(default_factory=Renvois)

    def noeud(self, base: Noeud, dossier: Noeud, saisie: Noeud, lieu: _Lieu) -> Noeud:
        """A block, field by field; fields that go together are taken together."""
        ensembles = ENSEMBLES.get(type(dossier), ())
        lies = {nom for noms in ensembles for nom in noms}
        valeurs: dict[str, Any] = {}
        for nom in type(dossier).model_fields:
            if est_a_nous(dossier, nom):  # ours: the row of the register, known to the file first
                valeurs[nom] = getattr(dossier, nom) or getattr(saisie, nom)
            elif nom not in lies:
                b, d, s = (getattr(noeud, nom) for noeud in (base, dossier, saisie))
                valeurs[nom] = self.valeur(b, d, s, lieu.champ(nom))
        for noms in ensembles:
            b, d, s = (tuple(getattr(n, nom) for nom in noms) for n in (base, dossier, saisie))
            valeurs |= zip(noms, self._ensemble(b, d, s, lieu, noms), strict=True)
        return dossier.model_copy(update=valeurs)

    def valeur(self, base: Any, dossier: Any, saisie: Any, lieu: _Lieu) -> Any:
        """Anything at one place of the three trees."""
        if isinstance(dossier, tuple):
            return self._liste(base, dossier, saisie, lieu)
        if self._divisible(dossier) and self._divisible(saisie):
            return self.noeud(_vide(dossier) if base is None else base, dossier, saisie, lieu)
        return self._ensemble((base,), (dossier,), (saisie,), lieu, ("",))[0]

    def _ensemble(
        self,
        base: tuple[Any, ...],
        dossier: tuple[Any, ...],
        saisie: tuple[Any, ...],
        lieu: _Lieu,
        noms: Sequence[str],
    ) -> tuple[Any, ...]:
        if dossier in (saisie, base):
            return saisie
        if saisie == base:
            return dossier
        lieux = [lieu.champ(nom) if nom else lieu for nom in noms]
        return saisie if self._saisie_gardee(lieux, dossier, saisie) else dossier

    def _saisie_gardee(self, lieux: Sequence[_Lieu], dossier: Sequence[Any], saisie: Sequence[Any]) -> bool:
        """Tell a collision; whether the entry is kept there."""
        cle = lieux[0].cle
        chemins = tuple(lieu.chemin for lieu in lieux)
        valeurs = (tuple(en_json(v) for v in cote) for cote in (dossier, saisie))
        self.conflits.append(Conflit(cle, chemins, *valeurs))
        return self.choix.get(cle, self.par_defaut) is Cote.SAISIE

    def _divisible(self, valeur: Any) -> bool:
        return isinstance(valeur, Noeud) and not valeur.feuille and type(valeur) not in self.indivisibles

    def _liste(
        self, base: tuple[Any, ...], dossier: tuple[Any, ...], saisie: tuple[Any, ...], lieu: _Lieu
    ) -> tuple[Any, ...]:
        regle = regle_de(lieu.chemin)
        reperage = reperer(base, dossier, saisie, regle)
        debut = len(self.conflits)
        gardes = self._lignes(reperage, (base, dossier, saisie), lieu, regle)
        ordre = self._ordre(reperage, gardes, (dossier, saisie), lieu, regle)
        lignes = tuple(gardes[jeton] for jeton in ordre)
        maximum = self.maxima.get(lieu.chemin, regle.maximum)
        if len(lignes) > max(maximum, len(dossier), len(saisie)):
            del self.conflits[debut:]  # too many rows together: one list or the other
            gardee = self._saisie_gardee([lieu], [dossier], [saisie])
            ordre, lignes = (reperage.saisie, saisie) if gardee else (reperage.dossier, dossier)
        self.renvois.noter(lieu.chemin, reperage, ordre)
        return lignes

    def _lignes(
        self,
        reperage: Reperage,
        listes: tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]],
        lieu: _Lieu,
        regle: RegleDeListe,
    ) -> dict[Jeton, Any]:
        """Rows of the merged list, in no order: a row gone from one side is gone, unless the other changed it."""
        jetons = (reperage.base, reperage.dossier, reperage.saisie)
        lignes = [dict(zip(j, liste, strict=True)) for j, liste in zip(jetons, listes, strict=True)]
        gardees: dict[Jeton, Any] = {}
        for jeton in dict.fromkeys((*reperage.dossier, *reperage.saisie)):
            base, dossier, saisie = (ligne.get(jeton) for ligne in lignes)
            ici = _ligne(lieu, jeton, reperage)
            if dossier is not None and saisie is not None:
                gardees[jeton] = self._ligne(base, dossier, saisie, ici, regle)
            elif base is None:
                gardees[jeton] = saisie if dossier is None else dossier
            elif base not in (dossier, saisie):
                gardee = saisie if self._saisie_gardee([ici], [dossier], [saisie]) else dossier
                if gardee is not None:
                    gardees[jeton] = gardee
        return gardees

    def _ligne(self, base: Any, dossier: Any, saisie: Any, lieu: _Lieu, regle: RegleDeListe) -> Any:
        """One row of both sides; two rows that may not be the same one are not mixed."""
        par = regle.rapprochement
        if par.stricte or par.cle(dossier) == par.cle(saisie):
            return self.valeur(base, dossier, saisie, lieu)
        return self._ensemble((base,), (dossier,), (saisie,), lieu, ("",))[0]

    def _ordre(
        self,
        reperage: Reperage,
        gardes: Mapping[Jeton, Any],
        cotes: tuple[tuple[Any, ...], tuple[Any, ...]],
        lieu: _Lieu,
        regle: RegleDeListe,
    ) -> Sequence[Jeton]:
        selon_dossier, selon_saisie = ordres(reperage, gardes)
        if selon_dossier == selon_saisie or not regle.ordonnee:
            return selon_dossier
        rang = lieu._replace(cle=f"{lieu.cle}#ordre")
        return selon_saisie if self._saisie_gardee([rang], [cotes[0]], [cotes[1]]) else selon_dossier


def _vide(noeud: Noeud) -> Noeud:
    """What both sides started from when both added a block: the same one, saying nothing."""
    requis = {nom for nom, info in type(noeud).model_fields.items() if info.is_required()}
    return type(noeud).model_validate({nom: getattr(noeud, nom) for nom in requis})


def _ligne(lieu: _Lieu, jeton: Jeton, reperage: Reperage) -> _Lieu:
    """The place of a row: its rank in the file (or in the entry, when the file has no such row), and its name by the
    base and the entry.
    """
    cote = reperage.dossier if jeton in reperage.dossier else reperage.saisie
    origine, rang = jeton
    ajout = origine is not Origine.BASE and jeton in reperage.saisie
    cle = f"+{reperage.saisie.index(jeton)}" if ajout else str(rang)
    return lieu.ligne(cote.index(jeton), cle)
