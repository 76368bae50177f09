"""What may be counted: each measure, the fact that it is read in, its sentence. Its formula is in ``expressions``.

A measure is a sum of signed rows, hence an integer; ratios are made elsewhere, once. A distribution is a measure for
each value of a column, hence integers too: a median is read of it, exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Mesure:
    """One count (or sum of whole days). ``phrase``: what is counted, for who reads its card.

    ``colonne``: of a distribution, the column whose values are counted one by one, as « CODE=value »; of
    ``MOIS_D_ORIGINE`` (months since year 0) it is read as months elapsed at the end of the period.
    """

    code: str
    fait: str
    phrase: str
    colonne: str = ""

    @property
    def cumulee(self) -> bool:
        """Whether it is counted on a day, from everything that came before: what a period says is its last day."""
        return self.fait == STOCK


STOCK, MOIS_D_ORIGINE, EGALE = "stock", "depot_mois", "="


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
_DECISIONS = {
    "ATTR": "attribution à un candidat",
    "ATTR_RANG": "attribution avec classement",
    "ATTR_SUSP": "attribution sous condition suspensive",
    "NON_ATTR": "non-attribution",
    "IRRECEVABLE": "irrecevabilité",
}
_ISSUES = {
    "AVANT": "renouvelées avant",
    "TOLERANCE": "renouvelées dans le mois de tolérance",
    "APRES_RADIATION": "radiées, puis remises en cours",
    "JAMAIS": "radiées faute de renouvellement",
    "AUTREMENT": "radiées ensuite pour un autre motif",
    "EN_ATTENTE": "sans suite à ce jour",
}
_OUVERTES = "demandes ouvertes de personnes physiques"
_ENREGISTREES = "demandes de personnes physiques enregistrées, moins les doubles annulés"
_LOGEES = "demandes radiées pour attribution, dont le bail est signé"
_SANS_SUITE = (
    "attributions en commission, sous condition ou non, sans attribution consignée ni refus du ménage depuis"
)
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
    ("DEPOTS_COMPLETS", "depot", f"{_ENREGISTREES}, avec une commune, des ressources et le revenu fiscal"),
    (
        "IDENTITES_FOURNIES",
        "identite_fournie",
        f"{_ENREGISTREES}, dont une pièce d’identité ou de séjour reçue compte",
    ),
    ("STOCK", "stock", _OUVERTES),
    ("STOCK_ASSOCIATIONS", "stock", "demandes ouvertes d’associations"),
    ("STOCK_MUTATIONS", "stock", f"{_OUVERTES}, déjà logées en HLM"),
    ("STOCK_TOLERANCE", "stock", f"{_OUVERTES}, dans le mois qui suit la fin de leur validité"),
    ("STOCK_DALO", "stock", f"{_OUVERTES}, reconnues au titre du DALO"),
    ("STOCK_SANS_RFR", "stock", f"{_OUVERTES}, dont le revenu fiscal d’un adulte manque"),
    ("STOCK_RESSOURCES_INCONNUES", "stock", f"{_OUVERTES}, sans aucun montant de ressources"),
    ("STOCK_SANS_COMMUNE", "stock", f"{_OUVERTES}, sans commune souhaitée"),
    (
        "STOCK_TYPE_INCOHERENT",
        "stock",
        f"{_OUVERTES}, d’une personne qui ne demande rien de plus petit qu’un T4, ou de cinq ou plus, rien de plus "
        "grand qu’un T2",
    ),
    ("PIECES", "piece", "documents, reçus ou vus"),
    ("PIECES_RECUES", "piece", "documents dont une copie est reçue"),
    ("PIECES_PORTAIL", "piece", "documents envoyés par le portail"),
    ("ATTRIBUTIONS", "attribution", _LOGEES),
    ("ATTRIBUTIONS_ETAT", "attribution", f"{_LOGEES}, sur un contingent de l’État"),
    ("ATTRIBUTIONS_RPLS", "attribution", f"{_LOGEES}, avec un identifiant RPLS bien formé"),
    (
        "ATTRIBUTIONS_RPLS_APPARIEES",
        "attribution",
        f"{_LOGEES}, dont RPLS connaît le bail, à un mois près",
    ),
    ("ATTRIBUTIONS_RPLS_COUVERTES", "attribution", f"{_LOGEES}, une année que RPLS décrit"),
    ("ATTRIBUTIONS_PRIORITAIRES", "attribution", f"{_LOGEES}, pour un ménage prioritaire (article L. 441-1)"),
    ("ATTRIBUTIONS_DALO", "attribution", f"{_LOGEES}, pour un ménage reconnu au titre du DALO"),
    ("ATTRIBUTIONS_MUTATIONS", "attribution", f"{_LOGEES}, pour un ménage logé en HLM"),
    ("ATTRIBUTIONS_DEJA_LOGES", "attribution", f"{_LOGEES}, pour un ménage que ce bailleur logeait déjà"),
    ("ATTRIBUTIONS_QPV", "attribution", f"{_LOGEES}, d’un logement dit en quartier prioritaire"),
    ("ATTRIBUTIONS_HORS_QPV", "attribution", f"{_LOGEES}, d’un logement dit hors quartier prioritaire"),
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
    ("ATTRIBUTIONS_SANS_BAIL", "attribution_consignee", "attributions en vigueur, sans bail signé"),
    (
        "BAUX_NON_RADIES",
        "bail_non_radie",
        "demandes ouvertes dont l’attribution en vigueur a un bail signé depuis plus de 10 jours",
    ),
    (
        "CONDITIONS_DEPASSEES",
        "decision_sans_suite",
        f"{_SANS_SUITE}, dont la date limite des pièces est passée",
    ),
    (
        "DECISIONS_SANS_SUITE",
        "decision_sans_suite",
        f"{_SANS_SUITE}, prises depuis plus longtemps que le délai admis",
    ),
    (
        "ATTRIBUTIONS_REJETEES",
        "attribution_rejetee",
        "refus d’enregistrer une attribution, ou la radiation qui la suit, qu’aucune n’a suivis sur la même demande",
    ),
    (
        "EVENEMENTS_REFUS",
        "evenement",
        "événements en vigueur\u00a0: refus d’une proposition par le ménage",
    ),
    ("EVENEMENTS_PROPOSITIONS", "evenement", "événements en vigueur\u00a0: proposition d’un logement"),
    ("EVENEMENTS", "evenement", "événements en vigueur"),
    ("DECISIONS", "decision", "décisions de commission en vigueur"),
    (
        "DECISIONS_PRIORITAIRES",
        "decision",
        "décisions de commission en vigueur, pour un ménage prioritaire au sens de l’article L. 441-1",
    ),
    *(
        (f"DECISIONS_{c}", "decision", f"décisions en vigueur\u00a0: {mots}")
        for c, mots in _DECISIONS.items()
    ),
    ("ECHEANCES", "echeance", "fins de validité, de demandes qui n’étaient pas radiées avant"),
    *((f"ECHEANCES_{i}", "echeance", f"fins de validité, {mots}") for i, mots in _ISSUES.items()),
    (
        "ECHEANCES_SANS_LECTEUR",
        "echeance",
        "fins de validité, de demandes qui n’étaient pas radiées avant, dont aucun préavis n’a atteint le ménage",
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
_DISTRIBUTIONS = (
    Mesure("RETARD_JOURS", "depot", f"{_ENREGISTREES}, selon les jours depuis le dépôt", "retard_jours"),
    Mesure("ANCIENNETE_MOIS", "stock", f"{_OUVERTES}, selon les mois depuis le dépôt", MOIS_D_ORIGINE),
    Mesure("ATTENTE_JOURS", "attribution", f"{_LOGEES}, selon les jours depuis le dépôt", "anciennete_jours"),
    Mesure(
        "COMMISSION_JOURS",
        "attribution",
        f"{_LOGEES}, selon les jours de l’attribution au bail",
        "commission_jours",
    ),
    Mesure(
        "RADIATION_JOURS", "attribution", f"{_LOGEES}, selon les jours jusqu’à la radiation", "delai_jours"
    ),
)
MESURES: Mapping[str, Mesure] = MappingProxyType(
    {m.code: m for m in (*(Mesure(*lue) for lue in _LUES), *_DISTRIBUTIONS)}
)
"""By code, in the order of the documentation."""
TARDIVES: Mapping[str, int] = MappingProxyType(
    {"ATTRIBUTIONS_QPV": 2, "ATTRIBUTIONS_HORS_QPV": 2, "ECHEANCES_SANS_LECTEUR": 2}
)
"""Those that read a column which their fact took later, and its schema that has it: files of before do not say them."""


def par_fait(*, distributions: bool = False) -> Mapping[str, tuple[str, ...]]:
    """Codes of measures by the fact that they are read in, in order; of ``distributions``, those alone."""
    mesures = [m for m in MESURES.values() if bool(m.colonne) is distributions]
    faits = dict.fromkeys(m.fait for m in mesures)
    return {fait: tuple(m.code for m in mesures if m.fait == fait) for fait in faits}


def mesure_de(code: str) -> Mesure:
    """The measure that a code names, « CODE=value » for one value of a distribution. Raises ``KeyError``."""
    return MESURES[code.partition(EGALE)[0]]
