"""``getDoublons``: demandes close to one of the adults of a message, before it registers anything."""

from collections.abc import Iterable, Mapping
from typing import Any

from sne.conventions.actions import CadenceDepassee
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.reglages import ReponseVide
from sne.nuu.operations.contexte import Contexte, Reponse
from sne.nuu.operations.fichier import xml
from sne.nuu.operations.message import exiger_contenu, exiger_guichet
from sne.nuu.rules.anomalies import du_refus
from sne.nuu.rules.ecriture import ecrire_doublons
from sne.nuu.rules.enveloppe import fichier_de
from sne.nuu.rules.lecture import lire_message
from sne.nuu.rules.renvoi import renvoyer
from sne.nuu.rules.xml import lire_xml
from sne.registre.doublons.actions.detailler import ProcheDetaillee, chercher_doublons_de
from sne.socle.erreurs import Refus

REPONSE = "rechercheDoublonsReponse"


def chercher(contexte: Contexte) -> Reponse:
    """The close demandes, in a file of their own; a refusal gives the message back."""
    racine = lire_xml(fichier_de(contexte.appel, "fichierDemande"), contexte.limites)
    lu = lire_message(racine)
    guichet = str(lu.dossier.get("guichet") or "")
    try:
        acte = contexte.acte(Groupe.RECHERCHE, exiger_guichet(lu))
        contenu = exiger_contenu(lu)
        trouves = chercher_doublons_de(contenu, {}, acte=acte, territoire=acte.acteur.territoire)
    except CadenceDepassee:
        raise
    except Refus as refus:
        return Reponse(REPONSE, [xml(renvoyer(racine, du_refus(refus)), guichet, contexte)])
    if not trouves and contexte.identite.reglages.reponse_vide is ReponseVide.OMISE:
        return Reponse(REPONSE)
    ecrit = ecrire_doublons(lignes_de(trouves), repli=contexte.repli)
    return Reponse(
        REPONSE, [xml(ecrit, guichet, contexte, nom="nomFichierDoublons", element="listeDoublons")]
    )


def lignes_de(trouves: Iterable[ProcheDetaillee]) -> Iterable[Mapping[str, Any]]:
    """Close demandes under the dictionary's names; of those that may not be read, no more than who is close."""
    for trouve in trouves:
        proche, identite = trouve.proche, trouve.identite
        demandeur: dict[str, Any] = {
            "identite": identite
            or {
                "nom_naissance": proche.nom,
                "prenoms": proche.prenoms,
                "date_naissance": proche.date_naissance,
            },
            "adresse_courrier": trouve.adresse_courrier,
        }
        yield {
            "numero_unique": proche.nud,
            "demandeur": demandeur,
            "logement_actuel": {"adresse": trouve.adresse_logement},
            "cotitulaires": [{"identite": autre} for autre in trouve.cotitulaires],
            "localisations": trouve.localisations,
        }
