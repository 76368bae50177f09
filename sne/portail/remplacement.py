"""A part of the declaration typed anew by who does not read it: what was typed takes the place of what is on file."""

from collections.abc import Mapping

from sne.registre.contenu.rules.arbre.logement import LogementActuel, LogementPossede
from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.personnes import Cotitulaire, Demandeur, SituationProfessionnelle
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.composition.textes import demandeur_de
from sne.saisie.forms.pages import Page, PageAdresse

BLANC: Mapping[str, Noeud] = {
    "logement_actuel": LogementActuel(),
    "logement_possede": LogementPossede(),
    "situation_professionnelle": SituationProfessionnelle(),
}


def sans_lieux(contenu: Contenu) -> Contenu:
    """The content as a page that opens empty knows it: no address, nobody’s work, no dwelling."""
    sans_travail = {"situation_professionnelle": BLANC["situation_professionnelle"]}
    demandeur = contenu.demandeur
    return contenu.model_copy(
        update={
            "demandeur": demandeur.model_copy(update={**sans_travail, "adresse_courrier": None})
            if demandeur
            else None,
            "cotitulaires": tuple(a.model_copy(update=sans_travail) for a in contenu.cotitulaires),
            "logement_actuel": BLANC["logement_actuel"],
            "logement_possede": BLANC["logement_possede"],
        }
    )


def remplacer(page: Page, contenu: Contenu) -> Contenu:
    """The content where each block in which something was typed is what was typed: the work of one adult, the present
    dwelling (its address stays), another one. A block left empty stays as the file has it; the very same content when
    all are. An address is typed whole.
    """
    vide = sans_lieux(contenu)
    if isinstance(page, PageAdresse):
        return _a_cette_adresse(contenu, page.composer(vide))
    tape, pleine = page.appliquer(vide), page.composer(contenu)
    if tape == vide:
        return contenu
    logements = {
        nom: getattr(pleine if getattr(tape, nom) != BLANC[nom] else contenu, nom)
        for nom in ("logement_actuel", "logement_possede")
    }
    demandeur = contenu.demandeur and _travail(contenu.demandeur, pleine.demandeur, tape.demandeur)
    cotitulaires = zip(contenu.cotitulaires, pleine.cotitulaires, tape.cotitulaires, strict=True)
    suite = tuple(_travail(connu, plein, dit) for connu, plein, dit in cotitulaires)
    return contenu.model_copy(update={"demandeur": demandeur, "cotitulaires": suite, **logements})


def _a_cette_adresse(contenu: Contenu, tape: Contenu) -> Contenu:
    """The content where one writes, and they live, where they typed: nothing of the addresses of before stays."""
    ici = {"adresse_courrier": demandeur_de(tape).adresse_courrier}
    habite = contenu.logement_actuel.model_copy(update={"adresse": tape.logement_actuel.adresse})
    return contenu.model_copy(
        update={"demandeur": demandeur_de(contenu).model_copy(update=ici), "logement_actuel": habite}
    )


def _travail[A: (Demandeur, Cotitulaire)](connu: A, plein: A | None, dit: A | None) -> A:
    """This adult, with the work typed for them, if any was."""
    if plein is None or dit is None or dit.situation_professionnelle == BLANC["situation_professionnelle"]:
        return connu
    return plein
