"""The reader's own acts that a score ranks among those to look at: what others see of them, and the explanation that
the reader gives before being asked.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.guichet.identite.forms import FormulaireExplication
from sne.guichet.identite.presentation import TermeEnLigne, presenter_termes
from sne.guichet.listes.tri import adresses_par_rang
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.controle.rules.termes import decimal
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.identite.actions.regards import observer_identite, voir_changements_regardes
from sne.registre.identite.selectors.regards import ChangementRegarde
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, identifiant

EXPLIQUE = "Explication enregistrée. La personne qui décide la lira à côté du calcul."


@dataclass(frozen=True, slots=True)
class RegardePresente:
    """One act in words; ``formulaire`` is ``None`` once it is explained."""

    changement: ChangementRegarde
    score: str
    reperes: str
    termes: list[TermeEnLigne]
    formulaire: FormulaireExplication | None


@exiger(Permission.ETAT_CIVIL_PROPOSER)
@require_http_methods(["GET", "POST"])
def regardes(request: RequeteHabilitee) -> HttpResponse:
    """The reader's own, and nobody else's; a valid form explains one of them."""
    poste = None
    if request.method == "POST":
        vise = identifiant(request.POST.get("vise", ""))
        if vise is None:
            raise Introuvable("Aucun changement regardé de votre main sous cet identifiant.")
        poste = FormulaireExplication(request.POST, prefix=str(vise))
        if poste.is_valid() and poste.tenter(
            observer_identite, vise, texte=poste.cleaned_data["texte"], acte=acte_de(request)
        ):
            messages.success(request, EXPLIQUE)
            return redirect(request.get_full_path())  # the same page of the list
    apres, avant = (identifiant(request.GET.get(sens, "")) for sens in ("apres", "avant"))
    page = voir_changements_regardes(acte=acte_de(request), apres=apres, avant=avant)
    lignes = [_presenter(changement, poste) for changement in page.lignes]
    contexte = {
        "lignes": lignes,
        # what was typed of a line that has gone to another page, or was explained meanwhile
        "sans_ligne": poste if all(ligne.formulaire is not poste for ligne in lignes) else None,
        "erreurs": poste.erreurs() if poste else (),
        **adresses_par_rang(page, {}),
    }
    return render(request, "guichet/identite/regardes.html", contexte)


def _presenter(changement: ChangementRegarde, poste: FormulaireExplication | None) -> RegardePresente:
    cle = str(changement.id)
    seuils = get_seuils(aujourd_hui())
    neuf = FormulaireExplication(prefix=cle) if changement.expliquee_le is None else None
    return RegardePresente(
        changement=changement,
        score=decimal(changement.score),
        reperes=f"repères\u00a0: {decimal(seuils.score_regarder)} à regarder, {decimal(seuils.score_jour)} à regarder "
        "aujourd’hui",
        termes=presenter_termes(changement.termes),
        formulaire=poste if neuf and poste is not None and poste.prefix == cle else neuf,
    )
