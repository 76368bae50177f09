"""Tell a household that its validity is about to end: the notice itself, then what came of it."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sne.journal.rules import Verbe
from sne.notifications.rules import Canal
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.rules.gel import exiger_non_gele
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.joindre.selectors.coordonnees import get_coordonnees
from sne.registre.vie import policies
from sne.registre.vie.models.preavis import EchecPreavis, Preavis
from sne.registre.vie.rules.preavis import (
    PreavisNonRecu,
    canaux_du_preavis,
    est_possible,
    exiger_preavis_du,
    radiation_annoncee,
)
from sne.registre.vie.selectors.preavis import get_motif_de_retenue, get_regles
from sne.registre.vie.selectors.renouvellement import get_fenetre
from sne.registre.vie.verbes import VerbeVie
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import require
from sne.socle.identifiants import uuid7

SANS_DROIT = "Seul le registre donne un préavis de renouvellement."


@transaction.atomic
def prevenir_demande(demande_id: uuid.UUID, *, acte: Acte) -> Preavis | None:
    """Give the notice of the present end of validity (CCH R441-2-7), once; ``None`` when there is nothing new to say.

    Without a usable address the notice is recorded as impossible, so that somebody sees it; if an address comes later,
    the notice is given. Raises ``Introuvable``, ``NonHabilite`` (the register's clock alone), ``DossierFige``,
    ``Interdit`` (too early, ended, too late).
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    require(policies.can_prevenir(acte.acteur, demande), SANS_DROIT)
    exiger_non_gele(get_gel(demande.id), ce_qui_attend="Le préavis de renouvellement")
    jour = horloge.jour(acte.survenu_le)
    fenetre, regles = get_fenetre(demande, le=jour), get_regles(demande, le=jour)
    exiger_preavis_du(Statut(demande.statut), fenetre, regles, jour=jour)
    canaux = canaux_du_preavis(get_coordonnees(demande.id, acteur=acte.acteur).moyens)
    possible = est_possible(canaux)
    deja = Preavis.objects.filter(demande=demande, date_expiration=demande.date_expiration)
    if deja.filter(possible__in={True, possible}).exists():
        return None
    preavis = Preavis(
        territoire=demande.territoire,
        demande=demande,
        revision=demande.revision,
        date_expiration=demande.date_expiration,
        date_radiation=radiation_annoncee(fenetre, regles, jour=jour),
        reactivable_jusqu_au=fenetre.reactivation_jusqu_au,
        jour=jour,
        canaux=list(canaux),
        possible=possible,
        auteur=acte.acteur.id,
        survenu_le=acte.survenu_le,
    )
    preavis.entree = _journaliser(
        VerbeVie.PREVENIR,
        demande,
        fait=preavis.id,
        acte=acte,
        canaux=list(canaux),
        date_expiration=demande.date_expiration.isoformat(),
    )
    preavis.save(force_insert=True)
    if not possible:
        _consigner_echec(preavis, demande, acte=acte)
    return preavis


@transaction.atomic
def noter_echec(
    entree_id: uuid.UUID,
    restants: Sequence[Canal],
    *,
    acte: Acte,
) -> bool:
    """Note that the notice told by this entry reached nobody; whether it is new.

    ``restants``: channels by which it left, or is about to leave, and that have not refused it. Raises ``Introuvable``,
    ``NonHabilite``.
    """
    preavis = Preavis.objects.filter(entree=entree_id).first()
    if preavis is None or est_possible(restants):
        return False
    demande = lock_demande(preavis.demande_id, acteur=acte.acteur)
    require(policies.can_noter_echec(acte.acteur, demande), SANS_DROIT)
    if EchecPreavis.objects.filter(preavis=preavis).exists():
        return False
    _consigner_echec(preavis, demande, acte=acte)
    return True


def exiger_prevenue(demande: Demande, *, survenu_le: datetime) -> None:
    """Raise :class:`PreavisNonRecu` when this demande may not end for want of a notice (dated parameter)."""
    motif = get_motif_de_retenue(demande.id, demande, le=horloge.jour(survenu_le))
    if motif:
        raise PreavisNonRecu(motif)


def _consigner_echec(preavis: Preavis, demande: Demande, *, acte: Acte) -> None:
    echec = EchecPreavis(
        id=uuid7(),
        territoire=demande.territoire,
        preavis=preavis,
        demande=demande,
        revision=demande.revision,
        survenu_le=acte.survenu_le,
    )
    _journaliser(
        VerbeVie.ECHEC_PREAVIS,
        demande,
        fait=echec.id,
        acte=acte,
        preavis=str(preavis.id),
    )
    echec.save(force_insert=True)


def _journaliser(
    verbe: Verbe, demande: Demande, *, fait: uuid.UUID, acte: Acte, **faits: object
) -> uuid.UUID:
    return dire(verbe, demande, acte=acte, faits={"fait": str(fait), **faits})
