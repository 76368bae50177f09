"""Searching: reads that leave a trace; what was typed is personal and stays erasable."""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from django.db import transaction

from sne.cellules.routage import dans
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.selectors.effacement import get_effacement
from sne.registre.doublons.actions.chercher import journaliser_recherche
from sne.registre.recherche import policies
from sne.registre.recherche.parametres import ParametresRecherche
from sne.registre.recherche.rules.texte import Curseur, Filtre, Genre, Requete, comprendre
from sne.registre.recherche.selectors.cellules import list_cellules, rassembler
from sne.registre.recherche.selectors.recherche import Resultats, list_au_fil, list_demandes
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import require

REFUS = "Votre rôle ne permet pas de rechercher un dossier."


def rechercher_demandes(
    texte: str,
    *,
    acte: Acte,
    filtre: Filtre = Filtre.TOUTES,
    curseur: Curseur | None = None,
    deja_vues: Collection[uuid.UUID] | None = None,
) -> Resultats:
    """Files that answer what was typed, within the perimeter (CCH R441-2-6); each page is a journalled read.

    ``recherche_resultats_max`` at most. ``curseur``: another page, from a previous answer. ``deja_vues``: the demandes
    of this same page when it was journalled; when it is shown again by Back or a reload, no second search is
    journalled, unless a demande appears that was not there. Over several cells each journals what it showed, and there
    is one page. Raises ``NonHabilite``.
    """
    require(policies.can_rechercher(acte.acteur), REFUS)
    requete, au_plus = comprendre(texte), _parametres(acte).recherche_resultats_max

    def ici() -> Resultats:
        trouves = list_demandes(
            requete,
            acte.acteur,
            seuil=_parametres(acte).seuil_trigramme,
            par_page=au_plus,
            filtre=filtre,
            curseur=curseur,
        )
        if requete.genre is Genre.NUMERO and not trouves.lignes:
            trouves = replace(trouves, effacement=get_effacement(acte.acteur, nud=requete.nud))
        trouvees = [ligne.demande_id for ligne in trouves.lignes]
        if deja_vues is None or not set(trouvees) <= set(deja_vues):
            _journaliser(texte, trouvees, acte=acte)
        return trouves

    return _dans_chacune(requete, ici, acte=acte, au_plus=au_plus)


def suggerer_demandes(texte: str, *, acte: Acte, deja_vues: Collection[uuid.UUID]) -> Resultats:
    """What begins as typed, while it is being typed: ``recherche_suggestions_max`` files at most.

    Fewer letters than ``recherche_lettres_min`` are no search. ``deja_vues``: the demandes that the journal says this
    typing has already shown; a letter more that shows no other one is no other read. Raises ``NonHabilite``.
    """
    require(policies.can_rechercher(acte.acteur), REFUS)
    parametres = _parametres(acte)
    if len("".join(texte.split())) < parametres.recherche_lettres_min:
        return Resultats()
    requete, au_plus = comprendre(texte), parametres.recherche_suggestions_max

    def ici() -> Resultats:
        trouves = list_au_fil(requete, acte.acteur, au_plus=au_plus)
        trouvees = [ligne.demande_id for ligne in trouves.lignes]
        if not set(trouvees) <= set(deja_vues):
            _journaliser(texte, trouvees, acte=acte)
        return trouves

    return _dans_chacune(requete, ici, acte=acte, au_plus=au_plus)


def _dans_chacune(requete: Requete, ici: Callable[[], Resultats], *, acte: Acte, au_plus: int) -> Resultats:
    """Searched, then journalled, in each cell of the perimeter that may hold an answer."""
    reponses = []
    for cellule in list_cellules(requete, acte.acteur):
        with dans(cellule):
            reponses.append(ici())
    return rassembler(reponses, au_plus=au_plus)


@transaction.atomic
def _journaliser(texte: str, trouvees: Sequence[uuid.UUID], *, acte: Acte) -> None:
    """Before anything is shown; written where acts are, wherever it was looked for."""
    journaliser_recherche("DEMANDES", texte, trouvees, acte=acte)


def _parametres(acte: Acte) -> ParametresRecherche:
    return get_parametres(horloge.jour(acte.survenu_le))[ParametresRecherche]
