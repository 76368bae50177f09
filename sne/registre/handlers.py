"""What the register reacts to: notices, strikings-off, addresses, documents asked or set aside, messages refused,
who is on a demande and how they are reached.
"""

from sne.demandeurs.verbes import VerbeDemandeur
from sne.journal.handlers import abonner
from sne.notifications.verbes import VerbeMessage
from sne.registre.avis.tasks import ABONNE_AUX_CHANGEMENTS, AVERTIR, SUIVRE_AVIS
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.depot_en_ligne.tasks import SUIVRE_ENVOI, TENTER_NUMERO
from sne.registre.faits.tasks import DEMANDER_PIECES
from sne.registre.faits.verbes import VerbeFait
from sne.registre.identite.verbes import VerbeIdentite
from sne.registre.joindre.tasks import INVALIDER_COURRIEL, VERIFIER_ADRESSES
from sne.registre.joindre.verbes import VerbeJoindre
from sne.registre.mandat.tasks import ANNONCER_MANDAT
from sne.registre.mandat.verbes import VerbeMandat
from sne.registre.pieces.tasks import LIRE_PIECES, REDEMANDER_PIECE
from sne.registre.pieces.verbes import VerbePiece
from sne.registre.rattachement.tasks import (
    ANNONCER_ARRET,
    ANNONCER_CHANGEE,
    ANNONCER_CONNEXION,
    ANNONCER_MAINTIEN,
    ANNONCER_RATTACHEMENT,
    ENVOYER_CODE,
    NOTER_CODE_FAUX,
    TRAITER_SIGNALEMENT,
)
from sne.registre.rattachement.verbes import VerbeRattachement
from sne.registre.requete.tasks import ANNONCER_REQUETE
from sne.registre.requete.verbes import VerbeRequete
from sne.registre.ressources.tasks import DEMANDER_RESSOURCES
from sne.registre.restauration.tasks import ANNONCER_RETOUR
from sne.registre.restauration.verbes import VerbeRestauration
from sne.registre.separation.verbes import VerbeSeparation
from sne.registre.vie.tasks import (
    ANNONCER_RADIATION,
    EXPEDIER_PREAVIS,
    SUIVRE_PREAVIS,
)
from sne.registre.vie.verbes import VerbeVie

ABONNE, ABONNE_AUX_PREAVIS, ABONNE_AUX_REFUS = "registre", "registre.preavis", "registre.preavis_refuses"
ABONNE_AUX_ADRESSES, ABONNE_AUX_RADIATIONS = "registre.adresses", "registre.radiations"
ABONNE_AUX_PIECES, ABONNE_AUX_FICHIERS = "registre.pieces", "registre.fichiers"
ABONNE_AUX_DEMANDES_DE_PIECES = "registre.pieces_demandees"
ABONNE_AUX_AVIS_REFUSES = "registre.avis_refuses"
ABONNE_AUX_IDENTITES = "registre.identites"
ABONNE_AUX_RETOURS = "registre.retours"
ABONNE_AUX_RATTACHEMENTS = "registre.rattachements"
ABONNE_AUX_CONNEXIONS = "registre.connexions"
ABONNE_AUX_CODES = "registre.codes"
ABONNE_AUX_FERMETURES = "registre.fermetures"
ABONNE_AUX_CODES_FAUX = "registre.codes_faux"
ABONNE_AUX_SIGNALEMENTS = "registre.signalements"
ABONNE_AUX_ARRETS, ABONNE_AUX_MAINTIENS = "registre.arrets", "registre.maintiens"
ABONNE_AUX_ENVOIS, ABONNE_AUX_COMPLEMENTS = "registre.envois", "registre.complements"
ABONNE_AUX_REQUETES = "registre.requetes"
ABONNE_AUX_MANDATS = "registre.mandats"
DECLARENT_UNE_ADRESSE = {
    VerbeDemande.DEPOSER,
    VerbeDemande.MODIFIER,
    VerbeDemande.RENOUVELER,
    VerbeDemande.REACTIVER,
}
"""Not the taking over of a former system: millions of households would be written to on one day."""
DONNENT_UNE_IDENTITE = DECLARENT_UNE_ADRESSE | {VerbeIdentite.VALIDER_IDENTITE}
"""Acts after which the source of monthly resources is asked; the taking over of a former system waits for the month."""
SE_DISENT_D_UNE_REQUETE = {
    VerbeRequete.DEPOSER_REQUETE,
    VerbeRequete.COMPLETER_REQUETE,
    VerbeRequete.FAIRE_REQUETE,
    VerbeRequete.REFUSER_REQUETE,
    VerbeRequete.RAPPELER_REQUETE,
    VerbeRequete.CLORE_REQUETE,
}
CHANGENT_QUI_ET_COMMENT_JOINDRE = {
    VerbeDemande.MODIFIER,
    VerbeDemande.RENOUVELER,
    VerbeDemande.REACTIVER,
    VerbeSeparation.SEPARER,
    VerbePiece.JOINDRE_PIECE,
    VerbePiece.REMPLACER_PIECE,
    VerbeIdentite.VALIDER_IDENTITE,
    VerbeIdentite.PERMETTRE_CONTACT,
    VerbeRestauration.RESTAURER,
}
"""Acts that may change who is on a demande or how they are reached. What they ask for is of the same revision."""


def brancher() -> None:
    """Subscribe to the journal; called once, when the application is ready."""
    abonner(ABONNE, verbes={VerbeMessage.REJETER_MESSAGE}, tache=INVALIDER_COURRIEL)
    abonner(ABONNE_AUX_PREAVIS, verbes={VerbeVie.PREVENIR}, tache=EXPEDIER_PREAVIS)
    abonner(ABONNE_AUX_REFUS, verbes={VerbeMessage.REJETER_MESSAGE}, tache=SUIVRE_PREAVIS)
    verbes = DECLARENT_UNE_ADRESSE | {VerbeJoindre.DEMANDER_VERIFICATION}
    abonner(ABONNE_AUX_ADRESSES, verbes=verbes, tache=VERIFIER_ADRESSES)
    abonner(
        ABONNE_AUX_FICHIERS, verbes={VerbePiece.JOINDRE_PIECE, VerbePiece.REMPLACER_PIECE}, tache=LIRE_PIECES
    )
    abonner(
        ABONNE_AUX_PIECES,
        verbes={VerbePiece.QUALIFIER_PIECE, VerbePiece.DETRUIRE_PIECE},
        tache=REDEMANDER_PIECE,
    )
    abonner(ABONNE_AUX_DEMANDES_DE_PIECES, verbes={VerbeFait.DEMANDER_PIECES}, tache=DEMANDER_PIECES)
    abonner(ABONNE_AUX_AVIS_REFUSES, verbes={VerbeMessage.REJETER_MESSAGE}, tache=SUIVRE_AVIS)
    abonner(ABONNE_AUX_CHANGEMENTS, verbes=CHANGENT_QUI_ET_COMMENT_JOINDRE, tache=AVERTIR)
    abonner(ABONNE_AUX_RADIATIONS, verbes={VerbeVie.RADIER}, tache=ANNONCER_RADIATION)
    abonner(ABONNE_AUX_ARRETS, verbes={VerbeVie.DEMANDER_ARRET}, tache=ANNONCER_ARRET)
    abonner(ABONNE_AUX_MAINTIENS, verbes={VerbeVie.ANNULER_ARRET}, tache=ANNONCER_MAINTIEN)
    abonner(ABONNE_AUX_RETOURS, verbes={VerbeRestauration.RESTAURER}, tache=ANNONCER_RETOUR)
    abonner(ABONNE_AUX_IDENTITES, verbes=DONNENT_UNE_IDENTITE, tache=DEMANDER_RESSOURCES)
    abonner(ABONNE_AUX_RATTACHEMENTS, verbes={VerbeRattachement.RATTACHER}, tache=ANNONCER_RATTACHEMENT)
    fermetures = {VerbeRattachement.FERMER_AU_CODE, VerbeRattachement.ROUVRIR_AU_CODE}
    abonner(ABONNE_AUX_FERMETURES, verbes=fermetures, tache=ANNONCER_CHANGEE)
    abonner(ABONNE_AUX_CONNEXIONS, verbes={VerbeRattachement.SE_CONNECTER}, tache=ANNONCER_CONNEXION)
    abonner(ABONNE_AUX_CODES, verbes={VerbeDemandeur.DEMANDER_CODE}, tache=ENVOYER_CODE)
    abonner(ABONNE_AUX_CODES_FAUX, verbes={VerbeDemandeur.ECHOUER_CODE}, tache=NOTER_CODE_FAUX)
    abonner(ABONNE_AUX_SIGNALEMENTS, verbes={VerbeRattachement.SIGNALER}, tache=TRAITER_SIGNALEMENT)
    abonner(ABONNE_AUX_ENVOIS, verbes={VerbeDepot.ENVOYER_DEPOT}, tache=SUIVRE_ENVOI)
    abonner(ABONNE_AUX_COMPLEMENTS, verbes={VerbeDepot.COMPLETER_DEPOT}, tache=TENTER_NUMERO)
    abonner(ABONNE_AUX_REQUETES, verbes=SE_DISENT_D_UNE_REQUETE, tache=ANNONCER_REQUETE)
    abonner(ABONNE_AUX_MANDATS, verbes={*VerbeMandat}, tache=ANNONCER_MANDAT)
