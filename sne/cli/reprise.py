"""Opening a restored service again: what the past brought back ends, before anybody comes in. May be done again."""

import json
import logging
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from procrastinate.contrib.django import app as application

from sne.cellules.routage import d_ici
from sne.cli.taches import list_suites
from sne.demandeurs.actions.sessions import fermer_partout as fermer_les_menages
from sne.documents.perte import perdre_sans_octets
from sne.habilitations.actions.reprise import fermer_partout, finir_de_nouveau, suspendre_acces
from sne.habilitations.rules import acteur_systeme
from sne.journal.actions import inscrire, sceller
from sne.journal.handlers import distribuer
from sne.journal.models import Jalon
from sne.journal.rules import Entree
from sne.journal.verbes import VerbeJournal
from sne.notifications.actions import douter_de_tout
from sne.registre.demande.selectors.existence import list_non_effacees, list_territoires_tenus
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant

PAS = 0.1  # seconds between two looks at a base that is being played
FIN_DE_LA_NUIT = timedelta(hours=6)  # what the clock does of a night is done by then

journal = logging.getLogger("sne.reprise")


@dataclass(frozen=True, slots=True)
class Perdu:
    """What an export of the lost journal says had ended, or been erased, after the instant restored."""

    habilitations: frozenset[uuid.UUID] = frozenset()
    acces: frozenset[uuid.UUID] = frozenset()
    effacees: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Reprise:
    """What was done. ``encore_la``: demandes that the lost journal says erased, and that the clock did not erase.

    ``suites``: what acts of before the instant asked for and that failed; the worker takes it up.
    """

    sessions: int
    habilitations: int
    acces: int
    messages: int
    documents: int
    effacees: int
    dernier_jalon: int
    suites: int = 0
    encore_la: list[uuid.UUID] = field(default_factory=list)


def attendre_la_base(secondes: float) -> bool:
    """Whether the restored base takes writes within that many seconds; it may not answer yet, or still be played."""
    limite = time.monotonic() + secondes
    while not _est_ouverte():
        if time.monotonic() > limite:
            return False
        time.sleep(PAS)
    return True


def _est_ouverte() -> bool:
    """By a connection of its own: a pool that was refused waits longer each time."""
    try:
        with psycopg.connect(**connection.get_connection_params()) as seule:
            return seule.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)
    except psycopg.OperationalError:
        return False


def rouvrir(depuis: datetime, perdu: Perdu, *, jusqu_a: datetime | None = None) -> Reprise:
    """Everything at once, told by the journal. ``depuis``: the instant restored; ``jusqu_a``: that of the loss, or now.

    What the lost service had the time to make and send is made before messages are held: later, it would leave twice.
    The clock passes where there are demandes, and nowhere else: somebody waits.
    """
    acte = Acte(acteur_systeme("Reprise après restauration"), maintenant())
    tenus = d_ici(list_territoires_tenus())
    passer_l_horloge(acte.survenu_le, territoires=tenus, sauf={*EtapeHorloge} - {EtapeHorloge.PURGE})
    perdu_le = jusqu_a or acte.survenu_le
    if jour(perdu_le - FIN_DE_LA_NUIT) != jour(depuis - FIN_DE_LA_NUIT):
        passer_l_horloge(perdu_le, territoires=tenus, sauf={EtapeHorloge.PURGE})
    suites = finir_les_suites()
    encore_la = sorted(list_non_effacees(perdu.effacees))
    documents = perdre_sans_octets(survenu_le=acte.survenu_le)
    jalon = Jalon.objects.order_by("-numero").values_list("numero", flat=True).first()
    faite = Reprise(
        sessions=fermer_partout(acte=acte) + fermer_les_menages(),
        habilitations=finir_de_nouveau(perdu.habilitations, acte=acte),
        acces=suspendre_acces(perdu.acces, acte=acte),
        messages=douter_de_tout(acte=acte),
        documents=len(documents),
        effacees=len(perdu.effacees) - len(encore_la),
        dernier_jalon=jalon or 0,
        suites=suites,
        encore_la=encore_la,
    )
    faits = {
        "depuis": depuis.isoformat(),
        "sessions": faite.sessions,
        "habilitations": faite.habilitations,
        "acces": faite.acces,
        "messages": faite.messages,
        "documents": [str(document) for document in documents],
        "dernier_jalon": faite.dernier_jalon,
    }
    inscrire(Entree(VerbeJournal.REPRENDRE_SERVICE, acte, faits=faits))
    return faite


def finir_les_suites() -> int:
    """Make what the acts of the past still ask for: attestations, messages. Nothing is sent, and no job is taken away:
    the worker does each again, which does nothing. Returns how many failed.
    """
    vues, manquees = set[int](), 0
    while True:
        sceller()
        distribuer()
        restent = [suite for suite in list_suites() if suite.id not in vues]
        if not restent:
            return manquees
        for suite in restent:
            vues.add(suite.id)
            try:
                application.tasks[suite.task_name](**suite.args)
            except Exception:
                journal.exception("what an act asked for failed, left to the worker")
                manquees += 1


def lire_perdu(export: Path, depuis: datetime) -> Perdu:
    """What an export of the lost journal (``sne journal exporter``) holds after ``depuis``. Raises ``OSError``."""
    finies, acces, effacees = set(), set(), set()
    for demande, verbe, faits in _entrees(export, depuis):
        match verbe:
            case "RETIRER_HABILITATION":
                finies.add(uuid.UUID(faits["habilitation"]))
            case "CONSTATER_DEPART":
                finies |= {uuid.UUID(h) for h in faits["habilitations"]}
            case "MODIFIER_COMPTE":
                acces.add(uuid.UUID(faits["compte"]))
            case "PURGER":
                effacees.add(uuid.UUID(demande))
    return Perdu(frozenset(finies), frozenset(acces), frozenset(effacees))


def _entrees(export: Path, depuis: datetime) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Demande, verb and facts of each entry (docs/journal-format.md)."""
    for fichier in sorted(export.glob("entrees-*.jsonl")):
        with fichier.open(encoding="utf-8") as lignes:
            for ligne in lignes:
                _, _, demande, _, verbe, _, faits, _, _, inscrit, *_ = json.loads(
                    json.loads(ligne)["canonique"]
                )
                if float(inscrit) > depuis.timestamp():
                    yield demande, verbe, faits
