"""What is nobody's: the agreement itself, code lists, places, services."""

import uuid
from datetime import date, datetime
from typing import Any

from sne.api.schemas.commun import Dit, dire


class GuichetDeConvention(Dit):
    """A guichet of the agreement."""

    territoire: str = dire("Territoire", "099")
    code: str = dire("Code", "G0993")


class QuotaLu(Dit):
    """What is left of a group of calls."""

    limite: int = dire("Appels par minute", 600)
    reste: int = dire("Appels qui restent", 599)
    remise: int = dire("Instant Unix où tous sont revenus")


class Moi(Dit):
    """Who calls."""

    convention: uuid.UUID = dire("Identifiant de la convention")
    editeur: str = dire("Éditeur")
    portees: list[str] = dire("Portées ouvertes", ["demandes:lire"])
    guichets: list[GuichetDeConvention] = dire("Guichets de la convention")
    quota: QuotaLu = dire("Lectures qui restent")
    cle_finit_le: date | None = dire("Premier jour sans la clé", defaut=None)


class ServiceLu(Dit):
    """One service that this one asks."""

    nom: str = dire("Nom", "Base adresse nationale")
    etat: str = dire("En un mot (liste ouverte)", "En service")
    raison: str | None = dire("Ce qui ne va pas", defaut=None)
    depuis: datetime | None = dire("Depuis", defaut=None)


class Sante(Dit):
    """Whether the register answers, and how the services that it asks fare."""

    etat: str = dire("Le registre répond", "En service")
    services: list[ServiceLu] = dire("Services interrogés")


class Valeur(Dit):
    """One code of a list."""

    code: str = dire("Code", "CDI")
    libelle: str = dire("En clair")


class ParametreLu(Dit):
    """A figure that the law or the operator may change, on a day."""

    code: str = dire("Code stable", "delaiz_mois")
    libelle: str = dire("Ce que c’est", "Durée de validité d’une demande")
    unite: str = dire("Unité", "mois")
    source: str = dire("D’où il vient", "CCH R441-2-7")
    valeur: bool | int | str = dire("Valeur\u00a0; ce qui a des décimales est un texte", 12, "0.25")


class CommuneLue(Dit):
    """A commune that may be wished."""

    code: str = dire("Code INSEE", "99002")
    nom: str = dire("Nom")


class GuichetLu(Dit):
    """A counter of the territory."""

    territoire: str = dire("Territoire", "099")
    code: str = dire("Code", "G0993")
    libelle: str = dire("Nom")
    organisme: str = dire("Organisme")
    voie: str = dire("Adresse")
    code_postal: str = dire("Code postal")
    commune: str = dire("Commune (INSEE)")
    horaires: str = dire("Horaires")
    courriel: str = dire("Adresse électronique")
    telephone: str = dire("Téléphone")


class CaracteristiqueLue(Dit):
    """One field of a type of event."""

    nom: str = dire("Nom")
    libelle: str = dire("En clair")
    nature: str = dire("Nature (liste ouverte)")
    requis: bool = dire("Nécessaire")
    liste: str | None = dire("Liste de ses codes", defaut=None)


class TypeEvenementLu(Dit):
    """A type of event that may be recorded."""

    code: str = dire("Code")
    libelle: str = dire("En clair")
    caracteristiques: list[CaracteristiqueLue] = dire("Ses champs")


class AdressesTrouvees(Dit):
    """Proposals, as the national geocoder says them (a GeoJSON collection; none is an answer)."""

    type: str = dire("Toujours «\u00a0FeatureCollection\u00a0»", "FeatureCollection")
    features: list[dict[str, Any]] = dire("Propositions, la meilleure d’abord")


class EtablissementLu(Dit):
    """One place of a company."""

    siret: str = dire("SIRET")
    etat: str = dire("ACTIF ou FERME (liste ouverte)", "ACTIF")
    ferme_le: date | None = dire("Fermé le", defaut=None)
    adresse: str = dire("Adresse")
    commune: str = dire("Commune")
    siege: bool = dire("Siège")
    masque: bool = dire("Il a demandé à ne pas être montré")


class EntrepriseLue(Dit):
    """A company."""

    siren: str = dire("SIREN")
    nom: str = dire("Nom")
    etat: str = dire("ACTIF ou FERME (liste ouverte)", "ACTIF")
    fermee_le: date | None = dire("Fermée le", defaut=None)
    etablissements: list[EtablissementLu] = dire("Établissements trouvés")
