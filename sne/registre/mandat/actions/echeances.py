"""The clock of authorisations: what is over is ended, what is about to be is recalled to the person."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from sne.journal.selectors import has_entree_disant
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.mandat_aide import FinMandat, StatutMandat
from sne.registre.mandat.actions.autoriser import finir
from sne.registre.mandat.parametres import ParametresMandat
from sne.registre.mandat.verbes import VerbeMandat
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour

QUITTEE = ~Q(personne__identite_courante=F("identite")) | Q(personne__retire_le__isnull=False)
"""Another identity is in force, or the person left the demande."""


def finir_les_aides(service: Callable[[str], Acteur], *, survenu_le: datetime) -> int:
    """End those whose time is over, or whose person is another one by now; how many. Idempotent.

    None of them gave anything any more: this writes it.
    """
    le = jour(survenu_le)
    sans_reponse = [StatutMandat.OFFERT.value, StatutMandat.PROPOSE.value]
    passees = Q(statut__in=sans_reponse, accepter_avant__lt=le) | Q(jusqu_au__lt=le)
    finies = MandatAide.objects.filter(passees | QUITTEE, clos_le=None).order_by("survenu_le", "id")
    return sum(_finir(mandat, Acte(service(mandat.territoire), survenu_le)) for mandat in finies)


@transaction.atomic
def _finir(lu: MandatAide, acte: Acte) -> bool:
    demande = lock_demande(lu.demande_id, acteur=acte.acteur)
    mandat = MandatAide.objects.filter(id=lu.id, clos_le=None).first()
    if mandat is None:
        return False
    quittee = MandatAide.objects.filter(QUITTEE, id=mandat.id).exists()
    finir(mandat, demande, FinMandat.IDENTITE_CHANGEE if quittee else FinMandat.ECHU, acte=acte)
    return True


def rappeler_les_aides(service: Callable[[str], Acteur], *, survenu_le: datetime) -> int:
    """Recall those that end in so many days, once for each; how many. Those that last less are not recalled."""
    le = jour(survenu_le)
    parametres = get_parametres(le)[ParametresMandat]
    return sum(
        _rappeler(mandat, jours, Acte(service(mandat.territoire), survenu_le))
        for jours in (parametres.mandat_rappel_jours, parametres.mandat_dernier_rappel_jours)
        for mandat in MandatAide.objects.filter(
            statut__in=[StatutMandat.ACTIF.value, StatutMandat.NOMME.value],
            jusqu_au=le + timedelta(days=jours),
            jours__gt=jours,
        ).order_by("id")
    )


@transaction.atomic
def _rappeler(mandat: MandatAide, jours: int, acte: Acte) -> bool:
    demande = lock_demande(mandat.demande_id, acteur=acte.acteur)
    rappel = f"{mandat.id}/{jours}"
    if has_entree_disant(demande.id, VerbeMandat.RAPPELER_MANDAT, cle="rappel", valeur=rappel):
        return False
    faits = {"mandat": str(mandat.id), "rappel": rappel}
    dire(VerbeMandat.RAPPELER_MANDAT, demande, acte=acte, faits=faits)
    return True
