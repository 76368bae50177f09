"""Every kind of message to a professional as data. They speak of work to do: no household is named in a subject."""

from collections.abc import Mapping
from enum import StrEnum

from sne.notifications.rules.etats import Canal
from sne.notifications.rules.modeles import Modele

DANS_L_OBJET = frozenset({"territoire"})
"""Values that a subject may carry: what mail servers and screens show to anybody names neither a person nor a file."""


class GenreAgent(StrEnum):
    """One kind of message to a professional. Adding one without its templates fails a test."""

    IDENTITES_A_DECIDER = "IDENTITES_A_DECIDER"
    IDENTITES_SIGNALEES = "IDENTITES_SIGNALEES"


PAR_COURRIEL = frozenset({Canal.COURRIEL})

AGENTS: Mapping[GenreAgent, Modele] = {
    GenreAgent.IDENTITES_A_DECIDER: Modele(
        libelle="Changements d’identité à décider",
        objet="Changements d’identité à décider, {territoire}",
        texte="notifications/agents/identites_a_decider.txt",
        html="notifications/agents/identites_a_decider.html",
        sms="",
        variables=frozenset({"territoire", "nombre", "depuis", "rappels", "lien"}),
        canaux=PAR_COURRIEL,
    ),
    GenreAgent.IDENTITES_SIGNALEES: Modele(
        libelle="Changements d’identité sans décision, signalés",
        objet="Changements d’identité sans décision, {territoire}",
        texte="notifications/agents/identites_signalees.txt",
        html="notifications/agents/identites_signalees.html",
        sms="",
        variables=frozenset({"territoire", "nombre", "depuis", "delai"}),
        canaux=PAR_COURRIEL,
    ),
}
