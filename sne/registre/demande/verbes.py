"""Acts that several subjects make or name: a content written, an act refused."""

from sne.journal.rules import Dit, Silence, Trait, Verbe


class VerbeDemande(Verbe):
    """Kinds of act."""

    DEPOSER = (
        "DEPOSER",
        "Demande enregistrée",
        Dit(
            "{qui} a enregistré votre demande.",
            {
                (
                    "piece_notee",
                    True,
                ): "{qui} a enregistré votre demande. Un de vos documents a été vu, sans copie gardée.",
                ("en_ligne", True): "{qui} a vérifié et enregistré votre demande, envoyée en ligne.",
            },
        ),
    )
    MODIFIER = "MODIFIER", "Demande modifiée", Dit("{qui} a changé votre demande.", contestable=True)
    RENOUVELER = "RENOUVELER", "Demande renouvelée", Dit("{qui} a renouvelé votre demande.", contestable=True)
    REACTIVER = (
        "REACTIVER",
        "Demande réactivée et renouvelée",
        Dit("{qui} a rouvert et renouvelé votre demande.", contestable=True),
    )
    MODIFIER_SANTE = (
        "MODIFIER_SANTE",
        "Données de santé saisies ou modifiées",
        Dit("{qui} a changé des informations de santé. Elles ne sont pas montrées ici."),
        Trait.SANTE,
    )
    REFUSER_ACTE = "REFUSER_ACTE", "Acte refusé", Silence.TENTATIVE
