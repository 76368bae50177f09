"""Queries that led nowhere, often enough that no person is behind them; and the synonyms in force."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Sum

from sne.habilitations.rules import Permission, sans_droit
from sne.recherche.models import RechercheSansSuite, Synonyme
from sne.recherche.parametres import ParametresRechercheEditoriale
from sne.recherche.policies import can_regler
from sne.referentiels.selectors import get_parametres
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require

SANS_SUITE_AU_PLUS = 100


@dataclass(frozen=True, slots=True)
class SansSuite:
    """Words, how often they led nowhere, how often something was found that nobody opened, and when last."""

    texte: str
    fois: int
    trouvees: int
    derniere: date


def list_sans_suite(acteur: Acteur, *, jour: date) -> tuple[SansSuite, ...]:
    """Those typed on several days (dated parameter), not yet seen to, most frequent first; so many at most: the next
    ones come as these are seen to. Raises ``NonHabilite``.
    """
    require(can_regler(acteur), sans_droit(Permission.RECHERCHE_REGLER))
    jours = get_parametres(jour)[ParametresRechercheEditoriale].recherche_sans_suite_jours_distincts
    lignes = (
        RechercheSansSuite.objects.filter(classee=False)
        .values("texte")
        .annotate(fois=Sum("nombre"), vues=Sum("trouvees"), jours=Count("jour"), derniere=Max("jour"))
        .filter(jours__gte=jours)
        .order_by("-fois", "texte")[:SANS_SUITE_AU_PLUS]
    )
    return tuple(SansSuite(x["texte"], x["fois"], x["vues"], x["derniere"]) for x in lignes)


def list_synonymes(acteur: Acteur) -> tuple[tuple[str, str], ...]:
    """Each term and what is looked for besides. Raises ``NonHabilite``."""
    require(can_regler(acteur), sans_droit(Permission.RECHERCHE_REGLER))
    return tuple(Synonyme.objects.order_by("dit").values_list("dit", "pour"))
