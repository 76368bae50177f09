"""By which channels a household may be reached."""

from dataclasses import dataclass

from sne.notifications.rules import Canal

TERRITOIRE = "de votre territoire (votre département, ou toute l’Île-de-France)"


@dataclass(frozen=True, slots=True)
class Joignable:
    """How the household may be reached, and whether its demande must be spoken of to nobody.

    ``courriel``: an address that does not refuse messages; ``verifie``: somebody of the household reads it;
    ``papier``: it asked for post, or is helped in its steps; ``sms``: a mobile, with its consent; ``en_ligne``: it
    registered or renewed online.
    """

    courriel: bool
    verifie: bool
    adresse: bool
    papier: bool
    secrete: bool
    sms: bool = False
    en_ligne: bool = False


def canaux_de_l_avis(moyens: Joignable) -> tuple[Canal, ...]:
    """By e-mail when somebody is known to read it, else by post; by post too for somebody who asked for it.

    An address that nobody verified is used for want of a postal one, and never when the demande must stay secret: who
    reads it is not known.
    """
    courriel = moyens.verifie or (moyens.courriel and not moyens.adresse and not moyens.secrete)
    lettre = moyens.adresse and (moyens.papier or not courriel)
    choisis = {Canal.COURRIEL: courriel, Canal.LETTRE: lettre}
    return tuple(canal for canal, retenu in choisis.items() if retenu)


def canaux_du_numero(moyens: Joignable) -> tuple[Canal, ...]:
    """How a household that applied online is told what becomes of it, and its number: by all that it gave.

    By e-mail and SMS; by letter besides for who is helped or asked for post, and where there is no e-mail. An e-mail
    that does not arrive becomes a letter by itself. No SMS of a demande that must stay secret: others see it arrive.
    """
    choisis = {
        Canal.COURRIEL: moyens.courriel,
        Canal.SMS: moyens.sms and not moyens.secrete,
        Canal.LETTRE: moyens.adresse and (moyens.papier or not moyens.courriel),
    }
    return tuple(canal for canal, retenu in choisis.items() if retenu)


@dataclass(frozen=True, slots=True)
class Moyens:
    """How the household may be reached. ``en_ligne``: it registered or renewed online at least once.

    ``courriel``: an address is known that does not refuse messages; ``adresse``: a postal one that fits an envelope;
    ``papier``: it asked for post, or is helped in its steps; ``sms``: a mobile, with its consent.
    """

    en_ligne: bool
    courriel: bool
    adresse: bool
    papier: bool
    sms: bool
