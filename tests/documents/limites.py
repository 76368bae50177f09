"""Limits of the reading process in the tests: those delivered, without a database, and the same reached sooner."""

from dataclasses import replace
from datetime import date

from sne.documents.rules import Bornes
from sne.referentiels.rules.parametres import parametres_par_defaut
from sne.registre.pieces.selectors.documents import bornes_de

BORNES: Bornes = bornes_de(parametres_par_defaut(date(2026, 11, 24)))
PRESSEES = replace(BORNES, processeur=2, duree=30.0, flux_decode=30_000_000)
