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
    HABILITATIONS_A_ECHOIR = "HABILITATIONS_A_ECHOIR"
    HABILITATIONS_TERMINEES = "HABILITATIONS_TERMINEES"
    HABILITATIONS_INACTIVES = "HABILITATIONS_INACTIVES"
    LIEUX_SANS_RESPONSABLE = "LIEUX_SANS_RESPONSABLE"
    REVUE_A_FAIRE = "REVUE_A_FAIRE"
    REVUE_CLOSE = "REVUE_CLOSE"
    REVUE_NON_OUVERTE = "REVUE_NON_OUVERTE"
    JALON_DU_JOURNAL = "JALON_DU_JOURNAL"
    RECAPITULATIF = "RECAPITULATIF"
    RECAPITULATIF_SANS_LECTEUR = "RECAPITULATIF_SANS_LECTEUR"
    ALERTE_OUVERTE = "ALERTE_OUVERTE"
    ALERTE_RELANCEE = "ALERTE_RELANCEE"
    ALERTE_REPONDUE = "ALERTE_REPONDUE"


PAR_COURRIEL = frozenset({Canal.COURRIEL})


def _habilitations(libelle: str, *, objet: str = "") -> Modele:
    """What one is told of rights: a sentence, places or persons line by line, what to do about it and where."""
    return Modele(
        libelle=libelle,
        objet=objet or libelle,
        texte="notifications/agents/habilitations.txt",
        html="notifications/agents/habilitations.html",
        sms="",
        variables=frozenset({"territoire", "phrase", "lignes", "suite", "lien"}),
        canaux=PAR_COURRIEL,
    )


def _alerte(libelle: str, *, texte: str, html: str) -> Modele:
    """What a counter, or a territorial manager, is told of an alert; what it says is read after signing in."""
    return Modele(
        libelle=libelle,
        objet=f"{libelle}, {{territoire}}",
        texte=texte,
        html=html,
        sms="",
        variables=frozenset({"territoire", "guichet", "delai", "lien"}),
        canaux=PAR_COURRIEL,
    )


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
    GenreAgent.HABILITATIONS_A_ECHOIR: _habilitations("Fin prochaine de vos habilitations"),
    GenreAgent.HABILITATIONS_TERMINEES: _habilitations("Fin de vos habilitations"),
    GenreAgent.HABILITATIONS_INACTIVES: _habilitations(
        "Habilitations sans connexion",
        objet="Habilitations sans connexion, {territoire}",
    ),
    GenreAgent.LIEUX_SANS_RESPONSABLE: _habilitations(
        "Lieux sans responsable",
        objet="Lieux sans responsable, {territoire}",
    ),
    GenreAgent.REVUE_A_FAIRE: _habilitations(
        "Habilitations à revoir", objet="Habilitations à revoir, {territoire}"
    ),
    GenreAgent.REVUE_CLOSE: _habilitations(
        "Revue des habilitations terminée",
        objet="Revue des habilitations terminée, {territoire}",
    ),
    GenreAgent.REVUE_NON_OUVERTE: _habilitations(
        "Revue des habilitations non ouverte", objet="Revue des habilitations non ouverte, {territoire}"
    ),
    GenreAgent.JALON_DU_JOURNAL: Modele(
        libelle="Jalon signé du journal",
        objet="Jalon du journal du registre",
        texte="notifications/agents/jalon_du_journal.txt",
        html="notifications/agents/jalon_du_journal.html",
        sms="",
        variables=frozenset({"jalon", "entrees", "note", "cle", "lien"}),
        canaux=PAR_COURRIEL,
    ),
    GenreAgent.RECAPITULATIF: Modele(
        libelle="Récapitulatif mensuel des guichets",
        objet="Récapitulatif mensuel des guichets, {territoire}",
        texte="notifications/agents/recapitulatif.txt",
        html="notifications/agents/recapitulatif.html",
        sms="",
        variables=frozenset({"territoire", "mois", "guichets", "signales", "lien"}),
        canaux=PAR_COURRIEL,
    ),
    GenreAgent.RECAPITULATIF_SANS_LECTEUR: Modele(
        libelle="Récapitulatif mensuel sans gestionnaire pour le lire",
        objet="Récapitulatif mensuel sans gestionnaire, {territoire}",
        texte="notifications/agents/recapitulatif_sans_lecteur.txt",
        html="notifications/agents/recapitulatif_sans_lecteur.html",
        sms="",
        variables=frozenset({"territoire", "mois"}),
        canaux=PAR_COURRIEL,
    ),
    GenreAgent.ALERTE_OUVERTE: _alerte(
        "Question sur les chiffres de votre guichet",
        texte="notifications/agents/alerte_ouverte.txt",
        html="notifications/agents/alerte_ouverte.html",
    ),
    GenreAgent.ALERTE_RELANCEE: _alerte(
        "Réponse attendue de votre guichet",
        texte="notifications/agents/alerte_relancee.txt",
        html="notifications/agents/alerte_relancee.html",
    ),
    GenreAgent.ALERTE_REPONDUE: _alerte(
        "Réponse d’un guichet à votre question",
        texte="notifications/agents/alerte_repondue.txt",
        html="notifications/agents/alerte_repondue.html",
    ),
}
