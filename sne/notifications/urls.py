"""Address where a provider tells what became of e-mails."""

from django.urls import path

from sne.notifications.views import suivi

urlpatterns = [path("courriels/suivi/<slug:prestataire>/", suivi, name="courriels-suivi")]
