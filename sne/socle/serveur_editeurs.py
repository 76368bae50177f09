"""How the vendors' listener is run where no proxy stands before it: TLS with a client certificate, threads."""

import sys
from pathlib import Path

FILS = 4
PATIENCE = 30  # seconds to receive a message
VARIABLES_DES_EDITEURS = {
    "DJANGO_SETTINGS_MODULE": "config.settings.editeurs",
    "SNE_CLES_JOURNAL": "",  # only the worker signs
}


def commande_editeurs(adresse: str, port: int, *, certificat: Path, cle: Path, autorite: Path) -> list[str]:
    """The command that serves ``config.wsgi_editeurs``: a certificate that ``autorite`` did not sign, no connection.

    Without any, the application says what is open to a key alone, and shows the contract. The thread class gives it the
    TLS socket, where the client's certificate is read.
    """
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi_editeurs:application"),
        *("--bind", f"{adresse}:{port}", "--worker-class", "gthread", "--workers", "1"),
        *("--threads", str(FILS), "--timeout", str(PATIENCE), "--no-control-socket"),
        *(
            "--certfile",
            str(certificat),
            "--keyfile",
            str(cle),
            "--ca-certs",
            str(autorite),
            "--cert-reqs",
            "1",
        ),
        *("--log-level", "warning"),
    ]
