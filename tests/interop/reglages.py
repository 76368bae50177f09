"""Settings of the vendors' listener in the interoperability tests."""

from config.settings.editeurs import *  # noqa: F403

ANNUAIRE_DES_EDITEURS = "tests.interop.annuaire.annuaire"
