"""Columns of the recap, on screen and in files: the same ones, in the same order. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sne.referentiels.rules import TypeOrganisme
from sne.socle.tableur import Valeur
from sne.suivi.rules.recapitulatif import LigneRecapitulatif


class Forme(StrEnum):
    """How a figure reads. A share is between 0 and 1, a duration in minutes."""

    TEXTE = "TEXTE"
    NOMBRE = "NOMBRE"
    PART = "PART"
    DECIMAL = "DECIMAL"
    DUREE = "DUREE"
    OUI_NON = "OUI_NON"


TYPES_ORGANISME = {
    TypeOrganisme.BAILLEUR: "Bailleur",
    TypeOrganisme.COLLECTIVITE: "Collectivité",
    TypeOrganisme.ACTION_LOGEMENT: "Action Logement",
    TypeOrganisme.ETAT: "État",
    TypeOrganisme.SIAO: "SIAO",
    TypeOrganisme.EMPLOYEUR: "Employeur",
    TypeOrganisme.ASSOCIATION: "Association",
    TypeOrganisme.MANDATAIRE_COMMUN: "Mandataire commun",
    TypeOrganisme.PGP: "Portail",
}
UNITES = {Forme.PART: " (%)", Forme.DUREE: " (heures)"}
"""What the title of a column adds in a file, where a figure is bare."""


@dataclass(frozen=True, slots=True)
class Colonne:
    """``titre``: whole; ``court``: on screen. ``absence``: what an empty cell says, in words."""

    code: str
    titre: str
    court: str
    forme: Forme
    valeur: Callable[[LigneRecapitulatif], str | int | float | bool | None]
    absence: str = ""

    @property
    def entete(self) -> str:
        """Title in a file."""
        return self.titre + UNITES.get(self.forme, "")

    def en_fichier(self, ligne: LigneRecapitulatif) -> Valeur:
        """The cell of a file: shares in per cent, durations in hours, to a tenth; nothing where there is nothing."""
        valeur = self.valeur(ligne)
        match self.forme:
            case Forme.OUI_NON:
                return "oui" if valeur else "non"
            case Forme.PART if valeur is not None:
                return round(float(valeur) * 100, 1)
            case Forme.DUREE if valeur is not None:
                return round(float(valeur) / 60, 1)
            case Forme.DECIMAL if valeur is not None:
                return round(float(valeur), 2)
        return valeur


AUCUN_CHANGEMENT = "aucun changement compté"
COLONNES: tuple[Colonne, ...] = (
    Colonne("guichet", "Code du guichet", "Code", Forme.TEXTE, lambda x: x.activite.guichet),
    Colonne("libelle", "Guichet", "Guichet", Forme.TEXTE, lambda x: x.fiche.libelle if x.fiche else ""),
    Colonne(
        "organisme", "Organisme", "Organisme", Forme.TEXTE, lambda x: x.fiche.organisme_nom if x.fiche else ""
    ),
    Colonne(
        "type",
        "Type d’organisme",
        "Type",
        Forme.TEXTE,
        lambda x: TYPES_ORGANISME[x.fiche.type_organisme] if x.fiche else "",
    ),
    Colonne(
        "traitees", "Demandes traitées", "Demandes traitées", Forme.NOMBRE, lambda x: x.activite.traitees
    ),
    Colonne(
        "cosmetique",
        "Noms de naissance, même nom écrit autrement",
        "Nom écrit autrement",
        Forme.NOMBRE,
        lambda x: x.activite.naissance_cosmetique,
    ),
    Colonne(
        "mineure",
        "Noms de naissance, changements mineurs",
        "Noms, mineurs",
        Forme.NOMBRE,
        lambda x: x.activite.naissance_mineure,
    ),
    Colonne(
        "majeure",
        "Noms de naissance, changements majeurs",
        "Noms, majeurs",
        Forme.NOMBRE,
        lambda x: x.activite.naissance_majeure,
    ),
    Colonne("prenoms", "Prénoms changés", "Prénoms", Forme.NOMBRE, lambda x: x.activite.prenoms),
    Colonne(
        "naissance",
        "Dates de naissance changées",
        "Dates de naissance",
        Forme.NOMBRE,
        lambda x: x.activite.dates_naissance,
    ),
    Colonne(
        "nir",
        "Numéros de sécurité sociale changés",
        "Sécurité sociale",
        Forme.NOMBRE,
        lambda x: x.activite.nir,
    ),
    Colonne(
        "en_attente", "Changements en attente", "En attente", Forme.NOMBRE, lambda x: x.activite.en_attente
    ),
    Colonne("validees", "Changements validés", "Validés", Forme.NOMBRE, lambda x: x.activite.validees),
    Colonne("refusees", "Changements refusés", "Refusés", Forme.NOMBRE, lambda x: x.activite.refusees),
    Colonne("expirees", "Changements expirés", "Expirés", Forme.NOMBRE, lambda x: x.activite.expirees),
    Colonne(
        "delai",
        "Délai médian de validation",
        "Délai médian",
        Forme.DUREE,
        lambda x: x.activite.delai_median_minutes,
        "aucune validation",
    ),
    Colonne("agents", "Agents auteurs des changements", "Agents", Forme.NOMBRE, lambda x: x.activite.agents),
    Colonne(
        "premier_agent",
        "Part du premier agent",
        "Premier agent",
        Forme.PART,
        lambda x: x.activite.part_premier_agent,
        AUCUN_CHANGEMENT,
    ),
    Colonne(
        "anciennes",
        "Part sur des demandes anciennes",
        "Sur anciennes",
        Forme.PART,
        lambda x: x.part_anciennes,
        AUCUN_CHANGEMENT,
    ),
    Colonne(
        "sans_piece",
        "Part sans pièce",
        "Sans pièce",
        Forme.PART,
        lambda x: x.part_sans_piece,
        AUCUN_CHANGEMENT,
    ),
    Colonne(
        "taux",
        "Changements pour 1 000 demandes traitées",
        "Pour 1 000",
        Forme.DECIMAL,
        lambda x: x.taux,
        "aucune demande traitée",
    ),
    Colonne(
        "taux_territoire",
        "Taux moyen du territoire, pour 1 000",
        "Territoire",
        Forme.DECIMAL,
        lambda x: x.taux_territoire,
        "aucune demande traitée",
    ),
    Colonne(
        "rapport",
        "Rapport au taux du territoire",
        "Rapport",
        Forme.DECIMAL,
        lambda x: x.rapport,
        "aucun taux à comparer",
    ),
    Colonne("alerte", "Signalé", "Signalé", Forme.OUI_NON, lambda x: x.alerte),
)
D_ABORD = ("traitees", "mineure", "majeure", "en_attente", "taux")
"""Figures shown to whoever chose none: what was handled, what changed, what waits, and how it compares; eight columns
with the name, the flag and the body.
"""
PAR_CODE = {colonne.code: colonne for colonne in COLONNES}


def trier(
    lignes: list[LigneRecapitulatif], colonne: Colonne, *, decroissant: bool
) -> list[LigneRecapitulatif]:
    """In the order of a column; what it says nothing of comes last, whichever way."""
    dites = [ligne for ligne in lignes if colonne.valeur(ligne) is not None]
    muettes = [ligne for ligne in lignes if colonne.valeur(ligne) is None]
    dites.sort(key=lambda ligne: _cle(colonne, ligne), reverse=decroissant)
    return [*dites, *muettes]


def _cle(colonne: Colonne, ligne: LigneRecapitulatif) -> tuple[float, str]:
    valeur = colonne.valeur(ligne)
    return (0.0, valeur.casefold()) if isinstance(valeur, str) else (float(valeur or 0), "")
