"""Lines of a series, its head, its statements; what proves one line."""

import uuid
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count

from sne.flux import policies
from sne.flux.models import Ligne, Releve
from sne.flux.parametres import ParametresFlux
from sne.flux.rules import lignes as regles
from sne.flux.rules.types import Serie, Type
from sne.journal.rules.notes import en_base64
from sne.journal.selectors.preuves import get_inclusion
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.lignes import trouver
from sne.socle.replique import connection

ABSENT = "Aucun flux de ce territoire dans votre périmètre."
RELEVES_MONTRES = 31
REVISIONS = """
SELECT demande, revision FROM (
    SELECT demande, max(revision) AS revision, (array_agg(type ORDER BY numero DESC))[1] AS dernier FROM flux_ligne
    WHERE territoire = %s AND serie = %s AND numero <= %s GROUP BY demande
) AS d WHERE dernier <> %s ORDER BY demande
"""
# Of an entry that came with its territory, the instant of the seal that it had there.
AGE = """
SELECT coalesce(r.scelle_le, s.scelle_le) FROM flux_ligne l LEFT JOIN journal_reprise r ON r.entree = l.entree
LEFT JOIN journal_scellement s ON s.numero = l.scellement
WHERE l.territoire = %s AND l.serie = %s AND l.numero = %s
"""


@dataclass(frozen=True, slots=True)
class Etat:
    """The end of a series: number and head of its last line, its place in the journal."""

    numero: int
    tete: bytes
    scellement: int
    rang: int


def exiger_lisible(acteur: Acteur, territoire: str, serie: Serie) -> None:
    """Raises ``Introuvable``, for another's territory as for one that does not exist."""
    if not policies.can_lire(acteur, territoire, serie):
        raise Introuvable(ABSENT)


def get_etat(territoire: str, serie: str) -> Etat:
    """Where a series ends."""
    derniere = Ligne.objects.filter(territoire=territoire, serie=serie).order_by("-numero").first()
    if derniere is None:
        return Etat(0, regles.origine(territoire, serie), 0, 0)
    return Etat(derniere.numero, bytes(derniere.chaine), derniere.scellement, derniere.rang)


def est_ecrite(entree: uuid.UUID) -> bool:
    """Whether this entry of the journal has its line."""
    return Ligne.objects.filter(entree=entree).exists()


def get_premier_garde(territoire: str, serie: str, *, apres: int, le: date) -> int | None:
    """Where a reader at ``apres`` has to start again, when what follows is too old to be given on that day.

    ``None`` when it is still given. The age of a line is that of its seal, by the clock of the database: numbers are in
    the order of seals, so that a few lines are looked at among millions.
    """
    mois = get_parametres(le)[ParametresFlux].flux_conservation_mois
    limite = horloge.debut_du_jour(le) - relativedelta(months=mois)
    scellee_le = get_scellement(territoire, serie, apres + 1)
    if scellee_le is None or scellee_le >= limite:
        return None

    def est_gardee(numero: int) -> bool:
        age = get_scellement(territoire, serie, numero)
        return age is not None and age >= limite

    apres_tout = get_etat(territoire, serie).numero + 1
    return bisect_left(range(apres_tout), True, lo=apres + 2, hi=apres_tout, key=est_gardee)


def get_scellement(territoire: str, serie: str, numero: int) -> datetime | None:
    """When this line was sealed; ``None`` beyond the end."""
    with connection.cursor() as curseur:
        curseur.execute(AGE, [territoire, serie, numero])
        lu = curseur.fetchone()
    return lu[0] if lu else None


def list_lignes(territoire: str, serie: str, *, apres: int, limite: int) -> list[Ligne]:
    """Lines after that number, in order."""
    suivantes = Ligne.objects.filter(territoire=territoire, serie=serie, numero__gt=apres)
    return list(suivantes.order_by("numero")[:limite])


def get_tete(territoire: str, serie: str, numero: int) -> bytes | None:
    """The head at that number; ``None`` beyond the end."""
    if numero == 0:
        return regles.origine(territoire, serie)
    chaine = Ligne.objects.filter(territoire=territoire, serie=serie, numero=numero).values_list(
        "chaine", flat=True
    )
    return next((bytes(c) for c in chaine), None)


def list_revisions(territoire: str, serie: str, *, numero: int) -> list[tuple[uuid.UUID, int]]:
    """What the lines up to that number say: each demande not erased and its highest revision, by identifier."""
    with connection.cursor() as curseur:
        curseur.execute(REVISIONS, [territoire, serie, numero, Type.DEMANDE_EFFACEE.value])
        return [(demande, revision) for demande, revision in curseur.fetchall()]


def list_releves(territoire: str, serie: str) -> list[Releve]:
    """The last statements, the newest first."""
    poses = Releve.objects.filter(territoire=territoire, serie=serie).order_by("-numero")
    return list(poses[:RELEVES_MONTRES])


def compter_par_type(territoire: str, serie: str, *, jour: date) -> dict[str, int]:
    """Lines of the acts of that day, by type."""
    debut, fin = horloge.debut_du_jour(jour), horloge.debut_du_jour(jour + relativedelta(days=1))
    lues = Ligne.objects.filter(territoire=territoire, serie=serie, survenu_le__gte=debut, survenu_le__lt=fin)
    return dict(lues.values_list("type").annotate(n=Count("numero")).order_by("type"))


def get_preuve(territoire: str, serie: str, numero: int) -> tuple[Ligne, dict[str, Any] | None]:
    """A line with the journal's proof of its entry (``None`` until a checkpoint covers it). Raises ``Introuvable``."""
    ligne = trouver(Ligne.objects.filter(territoire=territoire, serie=serie, numero=numero), ABSENT)
    return ligne, get_inclusion(ligne.entree)


def verifier(territoire: str, serie: str) -> Iterator[str]:
    """What is wrong in a series, read whole: a hole, an altered line, a statement that no longer agrees."""
    releves = dict(Releve.objects.filter(territoire=territoire, serie=serie).values_list("numero", "note"))
    tete, lues = regles.origine(territoire, serie), Ligne.objects.filter(territoire=territoire, serie=serie)
    for attendu, lue in enumerate(lues.order_by("numero").iterator(), start=1):
        if lue.numero != attendu:
            yield f"Le numéro {attendu} manque."
            return
        tete = regles.suivante(tete, en_regle(lue))
        if tete != bytes(lue.chaine):
            yield f"La ligne {lue.numero} n’est plus celle qui a été écrite."
            return
        note = releves.pop(lue.numero, None)
        if note is not None and f"\ntete {en_base64(tete)}\n" not in note:
            yield f"Le relevé {lue.numero} ne dit plus ce que disent les lignes."
            return
    if releves:
        yield f"La ligne {min(releves)}, dont un relevé est signé, manque."


def en_regle(lue: Ligne) -> regles.Ligne:
    """The line as the rules take it."""
    return regles.Ligne(**{champ: getattr(lue, champ) for champ in regles.Ligne.__slots__})
