"""What a household reads of each kind of act, or why it reads nothing of it. Every verb is classed. Pure.

Sentences are for somebody who is no lawyer: short, without a word of the trade. ``{qui}`` is a body, never an agent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from sne.journal.rules import DE_SANTE, LECTURES, TRES_PERSONNELS, Verbe
from sne.notifications.rules import Genre as GenreDeMessage


class Silence(StrEnum):
    """Why a kind of act is not told to a household."""

    TENTATIVE = "TENTATIVE"
    ENQUETE = "ENQUETE"
    AUTRE_FOYER = "AUTRE_FOYER"
    ENTRE_PROFESSIONNELS = "ENTRE_PROFESSIONNELS"
    TECHNIQUE = "TECHNIQUE"
    SANS_DEMANDE = "SANS_DEMANDE"
    EFFACEE = "EFFACEE"


SILENCES: Mapping[Silence, str] = MappingProxyType(
    {
        Silence.TENTATIVE: "l’acte a été refusé\u00a0: rien n’a changé, et le dire avertirait qui essaie",
        Silence.ENQUETE: "une vérification est en cours\u00a0: le dire avertirait qui a pris la demande",
        Silence.AUTRE_FOYER: "l’acte parle aussi d’un autre foyer",
        Silence.ENTRE_PROFESSIONNELS: "ce sont des échanges entre professionnels avant une décision, qui est dite",
        Silence.TECHNIQUE: "une étape technique d’un acte qui est dit",
        Silence.SANS_DEMANDE: "l’acte ne porte sur aucune demande en particulier",
        Silence.EFFACEE: "la demande n’existe plus\u00a0: personne n’en lit l’historique",
    }
)


@dataclass(frozen=True, slots=True)
class Dit:
    """An act that is told. ``variantes``: another sentence for a value of a fact, by ``(fact, value)``.

    ``contestable``: the household may answer « ce n’est pas moi ». ``reserve``: told to the applicant only, for the
    act alone says something of somebody's health, or something highly personal. ``attente``: nothing is changed yet.
    """

    phrase: str
    variantes: Mapping[tuple[str, object], str] = field(default_factory=dict)
    contestable: bool = False
    reserve: bool = False
    attente: bool = False


_DITS: dict[Verbe, str] = {
    Verbe.DEPOSER: "{qui} a enregistré votre demande.",
    Verbe.REPRENDRE: "Votre demande vient d’un ancien fichier. Elle a été reprise ici.",
    Verbe.MODIFIER: "{qui} a changé votre demande.",
    Verbe.RENOUVELER: "{qui} a renouvelé votre demande.",
    Verbe.PREVENIR: "Le service a préparé un rappel\u00a0: il faut renouveler votre demande.",
    Verbe.ECHEC_PREAVIS: "Le rappel pour renouveler votre demande n’est pas arrivé.",
    Verbe.EXPIRER: "Votre demande n’est plus valable. Vous avez encore un peu de temps pour la renouveler.",
    Verbe.RADIER: "{qui} a mis fin à votre demande.",
    Verbe.REACTIVER: "{qui} a rouvert et renouvelé votre demande.",
    Verbe.PROPOSER_IDENTITE: "{qui} a demandé de changer une identité. Rien n’est changé pour l’instant.",
    Verbe.VALIDER_IDENTITE: "{qui} a accepté de changer une identité.",
    Verbe.REFUSER_IDENTITE: "{qui} a refusé de changer une identité. L’ancienne reste valable.",
    Verbe.ANNULER_IDENTITE: "{qui} ne demande plus de changer une identité. L’ancienne reste valable.",
    Verbe.EXPIRER_IDENTITE: "Personne n’a répondu à temps pour changer une identité. L’ancienne reste valable.",
    Verbe.PERMETTRE_CONTACT: "{qui} a permis de changer une adresse électronique ou un téléphone. "
    "Rien n’est changé pour l’instant.",
    Verbe.MODIFIER_SANTE: "{qui} a changé des informations de santé. Elles ne sont pas montrées ici.",
    Verbe.CONSIGNER_EGALITE: "{qui} a noté ce qui vous a été expliqué ou remis.",
    Verbe.CONSIGNER_EVENEMENT: "{qui} a noté un événement sur votre demande.",
    Verbe.DEMANDER_PIECES: "{qui} vous a demandé des documents.",
    Verbe.CONSIGNER_DECISION: "{qui} a noté ce qu’une commission a décidé pour votre demande.",
    Verbe.CONSIGNER_ATTRIBUTION: "{qui} a noté qu’un logement vous a été attribué.",
    Verbe.CONSIGNER_DALO: "{qui} a noté une information sur votre droit au logement (DALO).",
    Verbe.CONSULTER: "{qui} a ouvert votre dossier.",
    Verbe.CONSULTER_SANTE: "{qui} a lu des informations de santé de votre dossier.",
    Verbe.CONSULTER_PIECE: "{qui} a ouvert un document de votre dossier.",
    Verbe.CONSULTER_HISTORIQUE: "{qui} a regardé cette liste avec vous ou pour vous.",
    Verbe.REMETTRE_HISTORIQUE: "{qui} a donné une copie de cette liste.",
    Verbe.JOINDRE_PIECE: "{qui} a ajouté un document à votre dossier.",
    Verbe.REMPLACER_PIECE: "{qui} a remplacé un document de votre dossier. L’ancien est gardé.",
    Verbe.NOTER_PIECE_VUE: "{qui} a vu un de vos documents, sans en garder de copie.",
    Verbe.QUALIFIER_PIECE: "{qui} a vérifié un document de votre dossier.",
    Verbe.EXPLIQUER_PIECE: "{qui} a noté votre explication à côté d’un document.",
    Verbe.DETRUIRE_PIECE: "Un document contenait un virus. Il a été détruit.",
    Verbe.EMETTRE_ATTESTATION: "{qui} a établi une attestation de votre demande.",
    Verbe.OUVRIR_ATTESTATION: "{qui} a ouvert une attestation de votre demande.",
    Verbe.REMETTRE_ATTESTATION: "{qui} a remis une attestation de votre demande.",
    Verbe.ATTESTATION_IMPOSSIBLE: "Une attestation n’a pas pu être établie. Une personne s’en occupe.",
    Verbe.TRAITER_ATTESTATION: "{qui} a établi une attestation à la main.",
    Verbe.ENVOYER_MESSAGE: "Un message sur votre demande est parti.",
    Verbe.REJETER_MESSAGE: "Un message sur votre demande n’est pas arrivé.",
    Verbe.INVALIDER_COURRIEL: "Une adresse électronique de la demande ne reçoit plus nos messages.",
    Verbe.DEMANDER_VERIFICATION: "{qui} a demandé de vérifier une adresse électronique.",
    Verbe.VERIFIER_COURRIEL: "Une personne a confirmé qu’elle lit une adresse électronique de la demande.",
    Verbe.GELER: "L’identité et les contacts sont bloqués, le temps d’une vérification. "
    "Votre date de demande ne change pas.",
    Verbe.LEVER_GEL: "La vérification est finie. L’identité et les contacts peuvent de nouveau changer.",
    Verbe.RESTAURER: "Votre demande est redevenue comme avant. Deux personnes l’ont décidé.",
    Verbe.AVERTIR: "Un changement a été annoncé aux adresses de la demande.",
    Verbe.ANNULER: "{qui} a annulé cette demande\u00a0: elle était enregistrée deux fois.",
    Verbe.RETABLIR: "{qui} a rétabli cette demande.",
    Verbe.SEPARER: "Un adulte ne fait plus partie de votre demande.",
    Verbe.DECIDER_SEPARATION: "{qui} a répondu sur votre date de demande, après une séparation.",
    Verbe.LEVER_PROTECTION: "{qui} a noté que votre demande n’est plus à tenir secrète.",
    Verbe.DECIDER_ANTERIORITE: "{qui} a accepté une date de demande plus ancienne.",
}
_CONTESTABLES = frozenset(
    {
        Verbe.MODIFIER,
        Verbe.RENOUVELER,
        Verbe.RADIER,
        Verbe.REACTIVER,
        Verbe.PROPOSER_IDENTITE,
        Verbe.VALIDER_IDENTITE,
        Verbe.PERMETTRE_CONTACT,
        Verbe.JOINDRE_PIECE,
        Verbe.REMPLACER_PIECE,
        Verbe.VERIFIER_COURRIEL,
        Verbe.LEVER_PROTECTION,
    }
)
"""Acts that are done for a household, or in its name: only the household knows whether it was present."""
_VARIANTES: Mapping[Verbe, Mapping[tuple[str, object], str]] = {
    Verbe.DEPOSER: {
        (
            "piece_notee",
            True,
        ): "{qui} a enregistré votre demande. Un de vos documents a été vu, sans copie gardée."
    },
    Verbe.REPRENDRE: {
        ("acte", "RENOUVELER"): "Votre demande a été renouvelée, d’après l’ancien fichier.",
        ("acte", "EXPIREE"): "Votre demande n’était plus valable, d’après l’ancien fichier.",
        ("acte", "RADIEE"): "Votre demande a pris fin, d’après l’ancien fichier.",
    },
    Verbe.PROPOSER_IDENTITE: {
        ("retrait", True): "{qui} a demandé le départ d’un adulte. Rien n’est changé pour l’instant."
    },
    Verbe.VALIDER_IDENTITE: {("retrait", True): "{qui} a accepté le départ d’un adulte de la demande."},
    Verbe.REFUSER_IDENTITE: {
        ("retrait", True): "{qui} a refusé le départ d’un adulte. Il reste sur la demande."
    },
    Verbe.ANNULER_IDENTITE: {
        ("retrait", True): "{qui} ne demande plus le départ d’un adulte. Il reste sur la demande."
    },
    Verbe.EXPIRER_IDENTITE: {
        ("retrait", True): "Personne n’a répondu à temps pour le départ d’un adulte. Rien n’a changé."
    },
    Verbe.RESTAURER: {
        (
            "anciennete",
            True,
        ): "Votre demande est redevenue comme avant, avec sa date de demande d’alors. Deux "
        "personnes l’ont décidé."
    },
    Verbe.DECIDER_ANTERIORITE: {("issue", "REFUSEE"): "{qui} a refusé une date de demande plus ancienne."},
    Verbe.REMETTRE_ATTESTATION: {
        ("remise_par", "COURRIER"): "{qui} a envoyé par courrier une attestation de votre demande."
    },
}
CATALOGUE: Mapping[Verbe, Dit] = MappingProxyType(
    {
        verbe: Dit(
            phrase,
            _VARIANTES.get(verbe, {}),
            contestable=verbe in _CONTESTABLES,
            reserve=verbe in DE_SANTE | TRES_PERSONNELS,
            attente=verbe in (Verbe.PROPOSER_IDENTITE, Verbe.PERMETTRE_CONTACT),
        )
        for verbe, phrase in _DITS.items()
    }
)
TUS: Mapping[Verbe, Silence] = MappingProxyType(
    {
        Verbe.PURGER: Silence.EFFACEE,
        Verbe.REFUSER_ACTE: Silence.TENTATIVE,
        Verbe.QUESTIONNER_IDENTITE: Silence.ENTRE_PROFESSIONNELS,
        Verbe.VOIR_CHANGEMENTS_REGARDES: Silence.ENTRE_PROFESSIONNELS,
        Verbe.OBSERVER_IDENTITE: Silence.ENTRE_PROFESSIONNELS,
        Verbe.REPONDRE_IDENTITE: Silence.ENTRE_PROFESSIONNELS,
        Verbe.RELIRE_IDENTITE: Silence.ENTRE_PROFESSIONNELS,
        Verbe.RAPPELER_IDENTITE: Silence.ENTRE_PROFESSIONNELS,
        Verbe.SIGNALER_IDENTITE: Silence.ENQUETE,
        Verbe.OUVRIR_ENQUETE: Silence.ENQUETE,
        Verbe.COMPLETER_ENQUETE: Silence.ENQUETE,
        Verbe.CONSULTER_ENQUETE: Silence.ENQUETE,
        Verbe.CLORE_ENQUETE: Silence.ENQUETE,
        Verbe.DEMANDER_LEVEE: Silence.ENQUETE,
        Verbe.REFUSER_LEVEE: Silence.ENQUETE,
        Verbe.DEMANDER_RESTAURATION: Silence.ENQUETE,
        Verbe.REFUSER_RESTAURATION: Silence.ENQUETE,
        Verbe.RETIRER_RESTAURATION: Silence.ENQUETE,
        Verbe.CONFIER_AVIS: Silence.ENQUETE,
        Verbe.PORTER_AVIS: Silence.ENQUETE,
        Verbe.S_OPPOSER: Silence.ENQUETE,
        Verbe.RETIRER_OPPOSITION: Silence.ENQUETE,
        Verbe.OUVRIR_CAS_DOUBLON: Silence.AUTRE_FOYER,
        Verbe.CONSULTER_CAS_DOUBLON: Silence.AUTRE_FOYER,
        Verbe.CLORE_CAS_DOUBLON: Silence.AUTRE_FOYER,
        Verbe.BALAYER_DOUBLONS: Silence.AUTRE_FOYER,
        Verbe.CONSULTER_ENSEMBLE_DOUBLON: Silence.AUTRE_FOYER,
        Verbe.CLORE_ENSEMBLE_DOUBLON: Silence.AUTRE_FOYER,
        Verbe.CONSULTER_SEPARATION: Silence.AUTRE_FOYER,
        Verbe.PREPARER_MESSAGE: Silence.TECHNIQUE,
        Verbe.DIFFERER_MESSAGE: Silence.TECHNIQUE,
        Verbe.DELIVRER_MESSAGE: Silence.TECHNIQUE,
        Verbe.RECHERCHER: Silence.SANS_DEMANDE,
        Verbe.EXPORTER_LISTE: Silence.SANS_DEMANDE,
        Verbe.EXPORTER_RECAPITULATIF: Silence.SANS_DEMANDE,
        Verbe.LIRE_RAPPEL: Silence.SANS_DEMANDE,
        Verbe.REPONDRE_SCENARIO: Silence.SANS_DEMANDE,
        Verbe.ENREGISTRER_LISTE: Silence.SANS_DEMANDE,
        Verbe.SUPPRIMER_LISTE: Silence.SANS_DEMANDE,
        Verbe.ECRIRE_A_UN_AGENT: Silence.SANS_DEMANDE,
        Verbe.CALCULER_ACTIVITE: Silence.SANS_DEMANDE,
        Verbe.CLASSER_SUIVI: Silence.SANS_DEMANDE,
        Verbe.CONSULTER_AGENT: Silence.SANS_DEMANDE,
        Verbe.EXPORTER_SUIVI: Silence.SANS_DEMANDE,
        Verbe.PROGRAMMER_ENVOI: Silence.SANS_DEMANDE,
        Verbe.ARRETER_ENVOI: Silence.SANS_DEMANDE,
        Verbe.ENVOYER_RECAPITULATIF: Silence.SANS_DEMANDE,
        Verbe.OUVRIR_ALERTE: Silence.SANS_DEMANDE,
        Verbe.DESIGNER_REPONDANT: Silence.SANS_DEMANDE,
        Verbe.REPONDRE_ALERTE: Silence.SANS_DEMANDE,
        Verbe.RELANCER_ALERTE: Silence.SANS_DEMANDE,
        Verbe.CLORE_ALERTE: Silence.SANS_DEMANDE,
        Verbe.CONNEXION: Silence.SANS_DEMANDE,
        Verbe.CONNEXION_REFUSEE: Silence.SANS_DEMANDE,
        Verbe.DECONNEXION: Silence.SANS_DEMANDE,
        Verbe.CREER_COMPTE: Silence.SANS_DEMANDE,
        Verbe.MODIFIER_COMPTE: Silence.SANS_DEMANDE,
        Verbe.LIER_COMPTES: Silence.SANS_DEMANDE,
        Verbe.ACCORDER_HABILITATION: Silence.SANS_DEMANDE,
        Verbe.RETIRER_HABILITATION: Silence.SANS_DEMANDE,
        Verbe.PREVENIR_INACTIVITE: Silence.SANS_DEMANDE,
        Verbe.CONSTATER_CARENCE: Silence.SANS_DEMANDE,
        Verbe.COMBLER_CARENCE: Silence.SANS_DEMANDE,
        Verbe.CONSTATER_DEPART: Silence.SANS_DEMANDE,
        Verbe.EXECUTER_DEPART: Silence.SANS_DEMANDE,
        Verbe.CONFIER_TRAVAIL: Silence.SANS_DEMANDE,
        Verbe.DECLARER_CLE: Silence.SANS_DEMANDE,
        Verbe.ECARTER_JALON: Silence.SANS_DEMANDE,
        Verbe.RETIRER_MOIS: Silence.SANS_DEMANDE,
        Verbe.RECHERCHER_ACTES: Silence.SANS_DEMANDE,
        Verbe.EXPORTER_ACTES: Silence.SANS_DEMANDE,
        Verbe.OUVRIR_REVUE: Silence.SANS_DEMANDE,
        Verbe.REPONDRE_REVUE: Silence.SANS_DEMANDE,
        Verbe.CLORE_REVUE: Silence.SANS_DEMANDE,
        Verbe.REDUIRE_HABILITATION: Silence.SANS_DEMANDE,
        Verbe.SUSPENDRE_HABILITATION: Silence.SANS_DEMANDE,
        Verbe.RETABLIR_HABILITATION: Silence.SANS_DEMANDE,
        Verbe.PROGRAMMER_REVUES: Silence.SANS_DEMANDE,
        Verbe.ARRETER_REVUES: Silence.SANS_DEMANDE,
    }
)
MESSAGES_TUS = frozenset(
    {GenreDeMessage.AVIS_CHANGEMENT, GenreDeMessage.CHANGEMENT_ENREGISTRE, GenreDeMessage.OPPOSITION_RECUE}
)
"""Messages that go to several addresses for the safety of the file: nobody may learn which ones."""


class Genre(StrEnum):
    """Which acts: all of them, those that changed the demande, those that read it."""

    TOUT = "tout"
    CHANGEMENTS = "changements"
    LECTURES = "lectures"


GENRES: Mapping[Genre, str] = MappingProxyType(
    {Genre.TOUT: "Tout", Genre.CHANGEMENTS: "Changements", Genre.LECTURES: "Lectures"}
)


def verbes_dits(genre: Genre, *, reserves: bool) -> frozenset[Verbe]:
    """Verbs of that kind that are told; ``reserves``: to somebody who may read the most personal ones."""
    dits = frozenset(verbe for verbe, dit in CATALOGUE.items() if reserves or not dit.reserve)
    if genre is Genre.LECTURES:
        return dits & LECTURES
    return dits - LECTURES if genre is Genre.CHANGEMENTS else dits


def is_tu(verbe: Verbe, faits: Mapping[str, object]) -> bool:
    """Whether this act of a kind that is told is not: a message sent for the safety of the file."""
    return verbe in (Verbe.ENVOYER_MESSAGE, Verbe.REJETER_MESSAGE) and faits.get("genre") in MESSAGES_TUS


def phrase_de(verbe: Verbe, faits: Mapping[str, object], *, qui: str) -> str:
    """What the household reads of this act, done by ``qui``."""
    dit = CATALOGUE[verbe]
    phrases = (phrase for (fait, valeur), phrase in dit.variantes.items() if faits.get(fait) == valeur)
    return next(phrases, dit.phrase).replace("{qui}", qui)
