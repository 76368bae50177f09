"""What a session of a household may do, as one table: gesture × level, with the reason of each refusal. Pure.

A level is never kept: it is worked out at each request from how the session signed in, the link and the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType


class Voie(StrEnum):
    """How a session signed in; written once, with it. ``FC_AIDANT``: a helper did, for the person (Aidants Connect).

    ``COURRIEL``: before any number, by an e-mail, a birth date and a code. It opens what is being typed and what was
    sent, and no demande.
    """

    FC = "FC"
    FC_AIDANT = "FC_AIDANT"
    CODE = "CODE"
    COURRIEL = "COURRIEL"


class Niveau(StrEnum):
    """What a session is worth on one demande, now.

    ``LIEN``: the link of a message, for its own purpose. ``CODE_RECENT``: by a code, sent where the household is
    reached since a few days only. ``CODE_PARTAGE``: by a code, sent where two adults of the household are reached.
    ``FC_MOINS``: the civil status that the State gives is not surely that of the demande in force.
    ``MANDAT``: a helper under their own name, whom the person authorised to do some of it.
    """

    LIEN = "LIEN"
    CODE_RECENT = "CODE_RECENT"
    CODE_PARTAGE = "CODE_PARTAGE"
    CODE = "CODE"
    MANDAT = "MANDAT"
    FC_MOINS = "FC_MOINS"
    FC_AIDANT = "FC_AIDANT"
    FC = "FC"


class Preuve(StrEnum):
    """How recent the sign-in has to be: of this session; of an hour, for amounts; of a few minutes."""

    SESSION = "SESSION"
    RESSOURCES = "RESSOURCES"
    RECENTE = "RECENTE"


class NatureContact(StrEnum):
    """Who reads the mailbox that somebody files with, as they say it."""

    PERSONNEL = "PERSONNEL"
    PARTAGE = "PARTAGE"
    AIDANT = "AIDANT"


class Geste(StrEnum):
    """One thing that somebody may want of a demande that they follow."""

    SUIVRE = "SUIVRE"
    LIRE_DECLARATION = "LIRE_DECLARATION"
    LIRE_COORDONNEES_MASQUEES = "LIRE_COORDONNEES_MASQUEES"
    LIRE_COORDONNEES = "LIRE_COORDONNEES"
    LIRE_ADRESSE_PROTEGEE = "LIRE_ADRESSE_PROTEGEE"
    LIRE_NIR = "LIRE_NIR"
    LIRE_SANTE = "LIRE_SANTE"
    SAISIR_SANTE = "SAISIR_SANTE"
    LIRE_RESSOURCES = "LIRE_RESSOURCES"
    VOIR_PIECES = "VOIR_PIECES"
    OUVRIR_PIECE = "OUVRIR_PIECE"
    AJOUTER_PIECE = "AJOUTER_PIECE"
    MODIFIER = "MODIFIER"
    REMPLACER_LIEUX = "REMPLACER_LIEUX"
    AJOUTER_COTITULAIRE = "AJOUTER_COTITULAIRE"
    RENOUVELER = "RENOUVELER"
    CHANGER_CONTACT = "CHANGER_CONTACT"
    CHANGER_CONTACT_PAR_CODES = "CHANGER_CONTACT_PAR_CODES"
    CHANGER_ADRESSE = "CHANGER_ADRESSE"
    REGLER_AVIS = "REGLER_AVIS"
    CHANGER_LANGUE = "CHANGER_LANGUE"
    ATTESTATION_SIMPLIFIEE = "ATTESTATION_SIMPLIFIEE"
    ATTESTATION_COMPLETE = "ATTESTATION_COMPLETE"
    LIRE_HISTORIQUE = "LIRE_HISTORIQUE"
    LIRE_HISTORIQUE_ENTIER = "LIRE_HISTORIQUE_ENTIER"
    CONTESTER = "CONTESTER"
    DEMANDER_AU_GUICHET = "DEMANDER_AU_GUICHET"
    DEMANDER_UN_RETRAIT = "DEMANDER_UN_RETRAIT"
    DONNER_MANDAT = "DONNER_MANDAT"
    REVOQUER_MANDAT = "REVOQUER_MANDAT"
    EXPORTER = "EXPORTER"
    ARRETER = "ARRETER"
    GARDER = "GARDER"
    FERMER_COMPTE = "FERMER_COMPTE"
    FERMER_AU_CODE = "FERMER_AU_CODE"
    DEPOSER = "DEPOSER"
    ECRIRE_A_L_ASSISTANCE = "ECRIRE_A_L_ASSISTANCE"


@dataclass(frozen=True, slots=True)
class Ligne:
    """Who may, and how recent their sign-in has to be."""

    niveaux: frozenset[Niveau]
    preuve: Preuve = Preuve.SESSION


_N = Niveau
_FC = frozenset({_N.FC})
_SIENS = _FC | {_N.CODE, _N.FC_MOINS}
"""The person themselves: nobody who reads the same mailbox, no helper."""
_FOYER = _SIENS | {_N.CODE_PARTAGE}
_DECLARANTS = _FOYER | {_N.FC_AIDANT}
_TOUS = _DECLARANTS | {_N.CODE_RECENT}
_AIDE = frozenset({_N.MANDAT})
"""A helper, for what their mandate says of it."""

TABLE: Mapping[Geste, Ligne] = MappingProxyType(
    {
        Geste.SUIVRE: Ligne(_TOUS | _AIDE),
        Geste.LIRE_DECLARATION: Ligne(_DECLARANTS | _AIDE),
        Geste.LIRE_COORDONNEES_MASQUEES: Ligne(_SIENS | {_N.FC_AIDANT}),
        Geste.LIRE_COORDONNEES: Ligne(_FC),
        Geste.LIRE_ADRESSE_PROTEGEE: Ligne(_FC),
        Geste.LIRE_NIR: Ligne(frozenset()),
        Geste.LIRE_SANTE: Ligne(_FC),
        Geste.SAISIR_SANTE: Ligne(_SIENS),
        Geste.LIRE_RESSOURCES: Ligne(_FC, Preuve.RESSOURCES),
        Geste.VOIR_PIECES: Ligne(_TOUS | _AIDE),
        Geste.OUVRIR_PIECE: Ligne(_FC),
        Geste.AJOUTER_PIECE: Ligne(_TOUS | _AIDE),
        Geste.MODIFIER: Ligne(_DECLARANTS | _AIDE),
        # Work and dwelling tell where somebody is: typed anew by who does not read them.
        Geste.REMPLACER_LIEUX: Ligne(_SIENS | {_N.FC_AIDANT}),
        Geste.AJOUTER_COTITULAIRE: Ligne(_FC, Preuve.RECENTE),
        Geste.RENOUVELER: Ligne(_TOUS | _AIDE),
        Geste.CHANGER_CONTACT: Ligne(_FC, Preuve.RECENTE),
        # A code sent to each other contact on file stands for what the State would vouch for.
        Geste.CHANGER_CONTACT_PAR_CODES: Ligne(_SIENS - _FC),
        Geste.CHANGER_ADRESSE: Ligne(_SIENS | {_N.FC_AIDANT}),
        Geste.REGLER_AVIS: Ligne(_FC),
        Geste.CHANGER_LANGUE: Ligne(_SIENS),
        Geste.ATTESTATION_SIMPLIFIEE: Ligne(_TOUS),
        Geste.ATTESTATION_COMPLETE: Ligne(_FC),
        Geste.LIRE_HISTORIQUE: Ligne(_FOYER | {_N.LIEN}),
        Geste.LIRE_HISTORIQUE_ENTIER: Ligne(_FC),
        Geste.CONTESTER: Ligne(_FOYER | {_N.LIEN}),
        Geste.DEMANDER_AU_GUICHET: Ligne(_SIENS),
        Geste.DEMANDER_UN_RETRAIT: Ligne(_FC),
        Geste.DONNER_MANDAT: Ligne(_FC),
        Geste.REVOQUER_MANDAT: Ligne(_FOYER),
        Geste.EXPORTER: Ligne(_FC, Preuve.RECENTE),
        Geste.ARRETER: Ligne(_FC, Preuve.RECENTE),
        Geste.GARDER: Ligne(_TOUS),
        Geste.FERMER_COMPTE: Ligne(_FC | {_N.FC_MOINS}, Preuve.RECENTE),
        Geste.FERMER_AU_CODE: Ligne(_FC, Preuve.RECENTE),
        Geste.DEPOSER: Ligne(_FC | {_N.FC_AIDANT, _N.CODE}),
        # Nobody who reads the same mailbox, nor came in by a contact of yesterday, speaks in the person’s name.
        Geste.ECRIRE_A_L_ASSISTANCE: Ligne(_SIENS | {_N.FC_AIDANT}),
    }
)


class Motif(StrEnum):
    """Why not; its sentence is in :data:`PHRASES`."""

    JAMAIS = "JAMAIS"
    OBJET = "OBJET"
    CONTACT_RECENT = "CONTACT_RECENT"
    CONTACT_PARTAGE = "CONTACT_PARTAGE"
    FRANCECONNECT = "FRANCECONNECT"
    ETAT_CIVIL = "ETAT_CIVIL"
    AIDANT = "AIDANT"
    MANDAT = "MANDAT"
    PREUVE_ANCIENNE = "PREUVE_ANCIENNE"


PHRASES: Mapping[Motif, str] = MappingProxyType(
    {
        Motif.JAMAIS: "Cela ne se fait pas en ligne. Allez dans un guichet.",
        Motif.OBJET: "Ce lien sert à autre chose. Connectez-vous, ou allez dans un guichet.",
        Motif.CONTACT_RECENT: "Votre code est parti vers une adresse ou un téléphone ajouté à la demande depuis peu. "
        "Pour cela, connectez-vous avec FranceConnect, ou allez dans un guichet.",
        Motif.CONTACT_PARTAGE: "Plusieurs personnes de la demande lisent l’adresse où votre code est parti. "
        "Pour cela, connectez-vous avec FranceConnect, ou allez dans un guichet.",
        Motif.FRANCECONNECT: "Pour cela, connectez-vous avec FranceConnect, ou allez dans un guichet.",
        Motif.ETAT_CIVIL: "Votre état civil n’est pas écrit de la même façon dans votre demande. "
        "Faites-le corriger dans un guichet.",
        Motif.AIDANT: "La personne le fait elle-même, sans aidant.",
        Motif.MANDAT: "La personne ne vous a pas autorisé à faire cela. Elle le fait elle-même, ou dans un guichet.",
        Motif.PREUVE_ANCIENNE: "Votre connexion est trop ancienne pour cela. "
        "Connectez-vous de nouveau avec FranceConnect.",
    }
)
_MOTIFS: Mapping[Niveau, Motif] = MappingProxyType(
    {
        Niveau.LIEN: Motif.OBJET,
        Niveau.CODE_RECENT: Motif.CONTACT_RECENT,
        Niveau.CODE_PARTAGE: Motif.CONTACT_PARTAGE,
        Niveau.CODE: Motif.FRANCECONNECT,
        Niveau.MANDAT: Motif.MANDAT,
        Niveau.FC_MOINS: Motif.ETAT_CIVIL,
        Niveau.FC_AIDANT: Motif.AIDANT,
        Niveau.FC: Motif.JAMAIS,
    }
)


@dataclass(frozen=True, slots=True)
class Fraicheurs:
    """Until how long after the sign-in a proof is a recent one; good for amounts."""

    recente: timedelta
    ressources: timedelta

    def de(self, age: timedelta | None) -> frozenset[Preuve]:
        """What a sign-in of this age proves; one of unknown age, or yet to come, proves no more than a session."""
        if age is None:
            return frozenset({Preuve.SESSION})
        limites = {Preuve.RECENTE: self.recente, Preuve.RESSOURCES: self.ressources}
        tenues = {preuve for preuve, limite in limites.items() if timedelta(0) <= age <= limite}
        return frozenset({Preuve.SESSION, *tenues})


@dataclass(frozen=True, slots=True)
class Presence:
    """What somebody is worth on one demande, at this instant. ``gestes``: those of a mandate, and no other."""

    niveau: Niveau
    preuves: frozenset[Preuve]
    gestes: frozenset[Geste] | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """The address or number where the code of a session went, as the file knows it today.

    ``ancien``: on file since the deposit, or for long enough; ``partage``: another adult of the demande is reached
    there.
    """

    ancien: bool
    partage: bool


def niveau_de(voie: Voie, *, fort: bool, protegee: bool, contact: Contact | None = None) -> Niveau | None:
    """What a session is worth on a demande; ``None`` when this file is closed to it.

    ``fort``: the link rests on the civil status in force. ``protegee``: the demande is spoken of to nobody, and opens
    to the person alone. ``contact``: where the code went; ``None`` once it is no longer on file.
    """
    niveau = _niveau_de(voie, fort=fort, contact=contact)
    return None if protegee and niveau is not Niveau.FC else niveau


def _niveau_de(voie: Voie, *, fort: bool, contact: Contact | None) -> Niveau | None:
    if voie is Voie.FC_AIDANT:
        return Niveau.FC_AIDANT
    if voie is Voie.FC:
        return Niveau.FC if fort else Niveau.FC_MOINS
    if contact is None or voie is Voie.COURRIEL:
        return None
    if not contact.ancien:
        return Niveau.CODE_RECENT
    return Niveau.CODE_PARTAGE if contact.partage else Niveau.CODE


def refus(geste: Geste, presence: Presence) -> Motif | None:
    """Why this session may not do that; ``None`` when it may."""
    ligne = TABLE[geste]
    tenu = presence.gestes is None or geste in presence.gestes
    if presence.niveau not in ligne.niveaux or not tenu:
        return _MOTIFS[presence.niveau] if ligne.niveaux else Motif.JAMAIS
    return None if ligne.preuve in presence.preuves else Motif.PREUVE_ANCIENNE


def peut(geste: Geste, presence: Presence) -> bool:
    """Whether this session may do that."""
    return refus(geste, presence) is None
