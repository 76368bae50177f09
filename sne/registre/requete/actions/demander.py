"""A household asks a counter for a change that no page makes, or takes it back."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from sne.demandeurs.rules.niveaux import Geste
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.requete.possible import exiger_requerable, exiger_retirable
from sne.registre.requete.rules.requete import (
    SANS_OBJET_SEUL,
    SANS_VALEUR,
    VALEUR_MAX,
    GenreRequete,
    StatutRequete,
    geste_de,
    reference_de,
)
from sne.registre.requete.selectors.requetes import (
    RequeteLue,
    etat_vise,
    get_prendre_avant,
    is_seule,
    list_requetes,
)
from sne.registre.requete.verbes import VerbeRequete
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.chiffrement import chiffrer
from sne.socle.lignes import trouver

AUCUNE = "Aucune demande de changement sous cette référence."
DITES = "Écrivez ce que votre demande doit dire."


@dataclass(frozen=True, slots=True)
class RequetesSuivies:
    """What this session may ask for, and what was asked of this demande."""

    genres: tuple[GenreRequete, ...]
    requetes: tuple[RequeteLue, ...]


def suivre_requetes(visite: Visite) -> RequetesSuivies:
    """Both, for who may ask a counter for anything; nothing is written. Raises ``NonHabilite``."""
    exiger_geste(Geste.DEMANDER_AU_GUICHET, visite.presence)
    sans = SANS_OBJET_SEUL if is_seule(visite) else frozenset()
    genres = tuple(genre for genre in GenreRequete if visite.peut(geste_de(genre)) and genre not in sans)
    return RequetesSuivies(genres, list_requetes(visite))


@transaction.atomic
def deposer_requete(
    visite: Visite, genre: GenreRequete, *, formulaire: uuid.UUID, valeur: str, survenu_le: datetime
) -> str:
    """Ask for one change, which changes nothing by itself; its reference. Posting the same form again gives the same.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` on the field.
    """
    acte = Acte(visite.acteur, survenu_le)
    demande = lock_demande(visite.lien.demande_id, acteur=acte.acteur)
    deja = RequeteDemandeur.objects.filter(id=formulaire, demande=demande).first()
    if deja is not None:
        return deja.reference
    exiger_requerable(visite, demande, genre)
    lue = (
        ""
        if genre in SANS_VALEUR
        else lire_texte(valeur, champ="texte", requis=True, dites=DITES, maximum=VALEUR_MAX)
    )
    jour = horloge.jour(survenu_le)
    with connection.cursor() as curseur:
        curseur.execute("SELECT nextval('requete_demandeur_numero')")
        (rang,) = curseur.fetchone()
    requete = RequeteDemandeur(
        id=formulaire,
        territoire=demande.territoire,
        demande=demande,
        personne=visite.lien.personne_id,
        compte=visite.compte,
        reference=reference_de(jour.year, rang),
        genre=genre,
        valeur=chiffrer(lue.encode(), lie_a=formulaire.bytes),
        temoin=etat_vise(demande, visite.lien.personne_id, genre),
        prendre_avant=get_prendre_avant(jour),
        survenu_le=survenu_le,
    )
    requete.save(force_insert=True)
    faits = {"requete": str(requete.id), "genre": str(genre)}
    dire(VerbeRequete.DEPOSER_REQUETE, demande, acte=acte, faits=faits)
    return requete.reference


@transaction.atomic
def retirer_requete(visite: Visite, requete_id: uuid.UUID, *, survenu_le: datetime) -> None:
    """Take back what was asked for on this demande. Raises ``NonHabilite``, ``Introuvable``, ``Interdit``."""
    acte = Acte(visite.acteur, survenu_le)
    demande = lock_demande(visite.lien.demande_id, acteur=acte.acteur)
    requete = trouver(RequeteDemandeur.objects.filter(id=requete_id, demande=demande), AUCUNE)
    exiger_retirable(visite, requete)
    requete.statut, requete.clos_le, requete.document_avant = StatutRequete.RETIREE, survenu_le, None
    requete.save(update_fields=["statut", "clos_le", "document_avant"])
    dire(VerbeRequete.RETIRER_REQUETE, demande, acte=acte, faits={"requete": str(requete.id)})
