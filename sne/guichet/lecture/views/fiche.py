"""The file on one page."""

import uuid
from dataclasses import replace
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.assistance.selectors.tickets import list_tickets_du_dossier
from sne.attestations.possible import exiger_attestable, exiger_droit_d_emettre
from sne.attestations.selectors import list_attestations
from sne.attestations.selectors.registre import PAR_PAGE as ATTESTATIONS_AU_PLUS
from sne.guichet.attestations.presentation import badge_de
from sne.guichet.enquete.presentation import presenter_enquete_ailleurs, presenter_ligne
from sne.guichet.faits.presentation import ajouts, get_mots, presenter_faits
from sne.guichet.lecture import dossier
from sne.guichet.lecture.actes import FILTRES, actes, lire_genre
from sne.guichet.lecture.forms.appel import FormulaireAppel
from sne.guichet.lecture.messages import presenter_messages
from sne.guichet.listes.parcours import situer
from sne.guichet.pieces.presentation import presenter_pieces
from sne.guichet.ressources.views import ressources_dites
from sne.guichet.vie.presentation.preavis import presenter_preavis
from sne.guichet.vie.presentation.radiation import alerte_de_radiation
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.notifications.selectors import SUR_LA_PAGE, list_messages
from sne.referentiels.selectors import get_parametres, get_pieces
from sne.registre.controle.parametres import Seuils
from sne.registre.depot.rules.egalite import bilan
from sne.registre.depot.selectors.egalite import list_consignes
from sne.registre.doublons.selectors.anciens_ailleurs import list_enquetes_ailleurs
from sne.registre.enquete.selectors.enquetes import list_enquetes_de
from sne.registre.faits.rules.faits import EtatFait, NatureFait
from sne.registre.faits.selectors.dossier_de_pieces import lire_dossier_de_pieces
from sne.registre.faits.selectors.faits import list_faits_de
from sne.registre.identite.selectors.a_decider import list_decidables
from sne.registre.identite.selectors.pieces_du_changement import list_sans_piece
from sne.registre.lecture.actions.consulter import AppelAttendu, consulter_demande, ouvrir
from sne.registre.lecture.possible import ActeDuDossier, Possibles, actes_possibles
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.lecture.selectors.historique import lire_une_page
from sne.registre.lecture.selectors.traces import Trace, natures_dites
from sne.registre.mandat.selectors.mandats import list_protections
from sne.registre.modification.selectors.remarques import list_remarques_de
from sne.registre.ressources.possible import exiger_ressources_lisibles
from sne.registre.ressources.selectors import get_situation
from sne.registre.verification.selectors import list_verifies
from sne.registre.vie.possible import exiger_droit_de_garder
from sne.registre.vie.selectors.arrets import get_arret
from sne.saisie.cadre import get_lecture
from sne.saisie.presentation.mots import Ligne
from sne.saisie.presentation.valeurs import phrase_de
from sne.socle.acteur import Acteur
from sne.socle.erreurs import refus_de
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.navigation import ouvre
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

DERNIERS = "derniers_dossiers"
NOMBRE_DE_DERNIERS = 5
DERNIERS_ACTES = 8
DERNIERS_FAITS = 5
DERNIERES_PIECES = 10
BLOCS = ("evenements", "messages", "egalite")
"""Blocks of the page, besides those of its content, that say what was just done to them."""


@exiger(Permission.DEMANDE_LIRE)
@require_http_methods(["GET", "POST"])
def demande(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Who, what is pending, what to do, detail, history; opening it is itself a line of the history.

    Who opens it for a call gives its reference first.
    """
    formulaire = FormulaireAppel(saisi_de(request))
    motif = formulaire.cleaned_data["reference"] if formulaire.is_valid() else ""
    try:
        if formulaire.is_bound and not motif:  # nobody opens a file by a form that says nothing
            ouvrir(nud, request.acteur)
            return redirect("demande", nud)
        fiche = consulter_demande(nud, acte=acte_de(request), motif=motif)
    except AppelAttendu:
        contexte = {
            "nud": nud,
            "formulaire": formulaire,
            "erreurs": formulaire.erreurs(),
        }
        return render(request, "guichet/lecture/appel.html", contexte)
    return _montrer(request, fiche)


def _montrer(request: RequeteHabilitee, fiche: Fiche) -> HttpResponse:
    retenir(request, fiche.demande.nud)
    le = aujourd_hui()
    genre = lire_genre(request.GET.get("historique", ""))
    page = lire_une_page(fiche.source, acteur=request.acteur, genre=genre)
    lecture = get_lecture(le)
    if not refus_de(exiger_ressources_lisibles, fiche.source, request.acteur):
        fiche = replace(fiche, situation=get_situation(fiche.source))
    possibles = actes_possibles(fiche, request.acteur, instant=maintenant())
    preavis = presenter_preavis(fiche, le=le)
    messages = list_messages(fiche.demande.id, territoire=fiche.demande.territoire)
    lu = _presenter(request, fiche, possibles, preavis.fait)
    contexte = {
        "fiche": fiche,
        "dossier": lu,
        "blocs_dits": {*BLOCS, *(section.code for section in lu.detail.sections)},
        "preavis": preavis.alerte or alerte_de_radiation(fiche.radiation, messages, instant=maintenant()),
        "preavis_lu": preavis.lu,
        "retenue": preavis.retenue,
        "arret": get_arret(fiche.demande.id) if Trace.ARRET in fiche.traces else None,
        "protections": list_protections(fiche.demande.id, request.acteur, le=le)
        if Trace.MANDAT in fiche.traces
        else (),
        "peut_garder": not refus_de(exiger_droit_de_garder, fiche.demande, request.acteur),
        "historique": actes(page.lignes[:DERNIERS_ACTES], lecture, nud=fiche.demande.nud),
        "total": page.total,
        "filtres": FILTRES.items(),
        "filtre": genre,
        "attestations": [
            (a, badge_de(a)) for a in list_attestations(fiche.demande.id, acteur=request.acteur)
        ],
        "attestations_au_plus": ATTESTATIONS_AU_PLUS,
        "envois": presenter_messages(messages[:SUR_LA_PAGE]),
        "envois_coupes": len(messages) > SUR_LA_PAGE,
        "peut_emettre": not refus_de(exiger_droit_d_emettre, fiche.demande, request.acteur),
        "refus_d_attester": refus_de(exiger_attestable, fiche.demande, request.acteur, le=le),
        "renouveler": dossier.renouveler(fiche, possibles),
        "parcours": situer(request, fiche.demande.nud),
        "remarques": [phrase_de(r, fiche.contenu) for r in list_remarques_de(fiche.source, fiche.contenu)],
        "peut_modifier": possibles[ActeDuDossier.MODIFIER].possible,
        "retour_refuse": possibles[ActeDuDossier.RENOUVELER].refus if fiche.radiation else "",
        "egalite": bilan(list_consignes(fiche.demande.id) if Trace.EGALITE in fiche.traces else ()),
        "peut_lire_pieces": possibles[ActeDuDossier.LIRE_PIECES].possible,
        "peut_consigner_egalite": possibles[ActeDuDossier.CONSIGNER_EGALITE].possible,
        "courriel_a_verifier": possibles[ActeDuDossier.VERIFIER_COURRIEL].possible,
        "aide": ouvre(request.acteur, "assistance"),
        "demandes_d_aide": list_tickets_du_dossier(fiche.demande.nud, request.acteur),
        "peut_enqueter": possibles[ActeDuDossier.OUVRIR_ENQUETE].possible,
        **_faits(fiche, request.acteur, possibles, le=le),
        **(_pieces(fiche, request.acteur, le=le) if possibles[ActeDuDossier.LIRE_PIECES].possible else {}),
        **(
            _ressources(request, fiche, possibles)
            if possibles[ActeDuDossier.LIRE_RESSOURCES].possible
            else {}
        ),
        **(_enquetes(fiche, request.acteur) if possibles[ActeDuDossier.LIRE_ENQUETES].possible else {}),
    }
    return render(request, "guichet/lecture/demande.html", contexte)


def _presenter(
    request: RequeteHabilitee, fiche: Fiche, possibles: Possibles, preavis: Ligne | None
) -> dossier.Dossier:
    """The file in words, with what waits for this reader."""
    le = aujourd_hui()
    return dossier.presenter(
        fiche,
        get_lecture(le),
        acteur=request.acteur,
        possibles=possibles,
        decision_jours=get_parametres(le)[Seuils].decision_attendue_jours,
        preavis=preavis,
        a_decider=identites_a_decider(fiche, request.acteur),
        sans_piece=list_sans_piece(attendent, le=le) if (attendent := _en_attente(fiche)) else (),
        verifies=list_verifies(fiche.demande.id, fiche.contenu, dites=Trace.VERIFICATION in fiche.traces),
    )


def identites_a_decider(fiche: Fiche, acteur: Acteur) -> frozenset[uuid.UUID]:
    """Identities that wait for this reader; nothing is read where nothing waits."""
    attendent = _en_attente(fiche)
    return list_decidables(attendent, acteur, le=aujourd_hui()) if attendent else frozenset()


def _en_attente(fiche: Fiche) -> list[uuid.UUID]:
    return [p.en_attente.identite_id for p in fiche.personnes if p.en_attente]


def _faits(fiche: Fiche, acteur: Acteur, possibles: Possibles, *, le: date) -> dict[str, object]:
    """The newest facts in force, how many there are in all, and what may be added."""
    demande = fiche.demande
    lus = list_faits_de(fiche.source, acteur=acteur, le=le, parmi=natures_dites(fiche.traces))
    en_vigueur = [fait for fait in lus if fait.etat is EtatFait.EN_VIGUEUR]
    natures = [n for n in NatureFait if possibles[ActeDuDossier(f"CONSIGNER_{n}")].possible]
    return {
        "faits": presenter_faits(en_vigueur[:DERNIERS_FAITS], get_mots(demande.territoire, le))
        if en_vigueur
        else [],
        "nombre_de_faits": len(lus),
        "ajouts": ajouts(demande.nud, natures),
    }


def _pieces(fiche: Fiche, acteur: Acteur, *, le: date) -> dict[str, object]:
    """The newest documents in force, how many there are in all, how many may be asked of the household."""
    lus = lire_dossier_de_pieces(
        fiche.source,
        fiche.contenu,
        acteur=acteur,
        le=le,
        deposees=Trace.PIECE in fiche.traces,
        dites=Trace.EVENEMENT in fiche.traces,
    )
    en_vigueur = [piece for piece in lus.pieces if piece.en_vigueur]
    return {
        "pieces": presenter_pieces(en_vigueur[:DERNIERES_PIECES], fiche.contenu, get_pieces(le), le=le),
        "nombre_de_pieces": len(lus.pieces),
        "pieces_manquantes": len(lus.manquantes),
    }


def _ressources(request: RequeteHabilitee, fiche: Fiche, possibles: Possibles) -> dict[str, object]:
    """What the administration knows of the applicant's resources, and whether it may be asked now."""
    return {
        "ressources": ressources_dites(request, fiche),
        "refus_de_demander": possibles[ActeDuDossier.DEMANDER_RESSOURCES].refus,
    }


def _enquetes(fiche: Fiche, acteur: Acteur) -> dict[str, object]:
    """Enquiries on this file, for those who hold them alone."""
    cle = fiche.demande.id
    return {
        "enquetes_visibles": True,
        "enquetes": [presenter_ligne(e) for e in list_enquetes_de(cle, acteur)],
        "enquetes_ailleurs": [presenter_enquete_ailleurs(e) for e in list_enquetes_ailleurs(cle, acteur)],
    }


def retenir(request: RequeteHabilitee, nud: str) -> None:
    """Keep the number among the last opened of this session; names are read again each time they are shown."""
    derniers = [autre for autre in request.session.get(DERNIERS, []) if autre != nud]
    request.session[DERNIERS] = [nud, *derniers][:NOMBRE_DE_DERNIERS]
