"""Drawing the funnels by night: whoever opens the first page of the day loads no library and waits for none."""

from sne.cellules.routage import d_ici
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import require
from sne.suivi import policies
from sne.suivi.models import EntonnoirCalcule
from sne.suivi.rules.entonnoir import ReglesEntonnoir, calibrer, dresser
from sne.suivi.selectors.entonnoir import ENTONNOIR, empreinte_de, list_comptages


def calculer_entonnoirs(*, acte: Acte) -> int:
    """Draw the funnel of each territory of this cell where something was done in the rolling quarter, and keep it; how
    many. Idempotent. Raises ``NonHabilite``.
    """
    require(policies.can_calculer(acte.acteur), "Seul le service calcule l’activité des guichets.")
    le = horloge.jour(acte.survenu_le)
    regles = ReglesEntonnoir.depuis(get_parametres(le))
    comptages = list_comptages(le, regles)
    calibrage, territoires = calibrer(comptages, regles), d_ici(comptages)
    for territoire in territoires:
        siens = comptages[territoire]
        entonnoir = dresser(siens, calibrage, regles, territoire=territoire)
        EntonnoirCalcule.objects.update_or_create(
            territoire=territoire,
            defaults={
                "empreinte": empreinte_de(siens, regles),
                "contenu": ENTONNOIR.dump_python(entonnoir, mode="json"),
            },
        )
    return len(territoires)
