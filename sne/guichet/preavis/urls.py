"""Address of the notices to hand over."""

from django.urls import path

from sne.guichet.preavis import views

urlpatterns = [path("preavis/", views.preavis_a_remettre, name="preavis-a-remettre")]
