"""Settings of the web processes: as the others, but nobody waits longer than a minute for a page."""

from config.settings.base import *  # noqa: F403
from config.settings.base import ENV, URL_BASE, bases

DELAIS_DE_SESSION = ENV.delais_de_session(requete_secondes=60, oisive_secondes=60)
DATABASES = bases(URL_BASE, pool=ENV.pool_max, delais=DELAIS_DE_SESSION)
