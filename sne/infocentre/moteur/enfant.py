"""The process of the engine: one order on its standard input, one answer on its standard output, both JSON."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from sne.infocentre.moteur import copie, duck

ORDRES: Mapping[str, Callable[..., Any]] = {
    "ecrire": duck.ecrire,
    "compter": duck.compter,
    "detailler": duck.detailler,
    "reecrire": duck.reecrire,
    "copier": copie.copier,
}


def main() -> None:
    """Run the order."""
    ordre = json.load(sys.stdin)
    nom, reglages, maitre = ordre.pop("ordre"), ordre.pop("reglages"), ordre.pop("spark", "")
    if maitre:
        from sne.infocentre.moteur import spark  # noqa: PLC0415 - where it is installed

        with spark.ouvrir(maitre) as session:
            json.dump(spark.compter(session, **ordre), sys.stdout)
        return
    with duck.ouvrir(reglages) as base:
        json.dump(ORDRES[nom](base, **ordre), sys.stdout)


if __name__ == "__main__":
    main()
