"""The journal as files that a verifier reads without us: every line is one JSON object; see docs/journal-format.md."""

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sne.journal.models import Horodatage, Jalon, Retrait
from sne.journal.selectors.preuves import get_dernier_jalon, list_cles, sommet_des_scellements
from sne.socle.replique import connection

FORMAT = "sne-journal/1"
PAR_LECTURE = 5_000

SCELLEMENTS = """
SELECT numero, nombre, encode(precedent, 'hex'), encode(racine, 'hex'), encode(empreinte, 'hex'),
    journal_maillon_texte(s), scelle_le
FROM journal_scellement s WHERE numero > %s AND numero <= %s ORDER BY numero LIMIT %s
"""
ENTREES = """
SELECT p.scellement, p.rang, p.entree, encode(p.empreinte, 'hex'),
    CASE WHEN e.id IS NOT NULL THEN journal_canonique(e) END,
    to_char(coalesce(s.scelle_le, p.inscrit_le) AT TIME ZONE 'UTC', 'YYYY-MM'), to_char(r.mois, 'YYYY-MM')
FROM (
    SELECT * FROM journal_position WHERE (scellement, rang) > (%s, %s) AND scellement <= %s
    ORDER BY scellement, rang LIMIT %s
) p
LEFT JOIN journal_scellement s ON s.numero = p.scellement
LEFT JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
LEFT JOIN journal_retrait r ON r.mois = date_trunc('month', p.inscrit_le AT TIME ZONE 'UTC')::date
ORDER BY p.scellement, p.rang
"""
VALEURS = """
SELECT entree, champ, cote, encode(sel, 'hex'), valeur FROM journal_valeur WHERE entree = ANY(%s) ORDER BY 1, 2, 3
"""
HORS_SCEAU = """
SELECT e.id, journal_canonique(e) FROM journal_entree e LEFT JOIN journal_position p ON p.entree = e.id
LEFT JOIN journal_reprise r ON r.entree = e.id
WHERE p.entree IS NULL AND r.entree IS NULL
    AND (e.ere <> journal_ere() OR e.xid < (SELECT max(xid_a) FROM journal_scellement s WHERE s.ere = e.ere))
ORDER BY e.inscrit_le, e.id
"""
"""Entries that no seal holds although their transaction was sealed: only the owner of the tables can have written them.

Also entries that a former server left unsealed. Those that came with a territory are in the export of where they were
sealed.
"""


@dataclass(frozen=True, slots=True)
class Etendue:
    """From which seal (excluded, proved by a checkpoint) to which (included); ``jalon``: the last one to tell."""

    depuis: int
    jusqu_a: int
    jalon: int
    avec_valeurs: bool = False


def get_etendue(*, depuis_le_jalon: int = 0, avec_valeurs: bool = False) -> Etendue | None:
    """What there is to export; ``None`` when that checkpoint does not exist."""
    depart = Jalon.objects.filter(ecarte=None, numero=depuis_le_jalon).first() if depuis_le_jalon else None
    if depuis_le_jalon and depart is None:
        return None
    # In this order: a checkpoint laid meanwhile would attest seals that the export does not hold.
    dernier = get_dernier_jalon()
    with connection.cursor() as curseur:
        curseur.execute("SELECT coalesce(max(numero), 0) FROM journal_scellement")
        jusqu_a = curseur.fetchone()[0]
    return Etendue(
        depuis=depart.scellement if depart else 0,
        jusqu_a=jusqu_a,
        jalon=dernier.numero if dernier else 0,
        avec_valeurs=avec_valeurs,
    )


def decrire(etendue: Etendue) -> dict[str, Any]:
    """What the manifest says before its files: where the export begins, what it rests on."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT encode(empreinte, 'hex') FROM journal_scellement WHERE numero = %s", [etendue.depuis]
        )
        precedent = curseur.fetchone()
    return {
        "format": FORMAT,
        "depuis_scellement": etendue.depuis,
        "jusqu_au_scellement": etendue.jusqu_a,
        "precedent": precedent[0] if precedent else "",
        "cretes": [noeud.hex() for noeud in _cretes(etendue.depuis)],
        "valeurs": etendue.avec_valeurs,
    }


def exporter(etendue: Etendue) -> Iterator[tuple[str, Iterable[str]]]:
    """Files in order: name, and lines to consume before the next one."""
    yield "cles.jsonl", (_ligne({"note": note}) for note in list_cles())
    yield "jalons.jsonl", _jalons(etendue)
    yield "retraits.jsonl", (_ligne({"note": r.note}) for r in Retrait.objects.order_by("mois").iterator())
    yield "scellements.jsonl", _scellements(etendue)
    yield from _entrees(etendue)
    yield "hors-sceau.jsonl", _hors_sceau()


def _jalons(etendue: Etendue) -> Iterator[str]:
    connus = Jalon.objects.filter(numero__lte=etendue.jalon).order_by("numero")
    reponses = dict(Horodatage.objects.values_list("jalon", "reponse"))
    for numero, note, motif in connus.values_list("numero", "note", "ecarte__motif").iterator():
        reponse = reponses.get(numero)
        horodatage = {"horodatage": bytes(reponse).hex()} if reponse else {}
        yield _ligne({"note": note, **horodatage, **({"ecarte": motif} if motif else {})})


def _scellements(etendue: Etendue) -> Iterator[str]:
    dernier = etendue.depuis
    while lus := _lire(SCELLEMENTS, [dernier, etendue.jusqu_a, PAR_LECTURE]):
        for numero, nombre, precedent, racine, empreinte, texte, scelle_le in lus:
            yield _ligne(
                {
                    "numero": numero,
                    "nombre": nombre,
                    "precedent": precedent,
                    "racine": racine,
                    "empreinte": empreinte,
                    "texte": texte,
                    "scelle_le": scelle_le.isoformat(),
                }
            )
        dernier = lus[-1][0]


def _entrees(etendue: Etendue) -> Iterator[tuple[str, Iterable[str]]]:
    """One file for each month of the seals; a clock that went back makes one more, never a file twice."""
    source = _Suite(_lignes_des_entrees(etendue))
    rang = 0
    while (mois := source.mois) is not None:
        rang += 1
        yield f"entrees-{rang:04}-{mois}.jsonl", source.tant_que(mois)


def _lignes_des_entrees(etendue: Etendue) -> Iterator[tuple[str, str]]:
    place = (etendue.depuis + 1, 0)
    while lues := _lire(ENTREES, [*place, etendue.jusqu_a, PAR_LECTURE]):
        valeurs = _valeurs([ligne[2] for ligne in lues]) if etendue.avec_valeurs else {}
        for scellement, rang, entree, feuille, canonique, mois, retrait in lues:
            objet: dict[str, Any] = {
                "scellement": scellement,
                "rang": rang,
                "entree": str(entree),
                "feuille": feuille,
                "canonique": canonique,
            }
            if canonique is None and retrait:
                objet["retrait"] = retrait
            if entree in valeurs:
                objet["valeurs"] = valeurs[entree]
            yield mois, _ligne(objet)
        place = lues[-1][:2]


def _valeurs(entrees: list[uuid.UUID]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    lues: dict[uuid.UUID, list[dict[str, Any]]] = {}
    for entree, champ, cote, sel, valeur in _lire(VALEURS, [entrees]):
        lues.setdefault(entree, []).append({"champ": champ, "cote": cote, "sel": sel, "valeur": valeur})
    return lues


def _hors_sceau() -> Iterator[str]:
    for entree, canonique in _lire(HORS_SCEAU, []):
        yield _ligne({"entree": str(entree), "canonique": canonique})


def _cretes(nombre: int) -> Iterator[bytes]:
    """Roots of the whole subtrees of the first seals, the largest first."""
    sommet, debut = sommet_des_scellements(), 0
    for bit in reversed(range(nombre.bit_length())):
        if nombre >> bit & 1:
            yield sommet(debut, debut + (1 << bit))
            debut += 1 << bit


def _lire(requete: str, parametres: list[Any]) -> list[Any]:
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)
        lues: list[Any] = curseur.fetchall()
        return lues


def _ligne(objet: dict[str, Any]) -> str:
    return json.dumps(objet, ensure_ascii=False, separators=(",", ":"))


class _Suite:
    """Lines of several files that follow each other in one reading."""

    def __init__(self, lignes: Iterator[tuple[str, str]]) -> None:
        self._lignes = lignes
        self._suivante = next(lignes, None)

    @property
    def mois(self) -> str | None:
        """Month of the next line; ``None`` at the end."""
        return self._suivante[0] if self._suivante else None

    def tant_que(self, mois: str) -> Iterator[str]:
        while self._suivante and self._suivante[0] == mois:
            yield self._suivante[1]
            self._suivante = next(self._lignes, None)
