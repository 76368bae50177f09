"""Sentences that the values of a message may hold, so that they are said in another language too. Pure.

Each is written by the rules of the subject that sends the message; what is none of them stays in French.
"""

import re
from collections.abc import Iterator
from functools import cache

INSECABLE = "\u00a0"
_QUOI = (
    "Personne qui fait la demande",
    "Nom de naissance",
    "Nom d’usage",
    "Prénoms",
    "Date ou lieu de naissance",
    "Civilité",
    "Numéro de sécurité sociale",
    "Nationalité",
    "Adresse électronique",
    "Téléphone",
    "Adresse postale",
    "Pièce d’identité",
    "Cotitulaires de la demande",
    "Travail",
    "Revenus",
    "Adresse électronique et téléphone",
    "Accès en ligne",
)
_MANDAT = (
    "un guichet a enregistré une autorisation signée sur papier, pour que {organisme} puisse {peut} jusqu’au {date}.",
    "vous avez autorisé {organisme} à {peut}.",
    "{organisme}, qui vous protège, peut {peut}, jusqu’au {date}.",
    "{organisme} peut {peut}, jusqu’au {date}.",
    "l’aide de {organisme} est terminée\u00a0: {fin}.",
    "un guichet a enregistré une mesure de protection ({mesure}), qui désigne {organisme} jusqu’au {date}.",
    "la mesure de protection ({mesure}) qui désigne {organisme} prend fin le {date}.",
    "la mesure de protection ({mesure}) qui désigne {organisme} n’est plus au dossier\u00a0: {fin}.",
    "Rien n’est encore ouvert\u00a0: cet organisme doit accepter avant le {date}.",
    "Rien n’est encore ouvert\u00a0: cette personne doit accepter avant le {date}.",
    "{organisme} vous propose son aide, pour {peut}.",
    "Rien n’est ouvert sans votre accord. Acceptez ou refusez avant le {date}, dans « Qui m’aide » de votre espace, "
    "avec FranceConnect.",
    "Cet organisme pourra {peut}, à votre place, quand il aura accepté.",
    "Vous pouvez arrêter à tout moment, dans « Qui m’aide » de votre espace. Chaque acte est écrit dans l’historique "
    "de votre demande.",
    "Si ce n’est pas vous, arrêtez cette aide dans « Qui m’aide » de votre espace, ou dites-le dans un guichet. Chaque "
    "acte est écrit dans l’historique de votre demande.",
    "Vous lisez cette mesure dans « Qui m’aide » de votre espace. Si c’est une erreur, ou si la mesure a pris fin, "
    "dites-le dans un guichet, avec la décision du juge.",
    "Cet organisme ne peut plus rien faire pour votre demande.",
    "Cette personne ne peut plus rien faire pour votre demande.",
    "Après ce jour, l’aide s’arrête d’elle-même. Pour la continuer, vous signez une nouvelle autorisation.",
    "Si le juge la continue, un guichet enregistre le nouveau jugement.",
    "sa durée est passée",
    "la personne l’a arrêtée",
    "l’organisme y a renoncé",
    "un guichet l’a arrêtée",
    "l’état civil de la demande a changé",
    "tutelle",
    "curatelle",
    "habilitation familiale",
    "sauvegarde de justice",
)
ENUMEREES = (
    "lire la demande",
    "ajouter des documents",
    "compléter les revenus déclarés et le logement demandé",
    "renouveler la demande, quand rien n’a changé",
)
"""What may be said one after the other in one value."""
DITES = (
    *_MANDAT,
    *ENUMEREES,
    *_QUOI,
    *(f"{quoi[:1].lower()}{quoi[1:]}" for quoi in _QUOI),
    f"Autre adulte de la demande, {{quoi}}{INSECABLE}: {{fait}}",
    f"{{quoi}}{INSECABLE}: {{fait}}",
    "changé",
    "changée",
    "changés",
    "ajoutée ou remplacée",
    "liste changée",
    "un changement est permis, rien n’est changé pour l’instant",
    "changement demandé, rien n’est changé pour l’instant",
    "ouvert à quelqu’un dont l’État a vérifié l’identité",
    "par le guichet {guichet}",
    "ne s’ouvre plus par un code",
    "s’ouvre de nouveau par un code",
    "prend fin",
    "a pris fin",
    "de votre territoire (votre département, ou toute l’Île-de-France)",
    "avant le {date}",
    "La photo de votre pièce d’identité n’est pas lisible.",
    "La pièce envoyée n’est pas à votre nom.",
    "Votre pièce d’identité est périmée depuis trop longtemps.",
    "Il manque une face de votre pièce d’identité.",
    "Il manque la photo de votre titre de séjour.",
    "Il manque la photo de votre pièce d’identité.",
    "Il faut avoir 18 ans pour demander en ligne. En cas d’émancipation, un guichet enregistre votre demande.",
    "Vous avez dit à un guichet que vous ne vouliez plus déposer cette demande.",
    "Un guichet n’a pas pu reconnaître de personne dans cet envoi.",
    "est envoyée",
    "attend un document",
    "est faite",
    "n’est pas acceptée",
    "attend toujours un document",
    "est close sans suite",
    "Le document demandé n’est pas venu. Si ce changement reste à faire, demandez-le de nouveau.",
    "Sans ce document avant la fin du {date}, elle est close.",
    "Un guichet la lit avant le {date}. Jusque-là, rien ne change dans votre demande. Apportez au guichet {document}.",
    "Un guichet la lit avant le {date}. Jusque-là, rien ne change dans votre demande. Envoyez en photo depuis "
    "« Ma demande » ou apportez au guichet {document}.",
    "Le guichet a changé votre demande de logement. Relisez-la\u00a0: si ce n’est pas ce que vous vouliez, "
    "dites-le-lui.",
    "Le document demandé n’est pas venu.",
    "Le document montré ne prouve pas ce changement.",
    "La demande le dit déjà ainsi.",
    "Ce changement se fait par une autre démarche.",
    "une pièce d’identité, ou un acte de naissance de moins de trois mois",
    "une pièce d’identité ou un livret de famille où ce nom figure",
    "une pièce d’identité ou un titre de séjour",
    "la carte Vitale ou une attestation de droits",
    "le jugement, la convention, ou l’accord écrit de la personne qui part",
    "l’attestation d’enregistrement la plus ancienne",
    "Nous avons besoin de vous parler. Appelez-nous ou passez au guichet.",
    "Il manque un document à votre demande. Apportez-le dans un guichet.",
    "Vérifiez avec nous votre adresse, votre téléphone et votre adresse électronique.",
    "Renouvelez votre demande avant sa fin de validité.",
)
_VALEUR = re.compile(r"\\\{([a-z]+)\\\}")


def reconnaitre(texte: str) -> tuple[str, dict[str, str]] | None:
    """The sentence that this text is, and the values in it; ``None`` when it is none of them."""
    if texte in _ENTIERES:
        return texte, {}
    for phrase, forme in _formes():
        trouve = forme.fullmatch(texte)
        if trouve:
            return phrase, trouve.groupdict()
    return None


def lire_enumeration(texte: str) -> list[str]:
    """The things said one after the other, when this text is made of nothing else."""
    return _ENUMEREE.findall(texte) if _ENUMERATION.fullmatch(texte) else []


_ENUMEREE = re.compile("|".join(map(re.escape, ENUMEREES)))
_ENUMERATION = re.compile(rf"(?:{_ENUMEREE.pattern})(?:(?:, | et )(?:{_ENUMEREE.pattern}))+")
_ENTIERES = frozenset(phrase for phrase in DITES if "{" not in phrase)


@cache
def _formes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(_lire())


def _lire() -> Iterator[tuple[str, re.Pattern[str]]]:
    for phrase in DITES:
        if phrase not in _ENTIERES:
            yield phrase, re.compile(_VALEUR.sub(r"(?P<\1>[^\\n]+?)", re.escape(phrase)))
