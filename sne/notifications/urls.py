"""Addresses where a provider tells what became of e-mails and of letters."""

from django.urls import path

from sne.notifications.views import suivi, suivi_des_lettres

urlpatterns = [
    path("courriels/suivi/<slug:prestataire>/", suivi, name="courriels-suivi"),
    path("lettres/suivi/<slug:secret>/", suivi_des_lettres, name="lettres-suivi"),
]
