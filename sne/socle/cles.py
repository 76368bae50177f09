"""Turning the key of the NIR, of drafts, messages and second factors: what lasts in the database is encrypted again.

A model says which of its columns are, and what ties each to its row, by ``colonnes_chiffrees``. What ends by itself
within days (sessions, codes, kept answers, pieces of imports) is not turned: the former key stays until then, and as
long as a backup holds rows of it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from sne.socle.chiffrement import (
    MARQUE,
    Indechiffrable,
    chiffrer,
    chiffrer_en_texte,
    dechiffrer,
    dechiffrer_du_texte,
)

PAR_LOT = 500
EN_CLAIR = -1  # of no key
NUMERO = 'get_byte("{champ}", 0)'
NUMERO_DU_TEXTE = (
    f"CASE WHEN \"{{champ}}\" LIKE '{MARQUE}%%' THEN get_byte(decode(substr(\"{{champ}}\", 2), 'base64'), 0) "
    f"ELSE {EN_CLAIR} END"
)
Chiffres = dict[str, Callable[[Any], bytes]]
"""Column → what ties its ciphertext to a row."""


def par_cle(ligne: Any) -> bytes:
    """Most are tied to the identifier of their row."""
    return bytes(ligne.id.bytes)


@dataclass(frozen=True, slots=True)
class Tournees:
    """Values encrypted again, and those that no known key opens."""

    faites: int
    illisibles: int


def list_modeles() -> Iterator[tuple[type[models.Model], Mapping[str, Callable[[Any], bytes]]]]:
    """Every table with encrypted columns that last."""
    for modele in apps.get_models():
        if chiffres := getattr(modele, "colonnes_chiffrees", None):
            yield modele, chiffres


def tourner(*, avancer: Callable[[int], None] = lambda _: None) -> Tournees:
    """Encrypt again, as owner of the tables, whatever an earlier key encrypted, or a column of text holds in clear.

    Killed, the next call goes on.
    """
    faites = illisibles = 0
    for modele, chiffres in list_modeles():
        for champ, lie_a in chiffres.items():
            apres = None
            while lot := _lot(modele, champ, apres):
                bonnes = _rechiffrer(modele, champ, lie_a, lot)
                faites, illisibles, apres = faites + bonnes, illisibles + len(lot) - bonnes, lot[-1]
                avancer(len(lot))
    return Tournees(faites, illisibles)


def est_en_texte(modele: type[models.Model], champ: str) -> bool:
    """Whether the column is of text, of somebody else's table, rather than of bytes."""
    return isinstance(modele._meta.get_field(champ), models.CharField)


def _lot(modele: type[models.Model], champ: str, apres: Any) -> list[Any]:
    """Identifiers of the next rows that another key than the last encrypted."""
    table, cle = modele._meta.db_table, modele._meta.pk.column
    numero = (NUMERO_DU_TEXTE if est_en_texte(modele, champ) else NUMERO).format(champ=champ)
    suite = f'AND "{cle}" > %s' if apres is not None else ""
    with connection.cursor() as curseur:
        ordre = (
            f'SELECT "{cle}" FROM "{table}" WHERE length("{champ}") > 0 '  # noqa: S608 - names of our own tables
            f'AND {numero} <> %s {suite} ORDER BY "{cle}" LIMIT {PAR_LOT}'
        )
        curseur.execute(ordre, [max(settings.CLES_NIR), *([apres] if apres is not None else [])])
        return [ligne for (ligne,) in curseur.fetchall()]


@transaction.atomic
def _rechiffrer(modele: type[models.Model], champ: str, lie_a: Callable[[Any], bytes], lot: list[Any]) -> int:
    """How many were. The guards of the table rest meanwhile: nothing of what it says changes."""
    table = modele._meta.db_table
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal "
            "AND tgenabled <> 'D'",
            [f'"{table}"'],
        )
        gardes = curseur.fetchall()
        curseur.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        faites = []
        for ligne in modele._base_manager.filter(pk__in=lot).select_for_update(of=("self",)):
            try:
                faites.append((_de_nouveau(getattr(ligne, champ), lie_a(ligne)), ligne.pk))
            except Indechiffrable:
                continue
        ordre = f'UPDATE "{table}" SET "{champ}" = %s WHERE "{modele._meta.pk.column}" = %s'  # noqa: S608 - idem
        curseur.executemany(ordre, faites)
        connection.check_constraints()  # a table with checks that wait may not be altered
        for nom, etat in gardes:
            toujours = "ALWAYS " if etat == "A" else ""
            curseur.execute(f'ALTER TABLE "{table}" ENABLE {toujours}TRIGGER "{nom}"')
    return len(faites)


def _de_nouveau(valeur: bytes | str, lie_a: bytes) -> bytes | str:
    """The same value under the last key. Raises ``Indechiffrable``."""
    if isinstance(valeur, str):
        return chiffrer_en_texte(dechiffrer_du_texte(valeur, lie_a=lie_a), lie_a=lie_a)
    return chiffrer(dechiffrer(valeur, lie_a=lie_a), lie_a=lie_a)
