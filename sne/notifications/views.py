"""What a provider of e-mail tells us: authenticated by the secret that it was given, never by a session."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

VUES = {
    "brevo": "anymail.webhooks.brevo.BrevoTrackingWebhookView",
    "mailjet": "anymail.webhooks.mailjet.MailjetTrackingWebhookView",
    "postal": "anymail.webhooks.postal.PostalTrackingWebhookView",
}


@csrf_exempt  # a machine calls: it has no page of ours, and proves itself by HTTP Basic
@login_not_required
def suivi(request: HttpRequest, prestataire: str) -> HttpResponse:
    """The one provider that is set; any other address does not exist. Wrong secret: 400."""
    if not prestataire or prestataire != settings.SUIVI_PRESTATAIRE:
        raise Http404
    reponse: HttpResponse = import_string(VUES[prestataire]).as_view()(request)
    return reponse
