"""Messages to those who decide of changes of identity."""

from sne.notifications.rules import PAR_COURRIEL, GenreAgent, Modele


class MessageIdentite(GenreAgent):
    """Kinds of message."""

    IDENTITES_A_DECIDER = (
        "IDENTITES_A_DECIDER",
        Modele(
            libelle="Changements d’identité à décider",
            objet="Changements d’identité à décider, {territoire}",
            texte="notifications/agents/identites_a_decider.txt",
            html="notifications/agents/identites_a_decider.html",
            sms="",
            variables=frozenset({"territoire", "nombre", "depuis", "rappels", "lien"}),
            canaux=PAR_COURRIEL,
        ),
    )
    IDENTITES_SIGNALEES = (
        "IDENTITES_SIGNALEES",
        Modele(
            libelle="Changements d’identité sans décision, signalés",
            objet="Changements d’identité sans décision, {territoire}",
            texte="notifications/agents/identites_signalees.txt",
            html="notifications/agents/identites_signalees.html",
            sms="",
            variables=frozenset({"territoire", "nombre", "depuis", "delai"}),
            canaux=PAR_COURRIEL,
        ),
    )
