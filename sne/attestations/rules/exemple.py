"""A fictional household: the examples that the command line prints, whole or with some values replaced."""

from collections.abc import Mapping
from typing import Any

from sne.attestations.rules.complete import DonneesCompletes, lire_donnees_completes
from sne.attestations.rules.modeles import Modele

EXEMPLE_COMPLET: Mapping[str, Any] = {
    "modele": "INTEGRALE",
    "territoire": "099",
    "numero": "0990619004127G0993",
    "nom_naissance": "Dubreuil",
    "nom_usage": "Morel",
    "prenoms": "Élodie Marie",
    "adresse": ["Appartement 12", "12 rue des Tanneurs", "99240 Les Ormeaux"],
    "service": {
        "nom": "CCAS d’Aurette-la-Ville",
        "adresse": ["1 place de la Mairie", "99000 Aurette-la-Ville"],
        "horaires": "Du lundi au vendredi, de 9 h à 12 h",
        "telephone": "+33465710003",
        "courriel": "g0993@ccas-aurette.example",
    },
    "date_depot": "2019-06-03",
    "date_dernier_renouvellement": "2026-06-03",
    "date_expiration": "2027-06-02",
    "date_delivrance": "2026-11-24",
    "validite_mois": 12,
    "preavis_mois": 1,
    "radiation_le": "2027-07-03",
    "reactivation_jusqu_au": "2027-12-03",
    "communes": [
        {"nom": "Aurette-la-Ville", "bailleurs": ["Habitat Val-d’Aurette", "Logis d’Aurette"]},
        {"nom": "Hauteclaire", "bailleurs": []},
    ],
    "autres_communes": True,
    "commissions": [
        {
            "nom": "Commission de médiation du Val-d’Aurette",
            "adresse": ["DDETS du Val-d’Aurette", "5 rue de la Préfecture", "99000 Aurette-la-Ville"],
            "telephone": "+33465710090",
            "courriel": "mediation@ddets-val-aurette.example",
            "delai_mois": 24,
            "saisissable_le": "2021-06-03",
        }
    ],
    "resume": [{"titre": "Demandeur", "lignes": [["Nom de naissance", "Dubreuil"], ["Civilité", "Madame"]]}],
    "documents": [
        {"titre": "À fournir pour l’instruction", "documents": [["Pièce d’identité", "Carte ou passeport."]]},
        {"titre": "Ne vous sont jamais demandés", "documents": [["Relevé de compte bancaire", ""]]},
    ],
    "portail": "http://localhost:8000",
    "reference": "7KMRW3XQ9TFA",
    "demonstration": True,
}


def completer_exemple_complet(
    donnees: Mapping[str, Any], *, modele: Modele = Modele.INTEGRALE
) -> DonneesCompletes:
    """The example of a full attestation, or of a renewal's, with some of its fields replaced.

    The territory follows the number. Raises ``DonneesInvalides`` with a French sentence naming the fields.
    """
    voulu = dict(donnees)
    if "numero" in voulu:
        voulu.setdefault("territoire", str(voulu["numero"])[:3])
    return lire_donnees_completes({**EXEMPLE_COMPLET, **voulu, "modele": modele})
