"""What must run inside Django before the measures: ``python -m sne.bench.preparation remplir|script``.

``remplir`` (owner) fills a database: tables, reference data, accounts; prints the accounts, in JSON.
``script`` (runtime) prints the peer of a registration: the statements and their documents, in JSON.
"""

import base64
import json
import secrets
import sys
from collections.abc import Callable, Sequence
from typing import Any

import django
from django.core.management import call_command

NOMBRE_DE_COMPTES = 8


def remplir() -> list[dict[str, str]]:
    """Everything that is there before the first household."""
    from sne.referentiels.actions import charger_demonstration, charger_referentiels
    from sne.registre.actions.territoires import ouvrir_territoires

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    charger_referentiels()
    charger_demonstration()
    ouvrir_territoires()
    # No ANALYZE here: of an empty table it says that one page is enough, and every key is then looked for in all of it.
    return [ouvrir_compte(rang) for rang in range(NOMBRE_DE_COMPTES)]


def ouvrir_compte(rang: int) -> dict[str, str]:
    """An agent of the guichet of the measures: what signs them in."""
    from sne.bench.foyers import GUICHET, TERRITOIRE
    from sne.habilitations.actions import NouveauCompte, Octroi, accorder_habilitation, creer_compte
    from sne.habilitations.rules import Role, acteur_systeme
    from sne.socle.horloge import maintenant

    acteur, instant = acteur_systeme("Mesures"), maintenant()
    totp = base64.b32encode(secrets.token_bytes(20)).decode()
    courriel, mot_de_passe = f"mesure{rang}@exemple.fr", secrets.token_urlsafe(16)
    nouveau = NouveauCompte(courriel, "Agent", f"de mesure {rang}", mot_de_passe, cle_totp=totp)
    compte = creer_compte(nouveau, acteur=acteur, survenu_le=instant)
    octroi = Octroi(compte, Role.AGENT_GUICHET, territoire=TERRITOIRE, guichet=GUICHET)
    accorder_habilitation(octroi, acteur=acteur, survenu_le=instant)
    return {"courriel": courriel, "mot_de_passe": mot_de_passe, "totp": totp}


def script() -> dict[str, Any]:
    """The peer of a registration."""
    from sne.bench.pair import ecrire_script
    from sne.socle.horloge import maintenant

    ordres, documents = ecrire_script(maintenant())
    return {"ordres": ordres, "documents": documents}


ETAPES: dict[str, Callable[[], object]] = {"remplir": remplir, "script": script}


def main(arguments: Sequence[str]) -> None:
    """Run one step and print what it gives."""
    django.setup()
    json.dump(ETAPES[arguments[0]](), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1:])
