"""Taking erased demandes out of the files: what they were worth is kept by cell, so that totals still prove."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, transaction

from sne.cellules.routage import list_places, lister_joignables, partout
from sne.infocentre.lac import policies
from sne.infocentre.lac.actions.cellules import ajouter_aux_effaces
from sne.infocentre.lac.actions.manifeste import Ecrit, balayer_le_lac, inscrire_fichiers
from sne.infocentre.lac.disque import dossier_de_travail, dossier_du_lac
from sne.infocentre.lac.models import Curseur, Fichier
from sne.infocentre.lac.parametres import ParametresLac
from sne.infocentre.lac.verbes import VerbeLac
from sne.infocentre.mesures import sql
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.moteur import lancer
from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import require
from sne.socle.verrous import seul

A_FAIRE = "SELECT min(inscrit_le) FROM purge WHERE inscrit_le > %s"
PRIS_EN_COURS = timedelta(
    hours=1
)  # the longest statement: an erasure inscribed before may be committed after
JOUR = timedelta(days=1)


def effacer_du_lac(*, acte: Acte, sans_attendre: bool = False) -> int:
    """Write again, without them, the files that hold erased demandes, once it is due; how many lines left.

    Due a day before the delay, or at once (``sans_attendre``), but not while a territory moves. Files of a past month
    become one meanwhile. Raises ``NonHabilite``, ``MoteurEnPanne``.
    """
    require(policies.can_verser(acte.acteur), "Seul le service retire des faits du lac des statistiques.")
    with seul("lac") as libre:
        curseur = Curseur.objects.first() if libre else None
        if curseur is None or not (sans_attendre or _est_du(curseur, le=acte.survenu_le)):
            return 0
        with dossier_de_travail() as travail:
            lues = _lire_les_cles(travail)
            if lues is None:
                return 0
            lu_le, cles = lues
            groupes = _groupes(le=acte.survenu_le)
            ordre = {
                "ordre": "reecrire",
                "lac": str(dossier_du_lac()),
                "cles": str(cles),
                "groupes": [
                    {**g, "fichiers": [str(dossier_du_lac() / c) for c in g["chemins"]]} for g in groupes
                ],
            }
            faits = lancer.executer(ordre, travail=travail, ecrit=True)
        parties = _remplacer(groupes, faits, lu_le=lu_le, acte=acte)
        balayer_le_lac(le=acte.survenu_le)
    return parties


def _est_du(curseur: Curseur, *, le: datetime) -> bool:
    jours = get_parametres(horloge.jour(le))[ParametresLac].lac_effacement_jours
    # One that left this cell is erased where it is; a cell that is away is asked the next hour.
    premiers, _ = lister_joignables(partial(_premier_efface, curseur.efface_le))
    return bool(premiers) and min(premiers) <= le - (jours - 1) * JOUR


def _premier_efface(depuis: datetime) -> list[datetime]:
    with connection.cursor() as ordre:
        ordre.execute(A_FAIRE, [depuis])
        return [premier for (premier,) in ordre.fetchall() if premier is not None]


def _lire_les_cles(travail: Path) -> tuple[datetime, Path] | None:
    """The keys that still name a demande, wherever it is now, and when they were read; ``None`` while a territory
    moves, whose keys might be in neither reading. Raises the failure of a cell that is away: nobody is then erased.
    """
    places = list_places()
    if any(ferme for _, ferme in places.values()):
        return None
    chemin = travail / "cles.csv"
    with chemin.open("wb") as sortie:
        instants = partout(partial(_copier_les_cles, sortie))
    return (min(instants.values()), chemin) if list_places() == places else None


def _copier_les_cles(sortie: BinaryIO) -> datetime:
    with connection.cursor() as curseur:
        curseur.execute("SELECT clock_timestamp()")
        lu_le: datetime = curseur.fetchone()[0]
        with curseur.copy("COPY (SELECT cle FROM cle_statistique) TO STDOUT (FORMAT csv)") as lu:
            for bloc in lu:
                sortie.write(bloc)
    return lu_le


def _groupes(*, le: datetime) -> list[dict[str, Any]]:
    """The files in force, by fact and month; those of a past month are to be joined."""
    mois = horloge.jour(le).replace(day=1)
    lus = Fichier.objects.filter(retire_le=None).order_by("fait", "mois", "sceau_du", "id")
    groupes = []
    for (fait, du_mois), suite in groupby(lus, key=lambda f: (f.fait, f.mois)):
        fichiers = list(suite)
        groupes.append(
            {
                "fait": fait,
                "mois": f"{du_mois:%Y-%m}",
                "sceaux": (min(f.sceau_du for f in fichiers), max(f.sceau_au for f in fichiers)),
                "chemins": [f.chemin for f in fichiers],
                "colonnes": dict(FAITS[fait].colonnes),
                "anciens": any(f.schema < FAITS[fait].schema for f in fichiers),
                "sql": sql.lire_cellules(fait),
                "reunir": du_mois < mois,
            }
        )
    return groupes


@transaction.atomic(durable=True)
def _remplacer(
    groupes: Sequence[Mapping[str, Any]], faits: Sequence[Mapping[str, Any]], *, lu_le: datetime, acte: Acte
) -> int:
    """Old files out of the manifest, new ones in, the cells of what left, and the entry, together."""
    curseur = Curseur.objects.select_for_update().get()
    ecrits: list[Ecrit] = []
    parties = 0
    for groupe, fait in zip(groupes, faits, strict=True):
        if not fait["ecrit"]:
            continue
        Fichier.objects.filter(chemin__in=groupe["chemins"]).update(retire_le=acte.survenu_le)
        if fait["fichier"]:
            mois = date.fromisoformat(f"{groupe['mois']}-01")
            ecrits.append(({"fait": groupe["fait"], **fait["fichier"]}, mois, groupe["sceaux"]))
        ajouter_aux_effaces(fait["cellules"])
        parties += fait["parties"]
    Curseur.objects.update(efface_le=lu_le - PRIS_EN_COURS)
    if parties or ecrits:
        dits = inscrire_fichiers(ecrits, le=acte.survenu_le)
        journal.inscrire(
            Entree(
                verbe=VerbeLac.EFFACER_DU_LAC,
                acte=acte,
                faits={"scellement": str(curseur.scellement), "lignes": parties, **dits},
            )
        )
    return parties
