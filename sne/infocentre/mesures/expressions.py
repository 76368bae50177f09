"""The formula of each measure, written once; ``compiler`` makes the SQL of each engine of it.

Needs Ibis, which the service does without: it runs what was compiled and committed.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sne.infocentre.mesures.catalogue import MESURES

Formule = Callable[[Any], tuple[Any, Any]]
"""Of the table of the fact: which rows count, and by how much a row counts (its sign is multiplied in)."""


def _si(condition: Callable[[Any], Any]) -> Formule:
    return lambda f: (condition(f), 1)


def _n(condition: Callable[[Any], Any]) -> Formule:
    """Of natural persons alone."""
    return _si(lambda f: f.physique & condition(f))


_TOUT = _si(lambda f: f.signe != 0)
T3_ET_PLUS = ("T3", "T4", "T5", "T6P")
T4_ET_PLUS = T3_ET_PLUS[1:]
T2_ET_MOINS = ("C", "T1", "T2")
FORMULES: Mapping[str, Formule] = MappingProxyType(
    {
        "DEPOTS": _si(lambda f: f.physique),
        "DEPOTS_ASSOCIATIONS": _si(lambda f: ~f.physique),
        "DEPOTS_SANS_RFR": _n(lambda f: ~f.rfr_connu),
        "DEPOTS_RESSOURCES_INCONNUES": _n(lambda f: f.ressources == "INCONNU"),
        "DEPOTS_RESSOURCES_ZERO": _n(lambda f: f.ressources == "ZERO"),
        "DEPOTS_1_PERSONNE": _n(lambda f: f.personnes == 1),
        "DEPOTS_1_PERSONNE_T3": _n(lambda f: (f.personnes == 1) & f.type_min.isin(T3_ET_PLUS)),
        "DEPOTS_RETARD_30J": _n(lambda f: f.retard_jours > 30),
        "DEPOTS_COMPLETS": _n(lambda f: f.rfr_connu & (f.ressources != "INCONNU") & (f.commune1 != "")),
        "RETARD_JOURS": _si(lambda f: f.physique),
        "STOCK": _si(lambda f: f.physique),
        "STOCK_ASSOCIATIONS": _si(lambda f: ~f.physique),
        "STOCK_MUTATIONS": _n(lambda f: f.mutation == "OUI"),
        "STOCK_TOLERANCE": _n(lambda f: f.tolerance),
        "STOCK_DALO": _n(lambda f: f.dalo),
        "STOCK_SANS_RFR": _n(lambda f: ~f.rfr_connu),
        "STOCK_RESSOURCES_INCONNUES": _n(lambda f: f.ressources == "INCONNU"),
        "STOCK_SANS_COMMUNE": _n(lambda f: f.commune1 == ""),
        "STOCK_TYPE_INCOHERENT": _n(
            lambda f: (
                (f.personnes == "1") & f.type_min.isin(T4_ET_PLUS)
                | f.personnes.isin(("5", "6")) & f.type_max.isin(T2_ET_MOINS)
            )
        ),
        "ANCIENNETE_MOIS": _si(lambda f: f.physique),
        "PIECES_RECUES": _si(lambda f: f.recue),
        "PIECES_PORTAIL": _si(lambda f: f.canal == "PGP"),
        "IDENTITES_FOURNIES": _si(lambda f: f.physique),
        "ATTRIBUTIONS_ETAT": _si(lambda f: f.etat),
        "ATTRIBUTIONS_RPLS": _si(lambda f: f.rpls_valide),
        "ATTRIBUTIONS_RPLS_APPARIEES": _si(lambda f: f.rpls_apparie.fill_null(False)),
        "ATTRIBUTIONS_RPLS_COUVERTES": _si(lambda f: f.rpls_apparie.notnull()),
        "ATTRIBUTIONS_PRIORITAIRES": _si(lambda f: f.prioritaire),
        "ATTRIBUTIONS_DALO": _si(lambda f: f.dalo),
        "ATTRIBUTIONS_MUTATIONS": _si(lambda f: f.mutation == "OUI"),
        "ATTRIBUTIONS_DEJA_LOGES": _si(lambda f: f.deja_loge == "OUI"),
        "ATTRIBUTIONS_QPV": _si(lambda f: f.qpv == "OUI"),
        "ATTRIBUTIONS_HORS_QPV": _si(lambda f: f.qpv == "NON"),
        "ATTRIBUTIONS_SANS_BAIL": _si(lambda f: ~f.bail),
        "EVENEMENTS_REFUS": _si(lambda f: f.type == "REFUS_DEMANDEUR"),
        "EVENEMENTS_PROPOSITIONS": _si(lambda f: f.type == "PROPOSITION"),
        "ECHEANCES": _si(lambda f: f.issue != "RADIEE_AVANT"),
        "ECHEANCES_SANS_LECTEUR": _si(lambda f: f.sans_lecteur & (f.issue != "RADIEE_AVANT")),
        "ATTRIBUTIONS_ANCIENNETE_30J": _si(lambda f: f.anciennete_jours < 30),
        "ATTRIBUTIONS_DELAI_30J": _si(lambda f: f.delai_jours < 30),
        "ATTRIBUTIONS_DELAI_JOURS": lambda f: (f.signe != 0, f.delai_jours.cast("int64")),
        "ATTRIBUTIONS_TARDIVES_10J": _si(lambda f: f.delai_jours > 10),
        "ATTRIBUTIONS_PORTAIL": _si(lambda f: f.portail),
        "ATTRIBUTIONS_PORTAIL_NON_RETRAVAILLEES": _si(lambda f: f.portail & ~f.retravaillee),
        "ATTRIBUTIONS_SANS_RFR": _si(lambda f: ~f.rfr_au_bail),
        "ATTRIBUTIONS_SANS_AVIS": _si(lambda f: ~f.avis_au_bail),
        "CONDITIONS_DEPASSEES": _si(lambda f: f.quoi == "CONDITION"),
        "DECISIONS_SANS_SUITE": _si(lambda f: f.quoi == "DECISION"),
        "DECISIONS_PRIORITAIRES": _si(lambda f: f.prioritaire),
    }
)


PAR_VALEUR = {"DEPOTS": "canal", "RADIATIONS": "motif", "DECISIONS": "code", "ECHEANCES": "issue"}
"""Of measures named « RADIATIONS_RADATT »: the column whose value the rest of the name is."""


def formule(code: str) -> Formule:
    """The formula of a measure. Raises ``KeyError`` for one that is not in the catalogue."""
    fait = MESURES[code].fait
    if code in FORMULES:
        return FORMULES[code]
    racine, _, valeur = code.partition("_")
    colonne = PAR_VALEUR.get(racine)
    if not (colonne and valeur):
        return _TOUT
    compter = _n if fait == "depot" else _si
    return compter(lambda f: f[colonne] == valeur)
