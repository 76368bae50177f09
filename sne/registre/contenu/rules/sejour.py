"""Which document a counter must have seen to give a number: of identity, or of residence (CCH R441-2-3). Pure."""

from datetime import date

from sne.registre.contenu.rules.arbre.racine import Contenu

HORS_UNION = "3"
"""``ListeNationalite``: outside the European Union. Nationals of Iceland, Liechtenstein, Norway and Switzerland have
this code too, but prove their stay by an identity document: the agent says so.
"""
TITRES = frozenset({"TITRE_SEJOUR", "RECEPISSE"})
"""Documents seen that prove a residence permit."""
NOMS = {"TITRE_SEJOUR": "du titre de séjour", "RECEPISSE": "du récépissé"}
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


def dire_titre_perime(contenu: Contenu, *, piece: str, fin: date | None, dispense: bool, jour: date) -> str:
    """What is to be said of the residence document seen when its last day has passed; empty when it holds.

    It proves no regular stay by itself (CCH R441-1, R441-2-3), yet somebody who has asked for its renewal may be
    regular (CESEDA L433-3): the agent says why the number is given all the same.
    """
    if fin is None or fin >= jour or dispense or piece not in TITRES or not titre_attendu(contenu):
        return ""
    return (
        f"La validité {NOMS[piece]} a pris fin le {fin:%d/%m/%Y}. Choisissez la pièce qui prouve le séjour "
        "aujourd’hui (un récépissé, un autre titre), ou dites pourquoi la demande est enregistrée avec celle-ci."
    )


def type_de_la_vue(piece: str, *, dispense: bool = False) -> str:
    """The document of the catalogue that was seen to register: of residence, or of identity."""
    return "SEJOUR" if piece in TITRES or dispense else "IDENTITE"
