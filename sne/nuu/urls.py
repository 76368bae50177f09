"""Addresses of the three services, with and without the last slash."""

from django.urls import path

from sne.nuu import views
from sne.nuu.wsdl import SERVICES

urlpatterns = [
    path(f"{nom}{fin}", views.service, {"nom": nom}, name=f"{nom}{fin}")
    for nom in SERVICES
    for fin in ("/", "")
]
