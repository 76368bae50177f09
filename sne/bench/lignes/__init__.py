"""The rows of the report, in its order: one function each, from the site to what was measured."""

from collections.abc import Callable, Mapping

from sne.bench.chantier import Chantier
from sne.bench.lignes import (
    adresses,
    documents,
    ecriture,
    flux,
    infocentre,
    lecture,
    masse,
    nombre,
    portail,
    rejeu,
    ressources,
    service,
    suivi,
)
from sne.bench.rules import Ligne

LIGNES: Mapping[str, Callable[[Chantier], list[Ligne]]] = {
    "http": ecriture.http,
    "action": ecriture.action,
    "journal": ecriture.journal,
    "etat": lecture.etat,
    "doublons": lecture.doublons,
    "pieces": lecture.pieces,
    "numerisation": documents.numerisation,
    "attestation": documents.attestation,
    "reprise": masse.reprise,
    "reprise-pieces": masse.reprise_pieces,
    "scellement": masse.scellement,
    "suivi": suivi.suivi,
    "flux": flux.flux,
    "rejeu": rejeu.rejeu,
    "adresses": adresses.adresses,
    "pannes": adresses.pannes,
    "portail": portail.portail,
    "questions": portail.questions,
    "ressources": ressources.ressources,
    "infocentre-nation": infocentre.nation,
    "infocentre-fichiers": infocentre.fichiers,
    "service": service.service,
    "nombre": nombre.nombre,
    "infocentre-nombre": infocentre.nation_en_nombre,
}
# Measured when named only: filling a large register takes long.
A_LA_DEMANDE = frozenset({"nombre", "infocentre-nombre"})
LIBELLES: Mapping[str, str] = {
    "http": "Enregistrer par le web",
    "action": "Enregistrer par l’action",
    "journal": "Prix du journal et du déclencheur différé",
    "etat": "État d’une demande à un instant",
    "doublons": "Recherche de doublons",
    "pieces": "Pièces d’un dossier",
    "numerisation": "Mémoire d’une numérisation reçue",
    "attestation": "Attestation",
    "reprise": "Reprise d’un ancien système",
    "reprise-pieces": "Prix du contrôle des pièces à la reprise",
    "scellement": "Scellement du journal",
    "nombre": "Recherche et pages en grand nombre",
    "suivi": "Suivi des guichets",
    "flux": "Page du flux des éditeurs",
    "adresses": "Adresses de l’index",
    "pannes": "Services de l’État en panne",
    "portail": "Portail des ménages",
    "questions": "Portail, le formulaire page par page",
    "ressources": "Lot de ressources mensuelles",
    "rejeu": "Changements d’identité rejoués",
    "infocentre-nation": "Tableau de la nation, dixième",
    "infocentre-fichiers": "Long rapport en fichier",
    "infocentre-nombre": "Tableau de la nation",
    "service": "Démarrage, mémoire et poids des pages",
}
