"""What a new version of a report makes of a subscription: its columns, sort and filters carried over, or not. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sne.infocentre.rapports.tableau import Cellule, EtatCellule, Tableau
from sne.socle.erreurs import Interdit
from sne.socle.signes import en_chiffres


class Migration(StrEnum):
    """How the move of one subscription to one version stands."""

    PROPOSEE = "PROPOSEE"
    A_REPRENDRE = "A_REPRENDRE"
    GARDEE = "GARDEE"
    ACCEPTEE = "ACCEPTEE"
    ARRETEE = "ARRETEE"
    AUTOMATIQUE = "AUTOMATIQUE"


LIBELLES: Mapping[Migration, str] = {
    Migration.PROPOSEE: "Proposée",
    Migration.A_REPRENDRE: "À reprendre\u00a0: un filtre n’a pas d’équivalent",
    Migration.GARDEE: "Ancienne version gardée jusqu’à son retrait",
    Migration.ACCEPTEE: "Acceptée",
    Migration.ARRETEE: "Abonnement arrêté",
    Migration.AUTOMATIQUE: "Faite au retrait, sans réponse",
}
SUITES: Mapping[Migration | None, frozenset[Migration]] = {
    None: frozenset({Migration.PROPOSEE, Migration.A_REPRENDRE}),
    Migration.PROPOSEE: frozenset(
        {Migration.ACCEPTEE, Migration.GARDEE, Migration.ARRETEE, Migration.AUTOMATIQUE}
    ),
    Migration.A_REPRENDRE: frozenset({Migration.ACCEPTEE, Migration.ARRETEE}),
    Migration.GARDEE: frozenset({Migration.ACCEPTEE, Migration.ARRETEE, Migration.AUTOMATIQUE}),
    Migration.ACCEPTEE: frozenset(),
    Migration.ARRETEE: frozenset(),
    Migration.AUTOMATIQUE: frozenset(),
}
"""A subscription whose filters do not carry over is never moved by itself, nor kept on what ends: somebody sets it."""
OUVERTES = frozenset({Migration.PROPOSEE, Migration.A_REPRENDRE, Migration.GARDEE})


@dataclass(frozen=True, slots=True)
class Lien:
    """One column, or one filter, of two versions; ``nouvelle`` is empty when it is gone, ``ancienne`` when it is new.

    ``identique``: it counts the same things, whatever it is called now.
    """

    ancienne: str
    nouvelle: str
    identique: bool = True


@dataclass(frozen=True, slots=True)
class Transposition:
    """The filters and the sort of a subscription, for the new version.

    ``sans_equivalent``: filters that it does not have; they stay in ``filtres``, so that nothing leaves without them.
    ``tri``: empty when its column is gone; the version's own order takes its place.
    """

    filtres: tuple[tuple[str, str], ...]
    tri: str
    sans_equivalent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColonneGardee:
    """A column of both. ``ecarts``: lines whose figure is not the same; ``None`` when it does not count the same."""

    libelle: str
    ecarts: int | None


@dataclass(frozen=True, slots=True)
class ColonnePerdue:
    """A column that is gone, with what it last showed: line, figure."""

    libelle: str
    valeurs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a subscription's last edition becomes in the new version."""

    gardees: tuple[ColonneGardee, ...]
    perdues: tuple[ColonnePerdue, ...]
    gagnees: tuple[str, ...]

    @property
    def ecarts(self) -> int:
        """Figures that should have been equal and are not."""
        return sum(colonne.ecarts or 0 for colonne in self.gardees)


def transposer(
    filtres: Sequence[tuple[str, str]], tri: str, liens: Collection[Lien], *, filtres_connus: Collection[str]
) -> Transposition:
    """Carry filters and sort over. ``filtres_connus``: those of the new version."""
    vers = {lien.ancienne: lien.nouvelle for lien in liens if lien.ancienne}
    portes: list[tuple[str, str]] = []
    perdus: list[str] = []
    for code, valeur in filtres:
        nouveau = vers.get(code, code)
        if nouveau in filtres_connus:
            portes.append((nouveau, valeur))
        else:
            portes.append((code, valeur))
            perdus.append(code)
    colonne, sens = tri.removeprefix("-"), "-" if tri.startswith("-") else ""
    nouvelle = vers.get(colonne, "")
    return Transposition(
        filtres=tuple(portes),
        tri=f"{sens}{nouvelle}" if nouvelle else "",
        sans_equivalent=tuple(perdus),
    )


def comparer(ancien: Tableau, nouveau: Tableau, liens: Collection[Lien]) -> Difference:
    """Two editions of one perimeter, one period, one seal: kept columns equal to the integer, lost, gained."""
    par_ligne = {ligne.cle: ligne.cellules for ligne in nouveau.lignes}
    rangs = {colonne.code: rang for rang, colonne in enumerate(nouveau.colonnes)}
    vers = {lien.ancienne: lien for lien in liens}
    gardees, perdues, suivies = [], [], set()
    for rang, colonne in enumerate(ancien.colonnes):
        lien = vers.get(colonne.code)
        if lien is None or lien.nouvelle not in rangs:
            valeurs = ((ligne.libelle, _texte(ligne.cellules[rang])) for ligne in ancien.lignes)
            perdues.append(ColonnePerdue(colonne.libelle, tuple(valeurs)))
            continue
        ici = rangs[lien.nouvelle]
        suivies.add(lien.nouvelle)
        ecarts = sum(
            ligne.cle not in par_ligne or _differe(ligne.cellules[rang], par_ligne[ligne.cle][ici])
            for ligne in ancien.lignes
        )
        gardees.append(ColonneGardee(colonne.libelle, ecarts if lien.identique else None))
    gagnees = tuple(c.libelle for c in nouveau.colonnes if c.code not in suivies)
    return Difference(tuple(gardees), tuple(perdues), gagnees)


def exiger_suite(etat: Migration | None, voulu: Migration) -> None:
    """Refuse what may not follow. Raises ``Interdit``."""
    if voulu in SUITES[etat]:
        return
    if etat is None or etat not in OUVERTES:
        raise Interdit("Ce changement de version est déjà réglé. Rechargez la page pour le voir.")
    if voulu is Migration.GARDEE and etat is Migration.A_REPRENDRE:
        raise Interdit(
            "Un filtre de cet abonnement n’existe plus dans la nouvelle version\u00a0: réglez-le, ou arrêtez "
            "l’abonnement."
        )
    raise Interdit("L’ancienne version est déjà gardée jusqu’à son retrait.")


def rappel_du(retrait: date, *, le: date, jours: Collection[int]) -> int | None:
    """How many days before the withdrawal the notice due on ``le`` is of; after an outage, the last one only."""
    passes = [j for j in jours if retrait - timedelta(days=j) <= le < retrait]
    return min(passes, default=None)


def _differe(une: Cellule, autre: Cellule) -> bool:
    """By the integers that they are made of, and by what each shows."""
    return (une.etat, une.numerateur, une.denominateur, une.valeur) != (
        autre.etat,
        autre.numerateur,
        autre.denominateur,
        autre.valeur,
    )


SIGNES: Mapping[EtatCellule, str] = {
    EtatCellule.VIDE: "aucun cas",
    EtatCellule.SANS_OBJET: "s. o.",
    EtatCellule.NON_DISPONIBLE: "n. d.",
    EtatCellule.TROP_PETIT: "trop petit",
    EtatCellule.SECRET: "secret",
}


def _texte(cellule: Cellule) -> str:
    """A figure as it was last seen; its state in words where there was none."""
    if cellule.texte or cellule.valeur is None:
        return cellule.texte or SIGNES.get(cellule.etat, "")
    return en_chiffres(cellule.valeur)
