"""Address of the permission to change a contact."""

from django.urls import path

from sne.guichet.controle import views

urlpatterns = [path("demandes/<slug:nud>/contacts/permettre/", views.permettre, name="contact-permettre")]
