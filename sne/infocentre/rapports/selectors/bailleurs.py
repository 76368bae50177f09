"""What landlords declared of a civil year beside what the register knows of it, one line by landlord and territory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from sne.infocentre.lac.selectors import get_debut, sommer
from sne.infocentre.rapports.parametres import ParametresRapports
from sne.infocentre.rapports.rules.cellules import Seuils, additionner, faire_cellule
from sne.infocentre.rapports.rules.formules import Operation
from sne.infocentre.rapports.rules.lieux import Portee
from sne.infocentre.rapports.tableau import Cellule, EtatCellule
from sne.infocentre.rpls.selectors import get_lettings, list_millesimes
from sne.referentiels.rules import FicheGuichet
from sne.referentiels.selectors import get_parametres
from sne.referentiels.selectors.guichets import list_fiches_des
from sne.socle.templatetags.socle_tags import mois_en_lettres

ATTRIBUTIONS = "ATTRIBUTIONS"
IDENTIFIEES = "ATTRIBUTIONS_RPLS"
ANNEES = 4  # civil years offered, besides those that a vintage describes
SANS_GUICHET = Cellule(EtatCellule.SANS_OBJET, motif="Ce bailleur n’a pas de guichet dans ce territoire.")


@dataclass(frozen=True, slots=True)
class BilanDeBailleur:
    """One landlord in one territory. ``deficit``: what RPLS counts less what the register does, signed."""

    siren: str
    territoire: str
    nom: str
    rpls: Cellule
    sne: Cellule
    deficit: Cellule
    identifiees: Cellule


def list_annees(le: date) -> tuple[int, ...]:
    """Civil years that may be compared, the newest first."""
    decrites = {m.annee for m in list_millesimes()}
    return tuple(sorted(decrites | {le.year - n for n in range(1, ANNEES + 1)}, reverse=True))


def list_bilans(portee: Portee, annee: int, *, le: date) -> tuple[BilanDeBailleur, ...]:
    """Every landlord that has a counter there, or that RPLS names there when the whole place is read; by name."""
    lettings = get_lettings(annee, territoires=portee.territoires)
    fiches = [f for f in list_fiches_des(portee.territoires).values() if f.bailleur and portee.retient(f)]
    par_bailleur: dict[tuple[str, str], list[FicheGuichet]] = {}
    for fiche in fiches:
        par_bailleur.setdefault((fiche.bailleur, fiche.territoire), []).append(fiche)
    connus = set(par_bailleur) | (set() if portee.partielle else set(lettings.nombres))
    comptes, absence = _comptes(portee, annee)
    parametres = get_parametres(le)[ParametresRapports]
    seuils = Seuils(parametres.rapport_denominateur_fragile, parametres.rapport_denominateur_minimal)
    bilans = []
    for siren, territoire in connus:
        siennes = par_bailleur.get((siren, territoire), [])
        rpls = _cellule(lettings.lues(siren, territoire))
        sne, identifiees = _du_registre(siennes, comptes, absence, seuils)
        nom = siennes[0].organisme_nom if siennes else siren
        bilans.append(
            BilanDeBailleur(siren, territoire, nom, rpls, sne, _deficit(rpls, sne, seuils), identifiees)
        )
    return tuple(sorted(bilans, key=attrgetter("nom", "territoire")))


def _comptes(portee: Portee, annee: int) -> tuple[Mapping[str, Mapping[str, int]], str]:
    """Allocations of the year, by counter; or why the lake does not know them."""
    du, au = date(annee, 1, 1), date(annee, 12, 31)
    debut = get_debut(portee.territoires)
    if debut is None:
        return {}, "Aucun chiffre n’est encore calculé."
    if du < debut:
        return {}, f"Les chiffres du registre commencent en {mois_en_lettres(debut)}."
    return sommer({ATTRIBUTIONS, IDENTIFIEES}, territoires=portee.territoires, du=du, au=au), ""


def _du_registre(
    fiches: Sequence[FicheGuichet], comptes: Mapping[str, Mapping[str, int]], absence: str, seuils: Seuils
) -> tuple[Cellule, Cellule]:
    """Allocations of all their counters there, and the share of those that bear an identifier."""
    if not fiches:
        return SANS_GUICHET, SANS_GUICHET
    if absence:
        return _cellule(absence), _cellule(absence)
    total = additionner(comptes.get(f.territoire + f.code, {}) for f in fiches)
    toutes, avec = total.get(ATTRIBUTIONS, 0), total.get(IDENTIFIEES, 0)
    return _cellule(toutes), faire_cellule(Operation.RAPPORT, avec, toutes, decimales=1, seuils=seuils)


def _cellule(lue: int | str) -> Cellule:
    if isinstance(lue, str):
        return Cellule(EtatCellule.NON_DISPONIBLE, motif=lue)
    return Cellule(EtatCellule.VALEUR if lue else EtatCellule.ZERO, lue, lue)


def _deficit(rpls: Cellule, sne: Cellule, seuils: Seuils) -> Cellule:
    """The difference of two figures; where one is missing, its reason."""
    for manque in (rpls, sne):
        if manque.numerateur is None:
            return manque
    ecart = (rpls.numerateur or 0) - (sne.numerateur or 0)
    return faire_cellule(Operation.DIFFERENCE, ecart, rpls.numerateur, decimales=0, seuils=seuils)
