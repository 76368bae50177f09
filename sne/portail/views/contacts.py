"""Changing one's own e-mail or mobile: where they are reached, the codes, what follows. Nothing is done by opening."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sne.cellules.routage import exiger_ouvert
from sne.demandeurs.actions import essayer_ensemble
from sne.demandeurs.rules.niveaux import Geste
from sne.demandeurs.selectors import get_limites_des_codes, list_changements
from sne.portail.forms import FormulaireDesCodes, FormulaireNouveauContact
from sne.portail.middleware import RequeteDuMenage
from sne.portail.refus import dire_constat, dire_refus
from sne.portail.views.reponses import trop_d_essais
from sne.portail.visites import sienne_de, visite_de
from sne.referentiels.selectors import get_parametres
from sne.registre.controle.parametres import Seuils
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.rattachement.actions.contacts import changer_contact, demander_changement
from sne.registre.rattachement.possible import exiger_contact_changeable
from sne.registre.rattachement.selectors.siens import list_siens, masquer
from sne.socle.debit import reseau_de
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.horloge import aujourd_hui
from sne.socle.masques import telephone_en_clair
from sne.socle.requete import adresse_du_client, saisi_de


@require_http_methods(["GET", "HEAD", "POST"])
def demander(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Where they are reached, as far as this session reads it, and the new contact: codes leave for what it takes."""
    sienne = sienne_de(request, nud, Geste.SUIVRE)
    visite, instant = sienne.visite, request.visiteur.instant
    formulaire = FormulaireNouveauContact(saisi_de(request))
    if formulaire.is_valid():
        try:
            partis = demander_changement(
                visite,
                formulaire.cleaned_data["contact"],
                session=request.visiteur.session.cle,
                reseau=reseau_de(adresse_du_client(request)),
                survenu_le=instant,
            )
        except DepotIncomplet as refus:
            for anomalie in refus.anomalies:
                formulaire.add_error("contact", dire_constat(anomalie, sienne.contenu))
        except Interdit as refus:
            formulaire.add_error("contact", dire_refus(refus.phrase))
        else:
            return redirect("contacts-codes", nud) if partis else trop_d_essais(request, codes=True)
    contexte = {
        "nud": nud,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "siennes": [_nommer(adresse) for adresse in list_siens(visite, sienne.contenu)],
        "refus": refus_de(exiger_contact_changeable, sienne.demande, visite, le=instant),
    }
    return render(request, "portail/menage/contacts.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def saisir(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """The codes, all together. One text for whatever is wrong with them."""
    visite, instant, session = visite_de(request, nud), request.visiteur.instant, request.visiteur.session.cle
    attendus = list_changements(session, visite.lien.demande_id, le=instant)
    if not attendus:
        return redirect("contacts", nud)
    contacts = [demandee.contact for _, demandee in attendus]
    noms = [_nommer(contacts[0]), *(_nommer(masquer(contact)) for contact in contacts[1:])]
    formulaire = FormulaireDesCodes(saisi_de(request), noms=noms)
    if formulaire.is_valid():
        saisis = {marque: code for (marque, _), code in zip(attendus, formulaire.codes, strict=True)}
        exiger_ouvert(visite.lien.territoire)
        cibles = essayer_ensemble(saisis, survenu_le=instant)
        if not cibles:
            formulaire.add_error(
                "code0",
                gettext("Un code ne convient pas, ou ne sert plus. Vérifiez-les, ou demandez-en d’autres."),
            )
        else:
            try:
                changer_contact(visite, cibles, session=session, survenu_le=instant)
            except Interdit as refus:
                formulaire.add_error("code0", dire_refus(refus.phrase))
            else:
                return redirect("contact-change")
    contexte = {
        "nud": nud,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "minutes": int(get_limites_des_codes(instant).duree.total_seconds() // 60),
    }
    return render(request, "portail/menage/contacts_codes.html", contexte)


@login_not_required
@require_safe
def change(request: HttpRequest) -> HttpResponse:
    """What follows, to somebody whose session may open nothing more: it says nothing of whom."""
    jours = get_parametres(aujourd_hui())[Seuils].alternance_jours
    return render(request, "portail/menage/contact_change.html", {"jours": jours})


def _nommer(adresse: str) -> str:
    """Read from left to right in every language."""
    return f"\u2066{telephone_en_clair(adresse)}\u2069"
