"""The household's pages over a household that does not exist: nothing is read of any file, nothing is written."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_resolver, set_urlconf
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sne.portail.contexte import marquer_exemple
from sne.portail.declaration import composer_declaration
from sne.portail.exemple.cas import CAS, ENVOIS, ENVOYEE, cas_de, envoi_du_cas, requete_du_cas, suivre_le_cas
from sne.portail.exemple.foyer import TERRITOIRE, ouvrir_la_demande
from sne.portail.forms import FormulaireNouveauContact, FormulaireNumero, FormulaireRequete
from sne.portail.nouvelle.en_cours import DemandeEnLigne
from sne.portail.nouvelle.envoi import lire_page
from sne.portail.nouvelle.forms import AvecQui
from sne.portail.nouvelle.page_du_plan import PageDuPlan
from sne.portail.nouvelle.plan import AVEC_QUI, RELIRE
from sne.portail.plan import VOLETS, adresser
from sne.portail.views.documents import ETATS
from sne.portail.views.nouvelle import montrer_page, montrer_relecture
from sne.portail.views.reponses import sans_index
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.dates import echeances
from sne.registre.pieces.rules.pieces_manquantes import Situation
from sne.registre.rattachement.actions.suivre import Suivie
from sne.registre.requete.rules.requete import LIBELLES
from sne.saisie.brut import CONTINUER, brut_de
from sne.saisie.cadre import get_cadre
from sne.socle.horloge import aujourd_hui

PLAN = "config.urls_exemple"
"""The same addresses under « exemple/ »: a link of a page shown so leads to another page shown so."""
AJOUTER = "type=exemple"
ICI = "exemple-page"
CAS_MONTRE = "cas"
"""Parameter: where the demande on screen stands."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ici(request: Any, reste: str) -> HttpResponse:  # noqa: ARG001 - the whole address is read again
    """The page of this address, as the household of the example would be shown it."""
    set_urlconf(PLAN)
    try:
        trouve = get_resolver(PLAN).resolve(request.path_info)
        if trouve.url_name == ICI:  # this very view: no page of the example has that address
            raise Http404
        request.resolver_match = trouve
        marquer_exemple(request)
        return sans_index(trouve.func(request, *trouve.args, **trouve.kwargs))
    finally:
        set_urlconf(None)


def sommaire(request: HttpRequest) -> HttpResponse:
    """Each situation, and the way in."""
    contexte = {
        "situations": [(code, cas.titre) for code, cas in CAS.items()],
        "envois": ENVOIS.items(),
        "territoire": TERRITOIRE,
    }
    return render(request, "portail/exemple/sommaire.html", contexte)


def rien(request: HttpRequest, **_lieu: object) -> HttpResponse:
    """Of a page that the example does not have, or of a button: nothing was done."""
    return render(request, "portail/exemple/rien.html", {"envoye": request.method == "POST"})


def ou_rien(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that shows and takes nothing in."""

    def montrer(request: HttpRequest, **lieu: str) -> HttpResponse:
        return rien(request) if request.method == "POST" else vue(request, **lieu)

    return montrer


def _suivie(nud: str) -> tuple[str, Suivie]:
    cas = cas_de(nud)
    if cas is None:
        raise Http404
    return cas, suivre_le_cas(cas, aujourd_hui())


# -- what is theirs ------------------------------------------------------------------------------------------------
def espace(request: HttpRequest) -> HttpResponse:
    """« Ma demande », in one situation."""
    cas, le = request.GET.get(CAS_MONTRE, "active"), aujourd_hui()
    suivies, envois = [], []
    if cas in CAS:
        suivies = [(suivre_le_cas(cas, le), (requete_du_cas(le),) if cas == "changement" else ())]
    elif cas in ENVOIS:
        envois = [envoi_du_cas(cas, le)]
    else:
        raise Http404
    contexte = {"suivies": suivies, "envois": envois, "formulaire": FormulaireNumero(), "deposant": True}
    return render(request, "portail/menage/espace.html", contexte)


def declaration(request: HttpRequest, nud: str) -> HttpResponse:
    """What was declared."""
    _, suivie = _suivie(nud)
    contexte = {"nud": nud, "declaration": _declaration(), "modifiable": suivie.modifiable}
    return render(request, "portail/menage/declaration.html", contexte)


def _declaration() -> object:
    return composer_declaration(ouvrir_la_demande(aujourd_hui()).contenu, entiere=True)


def modifier(request: HttpRequest, nud: str, code: str) -> HttpResponse:
    """One part of it, as it opens to be changed."""
    _suivie(nud)
    if code not in VOLETS:
        raise Http404
    le, volet = aujourd_hui(), VOLETS[code]
    contenu, cadre = ouvrir_la_demande(le).contenu, get_cadre(TERRITOIRE, le)
    page = volet.page(volet.page.saisie(contenu, cadre), cadre=cadre, controler=False, contenu=contenu)
    contexte = {"nud": nud, "volet": volet, "page": adresser(page), "revision": 1}
    return render(request, "portail/menage/modifier.html", contexte)


def renouveler(request: HttpRequest, nud: str) -> HttpResponse:
    """What is confirmed in one go."""
    _, suivie = _suivie(nud)
    le = aujourd_hui()
    if "rien" in request.POST:
        return redirect("renouvelee", nud)
    if request.method == "POST":
        return rien(request)
    contexte = {
        "nud": nud,
        "revision": 1,
        "declaration": _declaration(),
        "modifiable": True,
        "valable_jusqu_au": echeances(le, get_parametres(le)[ParametresDemande]).expiration,
        "gelee": suivie.gelee,
    }
    return render(request, "portail/menage/renouveler.html", contexte)


def renouvelee(request: HttpRequest, nud: str) -> HttpResponse:
    """What follows the button."""
    _, suivie = _suivie(nud)
    le = aujourd_hui()
    jusqu_au = echeances(le, get_parametres(le)[ParametresDemande]).expiration
    contexte = {"nud": nud, "le": le, "jusqu_au": jusqu_au, "anciennete": suivie.anciennete}
    return render(request, "portail/menage/renouvelee.html", contexte)


def documents(request: HttpRequest, nud: str) -> HttpResponse:
    """Each document expected: some of those of an incomplete demande are not there."""
    _, suivie = _suivie(nud)
    attendus = [p for niveau in ouvrir_la_demande(aujourd_hui()).documents for p in niveau.pieces]
    contexte = {
        "nud": nud,
        "ajoutable": True,
        "lignes": [
            {
                "libelle": attendu.libelle,
                "qui": attendu.personnes,
                "etat": gettext(ETATS[Situation.PRESENTE if recu else Situation.MANQUANTE]),
                "faite": recu,
                "ajouter": "" if recu else AJOUTER,
            }
            for attendu, recu in ((p, rang >= suivie.documents) for rang, p in enumerate(attendus))
        ],
    }
    return render(request, "portail/menage/documents.html", contexte)


def requetes(request: HttpRequest, nud: str) -> HttpResponse:
    """What a counter is asked to change."""
    cas, _ = _suivie(nud)
    contexte = {
        "nud": nud,
        "requetes": (requete_du_cas(aujourd_hui()),) if cas == "changement" else (),
        "formulaire": FormulaireRequete(genres=tuple(LIBELLES)),
    }
    return render(request, "portail/menage/requetes.html", contexte)


def droits(request: HttpRequest, nud: str) -> HttpResponse:
    """What they have the right to know."""
    _, suivie = _suivie(nud)
    return render(request, "portail/menage/mes_droits.html", {"nud": nud, "depuis": suivie.anciennete})


def arreter(request: HttpRequest, nud: str) -> HttpResponse:
    """What ends and when."""
    _, suivie = _suivie(nud)
    delais = get_parametres(aujourd_hui())[ParametresDemande]
    contexte = {
        "nud": nud,
        "effet_le": suivie.arret_le,
        "jours": delais.arret_effet_jours,
        "mois": delais.purge_mois_apres_radiation,
    }
    return render(request, "portail/menage/arreter.html", contexte)


def contacts(request: HttpRequest, nud: str) -> HttpResponse:
    """Where they are reached."""
    _suivie(nud)
    demandeur = ouvrir_la_demande(aujourd_hui()).contenu.demandeur
    assert demandeur is not None
    siennes = [demandeur.contact.courriel]
    contexte = {"nud": nud, "formulaire": FormulaireNouveauContact(), "siennes": siennes}
    return render(request, "portail/menage/contacts.html", contexte)


# -- filing --------------------------------------------------------------------------------------------------------
def page(request: HttpRequest, territoire: str, code: str) -> HttpResponse:
    """One page of the form, answered; what is typed is judged as everybody's is, and forgotten."""
    demande = _demande(territoire)
    if code == RELIRE:
        return _relire(request, demande)
    plan = demande.page_du_plan(code)
    if plan is None:
        raise Http404
    return (
        _recevoir(request, demande, plan)
        if request.method == "POST"
        else montrer_page(request, demande, demande.posee(plan))
    )


def _recevoir(request: HttpRequest, demande: DemandeEnLigne, plan: PageDuPlan) -> HttpResponse:
    saisi = brut_de(request.POST)
    suivante = redirect(demande.adresse(demande.suivante(plan.code)))
    if not plan.source:
        return suivante
    envoi, _ = lire_page(demande, plan, saisi)
    question = AvecQui(demande, saisi) if plan.code == AVEC_QUI else None
    posee = demande.posee(plan, envoi.brut, controler=CONTINUER in saisi)
    juste = posee.valide and not (question and question.erreurs)
    return (
        suivante if juste and CONTINUER in saisi else montrer_page(request, demande, posee, question=question)
    )


def _relire(request: HttpRequest, demande: DemandeEnLigne) -> HttpResponse:
    if request.method == "POST":
        return redirect("demande-envoyee", demande.cle)
    return montrer_relecture(request, demande)


def _demande(territoire: str) -> DemandeEnLigne:
    if territoire != TERRITOIRE:
        raise Http404
    return ouvrir_la_demande(aujourd_hui())


def envoyee(request: HttpRequest, territoire: str) -> HttpResponse:
    """The receipt."""
    cas = request.GET.get(CAS_MONTRE, ENVOYEE)
    if territoire != TERRITOIRE or cas not in ENVOIS:
        raise Http404
    return render(request, "portail/nouvelle/envoyee.html", {"envoi": envoi_du_cas(cas, aujourd_hui())})


VUES: Mapping[str, Callable[..., HttpResponse]] = {
    "espace": ou_rien(espace),
    "declaration": ou_rien(declaration),
    "modifier": ou_rien(modifier),
    "renouveler": renouveler,
    "renouvelee": ou_rien(renouvelee),
    "documents": ou_rien(documents),
    "requetes": ou_rien(requetes),
    "mes-droits": ou_rien(droits),
    "arreter": ou_rien(arreter),
    "contacts": ou_rien(contacts),
    "demande-page": page,
    "demande-envoyee": ou_rien(envoyee),
}
"""By name of address; of the others, :func:`rien` says so."""
