"""Agreements with vendors: the list, one of them with what is done on it, its key shown once, its calls."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.conventions import actions
from sne.conventions.actions import Pas
from sne.conventions.models import Convention
from sne.conventions.possible import (
    exiger_arreter,
    exiger_decidable,
    exiger_gerer,
    exiger_signee,
)
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.conventions.rules.reglages import Anteriorite, Attestation, FormatListe, Reglages, ReponseVide
from sne.conventions.selectors import ConventionLue, get_page, list_appels, list_conventions, reglages_de
from sne.conventions.selectors.conventions import get_convention
from sne.flux.actions.livraisons import renvoyer
from sne.flux.selectors.abonnements import list_abonnements_suivis, list_lecteurs, list_livraisons
from sne.flux.tasks import programmer
from sne.guichet.conventions.certificat import lire_certificat
from sne.guichet.conventions.forms import (
    ArretForm,
    CadenceForm,
    CertificatForm,
    CleForm,
    GuichetDuTerritoireForm,
    GuichetForm,
    OuvertureForm,
    PasForm,
    PorteeForm,
    ReglagesForm,
)
from sne.guichet.conventions.presentation import dire_reglages
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.habilitations.selectors.lieux import list_lieux
from sne.imports.selectors import list_imports
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.forms import Formulaire
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.navigation import ouvre
from sne.socle.requete import RequeteHabilitee, acte_de, identifiant, saisi_de

PEM = {"empreinte": "pem", "fin": "pem"}
"""Fields of the act under the name that the page gives them."""


@exiger(Permission.CONVENTION_LIRE)
@require_GET
def conventions(request: RequeteHabilitee) -> HttpResponse:
    """Agreements that the person follows, and what has to be done soon."""
    contexte = {
        "lignes": list_conventions(request.acteur, le=aujourd_hui()),
        "gere": not refus_de(exiger_gerer, request.acteur),
    }
    return render(request, "guichet/conventions/liste.html", contexte)


@exiger(Permission.CONVENTION_GERER)
@require_http_methods(["GET", "POST"])
def ouvrir(request: RequeteHabilitee) -> HttpResponse:
    """Open an agreement, without any right yet."""
    formulaire = OuvertureForm(saisi_de(request))
    if formulaire.is_valid():
        try:
            cle_convention = actions.ouvrir_convention(formulaire.nouvelle(), acte=acte_de(request))
        except Interdit as refus:
            formulaire.refuser(refus)
        else:
            messages.success(request, "Convention ouverte. Notez la conformité, puis la signature.")
            return redirect("convention", cle_convention)
    contexte = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return render(request, "guichet/conventions/ouvrir.html", contexte)


@exiger(Permission.CONVENTION_LIRE)
@require_GET
def convention(request: RequeteHabilitee, convention_id: uuid.UUID) -> HttpResponse:
    """One agreement, and what the person may do of it."""
    lue = get_page(convention_id, request.acteur, le=aujourd_hui())
    gere = not refus_de(exiger_gerer, request.acteur)
    contexte = {
        "lue": lue,
        "reglages": dire_reglages(lue.convention),
        "imports": list_imports(convention_id, request.acteur),
        "gere": gere,
        "signee": not refus_de(exiger_signee, lue.convention),
        "arrete": not refus_de(exiger_arreter, request.acteur, lue.convention),
        "couvre": ouvre(request.acteur, "habilitations-accorder"),
        "decidables": {
            c.id for c in lue.certificats if gere and not refus_de(exiger_decidable, c, request.acteur)
        },
    }
    return render(request, "guichet/conventions/convention.html", contexte)


@exiger(Permission.CONVENTION_LIRE)
@require_GET
def flux(request: RequeteHabilitee, convention_id: uuid.UUID) -> HttpResponse:
    """How far the software has read the feed, where it is called, what was delivered."""
    lue, le = get_page(convention_id, request.acteur, le=aujourd_hui()), maintenant()
    abonnements = list_abonnements_suivis(lue.convention, request.acteur)
    contexte = {
        "lue": lue,
        "lecteurs": list_lecteurs(lue.convention, request.acteur, le=le),
        "abonnements": abonnements,
        "livraisons": list_livraisons(abonnements),
        "arrete": not refus_de(exiger_arreter, request.acteur, lue.convention),
    }
    return render(request, "guichet/conventions/flux.html", contexte)


@exiger(Permission.CONVENTION_LIRE)
@require_GET
def appels(request: RequeteHabilitee, convention_id: uuid.UUID) -> HttpResponse:
    """The last calls, without their content."""
    le = aujourd_hui()
    contexte = {
        "lue": get_page(convention_id, request.acteur, le=le),
        "appels": list_appels(convention_id, request.acteur, le=le),
    }
    return render(request, "guichet/conventions/appels.html", contexte)


@exiger(Permission.CONVENTION_GERER)
@require_http_methods(["GET", "POST"])
def cle(request: Any, convention_id: uuid.UUID) -> HttpResponse:
    """Make a key; the answer shows it, and nothing shows it again: the page is not kept."""
    lue = get_page(convention_id, request.acteur, le=aujourd_hui())
    formulaire = CleForm(saisi_de(request), portees=lue.portees)
    contexte: dict[str, Any] = {"lue": lue, "formulaire": formulaire}
    if formulaire.is_valid():
        valeurs = formulaire.cleaned_data
        try:
            creee = actions.creer_cle(
                convention_id, [*map(Portee, valeurs["portees"])], fin=valeurs["fin"], acte=acte_de(request)
            )
        except Interdit as refus:
            formulaire.refuser(refus)
        else:
            request.revoyable = False
            return render(request, "guichet/conventions/cle.html", contexte | {"texte": creee.texte})
    contexte["erreurs"] = formulaire.erreurs()
    return render(request, "guichet/conventions/faire_cle.html", contexte)


@dataclass(frozen=True, slots=True)
class _Acte:
    """An act with a form: its title, its button, what is said once done."""

    titre: str
    bouton: str
    fait: str
    formulaire: Callable[[RequeteHabilitee, ConventionLue, Any], Formulaire]
    executer: Callable[[RequeteHabilitee, Convention, Mapping[str, Any]], object]
    aide: str = ""


def _suspendre(request: RequeteHabilitee, de: Convention, valeurs: Mapping[str, Any]) -> object:
    acte = acte_de(request)
    return actions.suspendre_convention(
        de.id, territoire=request.acteur.territoire, motif=valeurs["motif"], acte=acte
    )


def _couvrir(request: RequeteHabilitee, de: Convention, valeurs: Mapping[str, Any]) -> object:
    territoire, _, guichet = valeurs["guichet"].upper().partition("-")
    dates = {"debut": valeurs["debut"], "fin": valeurs["fin"]}
    return actions.couvrir_guichet(de.id, territoire, guichet, **dates, acte=acte_de(request))


def _certifier(request: RequeteHabilitee, de: Convention, valeurs: Mapping[str, Any]) -> object:
    return actions.proposer_certificat(de.id, lire_certificat(valeurs["pem"]), acte=acte_de(request))


def _regler(request: RequeteHabilitee, de: Convention, valeurs: Mapping[str, Any]) -> object:
    reglages = Reglages(
        Attestation(valeurs["attestation"]),
        ReponseVide(valeurs["reponse_vide"]),
        FormatListe(valeurs["format_liste"]),
        Anteriorite(valeurs["anteriorite"]),
        valeurs["preuve_gardee"],
        valeurs["piece_vue"],
    )
    return actions.regler_convention(de.id, reglages, acte=acte_de(request))


def _guichet(request: RequeteHabilitee, saisi: Any) -> Formulaire:
    """A list for who acts for a territory; the guichets of the nation are too many for one."""
    if not request.acteur.territoire:
        return GuichetForm(saisi)
    lieux = list_lieux(request.acteur, le=aujourd_hui())
    return GuichetDuTerritoireForm(saisi, lieux=[lieu for lieu in lieux if lieu[0].partition("-")[2]])


ACTES: Mapping[str, _Acte] = {
    "suspendre": _Acte(
        "Suspendre la convention",
        "Suspendre",
        "Convention suspendue. Tout appel est refusé dès maintenant.",
        lambda _, __, saisi: ArretForm(saisi),
        _suspendre,
        "Tout appel du logiciel est refusé dès maintenant, jusqu’à ce que quelqu’un la rétablisse.",
    ),
    "guichet": _Acte(
        "Ajouter un guichet",
        "Ajouter",
        "Guichet ajouté.",
        lambda request, _, saisi: _guichet(request, saisi),
        _couvrir,
        "Le logiciel agit pour ce guichet, dans les portées ouvertes. L’habilitation est revue avec les autres.",
    ),
    "etape": _Acte(
        "Noter une étape",
        "Noter",
        "Étape notée.",
        lambda _, __, saisi: PasForm(saisi, initial={"le": aujourd_hui()}),
        lambda request, de, v: actions.noter_pas(de.id, Pas(v["pas"]), le=v["le"], acte=acte_de(request)),
    ),
    "certificat": _Acte(
        "Enregistrer un certificat",
        "Enregistrer",
        "Certificat enregistré. Une autre personne doit le confirmer.",
        lambda _, __, saisi: CertificatForm(saisi),
        _certifier,
        "Une autre personne le confirme ensuite\u00a0: il ne permet rien avant.",
    ),
    "portee": _Acte(
        "Ouvrir une portée",
        "Ouvrir",
        "Portée ouverte.",
        lambda _, lue, saisi: PorteeForm(saisi, portees=[p for p in Portee if p not in lue.portees]),
        lambda request, de, v: actions.ouvrir_portee(de.id, Portee(v["portee"]), acte=acte_de(request)),
    ),
    "reglages": _Acte(
        "Régler la convention",
        "Enregistrer",
        "Convention réglée.",
        lambda _, lue, saisi: ReglagesForm(saisi, initial=asdict(reglages_de(lue.convention))),
        _regler,
    ),
    "cadence": _Acte(
        "Limiter les appels",
        "Enregistrer",
        "Limite enregistrée.",
        lambda _, __, saisi: CadenceForm(saisi),
        lambda request, de, v: actions.regler_cadence(
            de.id, Groupe(v["groupe"]), v["par_minute"], acte=acte_de(request)
        ),
    ),
}


@exiger(Permission.CONVENTION_LIRE)
@require_http_methods(["GET", "POST"])
def faire(request: RequeteHabilitee, convention_id: uuid.UUID, acte: str) -> HttpResponse:
    """One act that asks for something: its form, then the act, which says whether the person may."""
    decrit = ACTES.get(acte)
    if decrit is None:
        raise Http404
    lue = get_page(convention_id, request.acteur, le=aujourd_hui())
    _exiger(acte, request, lue.convention)
    formulaire = decrit.formulaire(request, lue, saisi_de(request))
    if formulaire.is_valid():
        try:
            decrit.executer(request, lue.convention, formulaire.cleaned_data)
        except Interdit as refus:
            refus.champ = PEM.get(refus.champ, refus.champ) if acte == "certificat" else refus.champ
            formulaire.refuser(refus)
        else:
            messages.success(request, decrit.fait)
            return redirect("convention", convention_id)
    contexte = {"lue": lue, "decrit": decrit, "formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return render(request, "guichet/conventions/faire.html", contexte)


def _exiger(acte: str, request: RequeteHabilitee, de: Convention) -> None:
    """Whether the form may be offered; the act asks again. Raises ``NonHabilite``."""
    if acte == "suspendre":
        exiger_arreter(request.acteur, de, partout=not request.acteur.territoire)
    elif acte != "guichet":
        exiger_gerer(request.acteur)


def _un(objet: str) -> uuid.UUID:
    cle_lue = identifiant(objet)
    if cle_lue is None:
        raise Http404
    return cle_lue


def _portee(objet: str) -> Portee:
    if objet not in list(Portee):
        raise Http404
    return Portee(objet)


def _renvoyer(de: uuid.UUID, objet: str, acte: Acte) -> None:
    convention = get_convention(de, acte.acteur, le=aujourd_hui())
    programmer(renvoyer(_un(objet), convention, acte=acte))


BOUTONS: Mapping[str, tuple[str, Callable[[uuid.UUID, str, Acte], object]]] = {
    "revoquer-cle": ("Clé révoquée.", lambda _, o, acte: actions.revoquer_cle(_un(o), acte=acte)),
    "revoquer-certificat": (
        "Certificat révoqué.",
        lambda _, o, acte: actions.revoquer_certificat(_un(o), acte=acte),
    ),
    "confirmer-certificat": (
        "Certificat confirmé.",
        lambda _, o, acte: actions.decider_certificat(_un(o), confirme=True, acte=acte),
    ),
    "refuser-certificat": (
        "Certificat refusé.",
        lambda _, o, acte: actions.decider_certificat(_un(o), confirme=False, acte=acte),
    ),
    "fermer-portee": (
        "Portée fermée.",
        lambda de, o, acte: actions.fermer_portee(de, _portee(o), acte=acte),
    ),
    "renvoyer-livraison": ("Ligne à livrer de nouveau.", _renvoyer),
    "retablir": ("Convention rétablie.", lambda _, o, acte: actions.retablir_convention(_un(o), acte=acte)),
}
"""Acts of one click."""


@exiger(Permission.CONVENTION_LIRE)
@require_POST
def agir(request: RequeteHabilitee, convention_id: uuid.UUID, acte: str, objet: str) -> HttpResponse:
    """An act of one click, on a key, a certificate, a scope or a stop."""
    if acte not in BOUTONS:
        raise Http404
    fait, executer = BOUTONS[acte]
    try:
        executer(convention_id, objet, acte_de(request))
    except Interdit as refus:
        messages.error(request, refus.phrase)
    else:
        messages.success(request, fait)
    return redirect("convention", convention_id)
