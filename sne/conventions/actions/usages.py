"""Each hour: what software did since the last one is counted, and what is unusual in it is told at once."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max

from sne.conventions.actions.annonces import annoncer_usage, service_des_conventions
from sne.conventions.models import Alerte, Usage
from sne.conventions.parametres import ParametresConventions
from sne.conventions.rules.cles import Environnement
from sne.conventions.rules.usages import Constat, Heure, Seuils, constater
from sne.conventions.selectors.appelants import environnement
from sne.conventions.verbes import VerbeConvention
from sne.habilitations.rules import Role
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.horloge import PARIS, debut_du_jour, jour

HEURE, RETARD = timedelta(hours=1), timedelta(hours=48)
"""How far back a judge that was stopped goes: older hours are not judged."""
COMPTER = """
INSERT INTO usage_convention (convention_id, debut, reseau, appels, lectures)
SELECT convention_id, date_trunc('hour', survenu_le), reseau, count(*),
    sum(dossiers)
FROM appel_convention WHERE survenu_le >= %(de)s AND survenu_le < %(a)s GROUP BY 1, 2, 3
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def veiller(survenu_le: datetime) -> int:
    """Count the hours that ended since the last time and judge them; returns how many unusual uses were told.

    Idempotent: an hour is counted once, an unusual use is told once a day. At the École, where everything is tried,
    nothing is unusual.
    """
    if environnement() is Environnement.ECOLE:
        return 0
    a = survenu_le.replace(minute=0, second=0, microsecond=0)
    derniere = Usage.objects.aggregate(derniere=Max("debut"))["derniere"]
    de = max(derniere + HEURE, a - RETARD) if derniere else a - RETARD
    with connection.cursor() as curseur:
        curseur.execute(COMPTER, {"de": de, "a": a})
    return sum(_juger(cle, heures, de=de, a=a) for cle, heures in _gardees(a).items())


def purger_usages(survenu_le: datetime) -> int:
    """Forget hours and alerts older than the dated parameter; returns how many."""
    le = jour(survenu_le)
    avant = debut_du_jour(le) - timedelta(days=get_parametres(le)[ParametresConventions].usage_memoire_jours)
    return sum(m.objects.filter(debut__lt=avant).delete()[0] for m in (Usage, Alerte))


def _gardees(a: datetime) -> Mapping[uuid.UUID, Sequence[Heure]]:
    """The hours that are known of each agreement, in their order, as clocks showed them."""
    gardees: dict[uuid.UUID, list[Heure]] = defaultdict(list)
    lues = Usage.objects.filter(debut__lt=a).order_by("debut", "reseau")
    for lue in lues:
        heure = Heure(lue.debut.astimezone(PARIS), lue.reseau, lue.appels, lue.lectures)
        gardees[lue.convention_id].append(heure)
    return gardees


def _juger(convention_id: uuid.UUID, heures: Sequence[Heure], *, de: datetime, a: datetime) -> int:
    le = jour(a)
    lus = get_parametres(le)[ParametresConventions]
    seuils = Seuils(lus.usage_facteur, lus.usage_appels_heure, lus.usage_lectures_jour)
    constats = constater(
        [h for h in heures if h.debut < de],
        [h for h in heures if h.debut >= de],
        jour_fini=le - timedelta(days=1) if jour(de) < le else None,
        seuils=seuils,
    )
    return sum(_alerter(convention_id, constat, a) for constat in constats)


def _alerter(convention_id: uuid.UUID, constat: Constat, survenu_le: datetime) -> bool:
    """Tell one, unless it was told that day."""
    dite = {
        "convention_id": convention_id,
        "nature": constat.nature.value,
        "jour": jour(constat.debut),
        "reseau": constat.reseau,
    }
    if Alerte.objects.filter(**dite).exists():
        return False
    alerte = Alerte(
        **dite,
        debut=constat.debut,
        compte=constat.compte,
        habitude=constat.habitude,
        survenu_le=survenu_le,
    )
    alerte.save(force_insert=True)
    acte = Acte(service_des_conventions(), survenu_le)
    faits = {
        "convention": str(convention_id),
        "alerte": str(alerte.id),
        "nature": alerte.nature,
        "compte": constat.compte,
        "habitude": constat.habitude,
    }
    role = str(Role.EXPLOITATION_NATIONALE)
    inscrire(Entree(VerbeConvention.ALERTER_USAGE, acte, role=role, faits=faits))
    annoncer_usage(alerte, constat, acte=acte)
    return True
