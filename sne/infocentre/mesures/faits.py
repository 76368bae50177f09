"""The facts of the lake: what one row of each says, column by column. Pure; engines and SQL are checked against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Facon(StrEnum):
    """How the rows of a fact are found between two seals.

    ``ACTES``: each row is that of an act, which its own seal makes known. ``ETATS``: the fact stands on several tables,
    so its SQL says what it is worth as known at a seal, and what is poured is the difference between two of them.
    ``PERIODES``: the same, of rows that open a period of time (``sens`` +1, on its first day) or close it (−1).
    """

    ACTES = "ACTES"
    ETATS = "ETATS"
    PERIODES = "PERIODES"


@dataclass(frozen=True, slots=True)
class Fait:
    """One kind of fact: one Parquet file by pouring. ``propres``: its own columns, by the names that Ibis gives types.

    ``axes``: by what it is counted besides the counter, each a column of texts. ``schema`` changes with the columns:
    a column that files of an older one do not have is null in them, which is to say unknown.
    """

    code: str
    phrase: str
    propres: Mapping[str, str]
    facon: Facon = Facon.ACTES
    axes: Mapping[str, str] = MappingProxyType({})
    schema: int = 1

    @property
    def colonnes(self) -> Mapping[str, str]:
        """Every column of the file, in order."""
        return {**COMMUNES, **self.propres}


COMMUNES: Mapping[str, str] = MappingProxyType(
    {
        "cle": "int64",
        "territoire": "string",
        "guichet": "string",
        "jour": "date",
        "scellement": "int64",
        "signe": "int8",
    }
)
"""``cle``: the random key of the demande; ``guichet``: eight signs; ``jour`` places the row in a period; ``signe``: −1
takes back what a row +1 said."""

TRAITS: Mapping[str, str] = MappingProxyType(
    {
        "COMMUNE": "commune1",
        "CIBLE": "cible",
        "MUTATION": "mutation",
        "PERSONNES": "personnes",
        "COMPOSITION": "composition",
        "AGE": "age",
        "TYPE_LOGEMENT": "type_min",
        "RESSOURCES": "ressources",
        "ACTIVITE": "activite",
        "LOGEMENT": "logement",
        "MOTIF": "motif1",
        "COMMUNES": "communes",
        "AUTRES_COMMUNES": "autres_communes",
    }
)
"""By what open demandes are counted: the axis, and its column, in classes of which unknown is one. Neither origin, sex,
health, name, precise age nor amount."""

FAITS: Mapping[str, Fait] = MappingProxyType(
    {
        f.code: f
        for f in (
            Fait(
                "depot",
                "une demande enregistrée, moins celles qui ont été annulées",
                {
                    "canal": "string",
                    "physique": "boolean",
                    "retard_jours": "int32",
                    "personnes": "int16",
                    "type_min": "string",
                    "rfr_connu": "boolean",
                    "ressources": "string",
                    "locataire_hlm": "boolean",
                    "commune1": "string",
                },
                axes={"COMMUNE": "commune1", "CANAL": "canal"},
            ),
            Fait(
                "identite_fournie",
                "une demande enregistrée dont une pièce d’identité ou de séjour est au dossier",
                {"canal": "string", "physique": "boolean"},
                Facon.ETATS,
                {"CANAL": "canal"},
            ),
            Fait(
                "stock",
                "une demande ouverte et ses caractéristiques, du jour d’un acte à celui du suivant",
                {
                    "physique": "boolean",
                    "tolerance": "boolean",
                    "dalo": "boolean",
                    "rfr_connu": "boolean",
                    "depot_mois": "int32",
                    "type_max": "string",
                    **dict.fromkeys(TRAITS.values(), "string"),
                },
                Facon.PERIODES,
                TRAITS,
            ),
            Fait(
                "piece",
                "un document, reçu ou vu",
                {"type_piece": "string", "recue": "boolean", "canal": "string"},
            ),
            Fait(
                "echeance",
                "une fin de validité, ce qui en est venu, et si son préavis n’a atteint personne",
                {"issue": "string", "sans_lecteur": "boolean"},
                Facon.ETATS,
                schema=2,
            ),
            Fait("renouvellement", "un renouvellement", {"canal": "string"}),
            Fait("modification", "une modification", {"canal": "string"}),
            Fait("expiration", "une fin de validité", {"canal": "string"}),
            Fait(
                "radiation",
                "une radiation",
                {"motif": "string", "sous_motif": "string", "anciennete_mois": "int32"},
            ),
            Fait("reactivation", "une réactivation", {"motif": "string"}),
            Fait("annulation", "un enregistrement en double annulé", {}),
            Fait("retablissement", "une demande annulée puis rétablie", {}),
            Fait("evenement", "un événement en vigueur", {"type": "string"}),
            Fait(
                "decision",
                "une décision de commission en vigueur",
                {"code": "string", "bailleur": "string", "prioritaire": "boolean", "dalo": "boolean"},
                axes={"BAILLEUR": "bailleur"},
            ),
            Fait(
                "attribution",
                "une demande radiée pour attribution, dont le bail est signé",
                {
                    "bailleur": "string",
                    "saisie": "date",
                    "delai_jours": "int32",
                    "anciennete_jours": "int32",
                    "commission_jours": "int32",
                    "contingent": "string",
                    "etat": "boolean",
                    "rpls_valide": "boolean",
                    "rpls_apparie": "boolean",
                    "commune": "string",
                    "cible": "string",
                    "mutation": "string",
                    "portail": "boolean",
                    "retravaillee": "boolean",
                    "rfr_au_bail": "boolean",
                    "avis_au_bail": "boolean",
                    "prioritaire": "boolean",
                    "dalo": "boolean",
                    "deja_loge": "string",
                    "qpv": "string",
                },
                Facon.ETATS,
                {
                    "BAILLEUR": "bailleur",
                    "COMMUNE": "commune",
                    "CIBLE": "cible",
                    "MUTATION": "mutation",
                    "CONTINGENT": "contingent",
                },
                schema=2,
            ),
            Fait(
                "bail_non_radie",
                "une demande ouverte dont l’attribution en vigueur a un bail signé, du onzième jour après lui",
                {"bailleur": "string"},
                Facon.ETATS,
                {"BAILLEUR": "bailleur"},
            ),
            Fait(
                "decision_sans_suite",
                "une demande ouverte acceptée en commission, sans attribution ni refus du ménage depuis",
                {"quoi": "string", "bailleur": "string"},
                Facon.ETATS,
                {"BAILLEUR": "bailleur"},
            ),
            Fait(
                "attribution_consignee",
                "une attribution en vigueur, bail signé ou non",
                {"bailleur": "string", "commune": "string", "contingent": "string", "bail": "boolean"},
                axes={"BAILLEUR": "bailleur", "COMMUNE": "commune", "CONTINGENT": "contingent"},
            ),
            Fait(
                "attribution_rejetee",
                "un refus d’enregistrer une attribution ou la radiation qui la suit, tant qu’aucune n’a abouti",
                {"acte": "string", "code": "string"},
            ),
        )
    }
)
"""By code, in the order of the documentation."""
