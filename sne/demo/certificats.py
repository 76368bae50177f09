"""Certificates of the listener of vendors and of its clients, signed by an authority made on the spot."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from sne.conventions import autorite
from sne.conventions.autorite import Autorite, Emis
from sne.socle.postgres import ecrire_prive


def certifier(ici: Path, clients: Sequence[str] = ("editeur",)) -> dict[str, Emis]:
    """An authority, the certificates of the listener and of each client, by name; their keys in files of their own.

    The authority's key is kept at the École alone, where it signs for each vendor that comes.
    """
    racine = Autorite.nouvelle("Autorité de démonstration")
    (ici / autorite.CERTIFICAT).write_text(racine.emise.pem)
    if settings.ECOLE:
        ecrire_prive(ici / autorite.CLE, racine.emise.cle)
    faits = {nom: racine.certifier(nom, hote=nom == "serveur") for nom in ("serveur", *clients)}
    for nom, emis in faits.items():
        (ici / f"{nom}.pem").write_text(emis.pem)
        ecrire_prive(ici / f"{nom}.cle", emis.cle)
    return faits
