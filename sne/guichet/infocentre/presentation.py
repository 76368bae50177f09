"""A report in words: cells and their signs, heads, banners, what is said under the table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Self
from urllib.parse import quote, urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString

from sne.infocentre.dessins.mots import SIGNES
from sne.infocentre.rapports.rules.cellules import part, poids
from sne.infocentre.rapports.rules.comparer import cle_comparee, ecart
from sne.infocentre.rapports.rules.derriere import derriere
from sne.infocentre.rapports.rules.formules import Definition, Operation
from sne.infocentre.rapports.rules.grains import GRAINS, Grain
from sne.infocentre.rapports.rules.vie import SortColonne
from sne.infocentre.rapports.selectors.versions import Passage, VersionLue
from sne.infocentre.rapports.tableau import Cellule, Colonne, EtatCellule, Ligne
from sne.socle.horloge import jour
from sne.socle.signes import INSECABLE, en_chiffres

LEGENDES: Mapping[EtatCellule, str] = {
    EtatCellule.ZERO: "compté, et il n’y en a aucun",
    EtatCellule.VIDE: "rien à rapporter : le dénominateur est nul",
    EtatCellule.SANS_OBJET: "sans objet sur cette ligne",
    EtatCellule.NON_DISPONIBLE: "non disponible",
    EtatCellule.FRAGILE: "peu de cas : un de plus ou de moins change beaucoup ce taux",
    EtatCellule.TROP_PETIT: "trop peu de cas pour un taux : les deux nombres, à lire sur une période plus longue",
    EtatCellule.SECRET: "caché pour qu’on ne reconnaisse personne",
}
MARQUES = {
    **SIGNES,
    EtatCellule.ZERO: "0",
    EtatCellule.FRAGILE: "±",
    EtatCellule.TROP_PETIT: f"2 sur{INSECABLE}7",
}

OUVRIR = '<a href="{}">{}<span class="fr-sr-only">, ouvrir les demandes</span></a>'
COMPARER = '<br><span class="reg-discret"><span class="fr-sr-only">comparé à </span>{}</span>'


@dataclass(frozen=True, slots=True)
class CelluleAffichee:
    """One figure on screen. ``precision``: what its sign means, for who does not see the legend.

    ``adresse``: the demandes behind it; empty when there are none to open. ``contre``: what it is compared with, and
    the difference, « 11,2 % (+1,3 point) »; empty when it is compared with nothing.
    """

    texte: str
    precision: str
    adresse: str
    contre: str = ""

    @property
    def html(self) -> SafeString:
        """Its place in the table. Written here: a page has hundreds, and a template costs ten times as much."""
        return format_html(
            '<td class="reg-nombre">{}{}{}</td>',
            format_html(OUVRIR, self.adresse, self.texte) if self.adresse else self.texte,
            format_html('<span class="fr-sr-only"> ({})</span>', self.precision) if self.precision else "",
            format_html(COMPARER, self.contre) if self.contre else "",
        )


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """One line. ``textes``: the words of its columns that are no figures; ``total``: it sums or averages the others."""

    libelle: str
    code: str
    total: bool
    textes: tuple[str, ...]
    cellules: tuple[CelluleAffichee, ...]


@dataclass(frozen=True, slots=True)
class Entete:
    """Head of a column. ``carte``: lines of its card; ``adresse``: the page sorted by it; ``sens``: its order now."""

    code: str
    titre: str
    nombre: bool
    carte: tuple[tuple[str, str], ...]
    adresse: str
    sens: str


@dataclass(frozen=True, slots=True)
class Legende:
    """What a sign means; ``motifs``: the reasons that this table gives of it."""

    signe: str
    sens: str
    motifs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lien:
    """How the address of what is behind a figure is made: its start, with what is kept, and of which columns."""

    debut: str
    colonnes: frozenset[str]

    @classmethod
    def de(cls, adresse: str, garde: Mapping[str, str], colonnes: frozenset[str]) -> Self:
        """``garde``: what the address keeps, written once for all figures."""
        return cls(f"{adresse}?{urlencode(garde)}&", colonnes)

    def vers(self, colonne: Colonne, ligne: Ligne) -> str:
        """Address of the demandes behind the figure of this column on this line; empty when none can be opened."""
        if colonne.code not in self.colonnes or ligne.niveau == Grain.MOYENNE:
            return ""
        return f"{self.debut}colonne={colonne.code}&ligne={quote(ligne.cle)}"


def ouvrables(definitions: Iterable[Definition], lectures: Mapping[str, str]) -> frozenset[str]:
    """Columns that have demandes behind their figures."""
    return frozenset(d.code for d in definitions if derriere(d, lectures) is not None)


def texte(cellule: Cellule, colonne: Colonne) -> str:
    """What a cell shows."""
    if cellule.etat in SIGNES:
        return SIGNES[cellule.etat]
    if cellule.texte:
        return cellule.texte
    if cellule.etat is EtatCellule.TROP_PETIT:
        return (
            f"{en_chiffres(cellule.numerateur or 0)} sur{INSECABLE}{en_chiffres(cellule.denominateur or 0)}"
        )
    if cellule.valeur is None:
        return ""
    if cellule.etat is EtatCellule.ZERO:
        return f"0{INSECABLE}%" if colonne.unite == "%" else "0"
    dit = en_chiffres(cellule.valeur)
    if colonne.unite in UNITES:
        dit = f"{dit}{INSECABLE}{UNITES[colonne.unite]}"
    if colonne.code == DEFICIT and (en_pour_cent := part(cellule)) is not None:
        dit = f"{dit} ({en_chiffres(en_pour_cent)}{INSECABLE}%)"
    return f"{dit}{INSECABLE}±" if cellule.etat is EtatCellule.FRAGILE else dit


UNITES = {"%": "%", "jours": "j", "mois": "mois"}
DEFICIT = "DEFICIT_RPLS"
"""The one difference that is also read in per cent."""


def precision(cellule: Cellule, colonne: Colonne, vide: str) -> str:
    """What a sign means on this cell, in a sentence; empty for a plain figure."""
    match cellule.etat:
        case EtatCellule.FRAGILE if colonne.unite == "%" and cellule.denominateur:
            points = en_chiffres(poids(cellule.denominateur))
            return f"fragile, un cas de plus ou de moins change ce taux de {points} points"
        case EtatCellule.VIDE:
            return cellule.motif or vide or LEGENDES[EtatCellule.VIDE]
        case EtatCellule.ZERO | EtatCellule.VALEUR:
            return ""
    return cellule.motif or LEGENDES[cellule.etat]


def presenter(
    lignes: Iterable[Ligne],
    colonnes: Sequence[Colonne],
    definitions: Sequence[Definition],
    lien: Lien | None,
    comparees: Mapping[str, Ligne] = MappingProxyType({}),
) -> tuple[LigneAffichee, ...]:
    """Lines as they are read. ``comparees``: those that they are compared with, by their keys."""
    return tuple(
        LigneAffichee(
            libelle=ligne.libelle,
            code=ligne.cle.partition(":")[2][3:] if ligne.niveau == Grain.GUICHET else "",
            total=ligne.niveau in (Grain.TOTAL, Grain.MOYENNE),
            textes=tuple(cellule.texte for cellule in ligne.cellules if cellule.texte),
            cellules=tuple(
                _cellule(cellule, colonne, definition, lien.vers(colonne, ligne) if lien else "", autre)
                for cellule, colonne, definition, autre in zip(
                    ligne.cellules, colonnes, definitions, _en_face(ligne, comparees), strict=True
                )
                if definition.operation is not Operation.TEXTE
            ),
        )
        for ligne in lignes
    )


def _en_face(ligne: Ligne, comparees: Mapping[str, Ligne]) -> tuple[Cellule | None, ...]:
    autre = comparees.get(cle_comparee(ligne.cle))
    return autre.cellules if autre else (None,) * len(ligne.cellules)


def _comparer(cellule: Cellule, autre: Cellule, colonne: Colonne) -> str:
    """What it is compared with, and by how much it differs."""
    plus = ecart(cellule, autre)
    if plus is None:
        return texte(autre, colonne)
    unite = {"%": "point" if -2 < plus < 2 else "points", "jours": "j"}.get(colonne.unite, "")
    signe = "+" if plus > 0 else ""
    dit = f"{signe}{en_chiffres(plus)}{INSECABLE}{unite}" if unite else f"{signe}{en_chiffres(plus)}"
    return f"{texte(autre, colonne)} ({dit if plus else '='})"


def _cellule(
    cellule: Cellule, colonne: Colonne, definition: Definition, adresse: str, autre: Cellule | None
) -> CelluleAffichee:
    return CelluleAffichee(
        contre=_comparer(cellule, autre, colonne) if autre else "",
        texte=texte(cellule, colonne),
        precision=precision(cellule, colonne, definition.vide),
        adresse=adresse if cellule.numerateur else "",
    )


def entetes(
    colonnes: Iterable[Colonne], *, tri: str, decroissant: bool, garde: Mapping[str, str]
) -> tuple[Entete, ...]:
    """Heads in the order of the cells; figures are first sorted from the largest, words in alphabetical order."""
    return tuple(
        Entete(
            code=colonne.code,
            titre=colonne.libelle,
            nombre=colonne.unite != "texte",
            carte=colonne.definition,
            adresse="?"
            + urlencode({**garde, "tri": colonne.code, "ordre": _suivant(colonne, tri, decroissant)}),
            sens=("descending" if decroissant else "ascending") if colonne.code == tri else "",
        )
        for colonne in colonnes
    )


def _suivant(colonne: Colonne, tri: str, decroissant: bool) -> str:
    premier = "croissant" if colonne.unite == "texte" else "decroissant"
    if colonne.code != tri:
        return premier
    return "croissant" if decroissant else "decroissant"


def autres_lignes(grain: Grain, garde: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The same figures by each other kind of line made of counters: its name, its address."""
    return tuple(
        (titre, "?" + urlencode({**garde, "par": autre.value}))
        for autre, titre in GRAINS.items()
        if autre is not grain
    )


def legendes(lignes: Iterable[Ligne], definitions: Sequence[Definition]) -> tuple[Legende, ...]:
    """The signs that the figures of these lines show, each with the reasons given; nothing for plain figures."""
    motifs: dict[EtatCellule, dict[str, None]] = {}
    for ligne in lignes:
        for cellule, definition in zip(ligne.cellules, definitions, strict=True):
            if definition.operation is Operation.TEXTE:
                continue
            lus = motifs.setdefault(cellule.etat, {})
            if cellule.motif:
                lus[cellule.motif] = None
    return tuple(
        Legende(MARQUES[etat], LEGENDES[etat], tuple(motifs[etat])) for etat in LEGENDES if etat in motifs
    )


@dataclass(frozen=True, slots=True)
class Bandeau:
    """What changes between two versions, on either of them. ``perdues``: titles of columns that are no longer there."""

    ancienne: str
    nouvelle: str
    numero_ancienne: int
    retrait: date | None
    jours: int
    gardees: int
    perdues: tuple[tuple[str, str], ...]


def bandeau(
    ancienne: VersionLue,
    nouvelle: VersionLue,
    passages: Sequence[Passage],
    titres: Mapping[str, tuple[str, str]],
    *,
    instant: datetime,
) -> Bandeau:
    """``titres``: label of each indicator, and what was decided of it."""
    retrait = jour(ancienne.vie.retiree_le) if ancienne.vie.retiree_le else None
    perdues = [p.ancienne for p in passages if p.sort is SortColonne.SUPPRIMEE]
    return Bandeau(
        ancienne=ancienne.vie.nom(instant),
        nouvelle=nouvelle.vie.nom(instant),
        numero_ancienne=ancienne.numero,
        retrait=retrait,
        jours=(retrait - jour(instant)).days if retrait else 0,
        gardees=sum(bool(p.ancienne and p.nouvelle) for p in passages),
        perdues=tuple(titres.get(code, (code, "")) for code in perdues),
    )
