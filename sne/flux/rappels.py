"""A subscriber called: a challenge, a try of a line, a call that says nothing. Outside transactions."""

import secrets
import uuid
from datetime import datetime

from sne.flux import appel
from sne.flux.actions.abonnements import DefiReleve
from sne.flux.actions.livraisons import noter_essai
from sne.flux.models import Abonnement, Ligne, Livraison
from sne.flux.rules import livraisons as regles
from sne.flux.rules.livraisons import EtatAbonnement, EtatLivraison
from sne.flux.selectors.abonnements import list_secrets
from sne.flux.selectors.lignes import en_regle
from sne.registre.demande.selectors.existence import list_nuds_du_territoire
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7

MUET = 'Votre service n’a pas rendu le défi. Répondez 200, avec {"defi": …} tel qu’il est reçu, puis recommencez.'


def defier(abonnement: Abonnement, *, acte: Acte) -> DefiReleve:
    """Call its address with a challenge. Raises ``Interdit``: not to be called, or not given back."""
    defi = secrets.token_urlsafe(32)
    envoi = regles.signer(
        f"defi:{uuid7()}",
        regles.corps_d_un_defi(defi),
        list_secrets(abonnement, le=acte.survenu_le),
        le=acte.survenu_le,
    )
    try:
        rendu = appel.appeler_et_lire(abonnement.adresse, *envoi)
    except appel.SansReponse:
        raise Interdit(
            "Votre service n’a pas répondu. Vérifiez qu’il est joignable, puis recommencez."
        ) from None
    if not regles.est_relevee(rendu, defi):
        raise Interdit(MUET)
    return DefiReleve(abonnement.id, abonnement.adresse)


def essayer(abonnement: Abonnement, *, acte: Acte) -> int | None:
    """A call that says nothing of any demande; its status, ``None`` when nothing answered. Raises ``Interdit``."""
    corps = regles.corps_d_un_essai(abonnement.id)
    envoi = regles.signer(
        f"essai:{uuid7()}", corps, list_secrets(abonnement, le=acte.survenu_le), le=acte.survenu_le
    )
    try:
        return appel.appeler(abonnement.adresse, *envoi)
    except appel.SansReponse:
        return None


def livrer(livraison_id: uuid.UUID, *, acte: Acte) -> Livraison | None:
    """Try to deliver one line, and note it. ``None`` when there is nothing left to do."""
    livraison = Livraison.objects.select_related("abonnement").filter(pk=livraison_id).first()
    if livraison is None or livraison.etat != EtatLivraison.EN_ATTENTE:
        return None
    abonnement = livraison.abonnement
    if abonnement.etat != EtatAbonnement.ACTIF:
        return None
    lue = Ligne.objects.get(territoire=abonnement.territoire, serie=abonnement.serie, numero=livraison.numero)
    siens = list_secrets(abonnement, le=acte.survenu_le)
    envoi = ecrire_une_ligne(lue, siens, le=acte.survenu_le)
    try:
        statut: int | None = appel.appeler(abonnement.adresse, *envoi)
    except (appel.SansReponse, Interdit):
        statut = None
    return noter_essai(livraison_id, statut, acte=acte)


def ecrire_une_ligne(lue: Ligne, signatures: list[str], *, le: datetime) -> tuple[bytes, dict[str, str]]:
    """Bytes and headers of the call that hands this line over. ``signatures``: the secrets that sign it."""
    ligne = en_regle(lue)
    nud = list_nuds_du_territoire([ligne.demande], ligne.territoire).get(ligne.demande)
    return regles.signer(regles.identifiant(ligne), regles.corps_d_une_ligne(ligne, nud), signatures, le=le)
