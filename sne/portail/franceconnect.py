"""FranceConnect as the portal knows it: settings, one client a language it speaks, what is said of each refusal."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop, override

from sne.demandeurs.rules.niveaux import Voie
from sne.oidc.client import Client
from sne.oidc.rules.fournisseur import franceconnect
from sne.oidc.rules.refus import Motif
from sne.socle.langues import LANGUES

SES_LANGUES = {"fr", "en"}
ABANDON = gettext_noop(
    "FranceConnect n’a pas pu vous identifier, ou vous avez quitté FranceConnect avant la fin."
)
ABSENT = gettext_noop("FranceConnect ne répond pas. Réessayez dans quelques minutes.")
PERIMEE = gettext_noop(
    "Cette connexion ne peut plus servir\u00a0: elle a déjà servi, ou elle a duré trop longtemps. Recommencez."
)
ANCIENNE = gettext_noop(
    "FranceConnect ne vous a pas demandé de vous identifier de nouveau. Déconnectez-vous de FranceConnect, "
    "puis recommencez."
)
NON_VERIFIEE = gettext_noop("La réponse de FranceConnect n’a pas pu être vérifiée.")
PHRASES = {
    Motif.ABANDON: ABANDON,
    Motif.SESSION_REQUISE: ABANDON,
    Motif.AUTHENTIFICATION_ANCIENNE: ANCIENNE,
    Motif.INDISPONIBLE: ABSENT,
    Motif.ERREUR_INCONNUE: ABSENT,
    Motif.REGLAGE: ABSENT,
    Motif.ETAT_INCONNU: PERIMEE,
    Motif.ETAT_AUTRE_NAVIGATEUR: PERIMEE,
    Motif.ETAT_AUTRE_FOURNISSEUR: PERIMEE,
    Motif.ETAT_EXPIRE: PERIMEE,
    Motif.CODE_REFUSE: PERIMEE,
}


def est_ouverte() -> bool:
    """Whether anybody can sign in here."""
    return bool(settings.FRANCECONNECT["emetteur"])


def voie_de(idp_id: str) -> Voie:
    """Who signed in by this way: the person, or a helper for them (Aidants Connect)."""
    return Voie.FC_AIDANT if idp_id in settings.FC_AIDANTS else Voie.FC


def phrase(motif: Motif) -> str:
    """The one text of its family; what the log knows better is not said."""
    return PHRASES.get(motif, NON_VERIFIEE)


def client(langue: str) -> Client:
    """FranceConnect, asked to speak this language if it does."""
    return _client(
        langue if langue in SES_LANGUES else "fr", settings.FRANCECONNECT["emetteur"], settings.URL_MENAGES
    )


@lru_cache(maxsize=4)
def _client(langue: str, emetteur: str, portail: str) -> Client:
    with override("fr"):
        rappel, rappel_deconnexion = reverse("retour-de-connexion"), reverse("retour-de-deconnexion")
    retours = []
    for chaque in LANGUES:
        with override(chaque.code):
            retours.append(reverse("espace"))
    fournisseur = franceconnect(
        emetteur=emetteur,
        client_id=settings.FRANCECONNECT["client_id"],
        secret=settings.FRANCECONNECT["secret"],
        rappel=portail + rappel,
        rappel_deconnexion=portail + rappel_deconnexion,
        retours=tuple(retours),
    )
    parametres = {**fournisseur.parametres, "ui_locales": langue}
    return Client(fournisseur.model_copy(update={"parametres": parametres}))
