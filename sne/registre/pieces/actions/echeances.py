"""Looking for documents whose validity is about to end: each gets a line in the list of documents to verify."""

from datetime import datetime, timedelta

from django.db import connection

from sne.referentiels.selectors import get_parametres
from sne.registre.pieces.parametres import ParametresPieces
from sne.socle import horloge


def guetter_pieces(territoire: str, *, survenu_le: datetime) -> int:
    """Open the lines of a territory, even after missed passes; returns how many are new. Idempotent; no file changes.
    Only an end date printed on a document is watched: that of a residence or identity document. For the others, how
    long they count is a rule of the screens, and every file would be in the list.
    """
    jour = horloge.jour(survenu_le)
    parametres = get_parametres(jour)
    de = jour - timedelta(days=parametres[ParametresPieces].piece_perimee_apres_jours)
    a = jour + timedelta(days=parametres[ParametresPieces].piece_perimee_avant_jours)
    with connection.cursor() as curseur:
        curseur.execute("SELECT registre_guetter_pieces(%s, %s, %s, %s)", [territoire, de, a, survenu_le])
        return int(curseur.fetchone()[0])
