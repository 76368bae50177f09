"""Reads one file as the account that starts this, not root: python sans_droit.py FILE FOLDER < limits."""

import json
import sys
from pathlib import Path

from sne.documents.lecture.depot import analyser
from sne.documents.rules import Bornes, Limites

limites = Limites(octets=20_000_000, pages=20, lecture=Bornes(**json.load(sys.stdin)))
lue = analyser(Path(sys.argv[1]), dossier=Path(sys.argv[2]), limites=limites)
sys.stdout.write(f"{lue.mime} {lue.nombre_pages}")
