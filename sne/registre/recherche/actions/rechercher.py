"""Searching: reads that leave a trace; what was typed is personal and stays erasable."""

import uuid
from collections.abc import Collection
from dataclasses import replace

from django.db import transaction

from sne.referentiels.selectors import get_parametres
from sne.registre.demande.selectors.effacement import get_effacement
from sne.registre.doublons.actions.chercher import journaliser_recherche
from sne.registre.recherche import policies
from sne.registre.recherche.parametres import ParametresRecherche
from sne.registre.recherche.rules.texte import Curseur, Filtre, Genre, comprendre
from sne.registre.recherche.selectors.recherche import Resultats, list_au_fil, list_demandes
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import require


@transaction.atomic
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
    journalled, unless a demande appears that was not there. Raises ``NonHabilite``.
    """
    require(policies.can_rechercher(acte.acteur), "Votre rôle ne permet pas de rechercher un dossier.")
    parametres = get_parametres(horloge.jour(acte.survenu_le))
    requete = comprendre(texte)
    trouves = list_demandes(
        requete,
        acte.acteur,
        seuil=parametres[ParametresRecherche].seuil_trigramme,
        par_page=parametres[ParametresRecherche].recherche_resultats_max,
        filtre=filtre,
        curseur=curseur,
    )
    if requete.genre is Genre.NUMERO and not trouves.lignes:
        trouves = replace(trouves, effacement=get_effacement(acte.acteur, nud=requete.nud))
    trouvees = [ligne.demande_id for ligne in trouves.lignes]
    if deja_vues is None or not set(trouvees) <= set(deja_vues):
        journaliser_recherche("DEMANDES", texte, trouvees, acte=acte)
    return trouves


@transaction.atomic
def suggerer_demandes(texte: str, *, acte: Acte, deja_vues: Collection[uuid.UUID]) -> Resultats:
    """What begins as typed, while it is being typed: ``recherche_suggestions_max`` files at most.

    Fewer letters than ``recherche_lettres_min`` are no search. ``deja_vues``: the demandes that the journal says this
    typing has already shown; a letter more that shows no other one is no other read. Raises ``NonHabilite``.
    """
    require(policies.can_rechercher(acte.acteur), "Votre rôle ne permet pas de rechercher un dossier.")
    parametres = get_parametres(horloge.jour(acte.survenu_le))[ParametresRecherche]
    if len("".join(texte.split())) < parametres.recherche_lettres_min:
        return Resultats()
    trouves = list_au_fil(comprendre(texte), acte.acteur, au_plus=parametres.recherche_suggestions_max)
    trouvees = [ligne.demande_id for ligne in trouves.lignes]
    if not set(trouvees) <= set(deja_vues):
        journaliser_recherche("DEMANDES", texte, trouvees, acte=acte)
    return trouves
