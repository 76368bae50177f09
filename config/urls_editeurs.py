"""Root of the addresses of the vendors' listeners: messages by SOAP, resources by REST."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from sne.api import middleware as rest
from sne.nuu import views as soap

urlpatterns = [
    path("services/", include("sne.nuu.urls")),
    path("api/v1/", include("sne.api.urls")),
]


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is there: said as the interface that was asked says it."""
    par_rest = rest.est_de_l_interface(request)
    return rest.adresse_inconnue(request, exception) if par_rest else soap.inconnu(request, exception)


def handler500(request: HttpRequest) -> HttpResponse:
    """A failure, said the same way."""
    return rest.erreur_du_service(request) if rest.est_de_l_interface(request) else soap.panne(request)
