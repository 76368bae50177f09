"""The end of a campaign: silence suspends, a suspension ends; reminders before. By night, each thing once."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from sne.habilitations.actions.annonces import annoncer_retraits, service_des_habilitations
from sne.habilitations.actions.carences import constater_carences
from sne.habilitations.actions.retraits import faits_de, terminer
from sne.habilitations.actions.revues.annonces import annoncer_revue, annoncer_suspensions
from sne.habilitations.models import CampagneRevue, Habilitation, LigneRevue, Suspension
from sne.habilitations.parametres import ParametresHabilitations
from sne.habilitations.rules import MotifRetrait, Role
from sne.habilitations.rules.revues import IssueSuspension, rappel_du
from sne.habilitations.selectors.revues import Relecteurs, lignes_sans_reponse
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.horloge import jour

ROLE = str(Role.EXPLOITATION_NATIONALE)


def rappeler_revues(survenu_le: datetime) -> int:
    """Remind reviewers of what they have not answered; returns how many campaigns were looked at."""
    le = jour(survenu_le)
    parametres = get_parametres(le)
    jours = (
        parametres[ParametresHabilitations].revue_rappel_1_jours,
        parametres[ParametresHabilitations].revue_rappel_2_jours,
    )
    vues = 0
    for campagne in CampagneRevue.objects.filter(close_le=None, limite__gte=le).order_by("limite", "id"):
        rappel = rappel_du(le, limite=campagne.limite, jours=jours)
        if not rappel:
            continue
        with transaction.atomic():
            attendues = [ligne.habilitation for ligne in lignes_sans_reponse(campagne, le=le)]
            annoncer_revue(campagne, attendues, rappel=rappel, survenu_le=survenu_le)
        vues += 1
    return vues


def clore_revues(survenu_le: datetime) -> int:
    """End the campaigns whose last day has passed; returns how many roles were suspended because nobody answered.

    One transaction for each line, one for the end: stopped in the middle, it goes on. A role for which nobody else
    could have answered is not suspended.
    """
    le = jour(survenu_le)
    nombre = 0
    for campagne in CampagneRevue.objects.filter(close_le=None, limite__lt=le).order_by("limite", "id"):
        relecteurs, sans_relecteur = Relecteurs(le), 0
        for ligne in list(lignes_sans_reponse(campagne, le=le)):
            if relecteurs.de(ligne.habilitation):
                nombre += _suspendre(ligne, campagne, survenu_le)
            else:
                sans_relecteur += 1
        _clore(campagne, sans_relecteur, survenu_le)
    return nombre


@transaction.atomic
def _suspendre(ligne: LigneRevue, campagne: CampagneRevue, survenu_le: datetime) -> bool:
    """An answer given meanwhile is seen under the lock of the role, and counts."""
    le = jour(survenu_le)
    h = Habilitation.objects.select_for_update().get(id=ligne.habilitation_id)
    deja = Suspension.objects.filter(habilitation=h, levee_le=None)
    if not lignes_sans_reponse(campagne, le=le).filter(id=ligne.id).exists() or deja.exists():
        return False
    expire_le = le + timedelta(days=get_parametres(le)[ParametresHabilitations].revue_suspension_jours)
    suspension = Suspension.objects.create(
        territoire=h.territoire,
        habilitation=h,
        ligne=ligne,
        suspendue_le=survenu_le,
        expire_le=expire_le,
    )
    inscrire(
        Entree(
            VerbeHabilitation.SUSPENDRE_HABILITATION,
            Acte(service_des_habilitations(), survenu_le),
            territoire=h.territoire,
            role=ROLE,
            faits={
                **faits_de(h),
                "campagne": str(campagne.id),
                "suspension": str(suspension.id),
                "expire": expire_le.isoformat(),
            },
        )
    )
    return True


@transaction.atomic
def _clore(campagne: CampagneRevue, sans_relecteur: int, survenu_le: datetime) -> None:
    if not CampagneRevue.objects.filter(id=campagne.id, close_le=None).update(close_le=survenu_le):
        return
    siennes = Suspension.objects.filter(ligne__campagne=campagne).select_related("habilitation__compte")
    suspensions = list(siennes.order_by("id"))
    inscrire(
        Entree(
            VerbeHabilitation.CLORE_REVUE,
            Acte(service_des_habilitations(), survenu_le),
            territoire=campagne.territoire,
            role=ROLE,
            faits={
                "campagne": str(campagne.id),
                "suspendues": len(suspensions),
                "sans_relecteur": sans_relecteur,
            },
        )
    )
    annoncer_suspensions(campagne, suspensions, survenu_le=survenu_le)
    constater_carences(campagne.territoire, survenu_le=survenu_le)


def echoir_suspensions(survenu_le: datetime) -> int:
    """Take away the roles suspended for too long; returns how many."""
    le = jour(survenu_le)
    cles = Suspension.objects.filter(levee_le=None, expire_le__lte=le).order_by("id")
    return sum(_echoir(cle, survenu_le) for cle in list(cles.values_list("id", flat=True)))


@transaction.atomic
def _echoir(suspension_id: uuid.UUID, survenu_le: datetime) -> bool:
    vue = Suspension.objects.get(id=suspension_id)
    h = (
        Habilitation.objects.select_for_update(of=("self",))
        .select_related("compte")
        .get(id=vue.habilitation_id)
    )
    suspension = Suspension.objects.filter(id=suspension_id, levee_le=None).first()
    if suspension is None:  # kept, or taken away, meanwhile
        return False
    service, le = service_des_habilitations(), jour(survenu_le)
    suspension.issue, suspension.levee_le = str(IssueSuspension.RETIREE), survenu_le
    suspension.levee_par = service.id
    suspension.save(update_fields=["issue", "levee_le", "levee_par"])
    if h.fin is not None and h.fin <= le:
        return False
    terminer(
        h,
        fin=max(le, h.debut),
        motif=MotifRetrait.REVUE,
        acte=Acte(service, survenu_le),
        role=ROLE,
        suspension=str(suspension.id),
    )
    annoncer_retraits(h.compte, [h], motif=MotifRetrait.REVUE, survenu_le=survenu_le)
    constater_carences(h.territoire, survenu_le=survenu_le)
    return True
