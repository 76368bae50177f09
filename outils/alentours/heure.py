"""The time: chronyd, by ``deploy/chrony``, between four servers of this machine. No clock is touched (``-x``)."""

import subprocess
from pathlib import Path

from outils.alentours.lieu import PORT, PROPRES, Lieu, ouvrir
from outils.exercices.attente import attendre
from outils.exercices.grappe import dire
from outils.exercices.valeurs import OUTILS

NTP, NTS = PORT + 60, PORT + 61
SERVEURS = (1, 2, 3, 4)  # 127.0.0.N: chrony knows a source by its address
FAUX = 0.4  # seconds that the last one is wrong
PERMIS = 0.1  # what the alert HeureFausse allows
CHRONYD = (OUTILS / "usr/sbin/chronyd", "-x", "-d", "-U", "-u", "root")
SERVEUR = """local stratum 1
port {ntp}
bindaddress 127.0.0.{n}
allow 127.0.0.0/8
cmdport 0
bindcmdaddress /
pidfile {ici}/serveur-{n}.pid
ntsport {nts}
ntsservercert {tls}/temps.pem
ntsserverkey {tls}/temps.key
ntsdumpdir {ici}
"""
CLIENT = """port 0
cmdport 0
bindcmdaddress {ici}/temps/chronyd.sock
pidfile {ici}/temps/chronyd.pid
include {ici}/rendus/chrony/chrony.conf
"""


def essayer(ici: Path) -> list[str]:
    """One of four lies and is left out; then all say another time than this machine’s, then none answers."""
    sources = [
        f"server 127.0.0.{n} port {NTP} iburst nts ntsport {NTS}{f' offset {FAUX}' if n == SERVEURS[-1] else ''}"
        for n in SERVEURS
    ]
    connue = {"autorite": str(_certifier(ici))}
    with ouvrir(ici / "quatre", temps={"sources": sources, **connue}) as lieu:
        for n in SERVEURS:
            _serveur(lieu, n, ici)
        fautes = _voir(lieu)
    avancees = [f"server 127.0.0.{n} port {NTP} iburst nts ntsport {NTS} offset {FAUX}" for n in SERVEURS]
    with ouvrir(ici / "avance", temps={"sources": avancees, **connue}) as lieu:
        for n in SERVEURS:
            _serveur(lieu, n, ici)
        _client(lieu)
        erreur = _mesurer(lieu)
        dire(
            f"  Une machine qui retarde de {FAUX} s : erreur écrite {erreur:.3f} s ; l’alerte en permet {PERMIS}."
        )
        fautes += [f"un retard de {FAUX} s est écrit {erreur} s"] * (not PERMIS < erreur < 2 * FAUX)
    with ouvrir(ici / "seule", temps={"sources": sources, **connue}) as lieu:  # nobody answers
        _lancer_le_client(lieu)
        fautes += ["une machine sans source se croit à l’heure"] * (_mesurer(lieu) < PERMIS)
        lieu.arreter("chronyd")
        fautes += ["une machine sans chrony se croit à l’heure"] * (_mesurer(lieu) < PERMIS)
    return fautes


def _voir(lieu: Lieu) -> list[str]:
    """What chrony says of its sources once it has chosen."""
    _client(lieu)
    etats = {champs[2]: champs[1] for champs in _demander(lieu, "sources")}
    preuves = {champs[1] for champs in _demander(lieu, "authdata")}
    suivi = _demander(lieu, "tracking")[0]
    erreur = _mesurer(lieu)
    dire(
        f"  Sources : {etats} ; preuve : {', '.join(preuves)} ; strate {suivi[2]}, erreur écrite {erreur:.6f} s."
    )
    fautes = [] if etats["127.0.0.4"] == "x" else [f"la source fausse est « {etats['127.0.0.4']} »"]
    fautes += [] if preuves == {"NTS"} else ["une source ne prouve pas qui elle est"]
    fautes += [] if erreur < PERMIS else [f"à l’heure, elle se dit à {erreur} s près"]
    return fautes + [f"chronyd : {ligne}" for ligne in lieu.dit("chronyd").splitlines() if "failed" in ligne]


def _certifier(ici: Path) -> Path:
    """A certificate of the four servers, which is its own authority."""
    noms = ",".join(f"IP:127.0.0.{n}" for n in SERVEURS)
    ordre = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=temps"
    sorties = ("-addext", f"subjectAltName={noms}", "-keyout", ici / "temps.key", "-out", ici / "temps.pem")
    subprocess.run(["/usr/bin/openssl", *ordre.split(), *sorties], check=True, capture_output=True)
    return ici / "temps.pem"


def _serveur(lieu: Lieu, n: int, tls: Path) -> None:
    configuration = lieu.dossier / f"serveur-{n}.conf"
    configuration.write_text(SERVEUR.format(ntp=NTP, nts=NTS, n=n, ici=lieu.dossier, tls=tls))
    lieu.lancer(f"serveur-{n}", [*CHRONYD, "-f", configuration])


def _client(lieu: Lieu) -> None:
    _lancer_le_client(lieu)
    lieu.attendre_qu_il_dise("chronyd", "Selected source")


def _lancer_le_client(lieu: Lieu) -> None:
    configuration = lieu.dossier / "client.conf"
    configuration.write_text(CLIENT.format(ici=lieu.dossier))
    lieu.lancer("chronyd", [*CHRONYD, "-f", configuration])
    attendre((lieu.dossier / "temps" / "chronyd.sock").exists, "chronyd écoute", delai=10)


def _demander(lieu: Lieu, quoi: str) -> list[list[str]]:
    commande: list[str | Path] = [
        OUTILS / "usr/bin/chronyc",
        "-h",
        str(lieu.dossier / "temps" / "chronyd.sock"),
        "-n",
        "-c",
        quoi,
    ]
    dit = subprocess.run(commande, env=PROPRES, check=True, capture_output=True, text=True).stdout
    return [ligne.split(",") for ligne in dit.splitlines()]


def _mesurer(lieu: Lieu) -> float:
    """The figure that the alert reads, written as the unit does."""
    subprocess.run(["/bin/sh", lieu.rendus / "chrony" / "heure.sh"], env=PROPRES, check=True)
    ecrite = (lieu.dossier / "mesures" / "sne-heure.prom").read_text()
    return float(ecrite.removeprefix("sne_heure_erreur_secondes "))
