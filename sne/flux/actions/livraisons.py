"""Lines are handed over to subscribers, each delivery noted; who answers no more is suspended."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from sne.conventions.models import Convention
from sne.flux.actions.abonnements import suspendre
from sne.flux.models import Abonnement, Ligne, Livraison
from sne.flux.parametres import ParametresFlux
from sne.flux.policies import can_renvoyer
from sne.flux.rules.livraisons import PARTI, EtatAbonnement, EtatLivraison, est_recue, prochain_essai
from sne.flux.selectors.abonnements import est_en_droit
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.acteur import Canal
from sne.socle.erreurs import Introuvable, require
from sne.socle.horloge import debut_du_jour, jour

PAR_PASSE = 500
SEUL = "Seul le service appelle les abonnés."


def preparer_livraisons(*, acte: Acte) -> int:
    """Hand the new lines over to every active subscription; returns how many deliveries were made ready."""
    require(acte.acteur.canal is Canal.SYSTEME, SEUL)
    actifs = Abonnement.objects.filter(etat=EtatAbonnement.ACTIF).values_list("id", flat=True)
    return sum(_preparer(cle, acte=acte) for cle in actifs.order_by("id"))


@transaction.atomic
def _preparer(abonnement_id: uuid.UUID, *, acte: Acte) -> int:
    abonnement = _verrouiller(abonnement_id)
    if abonnement is None or abonnement.etat != EtatAbonnement.ACTIF:
        return 0
    if not est_en_droit(abonnement, le=acte.survenu_le):
        suspendre(abonnement, "la convention ne lit plus ce flux", acte=acte)
        return 0
    lignes = Ligne.objects.filter(territoire=abonnement.territoire, serie=abonnement.serie)
    nouvelles = lignes.filter(numero__gt=abonnement.numero).order_by("numero")
    numeros = list(nouvelles.values_list("numero", flat=True)[:PAR_PASSE])
    if numeros:
        Livraison.objects.bulk_create(
            Livraison(
                abonnement=abonnement,
                numero=n,
                etat=EtatLivraison.EN_ATTENTE.value,
                prochain_le=acte.survenu_le,
            )
            for n in numeros
        )
        abonnement.numero = numeros[-1]
        abonnement.save(update_fields=["numero"])
    return len(numeros)


@transaction.atomic
def noter_essai(livraison_id: uuid.UUID, statut: int | None, *, acte: Acte) -> Livraison | None:
    """Note what one try gave. ``statut``: of the answer (HTTP); ``None``: none came. Nothing when it was done."""
    require(acte.acteur.canal is Canal.SYSTEME, SEUL)
    livraison = Livraison.objects.filter(pk=livraison_id).first()
    abonnement = _verrouiller(livraison.abonnement_id) if livraison else None
    if livraison is None or abonnement is None:
        return None
    livraison.refresh_from_db()  # tried, or asked for again, while the subscription was waited for
    if livraison.etat != EtatLivraison.EN_ATTENTE:
        return None
    livraison.essais, livraison.statut, livraison.essaye_le = livraison.essais + 1, statut, acte.survenu_le
    livraison.prochain_le = None
    if est_recue(statut):
        livraison.etat = EtatLivraison.LIVREE.value
    else:
        livraison.prochain_le = None if statut == PARTI else prochain_essai(livraison.essais, acte.survenu_le)
        if livraison.prochain_le is None:
            livraison.etat = EtatLivraison.ECHOUEE.value
            if abonnement.etat == EtatAbonnement.ACTIF:
                dit = "votre service a répondu 410" if statut == PARTI else "votre service ne répond plus"
                suspendre(abonnement, dit, acte=acte)
    livraison.save(update_fields=["essais", "statut", "essaye_le", "prochain_le", "etat"])
    return livraison


@transaction.atomic
def renvoyer(livraison_id: uuid.UUID, convention: Convention, *, acte: Acte) -> Livraison:
    """Deliver once more, as if it had never been tried. Raises ``Introuvable``, also out of the perimeter."""
    siennes = Livraison.objects.select_for_update(of=("abonnement",)).select_related("abonnement")
    livraison = siennes.filter(pk=livraison_id, abonnement__convention=convention).first()
    if livraison is None or not can_renvoyer(acte.acteur, convention, livraison.abonnement.territoire):
        raise Introuvable("Aucune livraison de ce nom.")
    livraison.etat, livraison.essais, livraison.prochain_le = (
        EtatLivraison.EN_ATTENTE.value,
        0,
        acte.survenu_le,
    )
    livraison.save(update_fields=["etat", "essais", "prochain_le"])
    return livraison


def purger_livraisons(survenu_le: datetime) -> int:
    """Forget deliveries that ended longer ago than the dated parameter; returns how many."""
    jours = get_parametres(jour(survenu_le))[ParametresFlux].flux_livraisons_jours
    avant = debut_du_jour(jour(survenu_le)) - timedelta(days=jours)
    finies = Livraison.objects.filter(essaye_le__lt=avant).exclude(etat=EtatLivraison.EN_ATTENTE)
    return finies.delete()[0]


def _verrouiller(abonnement_id: uuid.UUID) -> Abonnement | None:
    verrouilles = Abonnement.objects.select_for_update(of=("self",)).filter(pk=abonnement_id)
    return verrouilles.select_related("convention__compte").first()
