"""The peer of a registration: the plain statements that write the same rows, played by ``pgbench``.

BEGIN, number and identifiers, one INSERT per table, the call of the journal, COMMIT: neither rule, right, look-up nor
Python. Columns are those of the real tables, values those of the household of every measure; what the indexes must
tell apart (names, birth dates, fingerprints, phones) is drawn at random.
"""

# ruff: noqa: S608 - table and column names come from the models, the script is played on a scratch database

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from sne.bench import foyers
from sne.journal.actions import en_json
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.ecrire import Lignes
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.actions.construire import construire
from sne.registre.depot.actions.deposer import controler_depot, dater
from sne.socle.acte import Acte
from sne.socle.horloge import jour

EMPREINTE = "sha256(int8send(:e::bigint + {graine}))"  # drawn so wide that no run meets the same place twice
AU_HASARD: Mapping[str, str] = {
    "nom_naissance": "'Mesure' || :r::int",
    "prenoms": "'Prénom' || :s::int",
    "date_naissance": "date '1950-01-01' + (:s::int % 18262)",
    "courriel": "'m' || :r::int || '@exemple.fr'",
    "telephone": "'+336' || :s::int",
    "nir_empreinte": EMPREINTE,
    "chiffre": EMPREINTE + " || '\\x00112233445566778899001122334455'",
}
DE_LA_BASE = {"inscrit_le"}


def ecrire_script(instant: datetime) -> tuple[str, dict[str, str]]:
    """The pgbench script, and the variables (JSON documents) that it is run with."""
    lignes = _lignes(instant)
    ids = {cle: f"u{rang}" for rang, cle in enumerate(_identifiants(lignes))}
    ecrits = _Ecrits(ids)
    demande = lignes.demande
    tirages = ", ".join(f"uuidv7() AS {nom}" for nom in ids.values())
    ordres = [
        "\\set r random(1, 2000000000)",
        "\\set s random(1, 2000000000)",
        "\\set e random(1, 1000000000000000000)",
        "BEGIN;",
        f"SELECT prochain_nud('{demande.territoire}', current_date, '{demande.guichet_createur}') AS nud, "
        f"{tirages} \\gset",
        ecrits.inserer([demande]),
    ]
    ordres += [ecrits.inserer(filles) for filles in lignes.filles.values()]
    ordres += [ecrits.journaliser(lignes), "COMMIT;"]
    return "\n".join(ordres) + "\n", ecrits.documents


def _lignes(instant: datetime) -> Lignes:
    """The rows that the action would write for the household of rank 0."""
    acteur, depot = foyers.agent(), foyers.depot(0, instant)
    parametres = get_parametres(jour(instant))
    depot = controler_depot(depot, acteur=acteur, jour=jour(instant), parametres=parametres)
    dates = dater(depot, jour=jour(instant), parametres=parametres)
    return construire(depot, dates=dates, acte=Acte(acteur, instant), verbe=VerbeDemande.DEPOSER)


def _toutes(lignes: Lignes) -> list[models.Model]:
    return [lignes.demande, *(ligne for filles in lignes.filles.values() for ligne in filles)]


def _identifiants(lignes: Lignes) -> list[uuid.UUID]:
    return [ligne.pk for ligne in _toutes(lignes)]


class _Ecrits:
    """Rows as INSERT statements of a script. ``documents`` gathers the JSON values, given to pgbench as variables."""

    def __init__(self, ids: Mapping[uuid.UUID, str]) -> None:
        self.ids = ids
        self.documents: dict[str, str] = {}
        self._tirages = 0

    def inserer(self, lignes: list[models.Model]) -> str:
        """One INSERT of these rows, all of one table."""
        champs = [
            c for c in lignes[0]._meta.concrete_fields if not c.generated and c.column not in DE_LA_BASE
        ]
        valeurs = ", ".join(f"({', '.join(self._litteral(c, x) for c in champs)})" for x in lignes)
        colonnes = ", ".join(str(c.column) for c in champs)
        return f"INSERT INTO {lignes[0]._meta.db_table} ({colonnes}) VALUES {valeurs};"

    def journaliser(self, lignes: Lignes) -> str:
        """The call of the journal's function, as the action makes it."""
        e = en_json(lignes.entrees[0])
        demande = f":{self.ids[lignes.demande.pk]}::uuid"
        return (
            f"SELECT journal_inscrire('{e['territoire']}', {demande}, {e['revision']}, '{e['verbe']}', "
            f"{self._document('acteur', e['acteur'])}, "
            f"{self._document('faits', e['faits'])} || jsonb_build_object('numero', :nud::text), "
            f"{self._document('valeurs', e['valeurs'])}, '{e['correlation']}', now());"
        )

    def _litteral(self, champ: Any, ligne: models.Model) -> str:
        valeur = getattr(ligne, champ.attname)
        if champ.column == "nud":
            return ":nud"
        if champ.column in AU_HASARD and valeur:
            self._tirages += 1
            return AU_HASARD[champ.column].format(graine=self._tirages)
        if isinstance(champ, models.JSONField):
            return "NULL" if valeur is None else self._document(str(champ.column), valeur)
        if isinstance(champ, ArrayField) and valeur is not None:
            return f"ARRAY[{', '.join(self._simple(x) for x in valeur)}]::{champ.db_type(connection)}"
        return self._simple(valeur)

    def _document(self, nom: str, valeur: object) -> str:
        self.documents[nom] = json.dumps(valeur, ensure_ascii=False)
        return f":{nom}::jsonb"

    def _simple(self, valeur: object) -> str:
        if isinstance(valeur, uuid.UUID) and valeur in self.ids:
            return f":{self.ids[valeur]}::uuid"
        if isinstance(valeur, datetime):
            return "now()"
        if valeur is None or isinstance(valeur, bool | int | Decimal):
            return "NULL" if valeur is None else str(valeur)
        return "'" + str(valeur).replace("'", "''") + "'"
