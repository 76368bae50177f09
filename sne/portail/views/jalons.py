"""The checkpoints of the journal and the keys that sign them, public: for witnesses, and for anybody who asks."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.journal.selectors.jalons import list_cles_publiees, list_jalons, list_reprises
from sne.socle.erreurs import Introuvable
from sne.socle.replique import d_abord_ailleurs, lue_ailleurs

MONTRES, PAR_PAGE = 20, 500
CHIFFRES_MAX = 15


@login_not_required
@require_GET
@lue_ailleurs
def jalons(request: HttpRequest) -> HttpResponse:
    """The newest ones, in words."""
    lus = list_jalons(au_plus=MONTRES)
    contexte = {"jalons": lus, "cles": list_cles_publiees(), "reprises": list_reprises()}
    return render(request, "portail/jalons.html", contexte)


@login_not_required
@require_GET
@lue_ailleurs
def jalons_json(request: HttpRequest) -> HttpResponse:
    """All of them for machines, from the first one on; ``?apres=N`` goes on after checkpoint N. Restorations too."""
    apres = request.GET.get("apres", "")
    depuis = int(apres) if apres.isdecimal() and len(apres) <= CHIFFRES_MAX else 0
    contenu = {
        "cles": [{"numero": c.numero, "publique": c.publique, "note": c.note} for c in list_cles_publiees()],
        "jalons": [{"numero": j.numero, "note": j.note} for j in list_jalons(apres=depuis, au_plus=PAR_PAGE)],
        "reprises": [
            {
                "rouvert_le": r.rouvert_le.isoformat(),
                "etat_du": r.etat_du.isoformat(),
                "dernier_jalon": r.dernier_jalon,
            }
            for r in list_reprises()
        ],
    }
    return JsonResponse(contenu, json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_GET
def jalon(request: HttpRequest, numero: int) -> HttpResponse:  # noqa: ARG001
    """One of them, as it was signed: the bytes that a verifier takes."""
    note = d_abord_ailleurs(lambda: _lire(numero)) if len(str(numero)) <= CHIFFRES_MAX else None
    if note is None:
        raise Introuvable("Ce jalon n’existe pas.")
    return HttpResponse(note, content_type="text/plain; charset=utf-8")


def _lire(numero: int) -> str | None:
    return next((j.note for j in list_jalons(apres=numero - 1, au_plus=1) if j.numero == numero), None)
