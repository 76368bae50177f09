"""The manifest: which files are read."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db.models import Max

from sne.cellules.routage import lister_partout
from sne.infocentre.lac.disque import exiger_present
from sne.infocentre.lac.models import Fichier
from sne.infocentre.mesures.catalogue import STOCK, TARDIVES, mesure_de
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.mesures.sql import lire_cellules
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.parametres import ParametresDemande
from sne.socle.horloge import jour


def ordre_de_compter(faits: Iterable[str], filtre: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the engine of the settings is told, to count these facts within this filter."""
    dialecte = "pyspark" if settings.ANALYTIQUE else "duckdb"
    lus = faits_a_lire(faits, dialecte=dialecte)
    return {"ordre": "compter", "spark": settings.ANALYTIQUE, "faits": lus, "filtre": filtre}


def faits_a_lire(faits: Iterable[str], *, dialecte: str = "duckdb") -> Mapping[str, Mapping[str, Any]]:
    """Of each of these facts: its files in force, its columns, the sums of its measures, as engines are told them;
    ``anciens``: some of the files were written before it had all of these columns; ``cumule``: what it counts on a day
    comes from everything before.

    Raises ``LacInaccessible``.
    """
    faits = sorted(faits)
    chemins: dict[str, list[str]] = {fait: [] for fait in faits}
    anciens = set()
    lus = Fichier.objects.filter(fait__in=faits, retire_le=None).order_by("fait", "sceau_du", "id")
    for fait, chemin, schema in lus.values_list("fait", "chemin", "schema"):
        chemins[fait].append(str(exiger_present(chemin)))
        if schema < FAITS[fait].schema:
            anciens.add(fait)
    return {
        fait: {
            "fichiers": liste,
            "colonnes": dict(FAITS[fait].colonnes),
            "anciens": fait in anciens,
            "cumule": fait == STOCK,
            "sql": lire_cellules(fait, dialecte=dialecte),
        }
        for fait, liste in chemins.items()
    }


def list_debuts_propres(mesures: Iterable[str]) -> dict[str, date]:
    """Of these measures, those that older files do not say: the first day of the first month that every file says.

    A file that another replaced still tells when lines were poured without the column.
    """
    tardives = {code: TARDIVES[code] for code in mesures if code in TARDIVES}
    if not tardives:
        return {}
    lues = Fichier.objects.filter(fait__in={mesure_de(code).fait for code in tardives})
    ecrits = lister_partout(lues.values_list("fait", "schema").annotate(Max("ecrit_le")).order_by().all)
    debuts = {}
    for code, schema in tardives.items():
        anciens = [le for fait, lu, le in ecrits if fait == mesure_de(code).fait and lu < schema]
        if anciens:
            dernier = jour(max(anciens))
            connu = dernier + timedelta(days=_d_avance(mesure_de(code).fait, dernier))
            debuts[code] = connu.replace(day=1) + relativedelta(months=1)
    return debuts


def _d_avance(fait: str, le: date) -> int:
    """Days after a pouring that what it says may already be of: a notice comes before the end of validity, once
    renewing is open.
    """
    return get_parametres(le)[ParametresDemande].renouvellement_ouverture_jours if fait == "echeance" else 0
