"""An account linked to a demande, or no longer; signing in, or failing to; codes refused for it, and taken again."""

from sne.journal.rules import Dit, Silence, Trait, Verbe

APPAREILS = ("un téléphone", "une tablette", "un ordinateur")
"""What a session may be opened from, in words."""
REFUSES = {
    "LIRE_HISTORIQUE": "lire cet historique",
    "LIRE_HISTORIQUE_ENTIER": "garder une copie de cet historique",
    "LIRE_DECLARATION": "lire ce qui est déclaré",
    "LIRE_COORDONNEES": "lire vos adresses",
    "LIRE_RESSOURCES": "lire vos ressources",
    "ATTESTATION_COMPLETE": "lire une attestation complète",
    "EXPORTER": "télécharger toutes les données",
    "FERMER_AU_CODE": "changer la connexion par code",
    "CONTESTER": "signaler une ligne de cet historique",
    "MODIFIER": "changer ce qui est déclaré",
    "REMPLACER_LIEUX": "changer le travail ou le logement",
    "RENOUVELER": "renouveler la demande",
}
"""What a session asked for that its level does not open, in words; the others are told without a name."""


class VerbeRattachement(Verbe):
    """Kinds of act."""

    RATTACHER = (
        "RATTACHER",
        "Demande ouverte à la personne sur le site public",
        Dit(
            "Une personne du foyer a ouvert la demande en ligne, en prouvant son identité.",
            {
                (
                    "preuve",
                    "NUMERO",
                ): "Une personne du foyer a ouvert la demande en ligne, par un code reçu.",
                ("preuve", "DEPOT"): "La personne qui a envoyé la demande en ligne la suit désormais.",
            },
            contestable=True,
        ),
        Trait.CONNEXION,
    )
    SE_CONNECTER = (
        "SE_CONNECTER",
        "Connexion d’une personne qui suit la demande en ligne",
        Dit(
            "{qui} a ouvert cette demande en ligne.",
            {("appareil", a): f"{{qui}} a ouvert cette demande en ligne, depuis {a}." for a in APPAREILS},
            contestable=True,
        ),
        Trait.CONNEXION,
    )
    ECHEC_CONNEXION = (
        "ECHEC_CONNEXION",
        "Essai de connexion qui n’a pas ouvert la demande",
        Dit(
            "Quelqu’un a tapé un code faux pour ouvrir cette demande en ligne.",
            {
                (
                    "cause",
                    "FERMEE",
                ): "Quelqu’un a demandé un code pour cette demande, qui ne s’ouvrait pas par code."
            },
            contestable=True,
        ),
        Trait.CONNEXION | Trait.REPETE,
    )
    REFUSER_ACCES = (
        "REFUSER_ACCES",
        "Page ou acte que la connexion d’une personne n’ouvre pas",
        Dit(
            "{qui} a demandé ce que cette connexion ne permet pas.",
            {
                (
                    "geste",
                    geste,
                ): f"{{qui}} a demandé à {mots}. Cette connexion ne le permet pas."
                for geste, mots in REFUSES.items()
            },
            contestable=True,
        ),
        Trait.CONNEXION,
    )
    SIGNALER = "SIGNALER", "Signalement « ce n’est pas moi » fait en ligne", Silence.SANS_DEMANDE
    FERMER_AU_CODE = (
        "FERMER_AU_CODE",
        "Demande fermée à la connexion par code",
        Dit(
            "{qui} a fermé la connexion par code. FranceConnect et les guichets ouvrent toujours la demande."
        ),
        Trait.CONNEXION,
    )
    ROUVRIR_AU_CODE = (
        "ROUVRIR_AU_CODE",
        "Demande rouverte à la connexion par code",
        Dit("{qui} a rouvert la connexion par code."),
        Trait.CONNEXION,
    )
    EXPORTER_DONNEES = (
        "EXPORTER_DONNEES",
        "Données remises à la personne qui suit la demande en ligne",
        Dit("{qui} a téléchargé la copie de toutes les données.", contestable=True),
    )
    DETACHER = (
        "DETACHER",
        "Demande fermée à la personne sur le site public",
        Dit("L’accès en ligne d’une personne du foyer a pris fin."),
        Trait.CONNEXION,
    )
