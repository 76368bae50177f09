"""What is read again with the person before registering: content in words, controls made, what comes later."""

from dataclasses import dataclass

from sne.guichet.demandes import presentation
from sne.guichet.demandes.enregistrement import DOUBLONS, Enregistrement
from sne.guichet.demandes.presentation import Lecture, Ligne, Membre
from sne.registre.rules import nir as regles_nir
from sne.registre.rules.anomalie import Niveau
from sne.registre.rules.contenu import Demandeur
from sne.registre.rules.controles import Porte, controler
from sne.registre.selectors.references import references_du

PAS_DE_PROCHE = (
    "Aucune demande proche\u00a0: nom, naissance, sécurité sociale et téléphone cherchés dans le territoire"
)
PROCHES_ECARTEES = "Demande proche écartée, la raison est notée"


@dataclass(frozen=True, slots=True)
class Recapitulatif:
    """One value per block of the page. ``remarques`` never prevent registration; ``a_instruire`` comes later."""

    identite: list[Ligne]
    coordonnees: list[Ligne]
    membres: list[Membre]
    naissances: str
    souhaits: list[Ligne]
    controles: list[str]
    remarques: list[str]
    a_instruire: list[str]


def recapituler(enregistrement: Enregistrement, lecture: Lecture) -> Recapitulatif:
    """Word the registration under way."""
    contenu = enregistrement.contenu
    demandeur = contenu.demandeur or Demandeur()
    nir = enregistrement.nirs.get("demandeur", "")
    return Recapitulatif(
        identite=presentation.lignes_identite(demandeur, lecture, nir=regles_nir.masquer(nir) if nir else ""),
        coordonnees=presentation.lignes_coordonnees(demandeur, lecture),
        membres=presentation.membres_du_foyer(contenu, lecture),
        naissances=presentation.naissances_attendues(contenu),
        souhaits=presentation.lignes_souhaits(contenu.souhaits, lecture),
        controles=_controles(enregistrement),
        remarques=_remarques(enregistrement),
        a_instruire=[element.libelle for element in enregistrement.a_instruire if not element.fait],
    )


def _controles(enregistrement: Enregistrement) -> list[str]:
    faits = [PROCHES_ECARTEES if DOUBLONS in enregistrement.donnees else PAS_DE_PROCHE]
    if enregistrement.nirs:
        faits.append("Numéro de sécurité sociale\u00a0: clé juste")
    if enregistrement.contenu.souhaits.localisations:
        faits.append("Communes souhaitées\u00a0: toutes dans le territoire")
    return faits


def _remarques(enregistrement: Enregistrement) -> list[str]:
    jour = enregistrement.cadre.aujourd_hui
    anomalies = controler(
        enregistrement.contenu,
        aujourd_hui=jour,
        porte=Porte.ECRAN,
        references=references_du(jour, enregistrement.brouillon.territoire),
        limites=enregistrement.parametres,
        nirs=enregistrement.nirs,
    )
    return [anomalie.phrase for anomalie in anomalies if anomalie.niveau is Niveau.AVERTISSEMENT]
