"""What a household reads when its demande is struck off, reason by reason, and by which channels. Pure.

CCH R441-2-8; arrêté du 23 mars 2015, annexe §6 (coming back) and §7 (erasure).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.registre.joindre.rules.canaux import TERRITOIRE
from sne.socle.signes import INSECABLE


@dataclass(frozen=True, slots=True)
class Circonstances:
    """What the words depend on; days are in words already.

    ``courrier_le``: of the proof, empty without; ``retour_jusqu_au``: empty when it cannot come back any more.
    """

    motif: MotifRadiation
    sous_motif: SousMotif | None
    courrier_le: str
    expiration: str
    retour_jusqu_au: str


@dataclass(frozen=True, slots=True)
class Avis:
    """Three paragraphs: why, how the demande may come back, what to do when it is a mistake."""

    pourquoi: str
    retour: str
    contester: str


POURQUOI: Mapping[MotifRadiation, str] = MappingProxyType(
    {
        MotifRadiation.RADATT: "Un logement vous a été attribué et le bail est signé.",
        MotifRadiation.RADABA: "Vous y avez renoncé par écrit, par un courrier du {courrier_le}.",
        MotifRadiation.RADCON: "Le courrier envoyé le {courrier_le} à votre dernière adresse connue est resté sans "
        "réponse.",
        MotifRadiation.RADIRR: "La commission d’attribution des logements l’a déclarée irrecevable{deux_points} "
        "{irrecevable}. Sa décision vous a été envoyée le {courrier_le}.",
        MotifRadiation.RADREN: "Elle n’a pas été renouvelée. Sa validité a pris fin le {expiration}, et le délai "
        "laissé ensuite pour la renouveler est passé.",
        MotifRadiation.FUSION: "Elle a été réunie avec une autre de vos demandes.",
    }
)
IRRECEVABLE: Mapping[SousMotif | None, str] = MappingProxyType(
    {
        SousMotif.IRRRES: "vos ressources dépassent le plafond",
        SousMotif.IRRSEJ: "les conditions de séjour en France ne sont pas remplies",
        None: "vous ne remplissez pas les conditions",
    }
)
ERREURS: Mapping[MotifRadiation, str] = MappingProxyType(
    {
        MotifRadiation.RADATT: "Vous n’avez pas signé de bail\u00a0?",
        MotifRadiation.RADABA: "Vous n’avez pas écrit ce courrier\u00a0?",
        MotifRadiation.RADCON: "Vous aviez répondu\u00a0?",
        MotifRadiation.RADIRR: "Votre situation n’est pas celle-là\u00a0?",
        MotifRadiation.RADREN: "Vous aviez renouvelé votre demande\u00a0?",
        MotifRadiation.FUSION: "Vous n’avez pas d’autre demande\u00a0?",
    }
)


def rediger_avis(faits: Circonstances) -> Avis:
    """The paragraphs of the notice."""
    return Avis(
        pourquoi=POURQUOI[faits.motif].format(
            courrier_le=faits.courrier_le,
            expiration=faits.expiration,
            irrecevable=IRRECEVABLE[faits.sous_motif],
            deux_points=f"{INSECABLE}:",
        ),
        retour=_retour(faits),
        contester=f"{ERREURS[faits.motif]} Dites-le sans attendre dans un guichet d’enregistrement "
        f"{TERRITOIRE}, avec votre numéro unique. Le gestionnaire territorial vérifiera.",
    )


def _retour(faits: Circonstances) -> str:
    if not faits.retour_jusqu_au:
        return (
            "Elle ne peut plus revenir. Si vous cherchez toujours un logement, déposez une nouvelle demande"
            f"{INSECABLE}: l’ancienneté de celle-ci est perdue."
        )
    if faits.motif is MotifRadiation.RADREN:
        return (
            f"Vous pouvez la faire revenir jusqu’au {faits.retour_jusqu_au}, dans n’importe quel guichet "
            f"d’enregistrement {TERRITOIRE}. Elle y sera renouvelée en même temps, et vous garderez votre numéro et "
            "votre ancienneté. Passé ce jour, il faudra déposer une nouvelle demande, et l’ancienneté sera perdue."
        )
    if faits.motif is MotifRadiation.RADATT:
        return (
            "Si vous cherchez plus tard un autre logement, déposez une nouvelle demande. Si le bail n’a finalement pas "
            f"pris effet, le gestionnaire territorial peut faire revenir celle-ci jusqu’au {faits.retour_jusqu_au}"
            f"{INSECABLE}: demandez-le dans un guichet d’enregistrement."
        )
    return (
        f"Le gestionnaire territorial peut la faire revenir jusqu’au {faits.retour_jusqu_au}, avec votre numéro et "
        "votre ancienneté. Demandez-le dans un guichet d’enregistrement. Passé ce jour, il faudra déposer une nouvelle "
        "demande, et l’ancienneté sera perdue."
    )
