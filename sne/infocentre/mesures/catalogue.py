"""What may be counted: each measure, the fact that it is read in, its sentence. Its formula is in ``expressions``.

A measure is a sum of signed rows, hence an integer; ratios are made elsewhere, once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Mesure:
    """One count (or sum of whole days). ``phrase``: what is counted, for who reads its card."""

    code: str
    fait: str
    phrase: str


_MOTIFS = {
    "RADATT": "logement attribué, bail signé",
    "RADABA": "renonciation écrite",
    "RADCON": "sans réponse à un courrier",
    "RADIRR": "irrecevable",
    "RADREN": "absence de renouvellement",
    "FUSION": "réunion sous un numéro national",
}
_CANAUX = {
    "GUICHET": "à un guichet",
    "PGP": "sur le portail",
    "INTERFACE": "par l’interface d’un logiciel privatif",
}
_ENREGISTREES = "demandes de personnes physiques enregistrées, moins les doubles annulés"
_LOGEES = "demandes radiées pour attribution, dont le bail est signé"
_LUES: tuple[tuple[str, str, str], ...] = (
    ("DEPOTS", "depot", _ENREGISTREES),
    ("DEPOTS_ASSOCIATIONS", "depot", "demandes d’associations enregistrées, moins les doubles annulés"),
    *((f"DEPOTS_{c}", "depot", f"{_ENREGISTREES}, déposées {mots}") for c, mots in _CANAUX.items()),
    ("DEPOTS_SANS_RFR", "depot", f"{_ENREGISTREES}, dont le revenu fiscal d’un adulte manquait"),
    ("DEPOTS_RESSOURCES_INCONNUES", "depot", f"{_ENREGISTREES}, sans aucun montant de ressources"),
    ("DEPOTS_RESSOURCES_ZERO", "depot", f"{_ENREGISTREES}, dont les ressources dites font zéro"),
    ("DEPOTS_1_PERSONNE", "depot", f"{_ENREGISTREES}, d’une seule personne à loger"),
    (
        "DEPOTS_1_PERSONNE_T3",
        "depot",
        f"{_ENREGISTREES}, d’une seule personne à loger qui ne demande rien de plus petit qu’un T3",
    ),
    ("DEPOTS_RETARD_30J", "depot", f"{_ENREGISTREES} plus de 30 jours après le dépôt"),
    (
        "IDENTITES_FOURNIES",
        "identite_fournie",
        f"{_ENREGISTREES}, dont une pièce d’identité ou de séjour reçue compte",
    ),
    ("ATTRIBUTIONS", "attribution", _LOGEES),
    ("ATTRIBUTIONS_ETAT", "attribution", f"{_LOGEES}, sur un contingent de l’État"),
    ("ATTRIBUTIONS_RPLS", "attribution", f"{_LOGEES}, avec un identifiant RPLS bien formé"),
    ("ATTRIBUTIONS_ANCIENNETE_30J", "attribution", f"{_LOGEES} moins de 30 jours après le dépôt"),
    ("ATTRIBUTIONS_DELAI_30J", "attribution", f"{_LOGEES} moins de 30 jours avant la radiation"),
    (
        "ATTRIBUTIONS_DELAI_JOURS",
        "attribution",
        "jours entre la signature du bail et la radiation, additionnés",
    ),
    ("ATTRIBUTIONS_TARDIVES_10J", "attribution", f"{_LOGEES} plus de 10 jours avant la radiation"),
    ("ATTRIBUTIONS_PORTAIL", "attribution", f"{_LOGEES}, créées sur le portail"),
    (
        "ATTRIBUTIONS_PORTAIL_NON_RETRAVAILLEES",
        "attribution",
        f"{_LOGEES}, créées sur le portail et qu’aucun guichet n’a changées ni renouvelées avant le bail",
    ),
    ("ATTRIBUTIONS_SANS_RFR", "attribution", f"{_LOGEES}, sans le revenu fiscal de chaque adulte ce jour-là"),
    ("ATTRIBUTIONS_SANS_AVIS", "attribution", f"{_LOGEES}, sans avis d’impôt reçu ce jour-là"),
    ("ATTRIBUTIONS_CONSIGNEES", "attribution_consignee", "attributions en vigueur, bail signé ou non"),
    (
        "ATTRIBUTIONS_REJETEES",
        "attribution_rejetee",
        "refus d’enregistrer une attribution, qu’aucune n’a suivis sur la même demande",
    ),
    ("EVENEMENTS", "evenement", "événements en vigueur"),
    ("DECISIONS", "decision", "décisions de commission en vigueur"),
    (
        "DECISIONS_PRIORITAIRES",
        "decision",
        "décisions de commission en vigueur, pour un ménage prioritaire au sens de l’article L. 441-1",
    ),
    ("RENOUVELLEMENTS", "renouvellement", "renouvellements"),
    ("MODIFICATIONS", "modification", "modifications"),
    ("EXPIRATIONS", "expiration", "fins de validité"),
    ("RADIATIONS", "radiation", "radiations"),
    *((f"RADIATIONS_{m}", "radiation", f"radiations\u00a0: {mots}") for m, mots in _MOTIFS.items()),
    ("REACTIVATIONS", "reactivation", "réactivations"),
    ("ANNULATIONS", "annulation", "enregistrements en double annulés"),
    ("RETABLISSEMENTS", "retablissement", "demandes annulées puis rétablies"),
)
MESURES: Mapping[str, Mesure] = MappingProxyType(
    {code: Mesure(code, fait, mots) for code, fait, mots in _LUES}
)
"""By code, in the order of the documentation."""


def par_fait(codes: Mapping[str, Mesure] | None = None) -> Mapping[str, tuple[str, ...]]:
    """Codes of measures by the fact that they are read in, in order."""
    mesures = (codes or MESURES).values()
    faits = dict.fromkeys(m.fait for m in mesures)
    return {fait: tuple(m.code for m in mesures if m.fait == fait) for fait in faits}
