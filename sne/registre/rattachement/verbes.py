"""An account linked to a demande, or no longer; signing in; codes refused for it, and taken again."""

from sne.journal.rules import Dit, Silence, Verbe

APPAREILS = ("un téléphone", "une tablette", "un ordinateur")
"""What a session may be opened from, in words."""


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
    )
    SE_CONNECTER = (
        "SE_CONNECTER",
        "Connexion d’une personne qui suit la demande en ligne",
        Dit(
            "{qui} a ouvert cette demande en ligne.",
            {("appareil", a): f"{{qui}} a ouvert cette demande en ligne, depuis {a}." for a in APPAREILS},
            contestable=True,
        ),
    )
    SIGNALER = "SIGNALER", "Signalement « ce n’est pas moi » fait en ligne", Silence.SANS_DEMANDE
    FERMER_AU_CODE = (
        "FERMER_AU_CODE",
        "Demande fermée à la connexion par code",
        Dit(
            "{qui} a fermé la connexion par code. FranceConnect et les guichets ouvrent toujours la demande."
        ),
    )
    ROUVRIR_AU_CODE = (
        "ROUVRIR_AU_CODE",
        "Demande rouverte à la connexion par code",
        Dit("{qui} a rouvert la connexion par code."),
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
    )
