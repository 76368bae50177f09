"""Monthly resources in words: what the gate let through, beside what the household declared; no other figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sne.connecteurs.drm.rules.mois import Mois, Montant, PasEligible, ZeroConfirme
from sne.registre.contenu.rules.arbre.personnes import Ressources
from sne.registre.ressources.parametres import ParametresRessources
from sne.registre.ressources.rules.ecart import comparer, prochaine_arrivee, total_declare
from sne.registre.ressources.rules.montrer import Connues
from sne.registre.ressources.rules.mots import NATURES, Lecteur, a_qui, dire, en_euros
from sne.registre.ressources.rules.stockage import en_colonnes
from sne.socle.signes import nom_du_mois
from sne.socle.tableur import Valeur

COLONNES = ("Mois", "État", "Raison", "Montant net versé en euros")


@dataclass(frozen=True, slots=True)
class LigneDuMois:
    """One line of a month: its nature, who declared it, its amount, whom an error is told to."""

    nature: str
    source: str
    montant: str
    a_qui: str


@dataclass(frozen=True, slots=True)
class MoisDit:
    """A month, and what is said of it."""

    mois: str
    texte: str
    lignes: Sequence[LigneDuMois] = ()


@dataclass(frozen=True, slots=True)
class RessourcesDites:
    """The section of the file. ``anciens``: the last good answer while the source is away; ``ecart``: the difference
    with what is declared, or why there is none; ``habituel``: the usual one; ``prochaine``: what comes next, empty
    where nobody is asked.
    """

    mois: Sequence[MoisDit]
    le: datetime | None
    anciens: Sequence[MoisDit]
    anciens_le: datetime | None
    declare: str
    ecart: str
    habituel: str
    prochaine: str
    chiffrees: bool

    @property
    def par_organisme(self) -> Mapping[str, Sequence[tuple[str, LigneDuMois]]]:
        """The lines shown, with their month, by the body that an error on them is told to."""
        lignes: dict[str, list[tuple[str, LigneDuMois]]] = {}
        for mois in (*self.mois, *self.anciens):
            for ligne in mois.lignes:
                lignes.setdefault(ligne.a_qui, []).append((mois.mois, ligne))
        return lignes


def presenter_ressources(
    connues: Connues, declarees: Ressources, parametres: ParametresRessources, *, le: date
) -> RessourcesDites:
    """Word what may be shown that day."""
    declare, refuse = total_declare(declarees), any(isinstance(m, PasEligible) for m in connues.mois)
    mois, des = prochaine_arrivee(le, jour=parametres.ressources_jour_d_arrivee)
    de, a = (
        _pour_cent(Decimal(str(borne)), decimales=0)
        for borne in (parametres.ressources_ecart_habituel_de, parametres.ressources_ecart_habituel_a)
    )
    return RessourcesDites(
        mois=_dire(connues.mois, parametres),
        le=connues.le,
        anciens=_dire(connues.anciennes, parametres),
        anciens_le=connues.anciennes_le,
        declare=f"{en_euros(declare)} par mois" if declare is not None else "aucun montant complet",
        ecart=_ecart(connues, declarees),
        habituel=f"Un écart de {de} à {a}\u00a0% avec la fiche de paie est normal.",
        prochaine="" if refuse else f"{nom_du_mois(mois)}, à partir du {des:%d/%m/%Y}",
        chiffrees=connues.chiffrees,
    )


def en_lignes(connues: Connues) -> Iterator[Sequence[Valeur]]:
    """The months in a file: the state and the amount are two columns, and the second is empty without an amount."""
    for colonnes in map(en_colonnes, connues.retenues):
        montant = None if colonnes.montant is None else float(colonnes.montant)
        yield f"{colonnes.mois:%m/%Y}", colonnes.etat, colonnes.raison, montant


def _dire(tous: Sequence[Mois], parametres: ParametresRessources) -> list[MoisDit]:
    mots = parametres.ressources_mots_sans_donnee
    return [
        MoisDit(
            nom_du_mois(mois.mois),
            dire(mois, a=Lecteur.PROFESSIONNEL, sans_donnee=mots),
            [
                LigneDuMois(
                    NATURES.get(x.nature, x.nature.lower()), x.source, en_euros(x.montant), a_qui(x.nature)
                )
                for x in (mois.lignes if isinstance(mois, Montant | ZeroConfirme) else ())
            ],
        )
        for mois in tous
    ]


def _ecart(connues: Connues, declarees: Ressources) -> str:
    if not connues.chiffrees:
        return ""
    ecart = comparer(declarees, connues.retenues)
    if ecart is None:
        return "Pas de comparaison\u00a0: les ressources déclarées n’ont pas toutes un montant."
    sur = f"{ecart.connu.mois_comptes} mois"
    part = f", soit {_pour_cent(ecart.part)}\u00a0%" if ecart.part is not None else ""
    return (
        f"{en_euros(ecart.euros)}{part} (connu\u00a0: {en_euros(ecart.connu.montant)} en moyenne sur {sur})"
    )


def _pour_cent(part: Decimal, *, decimales: int = 1) -> str:
    return f"{part * 100:.{decimales}f}".replace(".", ",").replace("-", "−")
