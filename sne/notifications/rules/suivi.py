"""What a provider tells of an e-mail (the words of anymail) or of a letter (those of Maileva), as our outcomes."""

import re
from collections.abc import Mapping

from sne.notifications.rules.etats import Issue, Resultat
from sne.notifications.rules.jetons import JETON
from sne.notifications.rules.retours import sans_adresse

CODE_ETENDU = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
REFUS = frozenset({"bounced", "rejected"})
DE_NOTRE_FAIT = frozenset({"blocked", "spam", "unsubscribed"})  # says nothing of the address
POLITIQUE = "5.7.1"


def lire_suivi(
    evenement: str, *, motif: str | None, reponse: str | None, temporaire: bool = False
) -> Resultat | None:
    """The outcome of a tracking event; ``None`` when it is none (opened, clicked, queued…): none of that is kept.

    ``temporaire``: the provider calls this refusal a soft one; anymail has one word for both.
    """
    texte = sans_adresse(reponse or "")
    trouve = CODE_ETENDU.search(texte)
    code = trouve[0] if trouve else ""
    if evenement == "delivered":
        return Resultat(Issue.DELIVRE, code, texte)
    if evenement == "deferred":
        return Resultat(Issue.TEMPORAIRE, code, texte)
    if evenement not in REFUS:
        return None
    if temporaire or motif == "timed_out" or code.startswith("4"):
        return Resultat(Issue.TEMPORAIRE, code, texte)
    return Resultat(Issue.PERMANENT, POLITIQUE if motif in DE_NOTRE_FAIT else code, texte)


def jeton_de(identifiant: str | None) -> str:
    """The token in a Message-ID; empty when it is not one of ours."""
    trouve = JETON.search(f"<{(identifiant or '').strip('<>')}>")
    return trouve[1].lower() if trouve else ""


LETTRES: Mapping[str, Resultat] = {
    "PROCESSED": Resultat(Issue.TRAITE, texte="Remise au prestataire de courrier, qui l’a traitée"),
    "REJECTED": Resultat(Issue.PERMANENT, texte="Lettre rejetée par le prestataire de courrier"),
}
"""States of a sending that change something for us; a simple letter never says that it was received."""
