"""Application entry of the documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "sne.documents"
    verbose_name = "Documents"
