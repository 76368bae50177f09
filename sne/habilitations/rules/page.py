"""The page of roles, for readers of the code or of the law: ``python -m sne.habilitations.rules.page``."""

from collections.abc import Iterable
from pathlib import Path

from sne.habilitations.rules.roles import PERMISSIONS, ROLES, Etendue, Role

ETENDUES = {
    Etendue.GUICHET: "one guichet",
    Etendue.TERRITOIRE: "one territory",
    Etendue.DEPARTEMENT: "one département",
    Etendue.REGION: "one region",
    Etendue.NATION: "the nation",
}


def page() -> str:
    """``docs/roles.md``: what each role is, who grants and ends it, then the matrix of permissions."""
    lignes = [
        "# Roles and permissions",
        "",
        "Generated from `sne/habilitations/rules/roles.py` by `python -m sne.habilitations.rules.page`: do not edit.",
        "",
        "A role is held in a perimeter and for a time (CCH R441-2-5 II, R441-2-6). Nobody grants or ends their own.",
        "A counter reads every file of its territory; it registers for its own guichet. Out of the perimeter is a 404.",
        "",
        "| Role | What for | Held in | Granted by | Ended by |",
        "|---|---|---|---|---|",
    ]
    for role, profil in ROLES.items():
        cellules = [f"{profil.nom} (`{role}`)", profil.phrase, ETENDUES[profil.etendue]]
        lignes.append(_ligne(*cellules, _noms(profil.accorde_par), _noms(profil.retire_par)))
    lignes += [
        "",
        _ligne("Permission", *(profil.nom for profil in ROLES.values())),
        "|---" * (len(ROLES) + 1) + "|",
    ]
    for permission, libelle in PERMISSIONS.items():
        cellules = ["oui" if permission in profil.permissions else "" for profil in ROLES.values()]
        lignes.append(_ligne(f"{libelle} (`{permission}`)", *cellules))
    return "\n".join(lignes) + "\n"


def _ligne(*cellules: str) -> str:
    return "| " + " | ".join(cellules) + " |"


def _noms(roles: Iterable[Role]) -> str:
    return ", ".join(ROLES[role].nom for role in Role if role in set(roles))


if __name__ == "__main__":  # pragma: no cover - a test compares the page with its generator
    Path("docs/roles.md").write_text(page(), encoding="utf-8")
