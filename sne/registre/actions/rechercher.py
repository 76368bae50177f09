"""Searching: reads that leave a trace; what was typed is personal and stays erasable."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from sne.journal import actions as journal
from sne.journal.rules import Cote, Entree, Valeur, Verbe
from sne.referentiels.selectors import get_parametres
from sne.registre import policies
from sne.registre.rules import nir as regles_nir
from sne.registre.rules.contenu import lire_e164
from sne.registre.rules.recherche import Curseur, Filtre, Genre, comprendre
from sne.registre.selectors.doublons import PersonneCherchee, Proche, list_proches
from sne.registre.selectors.effacement import get_effacement
from sne.registre.selectors.recherche import Resultats, list_demandes
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import empreinte_nir
from sne.socle.erreurs import require


@dataclass(frozen=True, slots=True)
class RechercheDoublon:
    """What the agent knows of the person before registering them; empty means not given. ``nir`` is raw."""

    nom: str
    prenoms: str
    date_naissance: date | None
    nir: str = ""
    telephone: str = ""
    usage: str = ""


@transaction.atomic
def rechercher_demandes(
    texte: str,
    *,
    acteur: Acteur,
    survenu_le: datetime,
    filtre: Filtre = Filtre.TOUTES,
    curseur: Curseur | None = None,
    deja_vues: Collection[uuid.UUID] | None = None,
) -> Resultats:
    """Files that answer what was typed, within the perimeter (CCH R441-2-6); each page is a journalled read.

    ``recherche_resultats_max`` at most. ``curseur``: another page, from a previous answer. ``deja_vues``: the demandes
    of this same page when it was journalled; shown again by Back or a reload, it is not another search, unless it
    holds a demande that was not there. Raises ``NonHabilite``.
    """
    require(policies.can_rechercher(acteur), "Votre rôle ne permet pas de rechercher un dossier.")
    parametres = get_parametres(horloge.jour(survenu_le))
    requete = comprendre(texte)
    trouves = list_demandes(
        requete,
        acteur,
        seuil=parametres.seuil_trigramme,
        par_page=parametres.recherche_resultats_max,
        filtre=filtre,
        curseur=curseur,
    )
    if requete.genre is Genre.NUMERO and not trouves.lignes:
        trouves = replace(trouves, effacement=get_effacement(acteur, nud=requete.nud))
    trouvees = [ligne.demande_id for ligne in trouves.lignes]
    if deja_vues is None or not set(trouvees) <= set(deja_vues):
        _journaliser("DEMANDES", texte, trouvees, acteur=acteur, survenu_le=survenu_le)
    return trouves


@transaction.atomic
def chercher_doublons(
    recherche: RechercheDoublon, *, acteur: Acteur, territoire: str, survenu_le: datetime
) -> tuple[Proche, ...]:
    """Close demandes of the territory, before registering, the closest first (both roles, NIR and phone included).

    Raises ``NonHabilite``, and ``NirInvalide`` with a French sentence.
    """
    require(
        policies.can_deposer(acteur, territoire=territoire, guichet=acteur.guichet),
        "Vous ne pouvez pas enregistrer une demande pour ce guichet. Demandez une habilitation à son responsable.",
    )
    seuil = get_parametres(horloge.jour(survenu_le)).seuil_doublon_proposition
    proches = list_proches([personne_cherchee(recherche)], territoire=territoire, seuil=seuil)
    typed = f"{recherche.nom} {recherche.prenoms} {recherche.date_naissance or ''}"
    trouvees = [proche.demande_id for proche in proches]
    _journaliser("DOUBLONS", typed, trouvees, acteur=acteur, survenu_le=survenu_le)
    return proches


def personne_cherchee(recherche: RechercheDoublon) -> PersonneCherchee:
    """The look-up keys of what was typed. Raises ``NirInvalide``."""
    return PersonneCherchee(
        nom=recherche.nom,
        usage=recherche.usage,
        prenoms=recherche.prenoms,
        date_naissance=recherche.date_naissance,
        nir_empreinte=empreinte_nir(regles_nir.normaliser(recherche.nir)) if recherche.nir.strip() else None,
        telephone=lire_e164(recherche.telephone) or "",
    )


def _journaliser(
    quoi: str, texte: str, trouvees: Sequence[uuid.UUID], *, acteur: Acteur, survenu_le: datetime
) -> None:
    """The demandes found are named, so that what was typed to find one is erased with it."""
    journal.inscrire(
        Entree(
            verbe=Verbe.RECHERCHER,
            acteur=acteur,
            survenu_le=survenu_le,
            territoire=acteur.territoire,
            faits={"recherche": quoi, "resultats": len(trouvees), "demandes": [str(d) for d in trouvees]},
            valeurs=(Valeur("recherche", Cote.APRES, sans_nir(texte.strip())),),
        )
    )


def sans_nir(texte: str) -> str:
    """What was typed, unless it holds a NIR: no NIR is ever written in the journal."""
    return "numéro de sécurité sociale" if regles_nir.en_contient(texte) else texte
