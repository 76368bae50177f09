"""Drawing the funnels by night: whoever opens the first page of the day loads no library and waits for none."""

from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import require
from sne.suivi import policies
from sne.suivi.models import EntonnoirCalcule
from sne.suivi.rules.entonnoir import ReglesEntonnoir, calibrer, dresser
from sne.suivi.selectors.entonnoir import ENTONNOIR, empreinte_de
from sne.suivi.selectors.guichets import list_comptages, premier_jour


def calculer_entonnoirs(*, acte: Acte) -> int:
    """Draw the funnel of each territory where something was done in the rolling quarter, and keep it; how many.

    Idempotent. Raises ``NonHabilite``.
    """
    require(policies.can_calculer(acte.acteur), "Seul le service calcule l’activité des guichets.")
    le = horloge.jour(acte.survenu_le)
    regles = ReglesEntonnoir.depuis(get_parametres(le))
    comptages = list_comptages(depuis=premier_jour(le, regles), a=le)
    calibrage, empreinte = calibrer(comptages, regles), empreinte_de(comptages, regles)
    for territoire, siens in comptages.items():
        entonnoir = dresser(siens, calibrage, regles, territoire=territoire)
        EntonnoirCalcule.objects.update_or_create(
            territoire=territoire,
            defaults={"empreinte": empreinte, "contenu": ENTONNOIR.dump_python(entonnoir, mode="json")},
        )
    return len(comptages)
