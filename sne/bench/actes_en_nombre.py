"""What a counter does all day in a large register: look for a person, turn pages, open a file.

Acts on the database count the time of its answers alone, round trips included, not Python's. People looked for are
those of the largest territory, typed with a slip; an act that does not find them counts as any other, and recall
is told apart.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from http import HTTPStatus
from random import Random
from typing import Any

from django.db import connection

from sne.bench import foyers
from sne.bench.equipe import Poste
from sne.bench.fautes import mal_taper
from sne.bench.pgbench import MesureImpossible
from sne.bench.web import Navigateur
from sne.habilitations.rules import Role, mandat
from sne.referentiels.selectors import get_parametres
from sne.registre.doublons.parametres import ParametresDoublons
from sne.registre.doublons.selectors.proches import PersonneCherchee, list_proches
from sne.registre.recherche.parametres import ParametresRecherche
from sne.registre.recherche.rules.texte import Curseur, Requete, comprendre
from sne.registre.recherche.selectors.recherche import list_au_fil, list_demandes
from sne.socle.acteur import Acteur, Canal, Perimetre
from sne.socle.horloge import aujourd_hui
from sne.socle.identifiants import uuid7

LIEUX = (
    ("111", "G1111"),
    ("099", "G0993"),
    (foyers.TERRITOIRE, foyers.GUICHET),
)  # Île-de-France, the largest; else where the first households are, or those of the measures
PEUPLES = """
SELECT t FROM unnest(%s::text[]) AS t WHERE EXISTS (SELECT FROM demande d WHERE d.territoire = t)
"""
ECHANTILLON = 300
ESSAIS = 3_000  # duplicates looked for to tell recall
PAR_PAGE = 50
PART_AVEC_NIR = 0.7
MOIS_COURT = 28  # days
PERSONNES = (
    "SELECT i.nom_naissance, i.prenoms, i.date_naissance, d.nud, i.nir_empreinte, p.telephone FROM identite i "
    "JOIN personne p ON p.id = i.personne_id AND p.rang = 0 JOIN demande d ON d.id = i.demande_id "
    "WHERE i.territoire = %s ORDER BY i.id DESC LIMIT %s"
)
DEBUTS_FREQUENTS = (
    "SELECT left(nom_norm, 3) FROM identite WHERE territoire = %s AND nom_norm ~ '^[a-z]{3}' "
    "GROUP BY 1 HAVING count(*) > %s ORDER BY count(*) DESC LIMIT 20"
)


@dataclass(frozen=True, slots=True)
class Connu:
    """An applicant on record."""

    nom: str
    prenoms: str
    naissance: date
    nud: str
    nir_empreinte: bytes | None
    telephone: str

    @property
    def prenom(self) -> str:
        """The first of the first names: what an agent types."""
        return self.prenoms.split(",")[0]


def lieu() -> tuple[str, str]:
    """Territory and guichet where people are looked for."""
    with connection.cursor() as curseur:
        curseur.execute(PEUPLES, [[territoire for territoire, _ in LIEUX]])
        peuples = {ligne[0] for ligne in curseur.fetchall()}
    return next((ici for ici in LIEUX if ici[0] in peuples), LIEUX[1])


def agent_du_territoire() -> Acteur:
    """An agent of that territory, without any account behind."""
    territoire, guichet = lieu()
    return Acteur(
        id=uuid7(),
        nom="Agent de mesure",
        canal=Canal.GUICHET,
        mandats=(mandat(Role.AGENT_GUICHET, Perimetre(territoire, guichet)),),
        guichet=guichet,
        territoire=territoire,
        correlation=uuid7(),
    )


def lire_connus(territoire: str = "", *, combien: int = ECHANTILLON) -> list[Connu]:
    """People on record there, or in that territory. Raises ``MesureImpossible`` when there are none."""
    territoire = territoire or lieu()[0]
    with connection.cursor() as curseur:
        curseur.execute(PERSONNES, [territoire, combien])
        connus = [Connu(*ligne) for ligne in curseur.fetchall()]
    if not connus:
        raise MesureImpossible(f"Aucune demande dans le territoire {territoire}.")
    return connus


class EnBase:
    """An act whose cost is the time of the database's answers."""

    def __init__(self, poste: Poste) -> None:
        self.acteur = agent_du_territoire()
        self.hasard = Random(poste.premier_rang)  # noqa: S311 - draws people, nothing secret
        self.connus = lire_connus()
        self.parametres = get_parametres(aujourd_hui())
        self._ms = 0.0

    def preparer(self, nombre: int) -> None:
        """As many acts that do not count: what is looked for all day is in memory."""
        for _ in range(nombre):
            self.chercher()

    def agir(self) -> float:
        """One act; milliseconds spent in the database."""
        self._ms = 0.0
        with connection.execute_wrapper(self._chronometrer):
            self.chercher()
        return self._ms

    def _chronometrer(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        debut = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self._ms += (time.perf_counter() - debut) * 1000

    def chercher(self) -> None:
        """What is measured."""
        raise NotImplementedError

    def lister(self, requete: Requete, curseur: Curseur | None = None) -> Curseur | None:
        """One page of results, as the screen asks for it; where the next one starts."""
        seuil = self.parametres[ParametresRecherche].seuil_trigramme
        return list_demandes(requete, self.acteur, seuil=seuil, par_page=PAR_PAGE, curseur=curseur).suite


class ChercherNumero(EnBase):
    """A unique number, typed whole."""

    def chercher(self) -> None:
        self.lister(comprendre(self.hasard.choice(self.connus).nud))


class ChercherNaissance(EnBase):
    """A surname with a slip, a first name, a birth date."""

    def chercher(self) -> None:
        qui = self.hasard.choice(self.connus)
        nom = mal_taper(qui.nom, self.hasard)
        self.lister(comprendre(f"{nom} {qui.prenom} {qui.naissance:%d/%m/%Y}"))


class ChercherNom(EnBase):
    """A surname with a slip and a first name, in the territory."""

    def chercher(self) -> None:
        qui = self.hasard.choice(self.connus)
        self.lister(comprendre(f"{mal_taper(qui.nom, self.hasard)} {qui.prenom}"))


class ChercherAuFil(EnBase):
    """What begins as typed, three to six letters of a surname in: what each stop of the hand asks."""

    def chercher(self) -> None:
        nom = self.hasard.choice(self.connus).nom
        parametres = self.parametres[ParametresRecherche]
        lettres = self.hasard.randint(parametres.recherche_lettres_min, 2 * parametres.recherche_lettres_min)
        list_au_fil(comprendre(nom[:lettres]), self.acteur, au_plus=parametres.recherche_suggestions_max)


class TournerLaPage(EnBase):
    """The page after the first one of an alphabetical list."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        with connection.cursor() as curseur:
            curseur.execute(DEBUTS_FREQUENTS, [self.acteur.territoire, 2 * PAR_PAGE])
            debuts = [comprendre(ligne[0]) for ligne in curseur.fetchall()]
        pages = [(requete, self.lister(requete)) for requete in debuts]
        self.suites = [(requete, suite) for requete, suite in pages if suite is not None]
        if not self.suites:
            raise MesureImpossible("Aucune liste de noms n’a deux pages : demandez une taille plus grande.")

    def chercher(self) -> None:
        requete, suite = self.hasard.choice(self.suites)
        self.lister(requete, suite)


class ChercherDoublons(EnBase):
    """The look-up of a registration: somebody typed again, with one slip in a name, the date or the phone, or in the
    date of who gives neither number nor phone.

    Seven in ten of the others give their NIR. ``trouves`` of ``essais`` were proposed.
    """

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self.seuil = float(self.parametres[ParametresDoublons].seuil_doublon_proposition)
        self.trouves = self.essais = 0

    def chercher(self) -> None:
        qui = self.hasard.choice(self.connus)
        proches = list_proches([self._retape(qui)], territoire=self.acteur.territoire, seuil=self.seuil)
        self.essais += 1
        self.trouves += qui.nud in {p.nud for p in proches}

    def _retape(self, qui: Connu) -> PersonneCherchee:
        juste = PersonneCherchee(
            nom=qui.nom,
            prenoms=qui.prenoms,
            date_naissance=qui.naissance,
            nir_empreinte=qui.nir_empreinte if self.hasard.random() < PART_AVEC_NIR else None,
            telephone=qui.telephone,
        )
        fautes = (
            {"nom": mal_taper(qui.nom, self.hasard)},
            {"prenoms": mal_taper(qui.prenoms, self.hasard)},
            {"date_naissance": qui.naissance + timedelta(days=self.hasard.choice((-30, -1, 1, 9)))},
            {"telephone": "+33600000000"},
            {"date_naissance": _un_jour_plus_tard(qui.naissance), "telephone": "", "nir_empreinte": None},
        )
        return replace(juste, **self.hasard.choice(fautes))


def _un_jour_plus_tard(jour: date) -> date:
    """Of the same month: a slip in the day alone."""
    return jour.replace(day=jour.day + 1 if jour.day < MOIS_COURT else 1)


class _ParLeWeb:
    """Somebody signed in who asks for a page. Options: ``port``, ``cookies`` of the session; ``territoire`` of those
    who are looked for, the largest one unless it is said, and how many they are (``connus``).
    """

    def __init__(self, poste: Poste) -> None:
        self.hasard = Random(poste.premier_rang)  # noqa: S311 - draws people, nothing secret
        self.connus = lire_connus(
            poste.options.get("territoire", ""), combien=poste.options.get("connus", ECHANTILLON)
        )
        self.navigateur = Navigateur(poste.options["port"], dict(poste.options["cookies"]))

    def preparer(self, nombre: int) -> None:
        """As many pages that do not count."""
        for _ in range(nombre):
            self.agir()

    def page(self, chemin: str) -> None:
        """Ask for a page. Raises ``MesureImpossible`` unless it comes."""
        statut, suite, corps = self.navigateur.demander("GET", chemin, compression=True)
        if statut != HTTPStatus.OK:
            raise MesureImpossible(f"{chemin} : statut {statut} {suite} {corps[:200]!r}")

    def agir(self) -> None:
        """One page."""
        raise NotImplementedError

    def chercher(self, tape: str) -> None:
        """What is typed is posted, then its results are asked for: both are what somebody waits for."""
        _, suite, _ = self.navigateur.demander("POST", "/rechercher/", {"q": tape})
        self.page(suite)


class PageAccueil(_ParLeWeb):
    """The home page."""

    def agir(self) -> None:
        self.page("/accueil/")


class PageRecherche(_ParLeWeb):
    """The answer to a name typed with a slip."""

    def agir(self) -> None:
        qui = self.hasard.choice(self.connus)
        self.chercher(f"{mal_taper(qui.nom, self.hasard)} {qui.prenom}")


class PageListe(_ParLeWeb):
    """The first page of a list: fifty files."""

    def agir(self) -> None:
        self.chercher(self.hasard.choice(self.connus).nom[:3])


class PageFiche(_ParLeWeb):
    """One file, opened."""

    def agir(self) -> None:
        self.page(f"/demandes/{self.hasard.choice(self.connus).nud}/")
