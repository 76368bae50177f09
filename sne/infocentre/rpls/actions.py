"""Loading one vintage of RPLS: the file into a table of this transaction, judged line by line, then swapped in.

Runs as the owner of the tables: no process that serves may write them. Everything is one transaction, so that whoever
reads meanwhile finds the vintage before, then this one.
"""

import codecs
import csv
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any

from django.db import connection, transaction
from psycopg import DataError

from sne.infocentre.rpls import policies
from sne.infocentre.rpls.models import RplsChargement
from sne.infocentre.rpls.parametres import ParametresRpls
from sne.infocentre.rpls.possible import exiger_charger
from sne.infocentre.rpls.rules import (
    ENTETE,
    REJETS,
    MotifRejet,
    exiger_assez_de_lignes,
    lire_entete,
    siren_juste,
)
from sne.infocentre.rpls.verbes import VerbeRpls
from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7

BLOC = 1 << 20  # bytes read at once
RECEVOIR = f"""
CREATE TEMPORARY TABLE rpls_recu (
    ligne bigint GENERATED ALWAYS AS IDENTITY, {", ".join(f"{nom.lower()} text" for nom in ENTETE)}
) ON COMMIT DROP
"""
COPIER = (
    f"COPY rpls_recu ({', '.join(ENTETE)}) FROM STDIN WITH (FORMAT csv, DELIMITER ';', NULL E'\\x01', "
    "ENCODING '{codage}')"
)
COMMUNES = """
CREATE TEMPORARY TABLE rpls_communes ON COMMIT DROP AS
SELECT DISTINCT ON (code) code, territoire FROM (
    SELECT 1 AS ordre, c.code, d.territoire_id AS territoire
    FROM commune c JOIN departement d ON d.code = c.departement_id
    WHERE coalesce(c.debut, '-infinity') <= %(jour)s AND coalesce(c.fin, 'infinity') >= %(jour)s
    UNION ALL
    SELECT 2, r.code, d.territoire_id
    FROM commune_rattachee r JOIN commune c ON c.code = r.commune_id JOIN departement d ON d.code = c.departement_id
) AS connues WHERE territoire IS NOT NULL ORDER BY code, ordre
"""
JUGER = """
CREATE TEMPORARY TABLE rpls_lu ON COMMIT DROP AS
SELECT ligne + 1 AS ligne, ident_rep, siren, territoire, mois_bail, CASE
    WHEN ident_rep !~ '^[0-9A-Z]{10}$' THEN 'IDENTIFIANT'
    WHEN fois > 1 THEN 'DOUBLE'
    WHEN NOT siren = ANY (%(sirens)s) THEN 'SIREN'
    WHEN territoire IS NULL THEN 'COMMUNE'
    WHEN mode !~ '^[123459]$' THEN 'OCCUPATION'
    WHEN mode = '1' AND mois_bail IS NULL THEN 'BAIL'
    WHEN mois_bail > %(jour)s THEN 'BAIL_FUTUR' END AS motif
FROM (
    SELECT r.ligne, r.ident_rep, r.siren_bailleur AS siren, c.territoire, r.mode,
        count(*) OVER (PARTITION BY r.ident_rep) AS fois,
        CASE WHEN r.mode = '1' AND r.baildate ~ '^(0[1-9]|1[0-2])/(19|20)[0-9]{2}$'
            THEN make_date(right(r.baildate, 4)::int, left(r.baildate, 2)::int, 1) END AS mois_bail
    FROM rpls_recu r LEFT JOIN rpls_communes c ON c.code = r.depcom
) AS lues
"""
VERSER = """
INSERT INTO rpls_bail (millesime, rang, ident_rep, siren, territoire, mois_bail)
SELECT %(millesime)s, %(rang)s, ident_rep, siren, territoire, mois_bail FROM rpls_lu WHERE motif IS NULL
"""
COMPTER = """
INSERT INTO rpls_attribution (millesime, rang, siren, territoire, nombre)
SELECT %(millesime)s, %(rang)s, siren, territoire,
    count(*) FILTER (WHERE extract(year FROM mois_bail) = %(millesime)s - 1)
FROM rpls_lu WHERE motif IS NULL GROUP BY siren, territoire
"""


@dataclass(frozen=True, slots=True)
class Bilan:
    """What a file gave. ``nouveau``: false when this very file was the last one loaded, and nothing was done."""

    millesime: int
    rang: int
    lignes: int
    rejets: int
    nouveau: bool
    motifs: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def charger_rpls(fichier: IO[bytes], *, millesime: int, rejets: IO[str], acte: Acte) -> Bilan:
    """Load a restricted extract (« ; », UTF-8 or Latin-1) as the next rank of its vintage.

    ``rejets`` receives each line left out, by its number, its column and the remedy, also when the whole is refused.
    Raises ``NonHabilite``, ``Interdit``: a wrong header, an unreadable line, no such vintage, too many lines left out.
    """
    le = horloge.jour(acte.survenu_le)
    exiger_charger(acte.acteur, millesime=millesime, le=le)
    _lock_millesime(millesime)
    empreinte, codage = _parcourir(fichier)
    dernier = RplsChargement.objects.filter(millesime=millesime).order_by("-rang").first()
    if dernier is not None and dernier.empreinte == empreinte:
        return Bilan(millesime, dernier.rang, dernier.lignes, dernier.rejets, nouveau=False)
    _recevoir(fichier, codage)
    motifs, lignes = _juger(millesime, rejets)
    nombre = sum(motifs.values())
    exiger_assez_de_lignes(lignes, nombre, part_max=get_parametres(le)[ParametresRpls].rpls_rejets_part_max)
    rang = dernier.rang + 1 if dernier else 1
    _inscrire(
        RplsChargement(millesime=millesime, rang=rang, empreinte=empreinte, lignes=lignes, rejets=nombre),
        acte,
    )
    with connection.cursor() as curseur:
        for ordre in (VERSER, COMPTER):
            curseur.execute(ordre, {"millesime": millesime, "rang": rang})
        curseur.execute("DROP TABLE rpls_recu, rpls_communes, rpls_lu")
    return Bilan(millesime, rang, lignes, nombre, nouveau=True, motifs=motifs)


def _lock_millesime(millesime: int) -> None:
    """Two loads of one vintage come one after the other."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"rpls|{millesime}"])


def _parcourir(fichier: IO[bytes]) -> tuple[str, str]:
    """SHA-256 of the file, and how it is written: UTF-8 when the whole of it can be read so, else Latin-1."""
    condense, lecteur, codage = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), "UTF8"
    fichier.seek(0)
    while bloc := fichier.read(BLOC):
        condense.update(bloc)
        if codage == "UTF8" and not _se_lit(lecteur, bloc):
            codage = "LATIN1"
    return condense.hexdigest(), codage if _se_lit(lecteur, b"", fin=True) else "LATIN1"


def _se_lit(lecteur: codecs.IncrementalDecoder, bloc: bytes, *, fin: bool = False) -> bool:
    try:
        lecteur.decode(bloc, fin)
    except UnicodeDecodeError:
        lecteur.reset()
        return False
    return True


def _recevoir(fichier: IO[bytes], codage: str) -> None:
    """The lines of the file, as they are, in a table of this transaction. Raises ``Interdit``."""
    fichier.seek(0)
    lire_entete(fichier.readline(BLOC))
    with connection.cursor() as curseur:
        curseur.execute(RECEVOIR)
        try:
            with curseur.copy(COPIER.format(codage=codage)) as copie:
                while bloc := fichier.read(BLOC):
                    copie.write(bloc)
        except DataError as exc:
            raise Interdit(_phrase(exc)) from None


def _phrase(exc: DataError) -> str:
    """Which line is wrong; never what it says."""
    ou = re.search(r"line (\d+)", exc.diag.context or "")
    quelle = f"La ligne {int(ou[1]) + 1}" if ou else "Une ligne"
    return f"{quelle} du fichier n’a pas dix colonnes lisibles\u00a0: rien n’a été changé."


def _juger(millesime: int, rejets: IO[str]) -> tuple[dict[str, int], int]:
    """How many lines are left out, by reason, and how many there are; each is told in ``rejets``."""
    jour = date(millesime, 1, 1)
    with connection.cursor() as curseur:
        curseur.execute(COMMUNES, {"jour": jour})
        curseur.execute("SELECT DISTINCT siren_bailleur FROM rpls_recu")
        sirens = [siren for (siren,) in curseur.fetchall() if siren_juste(siren)]
        curseur.execute(JUGER, {"jour": jour, "sirens": sirens})
        curseur.execute("SELECT motif, count(*) FROM rpls_lu GROUP BY motif")
        comptes: dict[str | None, int] = dict(curseur.fetchall())
        _dire_les_rejets(curseur, rejets)
    return {m: n for m, n in sorted(comptes.items(), key=str) if m is not None}, sum(comptes.values())


def _dire_les_rejets(curseur: Any, rejets: IO[str]) -> None:
    ecrivain = csv.writer(rejets, delimiter=";", lineterminator="\r\n")
    ecrivain.writerow(["ligne", "colonne", "motif"])
    curseur.execute("SELECT ligne, motif FROM rpls_lu WHERE motif IS NOT NULL ORDER BY ligne")
    for ligne, motif in curseur:
        rejet = REJETS[MotifRejet(motif)]
        ecrivain.writerow([ligne, rejet.colonne, rejet.phrase])


def _inscrire(chargement: RplsChargement, acte: Acte) -> None:
    chargement.id = uuid7()
    chargement.entree = journal.inscrire(
        Entree(
            verbe=VerbeRpls.CHARGER_RPLS,
            acte=acte,
            faits={
                "chargement": str(chargement.id),
                "millesime": chargement.millesime,
                "rang": chargement.rang,
                "lignes": chargement.lignes,
                "rejets": chargement.rejets,
            },
        )
    )
    chargement.auteur, chargement.survenu_le = acte.acteur.id, acte.survenu_le
    chargement.charge_par = acte.acteur.instantane_pour(policies.CHARGER)
    chargement.save(force_insert=True)
