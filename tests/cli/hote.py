"""The host of the backups, as its node_exporter shows it."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

JOUR = 86_400
BONS = {
    "sne_sauvegarde_derniere_secondes": 0.2,
    "sne_sauvegarde_plus_ancienne_secondes": 34,
    "sne_restauration_eprouvee_secondes": 7,
}


class Hote(HTTPServer):
    """The host of the backups, as node_exporter shows it. ``texte``: its figures."""

    texte = ""

    @property
    def adresse(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/metrics"

    def dire(self, ages: Mapping[str, float], *, depot: str = "1") -> None:
        """Each figure, of so many days ago, among those of the machine."""
        lignes = [f"{nom} {time.time() - jours * JOUR:e}" for nom, jours in ages.items()]
        self.texte = "\n".join(["# TYPE go_info gauge", 'go_info{version="1"} 1', *lignes])
        self.texte += f"\nsne_sauvegarde_depot_bon {depot}\n" if depot else "\n"


class Reponse(BaseHTTPRequestHandler):
    server: Hote

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.server.texte.encode())

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@contextmanager
def hote_des_sauvegardes() -> Iterator[Hote]:
    """It answers as long as the block lasts; its backups are good until it is told otherwise."""
    with Hote(("127.0.0.1", 0), Reponse) as serveur:
        serveur.dire(BONS)
        fil = threading.Thread(target=serveur.serve_forever)
        fil.start()
        try:
            yield serveur
        finally:
            serveur.shutdown()
            fil.join()
