"""Template context shared by every page: name of the service, who acts, navigation, skip links."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from sne.socle.acteur import Acteur
from sne.socle.navigation import Entree, list_entrees, ouvre

COOKIE_RACCOURCIS = "raccourcis"  # « non »: a comfort of this browser, not a fact about the person
NOM_DU_SERVICE = "Registre de la demande de logement social"


ENTREES_DEPLIEES = 7
"""Entries that a menu shows one by one; somebody who has more finds those of a kind under one name."""


@dataclass(frozen=True, slots=True)
class Lien:
    """An entry of the main menu: a link, or the name of several (``sous``). ``nombre``: what waits there."""

    nom: str
    url: str = ""
    courant: bool = False
    nombre: int = 0
    sous: tuple["Lien", ...] = ()

    @property
    def libelle(self) -> str:
        """« Décisions (4) »; no brackets when nothing waits."""
        return f"{self.nom} ({self.nombre})" if self.nombre else self.nom

    @property
    def pages(self) -> tuple["Lien", ...]:
        """The links that it leads to."""
        return self.sous or (self,)


@dataclass(frozen=True, slots=True)
class Service:
    """What the page frame shows; ``acteur`` is ``None`` on public pages read without signing in."""

    acteur: Acteur | None
    navigation: tuple[Lien, ...] = ()
    nom: str = NOM_DU_SERVICE
    demonstration: bool = field(default_factory=lambda: settings.DEMONSTRATION)
    ecole: bool = field(default_factory=lambda: settings.ECOLE)
    sans_antivirus: bool = field(default_factory=lambda: settings.ANTIVIRUS == "aucun")
    identite_etat: bool = field(default_factory=lambda: settings.IDENTITE_ETAT)
    recherche: bool = False
    espaces: bool = False  # the shared spaces open to who acts
    sans_raccourcis: bool = False  # single-letter shortcuts switched off by this person (WCAG 2.1.4)
    session_finit_dans: int = 0  # seconds, if nothing more is done in it
    session_avis: int = 0  # seconds before its end when that is announced

    @property
    def titre(self) -> str:
        """Name of the service; the demonstration says so everywhere."""
        return f"{self.nom} – démonstration" if self.demonstration else self.nom

    @property
    def qualite(self) -> str:
        """« Camille Rousset, agent de guichet – CCAS d’Aurette-la-Ville (G0993) »: name, role, guichet."""
        if self.acteur is None:
            return ""
        nom_et_role = ", ".join(filter(None, (self.acteur.nom, self.acteur.extra.get("role_libelle", ""))))
        lieu = self.acteur.extra.get("lieu", self.acteur.guichet)
        return " – ".join(filter(None, (nom_et_role, lieu)))

    @property
    def liens_evitement(self) -> tuple[dict[str, str], ...]:
        """Skip links, in the form of the ``dsfr_skiplinks`` tag."""
        liens = [{"link": "#contenu", "label": "Contenu"}]
        if self.navigation:
            liens.append({"link": "#navigation", "label": "Menu"})
        return (*liens, {"link": "#pied", "label": "Pied de page"})


def _secondes(request: HttpRequest, nom: str) -> int:
    duree: timedelta = getattr(request, nom, timedelta())
    return int(duree.total_seconds())


def service(request: HttpRequest) -> dict[str, Service]:
    """Context processor: ``{{ service }}`` on every page."""
    acteur: Acteur | None = getattr(request, "acteur", None)
    entrees = list_entrees(acteur)
    recherche = any(entree.vue == "rechercher" for entree in entrees)
    return {
        "service": Service(
            acteur=acteur,
            navigation=_menu(entrees, acteur, request.path) if acteur else (),
            recherche=recherche,
            espaces=acteur is not None and ouvre(acteur, "espaces"),
            sans_raccourcis=request.COOKIES.get(COOKIE_RACCOURCIS) == "non",
            session_finit_dans=_secondes(request, "session_finit_dans"),
            session_avis=_secondes(request, "session_avis"),
        )
    }


def _menu(entrees: Sequence[Entree], acteur: Acteur, chemin: str) -> tuple[Lien, ...]:
    """The entries in their order; those of a group under its name, at the place of the first, where there are many."""
    liens, groupes = [], Counter(entree.groupe for entree in entrees)
    replies: dict[str, list[Lien]] = {}
    for entree in entrees:
        url = reverse(entree.vue)
        courant = chemin == url or (url != reverse("accueil") and chemin.startswith((url, *entree.sous)))
        lien = Lien(entree.libelle, url, courant, entree.nombre(acteur))
        seule = not entree.groupe or groupes[entree.groupe] == 1
        if seule or len(entrees) <= ENTREES_DEPLIEES:
            liens.append(lien)
            continue
        if entree.groupe not in replies:
            liens.append(Lien(entree.groupe))
        replies.setdefault(entree.groupe, []).append(lien)
    return tuple(_replier(lien, tuple(replies.get(lien.nom, ()))) for lien in liens)


def _replier(lien: Lien, sous: tuple[Lien, ...]) -> Lien:
    if lien.url:
        return lien
    courant, nombre = any(page.courant for page in sous), sum(page.nombre for page in sous)
    return Lien(lien.nom, "", courant, nombre, sous)
