"""Restricted extracts of RPLS, as a landlord's dwellings would be in one."""

import io
from datetime import UTC, datetime

from sne.habilitations.rules import Role
from sne.infocentre.rpls.actions import Bilan, charger_rpls
from sne.infocentre.rpls.rules import ENTETE
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f

SIREN, AUTRE_SIREN = "999000011", "999000029"
EN_MARS_2027 = datetime(2027, 3, 15, 9, tzinfo=UTC)


def logement(rang: int, *, ident: str = "", siren: str = SIREN, commune: str = "99001", mode: str = "1",
             bail: str = "03/2026") -> str:  # fmt: skip
    """One line: a dwelling let in March 2026, but for what is said."""
    cle = ident or f"A{rang:09d}"
    return f"{cle};LOG-{rang};{siren};{commune};3;64;{mode};{bail};412.50;2"


def extrait(*lignes: str, entete: str = ";".join(ENTETE)) -> str:
    return "\n".join([entete, *lignes]) + "\n"


def logements(nombre: int, *, depuis: int = 0, **autres: str) -> list[str]:
    return [logement(rang, **autres) for rang in range(depuis, depuis + nombre)]


def exploitant() -> Acteur:
    return f.creer_acteur(Role.EXPLOITATION_NATIONALE)


def charger(
    texte: str,
    *,
    millesime: int = 2027,
    codage: str = "utf-8",
    acteur: Acteur | None = None,
    rejets: io.StringIO | None = None,
) -> Bilan:
    """Load it in March 2027."""
    return charger_rpls(
        io.BytesIO(texte.encode(codage)),
        millesime=millesime,
        rejets=rejets or io.StringIO(),
        acte=Acte(acteur or exploitant(), EN_MARS_2027),
    )
