"""Checkpoints against the seals they cover, with the public keys that the database itself holds."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection

from sne.journal.models import Cle, Jalon
from sne.journal.rules import jalons as regles
from sne.journal.rules.merkle import Cretes, hacher_feuille
from sne.journal.rules.notes import ClePublique, NoteInvalide, is_signee_par, texte_de
from sne.journal.selectors.etat import Ecart

PAR_LECTURE = 10_000


def list_jalons(*, apres: int | None = None, au_plus: int) -> tuple[Jalon, ...]:
    """Checkpoints after that one, in order; without it, the newest first."""
    if apres is None:
        return tuple(Jalon.objects.order_by("-numero")[:au_plus])
    return tuple(Jalon.objects.filter(numero__gt=apres).order_by("numero")[:au_plus])


def list_cles_publiees() -> tuple[Cle, ...]:
    """The public keys, the first one first."""
    return tuple(Cle.objects.order_by("numero"))


def get_attente_d_un_jalon(*, le: datetime) -> timedelta:
    """For how long, at ``le`` (aware), the oldest seal that no checkpoint covers has waited."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT min(scelle_le) FROM journal_scellement "
            "WHERE numero > (SELECT coalesce(max(scellement), 0) FROM journal_jalon)"
        )
        depuis = curseur.fetchone()[0]
    return max(timedelta(), le - depuis) if depuis else timedelta()


def verifier_jalons() -> Iterator[Ecart]:
    """Each key after the one before, each checkpoint by its key and against its seal: one reading of the seals.

    Whoever owns the database may have changed the keys too: a verifier outside starts from a key received elsewhere.
    """
    cles = {cle.numero: cle for cle in Cle.objects.order_by("numero")}
    yield from _cles(list(cles.values()))
    sceaux, cretes, entrees = _scellements(), Cretes(), 0
    chaine = b""
    for attendu, jalon in enumerate(Jalon.objects.order_by("numero").iterator(), start=1):
        while cretes.nombre < jalon.scellement and (sceau := next(sceaux, None)):
            chaine, entrees = bytes(sceau[0]), entrees + sceau[1]
            cretes.ajouter(hacher_feuille(chaine))
        phrase = _faute(jalon, cles.get(jalon.cle_id), attendu, (cretes, chaine, entrees))
        if phrase:
            yield Ecart(jalon.scellement, None, f"Le jalon n° {jalon.numero} {phrase}.")


def _faute(jalon: Jalon, cle: Cle | None, attendu: int, journal: tuple[Cretes, bytes, int]) -> str:
    """What is wrong with a checkpoint, or nothing."""
    cretes, chaine, entrees = journal
    try:
        dit = regles.Jalon.lire(texte_de(jalon.note))
        signe = cle is not None and is_signee_par(jalon.note, ClePublique.lire(cle.publique))
    except NoteInvalide:
        return "est illisible"
    if jalon.numero != attendu or (cle and jalon.numero <= cle.apres_le_jalon) or not signe:
        return "n’est pas signé par la clé en service, ou ne suit pas le précédent"
    if (dit.numero, dit.scellement, dit.entrees) != (jalon.numero, jalon.scellement, jalon.entrees):
        return "ne dit pas ce que dit sa ligne"
    if (dit.scellement, dit.entrees) != (cretes.nombre, entrees):
        return f"atteste {dit.entrees} entrées, il en reste {entrees}"
    if (dit.chaine, dit.racine) != (chaine, cretes.racine()):
        return "atteste un autre journal"
    return ""


def _cles(cles: list[Cle]) -> Iterator[Ecart]:
    for avant, cle in zip([None, *cles], cles, strict=False):
        signataires = [c for c in (avant, cle) if c]
        try:
            bonne = all(is_signee_par(cle.note, ClePublique.lire(c.publique)) for c in signataires)
        except NoteInvalide:
            bonne = False
        if not bonne:
            yield Ecart(0, None, f"La clé n° {cle.numero} n’a pas été mise en service par la précédente.")


def _scellements() -> Iterator[tuple[bytes, int]]:
    dernier = 0
    with connection.cursor() as curseur:
        while True:
            curseur.execute(
                "SELECT numero, empreinte, nombre FROM journal_scellement WHERE numero > %s ORDER BY numero LIMIT %s",
                [dernier, PAR_LECTURE],
            )
            lus = curseur.fetchall()
            if not lus:
                return
            yield from ((bytes(empreinte), nombre) for _, empreinte, nombre in lus)
            dernier = lus[-1][0]
