"""What goes wrong in the midst of a move: a server dies, whoever moves it is killed, what was copied is altered, a job
fails.
"""

import uuid
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import Error

from sne.cellules import actions, barriere, copie
from sne.cellules.actions import etapes
from sne.cellules.actions.trajet import Demarche
from sne.cellules.models import Etape
from sne.cellules.routage import ANNUAIRE
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from tests.cellules.paire import NORD, Paire
from tests.habilitations.factories import SYSTEME
from tests.journal.test_eres import LAISSER
from tests.registre import factories as f

# One entry received over there, of this territory: those of others, which came in other tests, are not compared.
VISEE = (
    "SELECT e.id FROM journal_reprise r JOIN journal_entree e ON e.inscrit_le = r.inscrit_le AND e.id = r.entree "
    "WHERE e.territoire = '099' ORDER BY e.id LIMIT 1"
)


ECHOUEE = ("doing", "failed")


class Coupe(Exception):
    """The process that moves the territory is killed here."""


def en_route(**autres: Any) -> Demarche:
    """An operator who moves a territory, where nobody counts."""
    return Demarche(acte=lambda: Acte(SYSTEME, f.MAINTENANT), avant={}, **autres)


def lever(*_: object, **__: object) -> None:
    raise Coupe


# In the midst of each step, what it calls last.
MILIEU = {
    Etape.PREPARER: (barriere, "fermer"),
    Etape.FERMER: (etapes, "distribuer"),
    Etape.COMPARER: (copie, "entrees_differentes"),
    Etape.BASCULER: (barriere, "ouvrir"),
    Etape.OUBLIER: (barriere, "ouvrir"),
}


def arreter_apres(derniere: Etape) -> Any:
    """Whoever moves it is killed once this step is kept."""

    def dire(etape: Etape, _: timedelta) -> None:
        if etape is derniere:
            raise Coupe

    return dire


def owner(paire: Paire, cellule: str) -> psycopg.Connection[Any]:
    """As whoever owns the tables, outside Django."""
    return psycopg.connect(paire.acces[cellule].owner, autocommit=True)


def couper(paire: Paire, monkeypatch: pytest.MonkeyPatch, ou: tuple[Any, str]) -> None:
    """Whoever moves it is killed there."""
    with paire.en_owner(), monkeypatch.context() as croit, pytest.raises(Coupe):
        croit.setattr(*ou, lever)
        actions.deplacer("099", NORD, demarche=en_route())


def perdre(paire: Paire, monkeypatch: pytest.MonkeyPatch, etape: Etape, cellule: str) -> None:
    """The server of this cell dies in the midst of the step; then it is there again."""
    ou, nom = MILIEU[etape]
    faire = getattr(ou, nom)

    def mourir(*arguments: Any, **nommes: Any) -> Any:
        paire.serveurs[cellule].tuer()
        return faire(*arguments, **nommes)

    with paire.en_owner(), monkeypatch.context() as croit, pytest.raises((Error, psycopg.Error)):
        croit.setattr(ou, nom, mourir)
        actions.deplacer("099", NORD, demarche=en_route())
    paire.serveurs[cellule].demarrer()


def refuser_la_ligne_qui_differe(paire: Paire, demandes: int) -> None:
    """One row out of thousands, changed over there by whoever owns the tables."""
    premiere = "SELECT id FROM demande WHERE territoire = '099' ORDER BY id LIMIT 1"
    ligne = f"UPDATE demande SET revision = revision + %s WHERE id = ({premiere})"
    with owner(paire, NORD) as c:
        for de_plus in (1, -1):
            with c.transaction():
                copie.endormir(c)
                c.execute(ligne, [de_plus])
            if de_plus > 0:
                with (
                    paire.en_owner(),
                    pytest.raises(Interdit, match=rf"demande \({demandes} ici, {demandes} là\)"),
                ):
                    actions.deplacer("099", NORD, demarche=en_route())


def refuser_l_entree_qui_differe(paire: Paire) -> None:
    """One entry out of thousands, received in an earlier try or step, changed over there in the same way."""
    with owner(paire, NORD) as c:
        lue = c.execute(
            f"SELECT tableoid::regclass::text, id, correlation FROM journal_entree WHERE id = ({VISEE})"
        )
        [(mois, entree, avant)] = lue
        for correlation in (uuid.uuid4(), avant):
            with c.transaction():
                copie.endormir(c)
                c.execute(f"ALTER TABLE {mois} DISABLE TRIGGER ajout_seul")
                c.execute(f"UPDATE {mois} SET correlation = %s WHERE id = %s", [correlation, entree])
                c.execute(f"ALTER TABLE {mois} ENABLE ALWAYS TRIGGER ajout_seul")
            if correlation != avant:
                with paire.en_owner(), pytest.raises(Interdit, match=r": journal_entree \(1 entrées\)"):
                    actions.deplacer("099", NORD, demarche=en_route())


def laisser_il_y_a_longtemps(paire: Paire, territoire: str) -> None:
    """An entry of a month that the other cell, opened since, never had."""
    le = "'2024-02-03 12:00+01'::timestamptz"
    entree = LAISSER.replace("'099'", f"'{territoire}'").replace("now() + make_interval(secs => %s)", le)
    with owner(paire, ANNUAIRE) as c:
        c.execute("SELECT journal_creer_mois('2024-02-01')")
        c.execute(entree, ["1/1", "1"])


def mettre_en_file(
    paire: Paire, territoire: str, tache: str, *, statuts: tuple[str, ...] = (), le: str = "now()"
) -> None:
    """A job of the directory's, and what became of it then."""
    with owner(paire, ANNUAIRE) as c:
        essai = f'{{"territoire": "{territoire}", "essai": true}}'
        mise = (
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args) VALUES (%s, 'q', %s) RETURNING id"
        )
        [numero] = c.execute(mise, [tache, essai]).fetchone() or (None,)
        for statut in statuts:
            c.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [statut, numero])
        c.execute(f"UPDATE procrastinate_events SET at = {le} WHERE job_id = %s", [numero])


def lister_taches(paire: Paire) -> dict[str, list[str]]:
    """What was put in the queue by this test, in each cell; it is taken out."""
    lues = dict[str, list[str]]()
    for cellule in paire.acces:
        with owner(paire, cellule) as c:
            otees = c.execute(
                "DELETE FROM procrastinate_jobs WHERE args ? 'essai' RETURNING task_name || ' ' || status"
            )
            lues[cellule] = sorted(nom for (nom,) in otees.fetchall())
    return lues
