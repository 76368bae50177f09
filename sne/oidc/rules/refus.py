"""Why a sign-in is refused, and the one sentence that the person reads for each family of reasons. Pure."""

from enum import StrEnum

from sne.socle.erreurs import Refus


class Motif(StrEnum):
    """What was wrong, for the technical log: a closed list, without any claim."""

    ABANDON = "ABANDON"
    REGLAGE = "REGLAGE"
    INDISPONIBLE = "INDISPONIBLE"
    SESSION_REQUISE = "SESSION_REQUISE"
    ERREUR_INCONNUE = "ERREUR_INCONNUE"
    RETOUR_ILLISIBLE = "RETOUR_ILLISIBLE"
    ETAT_INCONNU = "ETAT_INCONNU"
    ETAT_AUTRE_NAVIGATEUR = "ETAT_AUTRE_NAVIGATEUR"
    ETAT_AUTRE_FOURNISSEUR = "ETAT_AUTRE_FOURNISSEUR"
    ETAT_EXPIRE = "ETAT_EXPIRE"
    REPONSE_ILLISIBLE = "REPONSE_ILLISIBLE"
    REPONSE_TROP_LONGUE = "REPONSE_TROP_LONGUE"
    CODE_REFUSE = "CODE_REFUSE"
    CLE_INCONNUE = "CLE_INCONNUE"
    ALGORITHME = "ALGORITHME"
    SIGNATURE = "SIGNATURE"
    CHIFFREMENT = "CHIFFREMENT"
    EMETTEUR = "EMETTEUR"
    DESTINATAIRE = "DESTINATAIRE"
    JETON_INCOMPLET = "JETON_INCOMPLET"
    JETON_EXPIRE = "JETON_EXPIRE"
    JETON_A_VENIR = "JETON_A_VENIR"
    NONCE = "NONCE"
    NIVEAU = "NIVEAU"
    AUTHENTIFICATION_ANCIENNE = "AUTHENTIFICATION_ANCIENNE"
    AUTRE_PERSONNE = "AUTRE_PERSONNE"
    IDENTITE_ILLISIBLE = "IDENTITE_ILLISIBLE"


_NON_VERIFIE = (
    "La réponse de {fournisseur} n’a pas pu être vérifiée : la connexion n’a pas eu lieu. "
    "Recommencez la connexion ; si cela se répète, connectez-vous autrement ou adressez-vous à un guichet."
)
_PAS_DE_REPONSE = (
    "{fournisseur} ne répond pas pour le moment. "
    "Réessayez dans quelques minutes, ou connectez-vous autrement."
)
_PERIMEE = (
    "Cette connexion n’est plus valable : elle a déjà servi, elle a trop duré, ou elle a commencé dans un autre "
    "navigateur. Recommencez la connexion depuis le début, dans un seul navigateur."
)
_PHRASES = {
    Motif.ABANDON: (
        "{fournisseur} n’a pas confirmé votre identité, ou vous avez arrêté la connexion. "
        "Recommencez, connectez-vous autrement, ou adressez-vous à un guichet."
    ),
    Motif.REGLAGE: (
        "{fournisseur} n’accepte pas la demande de connexion de ce site : l’erreur ne vient pas de vous. "
        "Connectez-vous autrement, et signalez le numéro ci-dessous si cela se répète."
    ),
    Motif.INDISPONIBLE: _PAS_DE_REPONSE,
    Motif.SESSION_REQUISE: "{fournisseur} demande que vous vous identifiiez de nouveau. Recommencez la connexion.",
    Motif.AUTHENTIFICATION_ANCIENNE: (
        "{fournisseur} ne vous a pas demandé de vous identifier de nouveau. Déconnectez-vous de {fournisseur}. "
        "Recommencez ensuite la connexion."
    ),
    Motif.ERREUR_INCONNUE: (
        "{fournisseur} a répondu par une erreur. Réessayez dans quelques minutes, ou connectez-vous autrement."
    ),
    Motif.ETAT_INCONNU: _PERIMEE,
    Motif.ETAT_AUTRE_NAVIGATEUR: _PERIMEE,
    Motif.ETAT_AUTRE_FOURNISSEUR: _PERIMEE,
    Motif.ETAT_EXPIRE: _PERIMEE,
    Motif.CODE_REFUSE: (
        "{fournisseur} n’a pas reconnu cette connexion : elle a peut-être trop duré. Recommencez la connexion."
    ),
    Motif.NIVEAU: (
        "Le moyen que vous avez choisi chez {fournisseur} n’est pas assez sûr pour ce service. "
        "Recommencez avec un autre moyen de vous identifier."
    ),
    Motif.IDENTITE_ILLISIBLE: (
        "{fournisseur} n’a pas transmis toute votre identité, ou l’a transmise sous une forme inattendue. "
        "Connectez-vous autrement, ou adressez-vous à un guichet."
    ),
}
# OAuth 2.0 (RFC 6749, 4.1.2.1) and OpenID Connect (3.1.2.6); whatever else comes is of no known family.
FAMILLES = {
    "access_denied": Motif.ABANDON,
    "invalid_request": Motif.REGLAGE,
    "invalid_scope": Motif.REGLAGE,
    "unauthorized_client": Motif.REGLAGE,
    "unsupported_response_type": Motif.REGLAGE,
    "server_error": Motif.INDISPONIBLE,
    "temporarily_unavailable": Motif.INDISPONIBLE,
    "login_required": Motif.SESSION_REQUISE,
    "interaction_required": Motif.SESSION_REQUISE,
    "consent_required": Motif.SESSION_REQUISE,
}


class ConnexionRefusee(Refus):
    """Nobody is signed in. ``motif`` is for the log; the sentence names the provider, the remedy, the ``numero``."""

    code = "CONNEXION_REFUSEE"

    def __init__(
        self, motif: Motif, *, fournisseur: str = "le fournisseur d’identité", numero: str = ""
    ) -> None:
        phrase = _PHRASES.get(motif, _NON_VERIFIE).format(fournisseur=fournisseur)
        phrase = phrase[0].upper() + phrase[1:]
        super().__init__(f"{phrase} Numéro à donner si vous nous écrivez : {numero}." if numero else phrase)
        self.motif = motif
        self.numero = numero


def famille(erreur: str) -> Motif:
    """The family of an ``error`` given by the provider."""
    return FAMILLES.get(erreur, Motif.ERREUR_INCONNUE)
