"""What a household is told of a helper, in words, one line for each thing that is said in other languages. Pure."""

from collections.abc import Collection

from sne.registre.demande.rules.mandat_aide import FinMandat, MesureProtection
from sne.registre.mandat.rules.mandat import FINS, MESURES, enumerer, fin_de
from sne.registre.mandat.verbes import VerbeMandat

ARRETER = (
    "Vous pouvez arrêter à tout moment, dans « Qui m’aide » de votre espace. Chaque acte est écrit dans l’historique "
    "de votre demande."
)
SUR_PAPIER = (
    "Si ce n’est pas vous, arrêtez cette aide dans « Qui m’aide » de votre espace, ou dites-le dans un guichet. Chaque "
    "acte est écrit dans l’historique de votre demande."
)
JUGEMENT = (
    "Vous lisez cette mesure dans « Qui m’aide » de votre espace. Si c’est une erreur, ou si la mesure a pris fin, "
    "dites-le dans un guichet, avec la décision du juge."
)
PLUS_RIEN = "{Qui} ne peut plus rien faire pour votre demande."


def dire_la_suite(
    verbe: str,
    *,
    organisme: str,
    portees: Collection[str],
    avant: str,
    jusqu_au: str,
    fin: str,
    mesure: str,
    proche: bool = False,
) -> tuple[str, str]:
    """What happened, and what the person may do. ``avant``, ``jusqu_au``: days, in words; ``fin``: code of the end;
    ``mesure``: code of what a judge decided, empty for what the person signed; ``proche``: a relative helps.
    """
    peut, qui = enumerer(portees), "cette personne" if proche else "cet organisme"
    if mesure:
        dite = MESURES[MesureProtection(mesure)]
        return _d_un_jugement(verbe, mesure=dite, protecteur=organisme, peut=peut, jusqu_au=jusqu_au, fin=fin)
    if verbe in {VerbeMandat.ACCEPTER_MANDAT, VerbeMandat.CONSENTIR_MANDAT}:
        return f"{organisme} peut {peut}, jusqu’au {jusqu_au}.", ARRETER
    if verbe == VerbeMandat.FINIR_MANDAT:
        pourquoi = fin_de(FinMandat(fin), proche=proche)
        return f"l’aide de {organisme} est terminée\u00a0: {pourquoi}.", PLUS_RIEN.format(
            Qui=qui.capitalize()
        )
    return _d_une_attente(verbe, organisme=organisme, peut=peut, avant=avant, jusqu_au=jusqu_au, qui=qui)


def _d_une_attente(
    verbe: str, *, organisme: str, peut: str, avant: str, jusqu_au: str, qui: str
) -> tuple[str, str]:
    """What waits for somebody; the recall of an end."""
    if verbe == VerbeMandat.ENREGISTRER_MANDAT:
        return (
            f"un guichet a enregistré une autorisation signée sur papier, pour que {organisme} puisse {peut} jusqu’au "
            f"{jusqu_au}.",
            f"Rien n’est encore ouvert\u00a0: cet organisme doit accepter avant le {avant}.\n{SUR_PAPIER}",
        )
    if verbe == VerbeMandat.PROPOSER_MANDAT:
        return (
            f"vous avez autorisé {organisme} à {peut}.",
            f"Rien n’est encore ouvert\u00a0: {qui} doit accepter avant le {avant}.\n{ARRETER}",
        )
    if verbe == VerbeMandat.OFFRIR_MANDAT:
        return (
            f"{organisme} vous propose son aide, pour {peut}.",
            f"Rien n’est ouvert sans votre accord. Acceptez ou refusez avant le {avant}, dans « Qui m’aide » de votre "
            "espace, avec FranceConnect.",
        )
    return (
        f"{organisme} peut {peut}, jusqu’au {jusqu_au}.",
        "Après ce jour, l’aide s’arrête d’elle-même. Pour la continuer, vous signez une nouvelle autorisation.",
    )


def _d_un_jugement(
    verbe: str, *, mesure: str, protecteur: str, peut: str, jusqu_au: str, fin: str
) -> tuple[str, str]:
    if verbe == VerbeMandat.ENREGISTRER_JUGEMENT:
        suite = f"Cet organisme pourra {peut}, à votre place, quand il aura accepté.\n" if peut else ""
        return (
            f"un guichet a enregistré une mesure de protection ({mesure}), qui désigne {protecteur} jusqu’au "
            f"{jusqu_au}.",
            suite + JUGEMENT,
        )
    if verbe == VerbeMandat.ACCEPTER_MANDAT:
        return f"{protecteur}, qui vous protège, peut {peut}, jusqu’au {jusqu_au}.", JUGEMENT
    if verbe == VerbeMandat.RAPPELER_MANDAT:
        return (
            f"la mesure de protection ({mesure}) qui désigne {protecteur} prend fin le {jusqu_au}.",
            "Si le juge la continue, un guichet enregistre le nouveau jugement.",
        )
    return (
        f"la mesure de protection ({mesure}) qui désigne {protecteur} n’est plus au dossier\u00a0: "
        f"{FINS[FinMandat(fin)]}.",
        JUGEMENT,
    )
