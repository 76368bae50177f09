"""The statements of a list: a page from a place, a bounded count. Columns are constants, values are parameters."""

import re
from collections.abc import Iterator
from typing import Any

from sne.registre.listes.rules.listes import PERSONNES_ET_PLUS, Filtre
from sne.registre.listes.selectors.sources import Source
from sne.socle.pages import Position

LIGNES = """
SELECT d.cle, d.rang, d.demande_id, d.nud, d.statut, d.date_depot, d.date_expiration, d.valable_depuis, d.guichet,
    d.commune, d.nb_personnes, d.types_logement, d.deja_locataire_hlm, d.elements_manquants, d.remarques,
    coalesce(t.nom_naissance, v.nom, '') AS nom, coalesce(t.prenoms, '') AS prenoms,
    d.nature, d.guichet_attente, d.auteur, d.avant
FROM (SELECT * FROM ({branches}) b ORDER BY b.cle {sens}, b.rang {sens} LIMIT {limite}) d
LEFT JOIN LATERAL (
    SELECT i.nom_naissance, i.prenoms FROM personne p JOIN identite i ON i.id = p.identite_courante_id
    WHERE p.demande_id = d.demande_id AND p.role = 'DEMANDEUR' AND p.retire_le IS NULL LIMIT 1
) t ON true
LEFT JOIN LATERAL (
    SELECT contenu #>> '{{association,nom}}' AS nom FROM version
    WHERE d.titulaire = 'ASSOCIATION' AND id = d.version_courante_id LIMIT 1
) v ON true
ORDER BY d.cle {sens}, d.rang {sens}
"""
COLONNES = """d.id AS demande_id, d.nud, d.statut, coalesce(d.anciennete_heritee, d.date_depot) AS date_depot,
        d.date_expiration, coalesce(d.date_dernier_renouvellement, d.date_depot) AS valable_depuis,
        d.guichet_gestionnaire AS guichet, coalesce(d.communes_souhaitees[1], '') AS commune, d.nb_personnes,
        d.types_logement, d.deja_locataire_hlm, coalesce(d.elements_manquants, 0) AS elements_manquants,
        coalesce(d.remarques, '{}') AS remarques, d.titulaire, d.version_courante_id"""
ATTENTE = "a.nature, a.guichet AS guichet_attente, a.auteur, a.avant"
SANS_ATTENTE = "'' AS nature, '' AS guichet_attente, NULL::uuid AS auteur, NULL::date AS avant"
# Branches are merged as they are read: as many files as the page has lines, whatever the number of branches. Their
# limit is hidden too: where few lines are expected, sorting all of them would cost no more than reading in order.
BRANCHE = """(SELECT {cle} AS cle, {rang} AS rang, {colonnes}, {attente} FROM {tables}
    WHERE {conditions} ORDER BY {cle} {sens}, {rang} {sens} LIMIT (SELECT {limite}))"""
NOMBRE = "SELECT count(*) FROM (SELECT * FROM ({branches}) b LIMIT {limite}) l"
# In the order of the index as well: the lines of a territory may all be at the end of its table.
A_COMPTER = "(SELECT 1 FROM {tables} WHERE {conditions} ORDER BY {cle}, {rang} LIMIT (SELECT {limite}))"
VALEUR = re.compile(r"%\((\w+)\)s::([\w\[\]]+)")


def _sans_les_voir(texte: str) -> str:
    """The same statement, its values hidden from the planner: whatever they are there is one plan, of one cost, which
    PostgreSQL then makes once for a connection. Seen, they were planned again for each page, or not, as statistics had
    it; and that took as long as reading the page.
    """
    return VALEUR.sub(r"(SELECT %(\1)s::\2)::\2", texte)


def page(
    source: Source, filtre: Filtre, position: Position, *, territoire: str, limite: int
) -> tuple[str, dict[str, Any]]:
    """``limite`` lines from a place, in the direction of reading."""
    descendant = source.descendant ^ filtre.inverse ^ position.en_arriere
    sens = "DESC" if descendant else "ASC"
    parametres: dict[str, Any] = {"territoire": territoire}
    conditions = [*source.conditions]
    if position.cle is not None:
        signe = "<" if descendant else ">"
        conditions.append(
            f"({source.cle}, {source.rang}) {signe} (%(place)s::{source.type_cle}, %(rang)s::uuid)"
        )
        parametres |= {"place": position.cle, "rang": position.rang}
    branches = _branches(BRANCHE, source, filtre, conditions, sens=sens, limite=limite)
    parametres.update(source.parametres)
    parametres.update(_valeurs(filtre))
    texte = LIGNES.format(branches=branches, sens=sens, limite=limite)
    return texte if source.a_vue else _sans_les_voir(texte), parametres


def nombre(source: Source, filtre: Filtre, *, territoire: str, limite: int) -> tuple[str, dict[str, Any]]:
    """How many lines there are, ``limite`` at most."""
    branches = _branches(A_COMPTER, source, filtre, [*source.conditions], limite=limite)
    parametres = {"territoire": territoire, **source.parametres}
    parametres.update(_valeurs(filtre))
    texte = NOMBRE.format(branches=branches, limite=limite)
    return texte if source.a_vue else _sans_les_voir(texte), parametres


def _branches(
    modele: str, source: Source, filtre: Filtre, conditions: list[str], *, limite: int, sens: str = ""
) -> str:
    communes = [*conditions, *_conditions(source, filtre)]
    return " UNION ALL ".join(
        modele.format(
            cle=source.cle,
            rang=source.rang,
            tables=source.tables,
            sens=sens,
            limite=limite,
            colonnes=COLONNES,
            attente=ATTENTE if source.attente else SANS_ATTENTE,
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
