"""Changes asked of a counter online, and what became of them."""

from sne.journal.rules import Dit, Trait, Verbe


class VerbeRequete(Verbe):
    """Kinds of act."""

    DEPOSER_REQUETE = (
        "DEPOSER_REQUETE",
        "Changement demandé en ligne à un guichet",
        Dit(
            "{qui} a demandé un changement à un guichet. Rien n’est changé pour l’instant.", contestable=True
        ),
    )
    RETIRER_REQUETE = (
        "RETIRER_REQUETE",
        "Changement demandé en ligne, retiré par la personne",
        Dit("{qui} a retiré un changement demandé à un guichet.", contestable=True),
    )
    LIRE_REQUETE = (
        "LIRE_REQUETE",
        "Changement demandé en ligne, lu",
        Dit("{qui} a lu le changement demandé."),
        Trait.LECTURE,
    )
    PRENDRE_REQUETE = (
        "PRENDRE_REQUETE",
        "Changement demandé en ligne, pris en charge",
        Dit("{qui} s’occupe du changement demandé."),
    )
    RENDRE_REQUETE = (
        "RENDRE_REQUETE",
        "Changement demandé en ligne, rendu par l’agent qui s’en occupait",
        Dit("{qui} ne s’occupe plus du changement demandé. Un autre agent le prend."),
    )
    COMPLETER_REQUETE = (
        "COMPLETER_REQUETE",
        "Changement demandé en ligne, document demandé",
        Dit("{qui} a demandé un document pour faire le changement demandé."),
    )
    DOCUMENTER_REQUETE = (
        "DOCUMENTER_REQUETE",
        "Changement demandé en ligne, document envoyé",
        Dit("{qui} a envoyé un document pour un changement demandé à un guichet.", contestable=True),
    )
    FAIRE_REQUETE = (
        "FAIRE_REQUETE",
        "Changement demandé en ligne, fait",
        Dit("{qui} a fait le changement demandé."),
    )
    REFUSER_REQUETE = (
        "REFUSER_REQUETE",
        "Changement demandé en ligne, refusé",
        Dit("{qui} n’a pas fait le changement demandé, et dit pourquoi."),
    )
    RAPPELER_REQUETE = (
        "RAPPELER_REQUETE",
        "Changement demandé en ligne, document rappelé à la personne",
        Dit("{qui} a rappelé qu’un document est attendu pour le changement demandé."),
    )
    CLORE_REQUETE = (
        "CLORE_REQUETE",
        "Changement demandé en ligne, clos sans suite : le document n’est pas venu",
        Dit("Le changement demandé est clos : le document attendu n’est pas venu."),
    )
