"""The file's page, in process, up to its template: what reading a file by an interface is compared with."""

import io
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.template import loader

from sne.bench.actes_rest import numeros
from sne.bench.atelier import Identifiants
from sne.bench.equipe import Poste
from sne.bench.pgbench import MesureImpossible
from sne.bench.preparation import ouvrir_compte
from sne.bench.web import Navigateur


class SurPlace(Navigateur):
    """A browser that asks this very process."""

    def __init__(self) -> None:
        super().__init__(0)
        self.repondre = WSGIHandler()

    def demander(
        self,
        methode: str,
        chemin: str,
        champs: Mapping[str, str | Sequence[str]] | None = None,
        *,
        compression: bool = False,  # noqa: ARG002 - nothing is sent
    ) -> tuple[int, str, bytes]:
        corps = urlencode(champs or {}, doseq=True).encode() if champs is not None else b""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": methode,
            "PATH_INFO": chemin,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(corps),
            "wsgi.url_scheme": "http",
            "CONTENT_LENGTH": str(len(corps)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_COOKIE": "; ".join(f"{nom}={valeur}" for nom, valeur in self.cookies.items()),
            "HTTP_X_CSRFTOKEN": self.cookies.get(self.csrf, ""),
        }
        reponse = self.repondre(environ, lambda *_: lambda __: None)
        contenu = b"".join(reponse)
        reponse.close()
        self.cookies |= {nom: dit.value for nom, dit in reponse.cookies.items()}
        return reponse.status_code, reponse.headers.get("Location", ""), contenu


class LirePageSansGabarit:
    """Session, account, rights, and everything that the page shows; no template is rendered."""

    def __init__(self, poste: Poste) -> None:
        self.navigateur = SurPlace()
        self.navigateur.se_connecter(Identifiants(**ouvrir_compte(poste.premier_rang)))
        self.tirer = numeros(poste)

    def preparer(self, nombre: int) -> None:  # noqa: ARG002 - that of every act
        """Templates are left aside from now on: this process makes pages for nobody else."""
        loader.render_to_string = _rien  # type: ignore[assignment]

    def agir(self) -> None:
        statut, _, contenu = self.navigateur.demander("GET", f"/demandes/{self.tirer()}/")
        if (statut, contenu) != (HTTPStatus.OK, b""):
            raise MesureImpossible(f"La page du dossier : statut {statut}.")


def _rien(*_args: object, **_kwargs: object) -> str:
    return ""
