"""Checkpoints against the seals they cover, with the public keys that the database itself holds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sne.journal.models import Cle, Jalon
from sne.journal.rules import jalons as regles
from sne.journal.rules.merkle import Cretes, hacher_feuille
from sne.journal.rules.notes import ClePublique, NoteInvalide, is_signee_par, texte_de
from sne.journal.selectors.etat import Ecart
from sne.socle.replique import connection

PAR_LECTURE = 10_000


@dataclass(frozen=True, slots=True)
class RepriseDite:
    """A restoration, as witnesses are told of it. ``etat_du``: the instant restored.

    What they received beyond ``dernier_jalon``, before ``rouvert_le``, is of a future that was lost.
    """

    rouvert_le: datetime
    etat_du: datetime
    dernier_jalon: int


def list_jalons(*, apres: int | None = None, au_plus: int) -> tuple[Jalon, ...]:
    """Checkpoints after that one, in order; without it, the newest first. None that was set aside."""
    if apres is None:
        return tuple(Jalon.objects.filter(ecarte=None).order_by("-numero")[:au_plus])
    return tuple(Jalon.objects.filter(ecarte=None, numero__gt=apres).order_by("numero")[:au_plus])


def list_cles_publiees() -> tuple[Cle, ...]:
    """The public keys, the first one first."""
    return tuple(Cle.objects.order_by("numero"))


def list_reprises() -> tuple[RepriseDite, ...]:
    """Every restoration, the last one first."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT inscrit_le, faits::text FROM journal_entree WHERE verbe = 'REPRENDRE_SERVICE' "
            "ORDER BY inscrit_le DESC"
        )
        lues = [(le, json.loads(faits)) for le, faits in curseur.fetchall()]
    return tuple(
        RepriseDite(le, datetime.fromisoformat(faits["depuis"]), int(faits["dernier_jalon"]))
        for le, faits in lues
    )


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

    A checkpoint that no key signed is named, and the reading goes on; once the owner has set it aside, it is no longer
    named. The owner of the database may have changed the keys too: a verifier outside starts from a key received
    elsewhere.
    """
    cles = {cle.numero: cle for cle in Cle.objects.order_by("numero")}
    yield from _cles(list(cles.values()))
    sceaux, cretes, entrees = _scellements(), Cretes(), 0
    chaine = b""
    jalons = Jalon.objects.select_related("ecarte").order_by("numero")
    for attendu, jalon in enumerate(jalons.iterator(), start=1):
        while cretes.nombre < jalon.scellement and (sceau := next(sceaux, None)):
            chaine, entrees = bytes(sceau[0]), entrees + sceau[1]
            cretes.ajouter(hacher_feuille(chaine))
        cle = cles.get(jalon.cle_id)
        if not _is_signe(jalon, cle):
            if not hasattr(jalon, "ecarte"):
                phrase = f"Le jalon n° {jalon.numero} est faux : la clé en service ne l’a pas signé."
                yield Ecart(jalon.scellement, None, phrase, faux_jalon=jalon.numero)
        elif phrase := _faute(jalon, (cretes, chaine, entrees)) or _place(jalon, attendu):
            yield Ecart(jalon.scellement, None, f"Le jalon n° {jalon.numero} {phrase}.")


def is_signe(jalon: Jalon) -> bool:
    """Whether the key that this checkpoint names signed it, and was in force."""
    return _is_signe(jalon, Cle.objects.filter(numero=jalon.cle_id).first())


def _is_signe(jalon: Jalon, cle: Cle | None) -> bool:
    if cle is None or jalon.numero <= cle.apres_le_jalon:
        return False
    try:
        return is_signee_par(jalon.note, ClePublique.lire(cle.publique))
    except NoteInvalide:
        return False


def _place(jalon: Jalon, attendu: int) -> str:
    if hasattr(jalon, "ecarte"):
        return "a été écarté bien que signé"
    return "" if jalon.numero == attendu else "ne suit pas le précédent"


def _faute(jalon: Jalon, journal: tuple[Cretes, bytes, int]) -> str:
    """What is wrong with a signed checkpoint, or nothing."""
    cretes, chaine, entrees = journal
    try:
        dit = regles.Jalon.lire(texte_de(jalon.note))
    except NoteInvalide:
        return "est illisible"
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
