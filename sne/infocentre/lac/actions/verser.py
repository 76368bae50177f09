"""Pouring: what was sealed since the last time becomes lines of files, and the cells grow by what they are worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from sne.habilitations.rules.acteurs import service
from sne.infocentre.lac import policies
from sne.infocentre.lac.actions.cellules import ajouter, recompter
from sne.infocentre.lac.actions.guichets import noter_les_guichets
from sne.infocentre.lac.actions.manifeste import balayer_le_lac, inscrire_fichiers
from sne.infocentre.lac.disque import dossier_de_travail, dossier_du_lac, exiger_present
from sne.infocentre.lac.extraction import Extrait, VersementRefuse, extraire
from sne.infocentre.lac.models import Curseur, Fichier
from sne.infocentre.lac.parametres import ParametresLac
from sne.infocentre.lac.verbes import VerbeLac
from sne.infocentre.mesures import sql
from sne.infocentre.moteur import lancer
from sne.journal import actions as journal
from sne.journal.rules import Entree, ecritures
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require
from sne.socle.replique import base, lectures_en_nombre
from sne.socle.verrous import seul

SANS_FIN = 2**63 - 1
# How far to go this time: some seals one of whose acts at least is on a demande or loads RPLS; nothing without any.
SUITE = """
SELECT max(numero) FROM (
    SELECT s.numero, sum(s.nombre) OVER (ORDER BY s.numero) AS entrees, row_number() OVER (ORDER BY s.numero) AS rang
    FROM journal_scellement s WHERE s.numero > %(depuis)s
) AS x WHERE (entrees <= %(au_plus)s OR rang = 1) AND EXISTS (
    SELECT FROM journal_position p JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
    WHERE p.scellement > %(depuis)s AND (e.demande IS NOT NULL AND e.verbe = ANY (%(verbes)s)
        OR e.verbe = 'CHARGER_RPLS'))
"""
# The demandes of these seals that have no key yet draw one, once.
CLES = """
INSERT INTO cle_statistique (demande_id, cle)
SELECT id, ('x' || left(hasard, 8) || right(hasard, 8))::bit(64)::bigint & 9223372036854775807
FROM (
    SELECT d.id, gen_random_uuid()::text AS hasard
    FROM (SELECT DISTINCT e.demande AS id
        FROM journal_position p JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
        WHERE p.scellement > %(depuis)s AND p.scellement <= %(jusqua)s AND e.demande IS NOT NULL
            AND e.verbe = ANY (%(verbes)s)) t
    JOIN demande d ON d.id = t.id AND d.statut <> 'PURGEE'
    WHERE NOT EXISTS (SELECT FROM cle_statistique c WHERE c.demande_id = d.id) OFFSET 0
) AS x
ON CONFLICT (demande_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Versement:
    """One pouring: seals after ``depuis`` up to ``jusqua``, lines by fact, cells that moved."""

    depuis: int
    jusqua: int
    lignes: Mapping[str, int]
    cellules: int


def service_du_lac() -> Acteur:
    """The service keeping the lake by itself; it holds no right on any demande."""
    return service("Infocentre")


def verser(*, acte: Acte) -> list[Versement]:
    """Pour everything that was sealed and not poured yet, in several times if there is much; empty for nothing.

    Idempotent: killed anywhere, it leaves the cells as they were or as they are to be. Another process at work pours in
    its stead: nothing is done then. Raises ``NonHabilite``, ``VersementRefuse``, ``MoteurEnPanne``.
    """
    require(policies.can_verser(acte.acteur), "Seul le service verse au lac des statistiques.")
    faits: list[Versement] = []
    with seul("lac") as libre:
        if libre:
            _exiger_le_lac()
            _recompter_si_les_mesures_changent(acte=acte)
            while (fait := _verser_une_fois(acte=acte)) is not None:
                faits.append(fait)
            balayer_le_lac(le=acte.survenu_le)
    return faits


def _exiger_le_lac() -> None:
    """The last file poured is there: nothing is written in the folder that is left where a disk is not mounted."""
    dernier = Fichier.objects.filter(retire_le=None).order_by("-id").values_list("chemin", flat=True).first()
    if dernier:
        exiger_present(dernier)


def _verser_une_fois(*, acte: Acte) -> Versement | None:
    curseur = Curseur.objects.first()
    depuis = curseur.scellement if curseur else 0
    jusqua = _jusqu_ou(depuis, acte=acte)
    if jusqua is None:
        Curseur.objects.filter(id=1).update(verse_le=acte.survenu_le)
        return None
    _tirer_les_cles(depuis, jusqua)
    with dossier_de_travail() as travail:
        extraits = _extraire(travail, depuis, jusqua)
        ecrit = _ecrire(extraits, travail, sceaux=(depuis, jusqua), le=acte.survenu_le)
        return _inscrire(extraits, ecrit, sceaux=(depuis, jusqua), acte=acte)


def _jusqu_ou(depuis: int, *, acte: Acte) -> int | None:
    au_plus = get_parametres(horloge.jour(acte.survenu_le))[ParametresLac].lac_entrees_par_versement
    with connection.cursor() as curseur:
        curseur.execute(SUITE, {"depuis": depuis, "au_plus": au_plus, "verbes": _verbes()})
        (jusqua,) = curseur.fetchone()
    return None if jusqua is None else int(jusqua)


def tirer_les_cles_d_avance() -> None:
    """The keys of what this lake will count next."""
    curseur = Curseur.objects.first()
    _tirer_les_cles(curseur.scellement if curseur else 0, SANS_FIN)


def _tirer_les_cles(depuis: int, jusqua: int) -> None:
    with connection.cursor() as curseur:
        curseur.execute(CLES, {"depuis": depuis, "jusqua": jusqua, "verbes": _verbes()})


def _verbes() -> list[str]:
    return sorted(map(str, ecritures()))


def _extraire(travail: Path, depuis: int, jusqua: int) -> list[Extrait]:
    with lectures_en_nombre(), transaction.atomic(using=base(), durable=True):
        return extraire(travail, depuis=depuis, jusqua=jusqua)


def _ecrire(extraits: Sequence[Extrait], travail: Path, *, sceaux: tuple[int, int], le: datetime) -> Any:
    """The files, on the disk and named, which no list names yet; and what their lines are worth, by cell."""
    ordre = {
        "ordre": "ecrire",
        "lac": str(dossier_du_lac()),
        "mois": f"{horloge.jour(le):%Y-%m}",
        "sceaux": sceaux,
        "faits": {
            e.fait.code: {
                "csv": str(e.csv),
                "lignes": e.lignes,
                "colonnes": dict(e.fait.colonnes),
                "sql": sql.lire_cellules(e.fait.code),
            }
            for e in extraits
        },
    }
    return lancer.executer(ordre, travail=travail, ecrit=True)


@transaction.atomic(durable=True)
def _inscrire(extraits: Sequence[Extrait], ecrit: Any, *, sceaux: tuple[int, int], acte: Acte) -> Versement:
    """Manifest, cells, cursor and entry, together: before this nothing happened, after it all is done."""
    depuis, jusqua = sceaux
    curseur = Curseur.objects.select_for_update().first()
    if (curseur.scellement if curseur else 0) != depuis:
        raise VersementRefuse("Un autre versement est passé avant celui-ci. Relancez-le.")
    mois = horloge.jour(acte.survenu_le).replace(day=1)
    fichiers = inscrire_fichiers([(f, mois, sceaux) for f in ecrit["fichiers"]], le=acte.survenu_le)
    bouge = ajouter(ecrit["cellules"])
    if curseur is None:
        Curseur.objects.create(
            scellement=jusqua, verse_le=acte.survenu_le, mesures=sql.empreinte(), efface_le=acte.survenu_le
        )
    else:
        Curseur.objects.update(scellement=jusqua, verse_le=acte.survenu_le)
    noter_les_guichets(horloge.jour(acte.survenu_le))
    lignes = {e.fait.code: e.lignes for e in extraits}
    journal.inscrire(
        Entree(
            verbe=VerbeLac.VERSER_LAC,
            acte=acte,
            faits={
                "depuis": str(depuis),
                "scellement": str(jusqua),
                "lignes": {fait: nombre for fait, nombre in lignes.items() if nombre},
                **fichiers,
            },
        )
    )
    return Versement(depuis, jusqua, lignes, bouge)


def _recompter_si_les_mesures_changent(*, acte: Acte) -> None:
    """Cells counted by other formulas are counted again from the lake: no fact is poured again for a measure."""
    curseur = Curseur.objects.first()
    if curseur is not None and curseur.mesures != sql.empreinte():
        recompter(curseur, acte=acte)
