"""An association that applies in the place of a person; and what was said of messages and help."""

from sne.registre.contenu.rules.arbre.racine import Association, Contenu
from sne.saisie.presentation.identite import lignes_contact, nom_complet
from sne.saisie.presentation.mots import Bloc, Lecture, Ligne, adresse_en_ligne, dites, oui_non
from sne.socle.masques import courriel_masque


def nom_du_titulaire(contenu: Contenu) -> str:
    """« Dubreuil Élodie », or the name of the association."""
    if contenu.demandeur is not None:
        return nom_complet(contenu.demandeur.identite)
    return (contenu.association or Association()).nom or ""


def blocs_association(contenu: Contenu, lecture: Lecture) -> list[Bloc]:
    """Name, number, address and contacts of the association."""
    association = contenu.association or Association()
    return [
        Bloc(
            [
                Ligne("Association", association.nom or ""),
                Ligne("SIREN", association.siren or ""),
                Ligne("Adresse", adresse_en_ligne(association.adresse_courrier, lecture)),
                *lignes_contact(association.contact),
            ]
        )
    ]


def blocs_preferences(contenu: Contenu, lecture: Lecture) -> list[Bloc]:  # noqa: ARG001
    """What was answered; nothing said is neither a consent nor a refusal."""
    preferences, accompagnant = contenu.preferences, contenu.accompagnant
    return [
        Bloc(
            [
                Ligne("Préavis par courriel", oui_non(preferences.avis_renouvellement_electronique)),
                Ligne("SMS", oui_non(preferences.notification_sms)),
                Ligne("Événements du dossier", oui_non(preferences.notification_evenements)),
                Ligne("Accompagné", oui_non(accompagnant.accompagne)),
                *dites([Ligne("Accompagnant", courriel_masque(accompagnant.courriel))]),
            ]
        )
    ]
