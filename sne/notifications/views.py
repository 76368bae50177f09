"""What a provider of e-mails or of letters tells us: known by the secret that it was given, never by a session."""

import json
import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sne.notifications.tasks import suivre_lettre

IDENTIFIANT = re.compile(r"[A-Za-z0-9-]{1,64}")
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


@csrf_exempt  # a machine calls, whose secret is in the address: it has nothing else to prove itself with
@login_not_required
@require_POST
def suivi_des_lettres(request: HttpRequest, secret: str) -> HttpResponse:
    """The caller says that a sending changed: it is read again later, from the provider itself. Always 201."""
    attendu = settings.MAILEVA_RAPPEL_SECRET
    if not attendu or not constant_time_compare(secret, attendu):
        raise Http404
    envoi = _envoi(request.body)
    if envoi:
        suivre_lettre.defer(envoi=envoi)
    return HttpResponse(status=201)


def _envoi(corps: bytes) -> str:
    """The sending that a call speaks of; empty when it is no call of this provider about a simple letter."""
    try:
        lu = json.loads(corps)
    except ValueError:
        return ""
    if not isinstance(lu, dict) or lu.get("resource_type") != "mail/v2/sendings":
        return ""
    envoi = str(lu.get("resource_id", ""))
    return envoi if IDENTIFIANT.fullmatch(envoi) else ""
