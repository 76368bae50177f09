"""Address of the lifting of a protection."""

from django.urls import path

from sne.guichet.protection import views

urlpatterns = [path("demandes/<slug:nud>/protection/lever/", views.lever, name="protection-lever")]
