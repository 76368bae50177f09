"""The values of a production on the loopback: those of ``deploy/exemple.toml``, with the places of one folder."""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from outils.rendre import DEPLOIEMENT

RACINE = DEPLOIEMENT.parent
OUTILS = RACINE / ".outils" / "production"
BASE, NOEUDS = "sne", ("n1", "n2", "n3")
MACHINE = "localhost"  # in the certificate of every listener
PROFESSIONNELS, MENAGES, EDITEURS = "localhost", "demande.localhost", "interfaces.localhost"
ROLES = ("sne_owner", "sne_runtime", "sne_portail")
SECRETS = (*ROLES, "postgres", "replication", "rembobinage", "sauvegarde", "pgbouncer")


def list_noeuds(port: int) -> list[dict[str, Any]]:
    """The three nodes, whose ports follow this one."""
    ports = {"postgres": 20, "rest": 30, "etcd": 40, "etcd_pairs": 50, "pgbackrest": 80}
    return [
        {
            "nom": nom,
            "machine": MACHINE,
            "adresse": "127.0.0.1",
            **{cle: port + p + rang for cle, p in ports.items()},
        }
        for rang, nom in enumerate(NOEUDS)
    ]


def valeurs(ici: Path, port: int, *, acces: Mapping[str, str], socket: Path) -> dict[str, Any]:
    """What ``outils.rendre`` wants for the folder ``ici``; every listener is at ``port`` or after."""
    v = tomllib.loads((DEPLOIEMENT / "exemple.toml").read_text(encoding="utf-8"))
    v |= {
        "racine": sys.prefix,
        "etat": str(ici),
        "secrets": str(ici / "secrets"),
        "mesures": str(ici / "mesures"),
    }
    v |= {"environnement": str(ici / "environnement"), "certificats": str(ici / "tls")}
    v["noms"] = {"professionnels": PROFESSIONNELS, "menages": MENAGES, "editeurs": EDITEURS}
    v["nginx"] |= {"https": port, "http": port + 1, "editeurs": port + 2, "utilisateur": "root"}
    v["nginx"] |= {"certificat": f"{ici}/tls/service.pem", "cle": f"{ici}/tls/service.key"}
    v["nginx"] |= {"autorite_editeurs": f"{ici}/tls/ac-interne.pem", "revocations_editeurs": ""}
    v["nginx"] |= {"journal": str(ici / "journaux"), "execution": str(ici / "execution")}
    v["nginx"] |= {"modules": str(OUTILS / "usr/lib/nginx/modules")}
    webs = {"webs": (10, 11), "portails": (12,), "editeurs": (13,)}
    v["web"] |= {nom: [f"127.0.0.1:{port + rang}" for rang in rangs] for nom, rangs in webs.items()}
    v["web"]["infocentre"] = v["web"]["webs"]
    v["web"] |= {"reseau_prive": "127.0.0.0/8", "ecoute": "127.0.0.1", "processus": 1}
    v["base"] |= {"ecriture": port + 3, "lecture": port + 4, "bouncer": port + 5, "noeuds": list_noeuds(port)}
    v["base"] |= {"dossier": str(ici / "postgres"), "binaires": str(OUTILS / "usr/lib/postgresql/17/bin")}
    v["base"] |= {"socket": str(socket), "partage": "64MB", "strict": False}  # no watchdog here
    v["base"] |= {"comptes": str(ici / "rendus" / "pgbouncer" / "userlist.txt")}
    depots = {"depots": "depots", "journal": "journaux", "travail": "execution/pgbackrest"}
    depots |= {"fichiers": "rendus/pgbackrest"}
    v["sauvegarde"] = {nom: str(ici / place) for nom, place in depots.items()} | {"jours": 28}
    v["sauvegarde"] |= {"machine": MACHINE, "adresse": "127.0.0.1", "port": port + 83}
    v["sauvegarde"]["epreuve"] = str(ici / "rendus" / "pgbackrest" / "eprouver.sh")
    v["acces"] |= acces
    v["temps"] |= {"etat": str(ici / "temps"), "autorite": f"{ici}/tls/ac-interne.pem"}
    v["temps"]["interroger"] = f"{OUTILS}/usr/bin/chronyc -h {ici}/temps/chronyd.sock -c tracking"
    v["journaux"] = {"recepteur": "localhost", "machines": ["localhost"], "port": port + 62}
    v["journaux"] |= {"travail": str(ici / "file"), "recus": str(ici / "recus")}
    v["supervision"] |= {"alertes": [], "sonde": "", "machines": ["127.0.0.1"], "port": port + 61}
    return v
