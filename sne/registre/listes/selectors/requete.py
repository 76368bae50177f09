"""The statements of a list: a page from a place, a bounded count. Columns are constants, values are parameters."""

from collections.abc import Iterator
from typing import Any

from sne.registre.listes.rules.listes import PERSONNES_ET_PLUS, Filtre
from sne.registre.listes.selectors.sources import Source
from sne.socle.pages import Position

LIGNES = """
SELECT l.cle, l.rang, l.demande_id, d.nud, d.statut,
    coalesce(d.anciennete_heritee, d.date_depot) AS date_depot, d.date_expiration,
    coalesce(d.date_dernier_renouvellement, d.date_depot) AS valable_depuis, d.guichet_gestionnaire AS guichet,
    coalesce(d.communes_souhaitees[1], '') AS commune, d.nb_personnes, d.types_logement,
    d.deja_locataire_hlm, coalesce(t.nom_naissance, v.contenu #>> '{{association,nom}}', '') AS nom,
    coalesce(t.prenoms, '') AS prenoms, coalesce(d.elements_manquants, 0) AS elements_manquants,
    coalesce(d.remarques, '{{}}') AS remarques, {attente}
FROM (SELECT * FROM ({branches}) b ORDER BY b.cle {sens}, b.rang {sens} LIMIT %(limite)s) l
JOIN demande d ON d.id = l.demande_id
LEFT JOIN version v ON v.id = d.version_courante_id AND d.titulaire = 'ASSOCIATION'
LEFT JOIN LATERAL (
    SELECT i.nom_naissance, i.prenoms FROM personne p JOIN identite i ON i.id = p.identite_courante_id
    WHERE p.demande_id = d.id AND p.role = 'DEMANDEUR' AND p.retire_le IS NULL LIMIT 1
) t ON true
ORDER BY l.cle {sens}, l.rang {sens}
"""
ATTENTE = "l.nature, l.guichet_attente, l.auteur, l.avant"
SANS_ATTENTE = "'' AS nature, '' AS guichet_attente, NULL::uuid AS auteur, NULL::date AS avant"
BRANCHE = """(SELECT {cle} AS cle, {rang} AS rang, d.id AS demande_id{attente} FROM {tables}
    WHERE {conditions} ORDER BY {cle} {sens}, {rang} {sens} LIMIT %(limite)s)"""
NOMBRE = "SELECT count(*) FROM (SELECT * FROM ({branches}) b LIMIT %(limite)s) l"
# In the order of the index as well: the lines of a territory may all be at the end of its table.
A_COMPTER = "(SELECT 1 FROM {tables} WHERE {conditions} ORDER BY {cle}, {rang} LIMIT %(limite)s)"


def page(
    source: Source, filtre: Filtre, position: Position, *, territoire: str, limite: int
) -> tuple[str, dict[str, Any]]:
    """``limite`` lines from a place, in the direction of reading."""
    descendant = source.descendant ^ filtre.inverse ^ position.en_arriere
    sens = "DESC" if descendant else "ASC"
    parametres: dict[str, Any] = {"territoire": territoire, "limite": limite}
    conditions = [*source.conditions]
    if position.cle is not None:
        signe = "<" if descendant else ">"
        conditions.append(
            f"({source.cle}, {source.rang}) {signe} (%(place)s::{source.type_cle}, %(rang)s::uuid)"
        )
        parametres |= {"place": position.cle, "rang": position.rang}
    branches = _branches(BRANCHE, source, filtre, conditions, sens=sens)
    parametres.update(source.parametres)
    parametres.update(_valeurs(filtre))
    return LIGNES.format(
        branches=branches, sens=sens, attente=ATTENTE if source.attente else SANS_ATTENTE
    ), parametres


def nombre(source: Source, filtre: Filtre, *, territoire: str, limite: int) -> tuple[str, dict[str, Any]]:
    """How many lines there are, ``limite`` at most."""
    branches = _branches(A_COMPTER, source, filtre, [*source.conditions])
    parametres = {"territoire": territoire, "limite": limite, **source.parametres}
    parametres.update(_valeurs(filtre))
    return NOMBRE.format(branches=branches), parametres


def _branches(modele: str, source: Source, filtre: Filtre, conditions: list[str], *, sens: str = "") -> str:
    communes = [*conditions, *_conditions(source, filtre)]
    return " UNION ALL ".join(
        modele.format(
            cle=source.cle,
            rang=source.rang,
            tables=source.tables,
            sens=sens,
            attente=", a.nature, a.guichet AS guichet_attente, a.auteur, a.avant" if source.attente else "",
            conditions=" AND ".join([branche, *communes]),
        )
        for branche in source.branches
    )


def _conditions(source: Source, filtre: Filtre) -> Iterator[str]:
    if filtre.guichet:
        yield f"{source.guichet} = %(guichet)s::text"
    if filtre.commune:
        yield "%(commune)s::text = ANY (d.communes_souhaitees)"
    if filtre.depot_du:
        yield "coalesce(d.anciennete_heritee, d.date_depot) >= %(depot_du)s::date"
    if filtre.depot_au:
        yield "coalesce(d.anciennete_heritee, d.date_depot) <= %(depot_au)s::date"
    if filtre.mutation is not None:
        yield "d.deja_locataire_hlm = %(mutation)s::boolean"
    if filtre.personnes is not None:
        signe = ">=" if filtre.personnes >= PERSONNES_ET_PLUS else "="
        yield f"d.nb_personnes {signe} %(personnes)s::int"
    if filtre.type_logement:
        yield "%(type_logement)s::text = ANY (d.types_logement)"


def _valeurs(filtre: Filtre) -> Iterator[tuple[str, Any]]:
    for nom in ("guichet", "commune", "depot_du", "depot_au", "mutation", "personnes", "type_logement"):
        valeur = getattr(filtre, nom)
        if valeur not in ("", None):
            yield nom, valeur
