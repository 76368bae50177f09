"""The recap of the territory acted for: the lines that one person may read, and what a file of it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sne.referentiels.rules import FicheGuichet
from sne.referentiels.selectors import get_parametres, list_fiches
from sne.registre.contenu.rules.mois import UN_JOUR, ajouter_mois
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.tableur import Valeur
from sne.suivi import policies
from sne.suivi.models import ActiviteMensuelle
from sne.suivi.rules.activite import mois_entre
from sne.suivi.rules.colonnes import COLONNES
from sne.suivi.rules.recapitulatif import LigneRecapitulatif, SeuilsAlerte, recapituler
from sne.suivi.selectors.activite import list_activite

MOIS_PROPOSES = 24


@dataclass(frozen=True, slots=True)
class Recapitulatif:
    """One month. ``calmes``: counters followed that did nothing. ``traitees`` to ``taux``: of the whole territory;
    ``partout``: so are the lines.
    """

    mois: date
    partout: bool
    lignes: list[LigneRecapitulatif]
    calmes: tuple[FicheGuichet, ...]
    traitees: int
    mouvements: int
    taux: float | None
    seuils: SeuilsAlerte


def list_mois(territoire: str) -> list[date]:
    """Months of which the activity of that territory is known, the newest first, two years of them."""
    connus = ActiviteMensuelle.objects.filter(territoire=territoire).values_list("mois", flat=True).distinct()
    return list(connus.order_by("-mois")[:MOIS_PROPOSES])


def get_recapitulatif(acteur: Acteur, *, mois: date, le: date) -> Recapitulatif:
    """The recap of a month, narrowed to the counters that the actor follows on ``le``. Raises ``Introuvable``."""
    suivis = get_suivis(acteur, le=le)
    fiches = list_fiches(acteur.territoire)
    toutes = list_lignes(acteur.territoire, de=mois, a=mois, fiches=fiches)
    lignes = [ligne for ligne in toutes if suivis is None or ligne.activite.guichet in suivis]
    actifs = {ligne.activite.guichet for ligne in lignes}
    fin = ajouter_mois(mois, 1) - UN_JOUR
    return Recapitulatif(
        mois=mois,
        partout=suivis is None,
        lignes=lignes,
        calmes=tuple(
            fiche
            for fiche in fiches.values()
            if (suivis is None or fiche.code in suivis)
            and fiche.code not in actifs
            and not fiche.virtuel
            and (fiche.ouvert(mois) or fiche.ouvert(fin))
        ),
        traitees=sum(ligne.activite.traitees for ligne in toutes),
        mouvements=sum(ligne.activite.mouvements for ligne in toutes),
        taux=toutes[0].taux_territoire if toutes else None,
        seuils=_seuils(mois),
    )


def list_lignes(
    territoire: str, *, de: date, a: date, fiches: dict[str, FicheGuichet] | None = None
) -> list[LigneRecapitulatif]:
    """Every line of a territory from one month to another, both included: of months, then counters."""
    fiches = list_fiches(territoire) if fiches is None else fiches
    return recapituler(
        list_activite(territoire, de=de, a=a),
        {(territoire, code): fiche for code, fiche in fiches.items()},
        seuils={mois: _seuils(mois) for mois in mois_entre(de, a)},
    )


def en_lignes_de_fichier(lignes: list[LigneRecapitulatif]) -> Iterator[list[Valeur]]:
    """Cells of a file: the month, then every column."""
    for ligne in lignes:
        yield [ligne.activite.mois, *(colonne.en_fichier(ligne) for colonne in COLONNES)]


def entetes_de_fichier() -> list[str]:
    """Titles of these cells."""
    return ["Mois", *(colonne.entete for colonne in COLONNES)]


def get_suivis(acteur: Acteur, *, le: date) -> tuple[str, ...] | None:
    """Counters that the actor follows, ``None`` for all. Raises ``Introuvable`` when there is none."""
    suivis = policies.guichets_suivis(acteur, le=le)
    if suivis == ():
        raise Introuvable("Aucun guichet à suivre dans votre périmètre.")
    return suivis


def _seuils(mois: date) -> SeuilsAlerte:
    """The thresholds in force at the end of a month: the same for ever, however late it is read."""
    return SeuilsAlerte.depuis(get_parametres(ajouter_mois(mois, 1) - UN_JOUR))
