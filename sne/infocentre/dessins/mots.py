"""What a drawing says: a figure with its sign, a month, and the conclusion in one sentence. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sne.infocentre.rapports.tableau import Cellule, EtatCellule
from sne.socle.signes import INSECABLE, en_chiffres, nom_du_mois

SIGNES = {
    EtatCellule.VIDE: "–",
    EtatCellule.SANS_OBJET: f"s.{INSECABLE}o.",
    EtatCellule.NON_DISPONIBLE: f"n.{INSECABLE}d.",
    EtatCellule.SECRET: "▪",
}
"""What is shown where there is no figure: each absence has its own sign, none is zero."""
DEUX = 2  # from which French has a plural
EN_CHIFFRES = frozenset({EtatCellule.VALEUR, EtatCellule.ZERO, EtatCellule.FRAGILE})


@dataclass(frozen=True, slots=True)
class Mesure:
    """What is drawn: its name, its unit (« % », « jours », empty for a count) and its decimals."""

    nom: str
    unite: str = ""
    decimales: int = 0

    def dire(self, valeur: Decimal | int) -> str:
        """« 12,5 % », « 1 204 »."""
        return (
            f"{chiffrer(valeur, self.decimales)}{INSECABLE}{self.unite}"
            if self.unite
            else chiffrer(valeur, self.decimales)
        )

    def montrer(self, cellule: Cellule) -> str:
        """A figure with its sign: « 12,5 % ± » when it is fragile, « 2 sur 7 » when there are too few."""
        if cellule.etat in SIGNES:
            return SIGNES[cellule.etat]
        if cellule.etat is EtatCellule.TROP_PETIT:
            return f"{cellule.numerateur} sur {cellule.denominateur}"
        dite = self.dire(cellule.valeur or 0)
        return f"{dite}{INSECABLE}±" if cellule.etat is EtatCellule.FRAGILE else dite


def chiffrer(valeur: Decimal | int, decimales: int = 0) -> str:
    """« 1 204,5 »: no-break spaces between thousands, a comma."""
    arrondi = Decimal(valeur).quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    return en_chiffres(arrondi)


def valeur_de(cellule: Cellule) -> Decimal | None:
    """The figure that a drawing may show; ``None`` in every other state."""
    return Decimal(cellule.valeur or 0) if cellule.etat in EN_CHIFFRES else None


def conclure_un_rang(
    mesure: Mesure, cellules: Sequence[tuple[str, Cellule]], *, quoi: tuple[str, str]
) -> str:
    """Of lines or places: the highest, the lowest, how many have no figure. ``quoi``: what they are, one, several."""
    chiffrees = [(libelle, valeur) for libelle, c in cellules if (valeur := valeur_de(c)) is not None]
    if not chiffrees:
        return f"{mesure.nom}{INSECABLE}: aucun chiffre à montrer."
    bas, haut = min(chiffrees, key=lambda paire: paire[1]), max(chiffrees, key=lambda paire: paire[1])
    if bas[1] == haut[1]:
        phrase = f"{mesure.nom}{INSECABLE}: {mesure.dire(haut[1])}" + (
            f" ({haut[0]})." if len(chiffrees) == 1 else " partout."
        )
    else:
        phrase = (
            f"{mesure.nom}{INSECABLE}: {mesure.dire(haut[1])} au plus haut ({haut[0]}), {mesure.dire(bas[1])} au plus "
            f"bas ({bas[0]})."
        )
    return phrase + _dire_les_absents(len(cellules) - len(chiffrees), *quoi)


def conclure_une_courbe(mesure: Mesure, points: Sequence[tuple[date, Cellule]]) -> str:
    """From the first month that has a figure to the last one."""
    chiffres = [(jour, valeur) for jour, c in points if (valeur := valeur_de(c)) is not None]
    if not chiffres:
        return f"{mesure.nom}{INSECABLE}: aucun chiffre à montrer."
    (debut, avant), (fin, apres) = chiffres[0], chiffres[-1]
    if debut == fin:
        phrase = f"{mesure.nom}{INSECABLE}: {mesure.dire(apres)} en {nom_du_mois(fin)}."
    else:
        phrase = (
            f"{mesure.nom}{INSECABLE}: de {mesure.dire(avant)} en {nom_du_mois(debut)} à {mesure.dire(apres)} en "
            f"{nom_du_mois(fin)}, {_dire_l_ecart(mesure, avant, apres)}."
        )
    return phrase + _dire_les_absents(len(points) - len(chiffres), "mois", "mois")


def conclure_un_histogramme(
    mesure: Mesure, classes: Sequence[tuple[str, int]], *, dedans: int, mots: str
) -> str:
    """How many of all are in the first ``dedans`` classes; ``mots``: which these are (« en dix jours au plus »)."""
    total, compris = sum(n for _, n in classes), sum(n for _, n in classes[:dedans])
    if not total:
        return f"{mesure.nom}{INSECABLE}: aucun cas dans cette période."
    part = chiffrer(Decimal(100 * compris) / total, 1)
    return f"{mesure.nom}{INSECABLE}: {chiffrer(compris)} sur {chiffrer(total)} ({part}{INSECABLE}%) {mots}."


def _dire_l_ecart(mesure: Mesure, avant: Decimal, apres: Decimal) -> str:
    if avant == apres:
        return "sans changement"
    plus = "de plus" if apres > avant else "de moins"
    if mesure.unite == "%":
        ecart = abs(apres - avant)
        return f"soit {chiffrer(ecart, 1)}{INSECABLE}{'point' if ecart < DEUX else 'points'} {plus}"
    if avant <= 0:
        return f"soit {mesure.dire(abs(apres - avant))} {plus}"
    return f"soit {chiffrer(abs(apres - avant) * 100 / avant, 1)}{INSECABLE}% {plus}"


def _dire_les_absents(nombre: int, un: str, plusieurs: str) -> str:
    if not nombre:
        return ""
    return (
        f" {nombre}{INSECABLE}{plusieurs} n’ont pas de chiffre."
        if nombre > 1
        else f" 1{INSECABLE}{un} n’a pas de chiffre."
    )
