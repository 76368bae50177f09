"""The vendors' interface, for Django: it has no table."""

from django.apps import AppConfig


class NuuConfig(AppConfig):
    """The vendors' interface over SOAP."""

    name = "sne.nuu"
    verbose_name = "Interface des éditeurs"
