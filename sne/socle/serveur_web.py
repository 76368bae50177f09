"""How the web processes of the service are run: one command, for the demonstration and for the measures."""

import sys

PATIENCE = 20  # seconds that a page may take once the server is asked to stop
PROCESSUS, FILS = 2, 4  # measured: two processes of four threads beat eight of one (docs/performance.md)
VARIABLES_DU_WEB = {
    "DJANGO_SETTINGS_MODULE": "config.settings.web",
    "SNE_CLES_JOURNAL": "",  # only the worker signs
}


VARIABLES_DU_PORTAIL = {**VARIABLES_DU_WEB, "DJANGO_SETTINGS_MODULE": "config.settings.portail"}


def commande_web(adresse: str, port: int, *, processus: int = PROCESSUS) -> list[str]:
    """The command that serves ``config.asgi`` on this address, and starts again the worker that falls.

    A worker asked to stop while it starts does not hear it: it is killed after a while, else its server never ends.
    """
    return [
        *(sys.executable, "-m", "granian", "--interface", "asginl", "config.asgi:application"),
        *("--host", adresse, "--port", str(port), "--no-ws"),
        *("--workers", str(processus), "--respawn-failed-workers"),
        *("--workers-kill-timeout", str(PATIENCE)),
    ]
