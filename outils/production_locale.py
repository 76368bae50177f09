"""A whole production on the loopback until Ctrl-C: ``python -m outils.production_locale [--port N]``."""

import signal
import sys
from collections.abc import Sequence

from outils.exercices.attente import Impossible
from outils.exercices.grappe import PORT, Grappe, dire
from outils.exercices.surveillance import surveillee
from outils.exercices.valeurs import RACINE


def main(arguments: Sequence[str]) -> int:
    """Run until Ctrl-C or SIGTERM; ``--port N``."""
    port = int(arguments[arguments.index("--port") + 1]) if "--port" in arguments else PORT
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends a start too
    try:
        with Grappe(RACINE / "var" / "production", port=port) as grappe, surveillee(grappe) as chiffres:
            dire(
                f"Service : {grappe.adresse}/ (autorité : {grappe.dossier}/tls/ac-interne.pem).\n"
                f"Chiffres et alertes : {chiffres}. Ctrl-C arrête tout."
            )
            signal.pause()
    except KeyboardInterrupt:
        dire("Arrêté.")
    except Impossible as exc:
        dire(str(exc))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
