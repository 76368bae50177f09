"""Addresses of the example: its summary, then the twin of each page that asks for a sign-in, whatever it is."""

from django.urls import path

from sne.portail.urls_menage import urlpatterns as menages
from sne.portail.views import exemple

urlpatterns = [
    path("", exemple.ou_rien(exemple.sommaire), name="exemple"),
    *(
        path(str(adresse.pattern), exemple.VUES.get(str(adresse.name), exemple.rien), name=adresse.name)
        for adresse in menages
        if getattr(adresse.callback, "login_required", True)
    ),
]
