"""How the vendors' listener is run where no proxy stands before it: TLS with a client certificate, threads."""

import sys
from pathlib import Path

FILS = 4
PATIENCE = 30  # seconds to receive a message


def commande_editeurs(adresse: str, port: int, *, certificat: Path, cle: Path, autorite: Path) -> list[str]:
    """The command that serves ``config.wsgi_editeurs``: no certificate of ``autorite``, no connection.

    The thread class gives the application its TLS socket, where the client's certificate is read.
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
            "2",
        ),
        *("--log-level", "warning"),
    ]
