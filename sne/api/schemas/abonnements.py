"""Subscriptions to the feed."""

import uuid

from pydantic import Field

from sne.api.schemas.commun import Dit, Recu, dire
from sne.flux.rules.adresses import ADRESSE_MAX
from sne.flux.rules.types import Serie

ADRESSE = "https://editeur.exemple.fr/rappel"


class AbonnementRecu(Recu):
    """Where to call with each line."""

    territoire: str = Field(title="Territoire", pattern="^[0-9A-Z]{3}$", examples=["099"])
    adresse: str = Field(title="Adresse en https", min_length=1, max_length=ADRESSE_MAX, examples=[ADRESSE])
    serie: Serie = dire("Série", "demandes", defaut=Serie.DEMANDES)


class AbonnementLu(Dit):
    """A subscription."""

    id: uuid.UUID = dire("Identifiant")
    territoire: str = dire("Territoire", "099")
    serie: str = dire("Série", "demandes")
    adresse: str = dire("Adresse", ADRESSE)
    etat: str = dire("A_CONFIRMER, ACTIF ou SUSPENDU", "ACTIF")
    motif: str | None = dire("Raison de la suspension", defaut=None)
    numero: int = dire("Dernier numéro remis aux livraisons", 1893)
    secret: str | None = dire("Secret de signature, montré cette seule fois", defaut=None)


class LivraisonLue(Dit):
    """The delivery of one line."""

    id: uuid.UUID = dire("Identifiant")
    numero: int = dire("Numéro de la ligne", 1205)
    etat: str = dire("EN_ATTENTE, LIVREE ou ECHOUEE", "LIVREE")
    essais: int = dire("Essais faits", 1)
    statut: int | None = dire("Dernier statut HTTP reçu ; absent : aucune réponse", 204, defaut=None)
    essaye_le: str | None = dire("Instant du dernier essai", defaut=None)
    prochain_le: str | None = dire("Instant du prochain essai", defaut=None)


class EssaiLu(Dit):
    """What a call without any content gave."""

    statut: int | None = dire("Statut HTTP reçu ; absent : aucune réponse", 204, defaut=None)
    recu: bool = dire("La réponse vaut réception", True)
