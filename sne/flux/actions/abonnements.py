"""A subscription is asked, confirmed by its own receiver, suspended when nobody answers, closed. Its secret turns."""

import base64
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from sne.conventions.models import Convention
from sne.conventions.policies import can_noter
from sne.flux.messages import MessageFlux
from sne.flux.models import Abonnement, Livraison
from sne.flux.parametres import ParametresFlux
from sne.flux.rules.adresses import lire_adresse
from sne.flux.rules.livraisons import EtatAbonnement, EtatLivraison
from sne.flux.rules.types import Serie
from sne.flux.selectors.abonnements import get_abonnement, list_abonnements, list_secrets
from sne.flux.selectors.lignes import exiger_lisible, get_etat
from sne.flux.verbes import VerbeFlux
from sne.journal.actions import inscrire
from sne.journal.rules import Entree, Verbe
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import Limites
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.acteur import Canal
from sne.socle.chiffrement import chiffrer, empreinte
from sne.socle.erreurs import Interdit, require
from sne.socle.horloge import jour
from sne.socle.identifiants import uuid7

SECRET_OCTETS = 32
USAGE = "flux:secret"
PAS_LA_VOTRE = "Cette convention n’est pas la vôtre."


@dataclass(frozen=True, slots=True)
class AbonnementOuvert:
    """A subscription, with its secret, which is shown this once."""

    abonnement: Abonnement
    secret: str


@dataclass(frozen=True, slots=True)
class DefiReleve:
    """The receiver at that address gave the challenge back: made by ``sne.flux.appel.defier`` alone."""

    abonnement: uuid.UUID
    adresse: str


@transaction.atomic
def demander_abonnement(
    convention: Convention,
    territoire: str,
    serie: Serie,
    adresse: str,
    *,
    acte: Acte,
    cle: uuid.UUID | None = None,
) -> AbonnementOuvert:
    """Ask to be called at ``adresse``; nothing is called before it is confirmed.

    ``cle``: id taken from outside: asked again under it, the same subscription and its secret.
    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (address refused, too many of them).
    """
    exiger_lisible(acte.acteur, territoire, serie)
    require(can_noter(convention, acte.acteur), PAS_LA_VOTRE)
    lue = lire_adresse(adresse, locale=settings.DEMONSTRATION)
    Convention.objects.select_for_update().get(pk=convention.pk)
    deja = Abonnement.objects.filter(convention=convention, pk=cle).first() if cle else None
    if deja:
        return AbonnementOuvert(deja, list_secrets(deja, le=acte.survenu_le)[0])
    maximum = get_parametres(jour(acte.survenu_le))[ParametresFlux].flux_abonnements_max
    if len(list_abonnements(convention)) >= maximum:
        raise Interdit(f"Cette convention a déjà {maximum} abonnements. Fermez-en un.")
    identifiant, secret = cle or uuid7(), _tirer()
    abonnement = Abonnement(
        id=identifiant,
        convention=convention,
        territoire=territoire,
        serie=serie.value,
        adresse=lue.texte,
        etat=EtatAbonnement.A_CONFIRMER.value,
        numero=get_etat(territoire, serie.value).numero,
        secret=chiffrer(secret.encode(), lie_a=identifiant.bytes),
        demande_le=acte.survenu_le,
    )
    abonnement.save(force_insert=True)
    _inscrire(VerbeFlux.ABONNER_AU_FLUX, abonnement, acte)
    return AbonnementOuvert(abonnement, secret)


@transaction.atomic
def confirmer_abonnement(defi: DefiReleve, convention: Convention, *, acte: Acte) -> Abonnement:
    """Its receiver answered: it is called from the next line on; what it did not take before it was suspended, too.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (another address answered).
    """
    abonnement = _verrouiller(defi.abonnement, convention, acte)
    exiger_lisible(acte.acteur, abonnement.territoire, Serie(abonnement.serie))
    if abonnement.adresse != defi.adresse:
        raise Interdit("Ce n’est pas l’adresse de cet abonnement. Recommencez.")
    if abonnement.etat != EtatAbonnement.ACTIF:
        abonnement.etat, abonnement.motif = EtatAbonnement.ACTIF.value, ""
        abonnement.save(update_fields=["etat", "motif"])
        echouees = Livraison.objects.filter(abonnement=abonnement, etat=EtatLivraison.ECHOUEE)
        echouees.update(etat=EtatLivraison.EN_ATTENTE.value, essais=0, prochain_le=acte.survenu_le)
        _inscrire(VerbeFlux.CONFIRMER_ABONNEMENT_FLUX, abonnement, acte)
    return abonnement


@transaction.atomic
def tourner_secret(
    abonnement_id: uuid.UUID, convention: Convention, *, acte: Acte, cle: uuid.UUID | None = None
) -> AbonnementOuvert:
    """A new secret; the one before signs too for the hours of the dated parameter.

    ``cle``: asked again under it, the same secret and no second turn. Raises ``Introuvable``.
    """
    abonnement, secret = _verrouiller(abonnement_id, convention, acte), _tirer(cle)
    if secret == list_secrets(abonnement, le=acte.survenu_le)[0]:
        return AbonnementOuvert(abonnement, secret)
    heures = get_parametres(jour(acte.survenu_le))[ParametresFlux].flux_secret_heures
    abonnement.secret_avant = abonnement.secret
    abonnement.avant_jusqu_au = acte.survenu_le + timedelta(hours=heures)
    abonnement.secret = chiffrer(secret.encode(), lie_a=abonnement.id.bytes)
    abonnement.save(update_fields=["secret", "secret_avant", "avant_jusqu_au"])
    _inscrire(VerbeFlux.TOURNER_SECRET_FLUX, abonnement, acte)
    return AbonnementOuvert(abonnement, secret)


@transaction.atomic
def fermer_abonnement(abonnement_id: uuid.UUID, convention: Convention, *, acte: Acte) -> None:
    """Never call it again. Raises ``Introuvable``, ``NonHabilite``."""
    abonnement = _verrouiller(abonnement_id, convention, acte)
    abonnement.etat = EtatAbonnement.FERME.value
    abonnement.save(update_fields=["etat"])
    _inscrire(VerbeFlux.FERMER_ABONNEMENT_FLUX, abonnement, acte)


def suspendre(abonnement: Abonnement, motif: str, *, acte: Acte) -> None:
    """Stop calling until it is confirmed again, and tell its owner. In the caller's transaction, its row locked."""
    require(acte.acteur.canal is Canal.SYSTEME, "Seul le service suspend un abonnement.")
    abonnement.etat, abonnement.motif = EtatAbonnement.SUSPENDU.value, motif
    abonnement.save(update_fields=["etat", "motif"])
    _inscrire(VerbeFlux.SUSPENDRE_ABONNEMENT_FLUX, abonnement, acte)
    _annoncer(abonnement, motif, acte.survenu_le, acte=acte)


def _annoncer(abonnement: Abonnement, motif: str, survenu_le: datetime, *, acte: Acte) -> None:
    convention = abonnement.convention
    ecrire_a(
        Pli(
            destinataire=convention.compte.courriel,
            compte_id=convention.compte_id,
            genre=MessageFlux.ABONNEMENT_SUSPENDU,
            contexte={
                "editeur": convention.editeur,
                "territoire": abonnement.territoire,
                "hote": lire_adresse(abonnement.adresse, locale=True).autorite,
                "motif": motif,
            },
            origine=f"abonnement:{abonnement.id}:{survenu_le.isoformat()}",
            limites=Limites.depuis(get_parametres(jour(survenu_le))),
        ),
        acte=acte,
    )


def _verrouiller(abonnement_id: uuid.UUID, convention: Convention, acte: Acte) -> Abonnement:
    Abonnement.objects.select_for_update().filter(pk=abonnement_id).first()
    require(can_noter(convention, acte.acteur), PAS_LA_VOTRE)
    return get_abonnement(abonnement_id, convention)


def _tirer(cle: uuid.UUID | None = None) -> str:
    """Drawn; made of the key of its act when it has one, so that a second try finds it."""
    octets = empreinte(str(cle), usage=USAGE) if cle else secrets.token_bytes(SECRET_OCTETS)
    return f"whsec_{base64.b64encode(octets).decode()}"


def _inscrire(verbe: Verbe, abonnement: Abonnement, acte: Acte) -> None:
    faits = {
        "abonnement": str(abonnement.id),
        "convention": str(abonnement.convention_id),
        "territoire": abonnement.territoire,
        "serie": abonnement.serie,
        "etat": abonnement.etat,
    }
    inscrire(Entree(verbe, acte, faits=faits))
