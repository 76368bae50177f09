"""A page as a browser sent it: its buttons of rows applied, what was typed apart from what the frame carries."""

from collections.abc import Sequence

from django.utils.datastructures import MultiValueDict

from sne.registre.modification.rules.fusion import Conflit
from sne.saisie.brut import (
    BOUTONS,
    LU,
    VUE,
    Brut,
    ajouter_lignes,
    brut_de,
    lignes_vides,
    lire_bouton,
    lire_revision,
    monter,
    nombre_de_lignes,
    premier,
    retirer_ligne,
)
from sne.saisie.comparaison import CHOIX, lire_choix
from sne.saisie.forms.pages.page import Page
from sne.saisie.propositions.choix import appliquer_choix
from sne.saisie.reunion import Envoi
from sne.socle.forms import ErreurDeChamp

A_CHOISIR = "Il reste {nombre} à choisir\u00a0: la valeur enregistrée, ou la vôtre."
COMBIEN = "-combien"
"""After the name of a group: how many rows « Ajouter » opens."""
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


def _combien(brut: Brut, groupe: str) -> int:
    """How many rows are asked for at once; one, when it is not said."""
    texte = premier(brut, f"{groupe}{COMBIEN}").strip()
    return max(1, int(texte)) if texte.isascii() and texte.isdigit() and len(texte) < 3 else 1


def lignes_retirees(brut: Brut, page: type[Page]) -> list[tuple[str, int]]:
    """Rows (group, rank) to take out, one after the other: by « Retirer », then those where nothing was said. They
    stay while rows are being opened or taken out: somebody is about to type in them.
    """
    bouton = lire_bouton(premier(brut, "retirer"), page.groupes)
    if bouton or premier(brut, "ajouter") in page.groupes:
        return [bouton] if bouton else []
    retraits: list[tuple[str, int]] = []
    for groupe, ignores in page.sans_valeur.items():
        vides = lignes_vides(brut, groupe, ignores=ignores)
        retraits += [(groupe, rang) for rang in vides]
    return retraits


def appliquer_boutons(brut: Brut, page: type[Page]) -> tuple[Brut, str]:
    """What was typed once the buttons of rows are applied, without them; and the row to put the focus in."""
    ajout, nouvelle = premier(brut, "ajouter"), ""
    retraits = lignes_retirees(brut, page)
    combien = _combien(brut, ajout)
    montee = lire_bouton(premier(brut, "monter"), page.ordonnes)
    brut = appliquer_choix({nom: dits for nom, dits in brut.items() if nom not in BOUTONS})
    brut = {nom: dits for nom, dits in brut.items() if not nom.endswith(COMBIEN)}
    for groupe, rang in retraits:
        brut = retirer_ligne(brut, groupe, rang)
    if montee:
        brut = monter(brut, page.ordonnes, montee[1])
    if ajout in page.groupes:
        premiere = nombre_de_lignes(brut, ajout) + 1
        brut = ajouter_lignes(brut, ajout, combien, maximum=page.groupes[ajout])
        nouvelle = f"{ajout}-{min(premiere, nombre_de_lignes(brut, ajout))}"
    return page.completer(brut), nouvelle


def dire_ce_qui_manque(restent: Sequence[Conflit]) -> tuple[ErreurDeChamp, ...]:
    """The error of the person who saved with these lines left to choose."""
    reste = len(restent)
    nombre = f"{reste}\u00a0ligne{'s' if reste > 1 else ''}"
    return (ErreurDeChamp(A_CHOISIR.format(nombre=nombre), "lignes"),) if reste else ()
