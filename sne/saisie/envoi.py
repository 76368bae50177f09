"""A page as a browser sent it: its buttons of rows applied, what was typed apart from what the frame carries."""

from collections.abc import Sequence

from django.utils.datastructures import MultiValueDict

from sne.registre.modification.rules.fusion import Conflit
from sne.saisie.brut import (
    BOUTONS,
    LU,
    VUE,
    Brut,
    ajouter_ligne,
    brut_de,
    lignes_vides,
    lire_bouton,
    lire_revision,
    premier,
    retirer_ligne,
)
from sne.saisie.comparaison import CHOIX, lire_choix
from sne.saisie.forms.pages.page import Page
from sne.saisie.propositions.choix import appliquer_choix
from sne.saisie.reunion import Envoi
from sne.socle.forms import ErreurDeChamp

A_CHOISIR = "Il reste {nombre} à choisir\u00a0: la valeur enregistrée, ou la vôtre."
DU_CADRE = frozenset({LU, VUE, "corriger"})
"""Fields of the frame of a page, or of the page of choices."""


def lire_envoi(poste: MultiValueDict[str, str], page: type[Page]) -> tuple[Envoi, str]:
    """What was posted of a page of a draft, once its buttons are applied; and the row that was added."""
    saisi = brut_de(poste)
    brut, nouvelle_ligne = appliquer_boutons(saisi, page)
    brut = {
        nom: valeurs for nom, valeurs in brut.items() if nom not in DU_CADRE and not nom.startswith(CHOIX)
    }
    envoi = Envoi(
        page.code,
        brut,
        lire_revision(saisi, LU),
        retraits=lignes_retirees(saisi, page),
        vue=lire_revision(saisi, VUE),
        choix=lire_choix(saisi),
    )
    return envoi, nouvelle_ligne


def lignes_retirees(brut: Brut, page: type[Page]) -> list[tuple[str, int]]:
    """Rows (group, rank) to take out, one after the other: by « Retirer », then those where nothing was said."""
    bouton = lire_bouton(premier(brut, "retirer"), page.groupes)
    retraits = [bouton] if bouton else []
    for groupe, rang in retraits:
        brut = retirer_ligne(brut, groupe, rang)
    for groupe, ignores in page.sans_valeur.items():
        vides = lignes_vides(brut, groupe, ignores=ignores)
        retraits += [(groupe, rang) for rang in vides]
    return retraits


def appliquer_boutons(brut: Brut, page: type[Page]) -> tuple[Brut, str]:
    """What was typed after « Ajouter » or « Retirer », without the buttons; and the row to put the focus in."""
    ajout, nouvelle = premier(brut, "ajouter"), ""
    retraits = lignes_retirees(brut, page)
    brut = appliquer_choix({nom: valeurs for nom, valeurs in brut.items() if nom not in BOUTONS})
    for groupe, rang in retraits:
        brut = retirer_ligne(brut, groupe, rang)
    if ajout in page.groupes:
        brut = ajouter_ligne(brut, ajout, maximum=page.groupes[ajout])
        nouvelle = f"{ajout}-{premier(brut, f'{ajout}-nombre')}"
    return page.completer(brut), nouvelle


def dire_ce_qui_manque(restent: Sequence[Conflit]) -> tuple[ErreurDeChamp, ...]:
    """The error of the person who saved with these lines left to choose."""
    reste = len(restent)
    nombre = f"{reste}\u00a0ligne{'s' if reste > 1 else ''}"
    return (ErreurDeChamp(A_CHOISIR.format(nombre=nombre), "lignes"),) if reste else ()
