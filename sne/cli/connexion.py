"""Where the database of a command is: the ``SNE_*`` variables, else the running demonstration, else a refusal."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sne.cli.francais import Echec
from sne.demo.dossier import dossier_de_la_demo, environnement
from sne.socle.bases import Acces
from sne.socle.connexions import ANNUAIRE

AUCUNE_BASE = (
    "Aucune base connue. Démarrez la démonstration (« make demo »), ou donnez les variables SNE_* "
    "(voir .env.example)."
)


def charger_django(*, role: str = "runtime") -> None:
    """Set Django up as one of the two database roles. Raises :class:`Echec` when no database is known."""
    os.environ.update(variables(os.environ, role=role))
    import django

    try:
        django.setup()
    except ValidationError as exc:
        fautes = ", ".join(sorted(_faute(erreur) for erreur in exc.errors()))
        raise Echec(f"Variables absentes ou fausses : {fautes}. Voir .env.example.") from exc


def _faute(erreur: Any) -> str:
    """The variable, and what our own checks say of it: they show no value."""
    noms = [f"SNE_{nom.upper()}" for nom in erreur["loc"]]
    dit = [erreur["msg"].removeprefix("Value error, ")] if erreur["type"] == "value_error" else []
    return " : ".join(noms + dit)


def variables(env: Mapping[str, str], *, role: str) -> dict[str, str]:
    """The variables to add to ``env``. Raises :class:`Echec`."""
    if _est_donnee(env, "SNE_RUNTIME_URL"):
        if role == "owner" and not _est_donnee(env, "SNE_OWNER_URL"):
            raise Echec("Il manque SNE_OWNER_URL : cette commande agit comme propriétaire des tables.")
        return {
            "SNE_ROLE": role,
            "DJANGO_SETTINGS_MODULE": env.get("DJANGO_SETTINGS_MODULE", "config.settings.base"),
        }
    return variables_de_la_demo(role=role)


def _est_donnee(env: Mapping[str, str], nom: str) -> bool:
    """Whether this variable is said, or is one of the files that systemd gives (see ``config.env``)."""
    droits = env.get("CREDENTIALS_DIRECTORY")
    return bool(env.get(nom)) or bool(droits and Path(droits, nom).is_file())


def variables_de_la_demo(*, role: str) -> dict[str, str]:
    """The variables of the running demonstration. Raises :class:`Echec` when none runs."""
    description = description_de_la_demo()
    toutes, ici = (
        {ANNUAIRE: description["base"], **description.get("cellules", {})},
        os.environ.get("SNE_CELLULE"),
    )
    if (ici or ANNUAIRE) not in toutes:
        raise Echec(
            f"SNE_CELLULE : cette démonstration n’a pas de cellule « {ici} ». Il y a : {', '.join(toutes)}."
        )
    acces = Acces(admin="", **toutes[ici or ANNUAIRE])
    lieu = {"SNE_ECOLE": "true"} if description["ecole"] else {}
    lieu |= {
        variable: " ".join(f"{nom}={urls[qui]}" for nom, urls in toutes.items() if nom != (ici or ANNUAIRE))
        for variable, qui in (("SNE_CELLULES", "runtime"), ("SNE_CELLULES_OWNER", role))
    }
    return lieu | environnement(
        *(dossier_de_la_demo(), acces),
        url=description["urls"]["accueil"],
        portail=description["urls"]["portail"].rstrip("/"),
        fc=description["fc"],
        pc=description["pc"],
        hotes=description["hotes"],
        role=role,
        services=description["urls_des_services"],
    )


def description_de_la_demo() -> dict[str, Any]:
    """What the running demonstration publishes. Raises :class:`Echec` when none runs."""
    description = dossier_de_la_demo().lire_description()
    if description is None:
        raise Echec(AUCUNE_BASE)
    return description
