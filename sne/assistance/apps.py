"""Application entry of the support desk: what a person who leaves hands over."""

from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "sne.assistance"
    verbose_name = "Assistance"
