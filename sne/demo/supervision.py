"""The supervisor: starts database, web, portal and worker, starts again whichever falls, stops them in order."""

import contextlib
import os
import shutil
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sne.demo import cellule
from sne.demo.cellule import VERSER, DeuxiemeCellule
from sne.demo.comptes import decrire_comptes
from sne.demo.dossier import (
    CLIENT_FC,
    CLIENT_PC,
    NORD,
    VARIABLE_DU_DOSSIER,
    Dossier,
    environnement,
    publier,
    secret_de_connexion,
)
from sne.demo.empreintes import TERRITOIRE, Etape, Preparation
from sne.demo.place import refus_de_place
from sne.demo.port import port_libre, port_se_libere
from sne.demo.porte_ecole import PorteDeLEcole
from sne.demo.processus import MARQUE, Enfant, tuer_les_restes
from sne.socle.bases import Acces
from sne.socle.postgres import Serveur, ServeurExterne, ServeurIndisponible, choisir_serveur
from sne.socle.serveur_editeurs import VARIABLES_DES_EDITEURS, commande_editeurs
from sne.socle.serveur_web import PROCESSUS, VARIABLES_DU_PORTAIL, VARIABLES_DU_WEB, commande_web

BASE = "sne_demo"
ECOLE = 10  # from the port of the counters to that of the École
PAS = 0.1  # seconds between two looks at the processes
DELAI_WEB = 120.0  # seconds for the first answer
DELAI_BASE = 60.0  # seconds for a crashed database to be back


PARTI = (
    "Le territoire fictif est dans la deuxième cellule, avec ses {taille} demandes : redemandez cette taille, ou "
    "supprimez le dossier pour repartir de rien."
)


class DemoImpossible(RuntimeError):
    """The demonstration cannot start or go on; the message is a French sentence that says what to do."""


class ArretDemande(Exception):
    """Ctrl-C or SIGTERM was received."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for."""

    port: int = 8000
    taille: int = 20_000
    adresse: str = "127.0.0.1"
    ecole: bool = False
    menages: bool = True  # their portal, and the providers of identity that are played
    cellules: int = 1  # servers; two: the fictional territory is in the second one

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}/"

    @property
    def hotes(self) -> str:
        return ",".join(dict.fromkeys(["localhost", "127.0.0.1", self.adresse]))


class Superviseur:
    """One run of the demonstration, from the lock to the orderly stop."""

    def __init__(self, dossier: Dossier, options: Options, *, dire: Callable[[str], None]) -> None:
        self.dossier, self.options, self.dire = dossier, options, dire
        deux = options.cellules > 1 or dossier.nord.exists()
        self.cellule = DeuxiemeCellule(dossier.nord) if deux else None
        reglages = cellule.REGLAGES if deux else {}
        self.serveur = choisir_serveur(dossier.postgres, lie=True, reglages=reglages)
        self.acces: Acces | None = None
        self.nord: Acces | None = None
        self.enfants: list[Enfant] = []
        self.preparation: Preparation | None = None
        self.suites: list[Etape] = []
        self.suite: Enfant | None = None
        self.port_des_services = port_libre()
        self.port_de_fc, self.port_de_pc = port_libre(), port_libre()
        voisin = options.port + 1
        self.port_du_portail = voisin if port_se_libere(options.adresse, voisin) else port_libre()
        suivant = options.port + 2
        self.port_des_editeurs = suivant if port_se_libere(options.adresse, suivant) else port_libre()
        self.ecole: PorteDeLEcole | None = None
        self._arret = False

    @property
    def portail(self) -> str:
        """Where households are served: the next port, or another where it is taken; empty when they are not."""
        return f"http://localhost:{self.port_du_portail}" if self.options.menages else ""

    @property
    def editeurs(self) -> str:
        """Where the software of vendors calls: over TLS, with the certificate of the demonstration."""
        return f"https://localhost:{self.port_des_editeurs}"

    @property
    def fc(self) -> str:
        """Where households sign in: FranceConnect, played."""
        return f"http://127.0.0.1:{self.port_de_fc}/api/v2" if self.options.menages else ""

    @property
    def pc(self) -> str:
        """Where professionals may sign in: ProConnect, played."""
        return f"http://127.0.0.1:{self.port_de_pc}/api/v2" if self.options.menages else ""

    @property
    def services(self) -> str:
        """Where the simulated services of the State are."""
        return f"http://127.0.0.1:{self.port_des_services}"

    def executer(self, *, annoncer: Callable[[dict[str, Any]], None]) -> None:
        """Run until Ctrl-C or SIGTERM. Raises :class:`DemoImpossible` or ``dossier.DejaEnMarche``.

        ``annoncer`` receives the published description once everything answers.
        """
        with self.dossier.verrou(), self._signaux(), contextlib.suppress(ArretDemande):
            try:
                self._demarrer()
                annoncer(self._decrire())
                self._veiller()
            except ServeurIndisponible as exc:
                raise DemoImpossible(str(exc)) from exc
            finally:
                self._arreter()

    def _demarrer(self) -> None:
        self.dossier.description.unlink(missing_ok=True)
        tuer_les_restes(self.dossier.racine)
        for serveur in self._serveurs():
            serveur.arreter()  # one that outlived a killed supervisor: we could not watch it
        self._verifier_le_port()
        self._verifier_les_cellules()
        self.dire("Base de données…")
        self.serveur.demarrer()
        self.acces = self.serveur.preparer(BASE)
        if self.cellule:
            self.nord = self.cellule.demarrer(BASE)
        self._preparer()
        self.dire("Web et tâches de fond…")
        web, travailleur = self._web(), self._travailleur()
        portail = [self._portail()] if self.options.menages else []
        autres = [self._services(), self._editeurs(), *([self._fc(), self._pc()] if portail else [])]
        travailleurs = [travailleur, *([self._travailleur_du_nord()] if self.nord else [])]
        self.enfants = [web, *portail, *autres, *travailleurs]
        for enfant in (web, *portail, *autres):
            enfant.lancer()
        self._attendre(web, self.options.port)
        for enfant in portail:
            self._attendre(enfant, self.port_du_portail)
        if not self.options.ecole:
            self.ecole = PorteDeLEcole(self.options.adresse, self.options.port + ECOLE)
        for (
            enfant
        ) in travailleurs:  # after those that somebody is waiting for: two cores read the code of two at once
            enfant.lancer()

    def _verifier_le_port(self) -> None:
        port = self.options.port
        if not port_se_libere(self.options.adresse, port):
            raise DemoImpossible(f"Le port {port} est déjà pris. Essayez : make demo PORT={port + 1}")

    def _verifier_les_cellules(self) -> None:
        if self.cellule and not isinstance(self.serveur, Serveur):
            raise DemoImpossible("Deux cellules se montrent avec le serveur embarqué : retirez DATABASE_URL.")

    def _preparer(self) -> None:
        """Migrations, reference data, territory and static files: only what changed since the last start."""
        assert self.acces is not None
        donnees = self.serveur.dossier
        preparation = self.preparation = Preparation(
            self.dossier, self.acces, donnees=donnees, taille=self.options.taille
        )
        if preparation.cles_perdues:
            raise DemoImpossible(
                f"Le fichier {self.dossier.racine}/secrets.json n’est plus celui des données : remettez-le, "
                f"ou supprimez {donnees} pour repartir de rien."
            )
        for role, suite in groupby(preparation.etapes_a_faire(), key=lambda etape: etape.role):
            etapes = list(suite)  # one process for what one role does in a row: it reads the code once
            if TERRITOIRE in etapes:
                self._verifier_la_place(preparation.taille_faite)
                if self.cellule and self.cellule.a_le_territoire:
                    raise DemoImpossible(PARTI.format(taille=preparation.taille_faite))
            self._attendre_la_fin(self._preparateur(role, etapes))
            preparation.noter(*etapes)
        self.suites = preparation.suites_a_faire()
        if self.cellule:
            self._deplacer(self.cellule, preparation)
        if self.options.ecole:
            commande = [sys.executable, "-m", "sne.ecole.preparation"]
            self._attendre_la_fin(Enfant("ecole", commande, self._environnement("owner")))

    def _deplacer(self, deuxieme: DeuxiemeCellule, preparation: Preparation) -> None:
        """What is played of the territory is played, and counted, before it leaves."""
        assert self.acces is not None
        assert self.nord is not None
        for role, suite in groupby(self.suites, key=lambda etape: etape.role):
            etapes = list(suite)
            self._attendre_la_fin(self._preparateur(role, etapes))
            preparation.noter(*etapes)
        self.suites = []
        if not deuxieme.a_le_territoire:
            self._commander(VERSER, {})
        deuxieme.preparer(self.acces, self.nord, self._commander, dire=self.dire)

    def _commander(self, commande: tuple[str, ...], variables: Mapping[str, str]) -> None:
        """An operator's command, as the owner of the tables."""
        environnement = {**self._environnement("owner"), "SNE_CELLULES": "", **variables}
        ligne = [sys.executable, "-m", "sne.cli.principal", *commande]
        self._attendre_la_fin(Enfant("commande", ligne, environnement))

    def _preparateur(self, role: str, etapes: Sequence[Etape], journal: Path | None = None) -> Enfant:
        commande = [sys.executable, "-m", "sne.demo.preparation", str(self.options.taille)]
        noms = [etape.nom for etape in etapes]
        ici = {**self._environnement(role), "SNE_CELLULES": ""}  # before the territory leaves
        return Enfant("preparation", [*commande, *noms], ici, journal)

    def _verifier_la_place(self, deja: int) -> None:
        refus = refus_de_place(self.options.taille - deja, libre=shutil.disk_usage(self.dossier.racine).free)
        if refus:
            raise DemoImpossible(refus)

    def _attendre_la_fin(self, enfant: Enfant) -> None:
        enfant.lancer()
        try:
            while enfant.vit():
                self._pause()
        finally:
            enfant.demander_arret()
            enfant.attendre_arret()
        if enfant.processus is None or enfant.processus.returncode:
            raise DemoImpossible("La préparation s’est arrêtée : la raison est écrite plus haut.")

    def _environnement(self, role: str) -> dict[str, str]:
        assert self.acces is not None
        options = self.options
        variables = environnement(
            *(self.dossier, self.acces),
            url=options.url,
            portail=self.portail,
            fc=self.fc,
            pc=self.pc,
            hotes=options.hotes,
            role=role,
            services=self.services,
        )
        if self.nord:
            variables["SNE_CELLULES"] = f"{NORD}={self.nord.runtime}"
        if options.ecole:
            variables |= {"SNE_ECOLE": "true", "SNE_ECOLE_AUTORITE": str(self.dossier.editeurs)}
        return {**variables, MARQUE: str(self.dossier.racine), VARIABLE_DU_DOSSIER: str(self.dossier.racine)}

    def _web(self) -> Enfant:
        processus = 1 if self.options.ecole else PROCESSUS
        commande = commande_web(self.options.adresse, self.options.port, processus=processus)
        variables = {**self._environnement("runtime"), **VARIABLES_DU_WEB}
        return Enfant("web", commande, variables, self.dossier.journal("web"))

    def _portail(self) -> Enfant:
        """The door of households: settings, cookies and database role of its own."""
        commande = commande_web(self.options.adresse, self.port_du_portail, processus=1)
        variables = {**self._environnement("runtime"), **VARIABLES_DU_PORTAIL}
        if self.nord:
            variables["SNE_CELLULES"] = f"{NORD}={self.nord.portail}"
        return Enfant("portail", commande, variables, self.dossier.journal("portail"))

    def _editeurs(self) -> Enfant:
        """The door of vendors: messages and resources, by certificate and by key."""
        ici = self.dossier.editeurs
        commande = commande_editeurs(
            self.options.adresse,
            self.port_des_editeurs,
            certificat=ici / "serveur.pem",
            cle=ici / "serveur.cle",
            autorite=ici / "autorite.pem",
        )
        variables = {**self._environnement("runtime"), **VARIABLES_DES_EDITEURS}
        return Enfant("editeurs", commande, variables, self.dossier.journal("editeurs"))

    def _ecole_entiere(self, port: int) -> Enfant:
        """The École: another installation, in a folder of its own, without the households' portal, for its memory."""
        commande = [*(sys.executable, "-m", "sne.cli.principal", "demo", "--ecole", "--sans-menages")]
        commande += ["--taille", "0", "--port", str(port), "--adresse", self.options.adresse]
        variables = {VARIABLE_DU_DOSSIER: str(self.dossier.ecole), MARQUE: str(self.dossier.racine)}
        return Enfant("ecole", commande, variables, self.dossier.journal("ecole"))

    def _fc(self) -> Enfant:
        """FranceConnect, played: households of the territory first, then persons that no demande knows."""
        usagers = ["--personnes", str(self.dossier.usagers)] if self.dossier.usagers.exists() else []
        retours = f"{self.portail}/connexion/retour/", f"{self.portail}/deconnexion/retour/"
        return self._fournisseur("franceconnect", CLIENT_FC, self.port_de_fc, retours, *usagers)

    def _pc(self) -> Enfant:
        """ProConnect, played: agents whose accounts link themselves to it."""
        url = self.options.url
        retours = f"{url}connexion/proconnect/retour/", f"{url}deconnexion/proconnect/"
        return self._fournisseur("proconnect", CLIENT_PC, self.port_de_pc, retours, "--profil", "pc")

    def _fournisseur(
        self, nom: str, client: str, port: int, retours: tuple[str, str], *options: str
    ) -> Enfant:
        commande = [
            *(sys.executable, "-m", "sne.simulation.fournisseur", "--port", str(port), "--client", client),
            *("--rappel", retours[0], "--rappel-deconnexion", retours[1], *options),
        ]
        secret = secret_de_connexion(self.dossier, client)
        variables = {MARQUE: str(self.dossier.racine), "SIMULATION_SECRET": secret}
        return Enfant(nom, commande, variables, self.dossier.journal(nom))

    def _travailleur(self) -> Enfant:
        commande = [sys.executable, "-m", "sne.cli.principal", "travailler"]
        return Enfant(
            "travailleur", commande, self._environnement("runtime"), self.dossier.journal("travailleur")
        )

    def _travailleur_du_nord(self) -> Enfant:
        """That of the second cell: its database is the other one."""
        assert self.acces is not None
        assert self.nord is not None
        enfant, la_bas = (
            self._travailleur(),
            cellule.dans_la_cellule(cellule.adresses(self.acces), cellule.adresses(self.nord)),
        )
        nom = f"{enfant.nom}-{NORD}"
        return Enfant(nom, enfant.commande, {**enfant.environnement, **la_bas}, self.dossier.journal(nom))

    def _services(self) -> Enfant:
        """The State's services, simulated: started again like the others, and no more needed than the true ones."""
        port, adresses = str(self.port_des_services), str(self.dossier.adresses)
        commande = [
            sys.executable,
            "-m",
            "sne.connecteurs.simulateur",
            "--port",
            port,
            "--adresses",
            adresses,
        ]
        marque = {MARQUE: str(self.dossier.racine)}
        return Enfant("services", commande, marque, self.dossier.journal("services"))

    def _attendre(self, enfant: Enfant, port: int) -> None:
        limite = time.monotonic() + DELAI_WEB
        while time.monotonic() < limite:
            if self._repond(port):
                return
            self._pause()
        raise DemoImpossible(
            f"Le {enfant.nom} ne répond pas. Fin de son journal :\n{enfant.fin_du_journal()}"
        )

    def _repond(self, port: int) -> bool:
        try:
            with urllib.request.urlopen(f"http://{self.options.adresse}:{port}/", timeout=10) as reponse:
                return int(reponse.status) < 500
        except urllib.error.HTTPError as exc:
            return exc.code < 500
        except OSError:
            return False

    def _veiller(self) -> None:
        while True:
            self._pause()
            if self.ecole and self.ecole.quelqu_un():
                self.enfants.append(self._ecole_entiere(self.ecole.port))  # started by the look that follows
            if self._relever():
                publier(self.dossier, self._decrire())
            self._poursuivre()

    def _poursuivre(self) -> None:
        """What nobody waits for, one step after the other; one that fails is told, and played at the next start."""
        if not self.suites or (self.suite is not None and self.suite.vit()):
            return
        etape = self.suites[0]
        if self.suite is None:
            self.suite = self._preparateur(etape.role, [etape], self.dossier.journal("suites"))
            self.suite.lancer()
            return
        code = self.suite.processus.returncode if self.suite.processus else 0
        self.suite = None
        if code:
            self.suites = []
            self.dire(
                f"« {etape.libelle} » n’a pas été joué : la raison est dans {self.dossier.journal('suites')}."
            )
            return
        assert self.preparation is not None
        self.preparation.noter(etape)
        del self.suites[0]

    def _relever(self) -> bool:
        """Start again what fell; the database first, since the others need it."""
        change = sum(map(self._relever_la_base, self._serveurs())) > 0
        for enfant in self.enfants:
            if enfant.surveiller():
                self.dire(f"Relancé : {enfant.nom}.")
                change = True
        return change

    def _serveurs(self) -> list[Serveur | ServeurExterne]:
        return [self.serveur, *([self.cellule.serveur] if self.cellule else [])]

    def _relever_la_base(self, serveur: Serveur | ServeurExterne) -> bool:
        processus = serveur.processus
        if processus is None or processus.poll() is None:
            return False
        limite = time.monotonic() + DELAI_BASE
        while True:
            try:
                with self.dossier.place_du_serveur():
                    serveur.demarrer()
            except ServeurIndisponible:  # the orphans of the killed server still hold its memory
                if time.monotonic() > limite:
                    raise
                self._pause()
            else:
                self.dire("Relancée : base de données.")
                return True

    def _arreter(self) -> None:
        """Web first (no new work), then worker, then database; nothing acknowledged is lost."""
        self.dossier.description.unlink(missing_ok=True)
        if self.ecole:
            self.ecole.fermer()
        for enfant in (*self.enfants, *([self.suite] if self.suite else ())):
            enfant.demander_arret()
            enfant.attendre_arret()
        for serveur in self._serveurs():
            serveur.arreter()

    @contextlib.contextmanager
    def _signaux(self) -> Iterator[None]:
        def noter(*_: object) -> None:
            self._arret = True

        anciens = {
            numero: signal.signal(numero, noter) for numero in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            yield
        finally:
            for numero, ancien in anciens.items():
                signal.signal(numero, ancien)

    def _pause(self) -> None:
        if self._arret:
            raise ArretDemande
        time.sleep(PAS)

    def _decrire(self) -> dict[str, Any]:
        assert self.acces is not None
        url = self.options.url
        description = {
            "hotes": self.options.hotes,
            "ecole": self.options.ecole,
            "urls": {
                "accueil": url,
                "connexion": f"{url}connexion/",
                "verification": f"{url}verifier/",
                "portail": f"{self.portail}/" if self.portail else "",
                "editeurs": f"{self.editeurs}/",
                **({"ecole": f"http://localhost:{self.ecole.port}/ecole/convention/"} if self.ecole else {}),
            },
            "urls_des_services": self.services,
            "editeur": str(self.dossier.editeurs),
            "fc": self.fc,
            "pc": self.pc,
            "comptes": decrire_comptes(self.dossier),
            "dossier": str(self.dossier.racine),
            "donnees": str(self.serveur.dossier),
            "base": cellule.adresses(self.acces),
            "cellules": {NORD: cellule.adresses(self.nord)} if self.nord else {},
            "processus": {
                "superviseur": os.getpid(),
                "base": self.serveur.processus.pid if self.serveur.processus else None,
                **({f"base-{NORD}": self.cellule.serveur.pid} if self.cellule else {}),
                **{enfant.nom: enfant.pid for enfant in self.enfants},
            },
        }
        publier(self.dossier, description)
        return description
