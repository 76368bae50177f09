"""How a way to reach somebody is shown to the person who only has to recognise it. Pure."""

import re

from sne.socle.signes import INSECABLE

POINTS = "••"
INDICATIF_FRANCAIS = re.compile(r"^\+(?:33|262|590|594|596)")


def telephone_masque(telephone: str | None) -> str:
    """« 06 •• •• •• 41 »: enough to recognise one's number, not to learn it."""
    national = INDICATIF_FRANCAIS.sub("0", str(telephone or ""))
    chiffres = "".join(c for c in national if c.isdigit())
    if len(chiffres) < 6:
        return POINTS if chiffres else ""
    return INSECABLE.join((chiffres[:2], POINTS, POINTS, POINTS, chiffres[-2:]))


def telephone_en_clair(telephone: str) -> str:
    """« 06 98 76 54 32 » for a French number in E.164; another one as it is."""
    national = INDICATIF_FRANCAIS.sub("0", telephone)
    if national == telephone or len(national) != 10:
        return telephone
    return INSECABLE.join(national[rang : rang + 2] for rang in range(0, 10, 2))


def courriel_masque(courriel: str | None) -> str:
    """« e•••••@exemple.fr »."""
    nom, arobase, domaine = str(courriel or "").partition("@")
    return f"{nom[:1]}•••••@{domaine}" if arobase else ""
