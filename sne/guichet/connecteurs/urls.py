"""Address of the page of the State's services."""

from django.urls import path

from sne.guichet.connecteurs.views import services

urlpatterns = [path("services-de-l-etat/", services, name="services-de-l-etat")]
