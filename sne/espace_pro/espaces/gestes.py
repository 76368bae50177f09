"""What every screen of the spaces does alike: who reads, a form that asks one act, a button that does one."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sne.collaboratif.echanges.rules import Expurge
from sne.collaboratif.espaces.selectors import Lecteur, lecteur_de
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.forms import Formulaire
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, acte_de

RETIRES = (
    "{} retirés du texte (noms, adresses, numéros, guichets) et marqués […]. Relisez avant de soumettre."
)
RIEN_DE_RETIRE = "Rien n’a été retiré du texte. Relisez avant de soumettre\u00a0: il sera public."
Faire = Callable[[Mapping[str, Any], Acte], object]
"""The act asked with what was typed; the key of what it made, where its page is opened then."""


def lecteur(request: RequeteHabilitee) -> Lecteur:
    """Who reads, with the keys of this instant."""
    return lecteur_de(request.acteur, le=maintenant())


def formuler(
    request: RequeteHabilitee,
    formulaire: Formulaire,
    faire: Faire,
    *,
    titre: str,
    bouton: str,
    retour: str,
    vers: str = "",
    phrase: str = "",
    fait: str = "",
    apercu: str = "",
) -> HttpResponse:
    """A form on its page: what the act refuses is said on its field, and nothing typed is lost.

    ``retour``: the address to come back to; ``vers``: the name of the page of what the act made, to go to instead.
    """
    if request.method == "POST" and formulaire.is_valid():
        try:
            cle = faire(formulaire.cleaned_data, acte_de(request))
        except Interdit as refus:
            formulaire.refuser(refus)
        else:
            if fait:
                messages.success(request, fait)
            return redirect(vers, cle) if vers else redirect(retour)
    contexte = {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "titre_page": titre,
        "bouton": bouton,
        "retour": retour,
        "phrase": phrase,
        "apercu": apercu,
        "envoie": formulaire.is_multipart(),
    }
    return render(request, "espaces/formulaire.html", contexte)


def presser(
    request: RequeteHabilitee, faire: Callable[[Acte], object], *, vers: str, fait: str
) -> HttpResponse:
    """A button that does one act: what it refuses is said on the page it came from."""
    try:
        faire(acte_de(request))
    except Interdit as refus:
        messages.error(request, refus.phrase)
    else:
        messages.success(request, fait)
    return redirect(vers)


def dire_les_retraits(request: RequeteHabilitee, *textes: Expurge) -> None:
    """How much was left out of a text that is proposed for the site."""
    retires = sum(len(texte.retires) for texte in textes)
    passages = f"{retires} passage{'s' * (retires > 1)}"
    messages.info(request, RETIRES.format(passages) if retires else RIEN_DE_RETIRE)
