"""Striking off: the reason and its proof, then what it ends, to be confirmed with the letter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.documents.boite import Boite
from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.pieces.envois import boite_du_formulaire
from sne.guichet.vie.forms.radiation import FormulaireLettre, FormulaireRadiation
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.pieces.actions.deposer import Fichier, joindre_piece
from sne.registre.pieces.possible import exiger_joignable
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.vie.actions.radier import essayer_radiation, radier_demande
from sne.registre.vie.rules.radiation import COURRIER, REGLES, Preuve
from sne.registre.vie.selectors.radiation import list_motifs
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de
from sne.socle.templatetags.socle_tags import date_fr

CONFIRMER, CORRIGER = "confirmer", "corriger"
"""Buttons of the page that says what would end."""


@exiger(Permission.DEMANDE_RADIER)
@require_http_methods(["GET", "POST"])
def radier(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The form; what it would end, to be confirmed; accepted, the file says until when the demande may come back.

    A date ill typed is told by a trial: no attempt of it is kept in the file.
    """
    fiche = lire_demande(request, nud)
    formulaire = FormulaireRadiation(
        saisi_de(request),
        motifs=list_motifs(request.acteur, territoire=fiche.demande.territoire, le=aujourd_hui()),
        passee_max_jours=get_parametres(aujourd_hui())[ParametresDemande].radiation_passee_max_jours,
    )
    if request.method == "POST" and CORRIGER not in request.POST and formulaire.is_valid():
        try:
            return (_radier if CONFIRMER in request.POST else _confirmer)(request, fiche, formulaire)
        except Interdit as exc:
            formulaire.refuser_ou_lever(exc)
    contexte = _commun(fiche) | {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/vie/radier.html", contexte)


def _confirmer(
    request: RequeteHabilitee,
    fiche: Fiche,
    formulaire: FormulaireRadiation,
    lettre: FormulaireLettre | None = None,
) -> HttpResponse:
    """Whose demande, what ends, until when they may come back and by whom; nothing is written. Raises ``Interdit``."""
    faits = formulaire.faits()
    essai = essayer_radiation(fiche.demande.id, faits, acte=acte_de(request))
    contexte = _commun(fiche) | {
        "formulaire": formulaire,
        "lettre": lettre or _lettre(request, fiche, formulaire),
        "erreurs": lettre.erreurs() if lettre else (),
        "motif": REGLES[faits.motif].libelle,
        "essai": essai,
    }
    return render(request, "guichet/vie/radier_confirmer.html", contexte)


def _radier(request: RequeteHabilitee, fiche: Fiche, formulaire: FormulaireRadiation) -> HttpResponse:
    """Keep the letter, then strike off; a file that is refused brings the confirmation back. Raises ``Interdit``."""
    faits, acte, demande = formulaire.faits(), acte_de(request), fiche.demande
    lettre = _lettre(request, fiche, formulaire)
    if lettre is not None and lettre.is_valid() and lettre.envoyes:
        essayer_radiation(demande.id, faits, acte=acte)
        saisie = PieceSaisie(COURRIER)
        sorts = _boite(request, fiche).joindre(
            [],
            lettre.envoyes,
            survenu_le=acte.survenu_le,
            joindre=lambda document, empreinte: joindre_piece(
                demande.id, saisie, Fichier(document, empreinte), acte=acte
            ),
        )
        for sort in sorts:
            if not sort.joint:
                lettre.add_error("fichiers", f"{sort.nom}\u00a0: {sort.phrase}")
    if lettre is not None and not lettre.is_valid():
        return _confirmer(request, fiche, formulaire, lettre)
    faite = radier_demande(demande.id, faits, acte=acte)
    messages.success(
        request,
        f"Demande radiée. Elle peut être réactivée jusqu’au {date_fr(faite.reactivable_jusqu_au)}\u00a0: "
        "numéro et ancienneté sont gardés.",
    )
    return redirect("demande", faite.nud)


def _lettre(
    request: RequeteHabilitee, fiche: Fiche, formulaire: FormulaireRadiation
) -> FormulaireLettre | None:
    """Where the letter is given; ``None`` where the reason rests on none, or for who may add no document."""
    ecrite = REGLES[formulaire.faits().motif].preuve in {Preuve.ECRIT, Preuve.AVIS}
    if not ecrite or refus_de(exiger_joignable, fiche.source, request.acteur):
        return None
    envoye = CONFIRMER in request.POST
    return FormulaireLettre(
        request.POST if envoye else None,
        request.FILES if envoye else None,
        boite=_boite(request, fiche),
        seul=True,
    )


def _boite(request: RequeteHabilitee, fiche: Fiche) -> Boite:
    territoire = fiche.demande.territoire
    return boite_du_formulaire(
        request.acteur, territoire=territoire, objet=f"radiation:{fiche.demande.id}", au_plus=1
    )


def _commun(fiche: Fiche) -> dict[str, object]:
    return {"bandeau": dossier.bandeau(fiche, aujourd_hui()), "nud": fiche.demande.nud}
