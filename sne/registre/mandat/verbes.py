"""Authorisations given to a helper, accepted, ended."""

from sne.journal.rules import Dit, Verbe


class VerbeMandat(Verbe):
    """Kinds of act."""

    PROPOSER_MANDAT = (
        "PROPOSER_MANDAT",
        "Aide autorisée par la personne, à accepter par qui l’aide",
        Dit(
            "{qui} a autorisé un organisme à aider pour votre demande.",
            variantes={("pour", "PROCHE"): "{qui} a invité un proche à aider pour votre demande."},
            contestable=True,
        ),
    )
    OFFRIR_MANDAT = (
        "OFFRIR_MANDAT",
        "Aide offerte par un organisme, à accepter par la personne",
        Dit("{qui} a préparé une aide pour votre demande, à accepter ou à refuser.", contestable=True),
    )
    CONSENTIR_MANDAT = (
        "CONSENTIR_MANDAT",
        "Aide offerte, acceptée par la personne",
        Dit("{qui} a accepté l’aide d’un organisme pour votre demande.", contestable=True),
    )
    ENREGISTRER_MANDAT = (
        "ENREGISTRER_MANDAT",
        "Aide signée sur papier, enregistrée par un guichet, à accepter par l’organisme",
        Dit("{qui} a enregistré une aide signée sur papier pour votre demande.", contestable=True),
    )
    ENREGISTRER_JUGEMENT = (
        "ENREGISTRER_JUGEMENT",
        "Mesure de protection juridique enregistrée par un guichet",
        Dit("{qui} a enregistré une mesure de protection décidée par un juge.", contestable=True),
    )
    ACCEPTER_MANDAT = (
        "ACCEPTER_MANDAT",
        "Aide acceptée par qui aide",
        Dit("{qui} a accepté d’aider."),
    )
    FINIR_MANDAT = (
        "FINIR_MANDAT",
        "Fin d’une aide",
        Dit(
            "{qui} a mis fin à une aide.",
            variantes={
                ("fin", "ECHU"): "Une aide a pris fin\u00a0: sa durée est passée.",
                (
                    "fin",
                    "IDENTITE_CHANGEE",
                ): "Une aide a pris fin\u00a0: l’état civil de la demande a changé.",
            },
        ),
    )
    RAPPELER_MANDAT = (
        "RAPPELER_MANDAT",
        "Rappel de la fin prochaine d’une aide",
        Dit("{qui} a rappelé qu’une aide prend bientôt fin."),
    )
