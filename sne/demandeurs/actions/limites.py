"""Count what is tried, in a table that all processes share and that a crash may empty."""

from dataclasses import replace
from datetime import datetime

from django.db import connection

from sne.cellules.routage import a_l_annuaire
from sne.demandeurs.models import CompteurLimite
from sne.demandeurs.rules.limites import Limite, fenetre_de
from sne.demandeurs.selectors import cle_du_compteur

COMPTER = """
INSERT INTO compteur_limite (cle, n, expire_le) VALUES (%s, 1, %s)
ON CONFLICT (cle) DO UPDATE SET n = compteur_limite.n + 1 RETURNING n
"""


@a_l_annuaire()
def compter(limite: Limite, qui: str, *, instant: datetime) -> int:
    """Count one more try of ``qui`` in this window; how many there are now. Nothing of ``qui`` is kept in clear."""
    _, fin = fenetre_de(limite, instant)
    with connection.cursor() as curseur:
        curseur.execute(COMPTER, [cle_du_compteur(limite, qui, instant), fin])
        return int(curseur.fetchone()[0])


def compter_parmi(limite: Limite, qui: str, quoi: str, *, instant: datetime) -> int:
    """Count ``quoi`` for ``qui`` once in this window; how many different ones were, as far as this try knows: 0 for one
    that was tried before.
    """
    vu = replace(limite, nom=f"{limite.nom}:vu")
    if compter(vu, f"{qui}\0{quoi}", instant=instant) > 1:
        return 0
    return compter(limite, qui, instant=instant)


@a_l_annuaire()
def purger_compteurs(le: datetime) -> int:
    """Forget the windows that are over; how many. Idempotent."""
    return CompteurLimite.objects.filter(expire_le__lte=le).delete()[0]
