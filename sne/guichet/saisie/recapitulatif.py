"""What is read again with the person at the last step: content in words, controls made, what comes later."""

from sne.guichet.saisie.enregistrement import DOUBLONS, Enregistrement
from sne.saisie.brut import premier
from sne.saisie.recapitulatif import Constat

PAS_DE_PROCHE = (
    "Aucune demande proche\u00a0: nom, naissance, sécurité sociale et téléphone cherchés dans le territoire"
)
PROCHES_ECARTEES = "Demande proche écartée"
PROCHES_JUSTIFIEES = "Demande proche écartée, la raison est notée"


def controles_faits(enregistrement: Enregistrement) -> list[str]:
    """What was looked at and found right before a registration."""
    faits = []
    if not enregistrement.association:
        faits.append(_proches(enregistrement))
    if enregistrement.nirs:
        faits.append("Numéro de sécurité sociale\u00a0: clé juste")
    if enregistrement.contenu.souhaits.localisations:
        faits.append("Communes souhaitées\u00a0: toutes dans le territoire")
    return faits


def remarques_de_la_piece(enregistrement: Enregistrement) -> list[Constat]:
    """What is remarked of the document seen, where it is typed."""
    perime = enregistrement.titre_perime
    return [Constat(perime, "#id_piece_fin")] if perime else []


def _proches(enregistrement: Enregistrement) -> str:
    if DOUBLONS not in enregistrement.donnees:
        return PAS_DE_PROCHE
    raison = premier(enregistrement.donnees[DOUBLONS], "justification")
    return PROCHES_JUSTIFIEES if raison else PROCHES_ECARTEES
