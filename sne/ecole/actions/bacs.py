"""A bac: opened at the first call of an agreement, its clock moved, its last call noted."""

import uuid
from datetime import datetime, timedelta

from django.db import connection, transaction

from sne.conventions.actions import couvrir_guichet
from sne.conventions.actions.annonces import service_des_conventions
from sne.conventions.models import Convention
from sne.conventions.possible import exiger_ecole
from sne.conventions.verbes import VerbeConvention
from sne.ecole.models import Bac
from sne.ecole.parametres import ParametresEcole
from sne.ecole.rules.bacs import exiger_avance, guichet_de, premier_libre
from sne.habilitations.actions import retirer_habilitation
from sne.habilitations.models import Habilitation
from sne.habilitations.rules import MotifRetrait, Role
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.horloge import jour

VERROU = "SELECT pg_advisory_xact_lock(hashtext('ecole_bacs'))"


@transaction.atomic
def ouvrir_bac(convention: Convention, *, survenu_le: datetime) -> Bac:
    """Give the agreement a territory of its own, and its guichet. Given again: the one it has.

    Raises ``Introuvable`` (not the École), ``Interdit`` (every bac is held).
    """
    exiger_ecole()
    with connection.cursor() as curseur:
        curseur.execute(VERROU)
    existant = Bac.objects.filter(convention=convention).first()
    if existant is not None:
        return existant
    parametres = get_parametres(jour(survenu_le))[ParametresEcole]
    codes = range(parametres.ecole_bac_premier, parametres.ecole_bac_dernier + 1)
    code = premier_libre(codes, set(Bac.objects.values_list("territoire", flat=True)))
    bac = Bac(
        territoire=code,
        convention=convention,
        avance=timedelta(),
        ouvert_le=survenu_le,
        appele_le=survenu_le,
    )
    bac.save(force_insert=True)
    acte = Acte(service_des_conventions(), survenu_le)
    couvrir_guichet(convention.id, code, guichet_de(code), acte=acte)
    _inscrire(convention.id, "BAC_OUVERT", code, acte)
    return bac


@transaction.atomic
def noter_instant(bac: Bac, vers: datetime, *, vrai: datetime) -> None:
    """Move the clock of a bac to ``vers``. Raises ``Interdit``: backward, or too far at once."""
    le_bac = Bac.objects.select_for_update().get(pk=bac.pk)
    parametres = get_parametres(jour(vrai))[ParametresEcole]
    exiger_avance(vrai + le_bac.avance, vers, jours=parametres.ecole_avance_jours)
    bac.avance = le_bac.avance = vers - vrai
    le_bac.save(update_fields=["avance"])


@transaction.atomic
def noter_avance(bac: Bac, *, survenu_le: datetime) -> None:
    """Tell the journal that the clock was moved, once it is."""
    _inscrire(bac.convention_id, "BAC_AVANCE", bac.territoire, Acte(service_des_conventions(), survenu_le))


def noter_appel_du_bac(bac: Bac, *, survenu_le: datetime) -> None:
    """That it is in use: a bac that nobody calls is taken away."""
    Bac.objects.filter(pk=bac.pk).update(appele_le=survenu_le)


@transaction.atomic
def vider_bac(bac: Bac, *, survenu_le: datetime) -> int:
    """Take everything of one bac away, its clock back to the true day; returns how many rows. Its next call sows it.

    Raises ``Introuvable`` (not the École).
    """
    exiger_ecole()
    le_bac = Bac.objects.select_for_update().get(pk=bac.pk)
    _inscrire(
        le_bac.convention_id, "BAC_VIDE", le_bac.territoire, Acte(service_des_conventions(), survenu_le)
    )
    with connection.cursor() as curseur:
        curseur.execute("SELECT ecole_vider(%s)", [le_bac.territoire])
        lignes = int(curseur.fetchone()[0])
    le_bac.avance, le_bac.seme_le = timedelta(), None
    le_bac.save(update_fields=["avance", "seme_le"])
    return lignes


@transaction.atomic
def retirer_bac(bac: Bac, *, survenu_le: datetime) -> None:
    """The same, and the territory is free for another agreement; its own finds another at its next call."""
    vider_bac(bac, survenu_le=survenu_le)
    acte = Acte(service_des_conventions(), survenu_le)
    tenues = Habilitation.objects.filter(compte=bac.convention.compte_id, territoire=bac.territoire)
    for tenue in tenues.filter(retiree_le=None):
        retirer_habilitation(tenue.id, motif=MotifRetrait.INACTIVITE, acte=acte)
    Bac.objects.filter(pk=bac.pk).delete()


def _inscrire(convention_id: uuid.UUID, pas: str, bac: str, acte: Acte) -> None:
    faits = {"convention": str(convention_id), "pas": pas, "bac": bac}
    role = str(Role.EXPLOITATION_NATIONALE)
    inscrire(Entree(VerbeConvention.REGLER_CONVENTION, acte, role=role, faits=faits))
