"""Application entry of sign-in by OpenID Connect."""

from django.apps import AppConfig


class OidcConfig(AppConfig):
    name = "sne.oidc"
    verbose_name = "Connexion par un fournisseur d’identité"
