"""Which document a counter must have seen to give a number: of identity, or of residence (CCH R441-2-3). Pure."""

from sne.registre.rules.contenu.racine import Contenu

HORS_UNION = "3"
"""``ListeNationalite``: outside the European Union. Nationals of Iceland, Liechtenstein, Norway and Switzerland have
this code too, but prove their stay by an identity document: the agent says so.
"""
TITRES = frozenset({"TITRE_SEJOUR", "RECEPISSE"})
"""Documents seen that prove a residence permit."""
EEE_OU_SUISSE = "EEE_SUISSE"
"""Why no residence document was asked."""
PHRASE = (
    "Pièce vue\u00a0: la nationalité est hors de l’Union européenne. Choisissez le titre de séjour ou le récépissé que "
    "vous avez vu, ou cochez «\u00a0Ressortissant de l’Espace économique européen ou de la Suisse\u00a0»."
)


def titre_attendu(contenu: Contenu) -> bool:
    """Whether the applicant shows a residence document. Only theirs may be asked for before the number is given."""
    return contenu.demandeur is not None and contenu.demandeur.identite.nationalite == HORS_UNION


def titre_manquant(contenu: Contenu, *, piece: str, dispense: bool) -> bool:
    """Whether what was seen does not do: neither a residence document, nor a national whom none is asked of."""
    return titre_attendu(contenu) and piece not in TITRES and not dispense


def type_de_la_vue(piece: str, *, dispense: bool = False) -> str:
    """The document of the catalogue that was seen to register: of residence, or of identity."""
    return "SEJOUR" if piece in TITRES or dispense else "IDENTITE"
