"""Taking a month of the journal away at the end of its retention: what is left still proves every other month."""

import hashlib
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db import connection, transaction

from sne.journal.actions import inscrire
from sne.journal.actions.jalonner import cle_privee_de
from sne.journal.models import Cle, Retrait
from sne.journal.rules import Entree
from sne.journal.rules import jalons as regles
from sne.journal.rules.notes import signer
from sne.journal.selectors.preuves import get_dernier_jalon
from sne.journal.verbes import VerbeJournal
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit

PAR_LECTURE = 10_000
FEUILLES = """
SELECT scellement, rang, empreinte FROM journal_position
WHERE inscrit_le >= %s AND inscrit_le < %s AND (scellement, rang) > (%s, %s) ORDER BY scellement, rang LIMIT %s
"""
PREUVE = """
SELECT count(*), count(p.entree), coalesce(min(p.scellement), 0), coalesce(max(p.scellement), 0),
    count(*) FILTER (WHERE e.empreinte <> journal_feuille(e) OR e.empreinte <> p.empreinte)
FROM {partition} e LEFT JOIN journal_position p ON p.entree = e.id
WHERE NOT EXISTS (SELECT FROM journal_reprise r WHERE r.entree = e.id)
"""
RACINES = """
SELECT count(*) FROM (
    SELECT s.racine, s.nombre, journal_racine(array_agg(p.empreinte ORDER BY p.rang)) AS lue, count(p.rang) AS comptees
    FROM journal_scellement s LEFT JOIN journal_position p ON p.scellement = s.numero
    WHERE s.numero BETWEEN %s AND %s GROUP BY s.numero
) AS x WHERE lue IS DISTINCT FROM racine OR comptees <> nombre
"""
VALEURS = """
DELETE FROM journal_valeur v USING journal_position p
WHERE p.entree = v.entree AND p.inscrit_le >= %s AND p.inscrit_le < %s
"""


@transaction.atomic
def retirer_mois(mois: date, *, conservation_mois: int, acte: Acte) -> Retrait:
    """Drop the entries and values of the month of ``mois``, once older than ``conservation_mois`` whole months.

    Runs as the owner of the tables. What leaves is signed: month, number, hashes. Raises ``Interdit`` when the month is
    too recent, not there, not wholly sealed, under no checkpoint, or cannot be verified: it has to be kept as evidence
    then.
    """
    debut = mois.replace(day=1)
    fin = debut + relativedelta(months=1)
    if fin + relativedelta(months=conservation_mois) > horloge.jour(acte.survenu_le):
        raise Interdit(
            f"Le mois {debut:%m/%Y} se conserve encore : le journal se garde {conservation_mois} mois entiers."
        )
    partition = f"journal_entree_{debut:%Y_%m}"
    bornes = (_minuit(debut), _minuit(fin))
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL lock_timeout = '5s'")
        curseur.execute("SELECT to_regclass(%s) IS NOT NULL", [f"public.{partition}"])
        if not curseur.fetchone()[0]:
            raise Interdit(f"Le journal n’a pas, ou n’a plus, le mois {debut:%m/%Y}.")
        curseur.execute(f"LOCK TABLE {partition} IN EXCLUSIVE MODE")
        retrait = _signer(debut, partition, bornes)
        # The permit first: the guards of the values let go of this month only, in this transaction only.
        retrait.save(force_insert=True)
        curseur.execute(VALEURS, bornes)
        curseur.execute(f"ALTER TABLE journal_entree DETACH PARTITION {partition}")
        curseur.execute(f"DROP TABLE {partition}")
    inscrire(
        Entree(
            verbe=VerbeJournal.RETIRER_MOIS,
            acte=acte,
            faits={"mois": f"{debut:%Y-%m}", "entrees": retrait.entrees},
        )
    )
    return retrait


def _signer(debut: date, partition: str, bornes: tuple[str, str]) -> Retrait:
    """The signed removal, once everything was seen to hold."""
    cle, jalon = Cle.objects.order_by("-numero").first(), get_dernier_jalon()
    with connection.cursor() as curseur:
        curseur.execute("SELECT clock_timestamp()")
        instant = curseur.fetchone()[0]
        curseur.execute(PREUVE.format(partition=partition))
        nombre, scellees, du, au, changees = curseur.fetchone()
        if nombre != scellees:
            raise Interdit(f"{nombre - scellees} entrées du mois {debut:%m/%Y} ne sont pas scellées.")
        if cle is None or jalon is None or au > jalon.scellement:
            raise Interdit(
                f"Aucun jalon ne couvre le mois {debut:%m/%Y}. Posez-en un : sne journal jalonner."
            )
        curseur.execute(RACINES, [du, au])
        if changees or curseur.fetchone()[0]:
            raise Interdit(
                f"Le mois {debut:%m/%Y} ne se prouve pas : gardez-le, et lancez sne journal verifier."
            )
    feuilles, comptees = _resumer(bornes)
    if comptees != nombre:
        raise Interdit(f"Il manque {comptees - nombre} entrées au mois {debut:%m/%Y} : sne journal verifier.")
    privee = cle_privee_de(cle)
    note = regles.Retrait(
        nom=privee.nom,
        mois=f"{debut:%Y-%m}",
        entrees=nombre,
        du_scellement=du,
        au_scellement=au,
        feuilles=feuilles,
        jalon=jalon.numero,
        instant=instant,
    )
    return Retrait(mois=debut, entrees=nombre, note=signer(note.texte(), privee), retire_le=instant)


def _resumer(bornes: tuple[str, str]) -> tuple[bytes, int]:
    """Digest and number of the leaves of the month, in their final order."""
    somme, nombre, place = hashlib.sha256(), 0, (0, 0)
    with connection.cursor() as curseur:
        while True:
            curseur.execute(FEUILLES, [*bornes, *place, PAR_LECTURE])
            lues = curseur.fetchall()
            if not lues:
                return somme.digest(), nombre
            for scellement, rang, empreinte in lues:
                somme.update(regles.en_feuille(scellement, rang, bytes(empreinte)))
            nombre, place = nombre + len(lues), lues[-1][:2]


def _minuit(jour: date) -> str:
    """The bound of the partitions: midnight, UTC."""
    return f"{jour.isoformat()} 00:00:00+00"
