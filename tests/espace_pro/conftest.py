"""The people and the pages of the site."""

from tests.site_pro.conftest import proposer, publier, publieur, redacteur

__all__ = ["proposer", "publier", "publieur", "redacteur"]
