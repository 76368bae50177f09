"""Computing the activity of every counter from the register: a month at a time, as often as one likes."""

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from sne.cellules.routage import d_ici
from sne.habilitations.rules.acteurs import service
from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_geographie, get_parametres
from sne.registre.identite.parametres import ParametresIdentite
from sne.registre.identite.selectors.mouvements import compter_traitees, list_mouvements
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require
from sne.suivi import policies
from sne.suivi.actions.entonnoir import calculer_entonnoirs
from sne.suivi.models import ActiviteMensuelle
from sne.suivi.parametres import ParametresSuivi
from sne.suivi.rules.activite import Activite, compter, mois_a_calculer, mois_entre
from sne.suivi.selectors.activite import COLONNES, get_dernier_mois, list_activite, list_mois_en_attente
from sne.suivi.verbes import VerbeSuivi


def calculer_activite(*, depuis: date | None = None, acte: Acte) -> tuple[date, ...]:
    """Compute the months that may have moved, or all of them from that of ``depuis``; those whose figures changed.

    Idempotent. A month is computed alone: one that fails leaves the others done. The funnels follow. Raises
    ``NonHabilite``.
    """
    require(policies.can_calculer(acte.acteur), "Seul le service calcule l’activité des guichets.")
    le = horloge.jour(acte.survenu_le)
    if depuis is not None:
        mois = mois_entre(depuis, le)
    else:
        mois = mois_a_calculer(le, dernier=get_dernier_mois(), en_attente=list_mois_en_attente())
    changes = tuple(m for m in mois if _calculer(m, acte=acte))
    calculer_entonnoirs(acte=acte)
    return changes


def service_du_suivi() -> Acteur:
    """The service following counters by itself; it holds no right on any demande."""
    return service("Suivi des guichets")


@transaction.atomic
def _calculer(mois: date, *, acte: Acte) -> bool:
    """Whether the figures of that month changed; nothing is written otherwise.

    Everything is read before the first write: until then the seal of the journal waits for nobody.
    """
    _lock(mois)
    territoires = list(d_ici(get_geographie().territoires))
    parametres = get_parametres(horloge.jour(acte.survenu_le))
    calculees = compter(
        compter_traitees(territoires, mois=mois),
        list_mouvements(
            territoires,
            mois=mois,
            anciennete_mois=parametres[ParametresSuivi].suivi_anciennete_mois,
            piece_jours=parametres[ParametresIdentite].identite_piece_jours,
        ),
        mois=mois,
    )
    if calculees == list_activite(None, de=mois, a=mois):
        return False
    _remplacer(mois, calculees)
    journal.inscrire(
        Entree(
            verbe=VerbeSuivi.CALCULER_ACTIVITE,
            acte=acte,
            territoire="",
            faits={"mois": f"{mois:%Y-%m}", "guichets": len(calculees)},
        )
    )
    return True


def _lock(mois: date) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"activité des guichets|{mois}"]
        )


def _remplacer(mois: date, activites: Iterable[Activite]) -> None:
    ActiviteMensuelle.objects.filter(mois=mois).delete()
    ActiviteMensuelle.objects.bulk_create(
        [ActiviteMensuelle(**{c: getattr(a, c) for c in COLONNES}) for a in activites], batch_size=2_000
    )
