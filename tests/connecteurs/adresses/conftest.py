"""The index of the fictional département, loaded as the owner in a transaction that is undone."""

import io
from collections.abc import Callable

import pytest

from sne.connecteurs.adresses.chargement import Chargement, charger_adresses
from sne.demo.generation.adresses import fichier_des_adresses
from tests.registre.factories import MAINTENANT

Charger = Callable[..., Chargement]


@pytest.fixture
def charger(en_owner: None) -> Charger:
    """Load a text as a file: ``charger(texte, meme_si_moins=True)``."""

    def charger(texte: str | bytes, *, meme_si_moins: bool = False) -> Chargement:
        octets = texte.encode() if isinstance(texte, str) else texte
        return charger_adresses(io.BytesIO(octets), le=MAINTENANT, meme_si_moins=meme_si_moins)

    return charger


@pytest.fixture
def charge(charger: Charger) -> Chargement:
    """The streets of the fictional département, three numbers each."""
    entete, *lignes = fichier_des_adresses().splitlines(keepends=True)
    return charger(entete + "".join(ligne for ligne in lignes if int(ligne.split(";")[2]) <= 3))
