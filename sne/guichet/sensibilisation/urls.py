"""Addresses of awareness."""

from django.urls import path

from sne.guichet.sensibilisation import views

urlpatterns = [
    path("sensibilisation/", views.sommaire, name="sensibilisation"),
    path("sensibilisation/guichets/", views.couverture, name="sensibilisation-guichets"),
    path("remarques/<slug:code>/", views.remarquer, name="remarquer"),
    path("sensibilisation/<slug:code>/", views.scenario, name="sensibilisation-scenario"),
]
