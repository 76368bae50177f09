"""Addresses of the changes of identity."""

from django.urls import path

from sne.guichet.identite import regardes, relectures, views

urlpatterns = [
    path("decisions/identites/", views.identites, name="identites"),
    path("decisions/identites/<uuid:identite_id>/", views.identite, name="identite"),
    path("decisions/relectures/", relectures.relectures, name="relectures"),
    path("decisions/relectures/<uuid:identite_id>/", relectures.relecture, name="relecture"),
    path("changements/regardes/", regardes.regardes, name="changements-regardes"),
    path("changements/<uuid:identite_id>/", views.suivi, name="changement"),
    path("changements/<uuid:identite_id>/retirer/", views.retirer, name="changement-retirer"),
    path("changements/questions/<uuid:echange_id>/", views.question, name="changement-question"),
]
