"""The same household twice: three index look-ups over both roles, one score, in one statement."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

SCORE = """
WITH cherche AS (
    SELECT r.nir, r.naissance, normaliser(r.nom) AS nom, normaliser(r.usage) AS usage,
        normaliser(r.prenoms) AS prenoms, r.telephone
    -- Arrays, not JSON: the planner then expects a handful of adults and uses the three indexes.
    FROM unnest(%(nirs)s::bytea[], %(naissances)s::date[], %(noms)s::text[], %(usages)s::text[],
        %(prenoms)s::text[], %(telephones)s::text[]) AS r(nir, naissance, nom, usage, prenoms, telephone)
),
candidats AS (
    SELECT c.*, i.id AS identite FROM cherche c JOIN identite i
        ON i.territoire = %(territoire)s AND i.nir_empreinte = c.nir
    UNION
    SELECT c.*, i.id FROM cherche c JOIN identite i
        ON i.territoire = %(territoire)s AND i.date_naissance = c.naissance
    UNION
    SELECT c.*, p.identite_courante_id FROM cherche c JOIN personne p
        ON p.territoire = %(territoire)s AND p.telephone = c.telephone AND p.telephone <> ''
)
SELECT * FROM (
    SELECT DISTINCT ON (d.id) d.id, d.nud, d.statut, d.date_expiration, p.role,
        i.nom_naissance, i.prenoms, i.date_naissance,
        coalesce(i.nir_empreinte = c.nir, false) AS meme_nir,
        coalesce(i.date_naissance = c.naissance, false) AS meme_naissance,
        coalesce(c.telephone <> '' AND p.telephone = c.telephone, false) AS meme_telephone,
        noms.nom AS proximite_nom, coalesce(similarity(i.prenoms_norm, c.prenoms), 0) AS proximite_prenoms,
        4 * coalesce(i.nir_empreinte = c.nir, false)::int
            + 2 * coalesce(i.date_naissance = c.naissance, false)::int
            + 2 * noms.nom
            + 1.5 * coalesce(similarity(i.prenoms_norm, c.prenoms), 0)
            + coalesce(c.telephone <> '' AND p.telephone = c.telephone, false)::int AS score
    FROM candidats c
    JOIN identite i ON i.id = c.identite
    -- Current identities only: a match on a past one is never shown to a counter.
    JOIN personne p ON p.id = i.personne_id AND p.identite_courante_id = i.id AND p.retire_le IS NULL
    JOIN demande d ON d.id = p.demande_id AND d.id <> %(sauf)s
    CROSS JOIN LATERAL (
        SELECT greatest(
            similarity(i.nom_norm, c.nom), similarity(i.usage_norm, c.nom),
            similarity(i.nom_norm, c.usage), similarity(nullif(i.usage_norm, ''), nullif(c.usage, '')), 0
        ) AS nom
    ) noms
    ORDER BY d.id, score DESC
) notes
WHERE score >= %(seuil)s
ORDER BY meme_nir DESC, score DESC, nud
LIMIT %(limite)s
"""
LIMITE = 20
PROCHE = 0.4  # trigram similarity worth telling


@dataclass(frozen=True, slots=True)
class PersonneCherchee:
    """One adult as typed; ``nir_empreinte`` is the fingerprint, ``telephone`` in E.164. Empty means not given."""

    nom: str = ""
    usage: str = ""
    prenoms: str = ""
    date_naissance: date | None = None
    nir_empreinte: bytes | None = None
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Proche:
    """A demande that may be of the same household, and why it is close (sentences in French)."""

    demande_id: uuid.UUID
    nud: str
    statut: str
    date_expiration: date
    role: str
    nom: str
    prenoms: str
    date_naissance: date
    score: Decimal
    raisons: tuple[str, ...]
    meme_nir: bool


def list_proches(
    personnes: Sequence[PersonneCherchee], *, territoire: str, seuil: float, sauf: uuid.UUID | None = None
) -> tuple[Proche, ...]:
    """Demandes of the territory whose score reaches ``seuil``, the closest first, 20 at most.

    Score (both roles): 4·same NIR + 2·same birth date + 2·names + 1.5·first names + 1·same phone.
    """
    parametres: dict[str, Any] = {
        "nirs": [p.nir_empreinte for p in personnes],
        "naissances": [p.date_naissance for p in personnes],
        "noms": [p.nom for p in personnes],
        "usages": [p.usage for p in personnes],
        "prenoms": [p.prenoms for p in personnes],
        "telephones": [p.telephone for p in personnes],
        "territoire": territoire,
        "sauf": sauf or uuid.UUID(int=0),
        "seuil": seuil,
        "limite": LIMITE,
    }
    with connection.cursor() as curseur:
        curseur.execute(SCORE, parametres)
        noms = [c.name for c in curseur.description]
        return tuple(_proche(dict(zip(noms, ligne, strict=True))) for ligne in curseur.fetchall())


def _proche(ligne: dict[str, Any]) -> Proche:
    return Proche(
        demande_id=ligne["id"],
        nud=ligne["nud"],
        statut=ligne["statut"],
        date_expiration=ligne["date_expiration"],
        role=ligne["role"],
        nom=ligne["nom_naissance"],
        prenoms=ligne["prenoms"],
        date_naissance=ligne["date_naissance"],
        score=Decimal(str(ligne["score"])).quantize(Decimal("0.01")),
        raisons=_raisons(ligne),
        meme_nir=bool(ligne["meme_nir"]),
    )


def _raisons(ligne: dict[str, Any]) -> tuple[str, ...]:
    faits = (
        (ligne["meme_nir"], "même numéro de sécurité sociale"),
        (ligne["meme_naissance"], "même date de naissance"),
        (True, _proximite(ligne["proximite_nom"], exacte="même nom", proche="nom proche")),
        (True, _proximite(ligne["proximite_prenoms"], exacte="mêmes prénoms", proche="prénoms proches")),
        (ligne["meme_telephone"], "même téléphone"),
        (ligne["role"] == "COTITULAIRE", "comme cotitulaire"),
    )
    return tuple(raison for vrai, raison in faits if vrai and raison)


def _proximite(valeur: object, *, exacte: str, proche: str) -> str:
    proximite = float(str(valeur))
    return exacte if proximite >= 1 else proche if proximite >= PROCHE else ""
