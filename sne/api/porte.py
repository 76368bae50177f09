"""Who calls: the key, the certificate, the guichet, the vendor's name of its agent; asked before a body is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus

from django.http import HttpRequest

from sne.api.cle_d_acte import nommer as nommer_l_acte
from sne.api.corps import exiger_court
from sne.api.erreurs import ErreurApi, refuser
from sne.cellules.routage import cellule_de, dans, du_territoire
from sne.conventions import certificat
from sne.conventions.actions import (
    Appelant,
    AppelDit,
    Prise,
    Tenue,
    appeler,
    compter_et_tenir,
    compter_par_cle,
    rendre_cle,
)
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.conventions.selectors import Identite, par_cle
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.connexions import sur_une_vivante


@dataclass(frozen=True, slots=True)
class Regles:
    """What one operation asks of its caller. ``portee``: the scope; none when a key is enough.

    ``nominative``: it is about somebody: a guichet and an agent are named. ``cle``: it writes by POST, under a key of
    idempotency; ``revision``: it changes what was read, under ``If-Match``; ``fichier``: its body is bytes of a file;
    ``attend``: it may wait, within bounds of its own, and holds no thread of its agreement's share.
    """

    portee: Portee | None = None
    groupe: Groupe = Groupe.LECTURE
    nominative: bool = True
    cle: bool = False
    revision: bool = False
    fichier: bool = False
    attend: bool = False


@dataclass(frozen=True, slots=True)
class Appel:
    """One call, once its caller is known. ``tenue``: its key of idempotency, where it was held as it came."""

    appelant: Appelant
    le: datetime
    tenue: Tenue | None = None

    @property
    def acte(self) -> Acte:
        """The act about to be done."""
        return Acte(self.appelant.acteur, self.le)


class CleDApi:
    """Ninja's authentication of one operation: everything that is asked before its body is read."""

    openapi_type = "http"
    openapi_security_schema: Mapping[str, str] = {
        "type": "http",
        "scheme": "bearer",
        "description": "Clé de la convention\u00a0: «\u00a0sne_prod_…\u00a0», ou «\u00a0sne_ecole_…\u00a0» à l’École.",
    }

    def __init__(self, regles: Regles) -> None:
        self.regles = regles

    def __call__(self, request: HttpRequest) -> Appel:
        """The call. Raises ``ErreurApi`` (400, 413), ``AccesRefuse``, ``CadenceDepassee``, ``NonHabilite``."""
        if not self.regles.fichier:
            exiger_court(request)
        le, vrai = horloge.maintenant(), horloge.vrai()
        guichet, agent = (request.headers.get(f"SNE-{nom}", "") for nom in ("Guichet", "Agent"))
        if self.regles.nominative and not (guichet and agent):
            request.identite = reconnaitre(request, le=vrai)  # type: ignore[attr-defined]
            raise _non_dit(guichet)
        identite, prise, tenue = sur_une_vivante(lambda: self._compter(request, vrai))
        if tenue:
            request.pile.callback(rendre_cle, tenue)  # type: ignore[attr-defined]
        request.identite = identite  # type: ignore[attr-defined]
        correlation = request.correlation  # type: ignore[attr-defined]
        dit = AppelDit(self.regles.groupe, guichet, agent, correlation)
        appelant = appeler(identite, dit, survenu_le=vrai, prise=prise)
        request.cadence, request.acteur = appelant.cadence, appelant.acteur  # type: ignore[attr-defined]
        if self.regles.portee:
            appelant.exiger(self.regles.portee)
        request.pile.enter_context(dans(_cellule(request, appelant)))  # type: ignore[attr-defined]
        appel = Appel(appelant, le, tenue)
        request.appel = appel  # type: ignore[attr-defined]
        return appel

    def _compter(self, request: HttpRequest, le: datetime) -> tuple[Identite, Prise, Tenue | None]:
        """Who calls, the call counted, and its key of idempotency held where that can be asked at once."""
        cle, prouve, groupe = cle_montree(request), certificat.empreinte(request.META), self.regles.groupe
        if self.regles.cle:
            nommer = partial(nommer_l_acte, request)
            return compter_et_tenir(cle, groupe, nommer, survenu_le=le, certificat=prouve)
        return *compter_par_cle(cle, groupe, survenu_le=le, certificat=prouve), None


def _cellule(request: HttpRequest, appelant: Appelant) -> str:
    """Where it is answered from: the cell of the demande or of the territory of its address, else of its guichet."""
    dits = request.resolver_match.kwargs if request.resolver_match else {}
    if "nud" in dits:
        return du_territoire(str(dits["nud"]))
    return cellule_de(str(dits.get("territoire", appelant.acteur.territoire)))


def reconnaitre(request: HttpRequest, *, le: datetime) -> Identite:
    """The agreement of the key, joined with the certificate when the caller proved one. Raises ``AccesRefuse``."""
    cle, prouve = cle_montree(request), certificat.empreinte(request.META)
    return sur_une_vivante(lambda: par_cle(cle, survenu_le=le, certificat=prouve))


def cle_montree(request: HttpRequest) -> str:
    """The key that the caller shows; empty when it shows none."""
    schema, _, cle = request.headers.get("Authorization", "").partition(" ")
    return cle.strip() if schema.lower() == "bearer" else ""


def _non_dit(guichet: str) -> ErreurApi:
    """The refusal of who says no guichet, or no agent."""
    if guichet:
        return refuser(
            HTTPStatus.BAD_REQUEST,
            "AGENT_ABSENT",
            "L’en-tête «\u00a0SNE-Agent\u00a0» manque. Donnez le pseudonyme, chez vous, de la personne qui agit.",
        )
    return refuser(
        HTTPStatus.BAD_REQUEST,
        "GUICHET_ABSENT",
        "L’en-tête «\u00a0SNE-Guichet\u00a0» manque. Donnez le code d’un guichet de votre convention.",
    )
