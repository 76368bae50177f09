"""How the household of a demande may be reached now."""

import uuid
from dataclasses import dataclass, replace

from sne.notifications.rules import AdressePostale, Canal, adresse_postale
from sne.referentiels.selectors import get_geographie
from sne.registre.contenu.rules.arbre.personnes import Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.controle.models import Operation
from sne.registre.controle.rules.operations import TypeOperation
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.personne import EtatCourriel
from sne.registre.demande.selectors.attestation import get_contenu_declare, get_donnees
from sne.registre.joindre.rules import lignes_d_adresse, nom_sur_l_enveloppe
from sne.registre.joindre.rules.canaux import Joignable, Moyens
from sne.socle.acteur import Acteur
from sne.socle.acteur import Canal as Porte


@dataclass(frozen=True, slots=True)
class Coordonnees:
    """Where a notice may go; ``None`` when it is unknown, refuses messages, or fits no envelope.

    ``courriel_verifie``: somebody who reads that address said so.
    """

    courriel: str | None
    courriel_verifie: bool
    adresse: AdressePostale | None
    mobile: str | None
    en_ligne: bool
    papier: bool

    @property
    def moyens(self) -> Moyens:
        """The same, as the rule asks."""
        return Moyens(
            en_ligne=self.en_ligne,
            courriel=self.courriel is not None,
            adresse=self.adresse is not None,
            papier=self.papier,
            sms=self.mobile is not None,
        )


def joignable_de(coordonnees: Coordonnees, *, secrete: bool) -> Joignable:
    """How the household may be reached, as the rules of channels read it."""
    return Joignable(
        courriel=coordonnees.courriel is not None,
        verifie=coordonnees.courriel is not None and coordonnees.courriel_verifie,
        adresse=coordonnees.adresse is not None,
        papier=coordonnees.papier,
        secrete=secrete,
        sms=coordonnees.mobile is not None,
        en_ligne=coordonnees.en_ligne,
    )


def destinataire_de(coordonnees: Coordonnees, canal: Canal) -> str | AdressePostale | None:
    """Where a message of that channel goes, if it may."""
    if canal is Canal.LETTRE:
        return coordonnees.adresse
    return coordonnees.courriel if canal is Canal.COURRIEL else coordonnees.mobile


DEMANDEUR = "DEMANDEUR"
RENOUVELLEMENTS = (TypeOperation.RENOUVELLEMENT, TypeOperation.REACTIVATION)


def get_coordonnees(demande_id: uuid.UUID, *, acteur: Acteur) -> Coordonnees:
    """Where the household may be told. Raises ``Introuvable`` outside the actor's perimeter."""
    donnees = get_donnees(demande_id, acteur=acteur)
    contenu = get_contenu_declare(donnees.version_id)
    titulaire = contenu.demandeur or contenu.association
    nom = nom_sur_l_enveloppe(
        donnees.prenoms, nom_naissance=donnees.nom_naissance, nom_usage=donnees.nom_usage
    )
    etat = _etat_du_courriel(demande_id)
    return replace(
        _coordonnees(contenu, nom, en_ligne=_est_passee_en_ligne(demande_id)),
        courriel=titulaire.contact.courriel if titulaire and etat is not EtatCourriel.INVALIDE else None,
        courriel_verifie=etat is EtatCourriel.VERIFIEE,
    )


def get_coordonnees_declarees(contenu: Contenu) -> Coordonnees:
    """The same of a person who has just applied online, and is not registered yet: as they typed it."""
    identite = (contenu.demandeur or Demandeur()).identite
    nom = nom_sur_l_enveloppe(
        identite.prenoms or "",
        nom_naissance=identite.nom_naissance or "",
        nom_usage=identite.nom_usage or "",
    )
    return _coordonnees(contenu, nom, en_ligne=True)


def _coordonnees(contenu: Contenu, nom: str, *, en_ligne: bool) -> Coordonnees:
    titulaire = contenu.demandeur or contenu.association
    lignes = lignes_d_adresse(titulaire.adresse_courrier if titulaire else None, get_geographie())
    contact = titulaire.contact if titulaire else None
    mobile = contact.telephone_portable if contact else None
    consent = contenu.preferences.notification_sms is True
    return Coordonnees(
        courriel=contact.courriel if contact else None,
        courriel_verifie=False,
        adresse=adresse_postale(nom, lignes),
        mobile=mobile.e164 if mobile and consent else None,
        en_ligne=en_ligne,
        papier=contenu.preferences.avis_renouvellement_electronique is False
        or contenu.accompagnant.accompagne is True,
    )


def _etat_du_courriel(demande_id: uuid.UUID) -> EtatCourriel | None:
    """What is known of the applicant's address; ``None`` for an association, whose address belongs to no person."""
    demandeurs = Personne.objects.filter(demande=demande_id, role=DEMANDEUR, retire_le=None)
    etats = set(demandeurs.values_list("courriel_etat", flat=True))
    for etat in (EtatCourriel.INVALIDE, EtatCourriel.VERIFIEE):
        if etat in etats:
            return etat
    return None


def _est_passee_en_ligne(demande_id: uuid.UUID) -> bool:
    """Registered or renewed on the portal at least once, however long ago (CCH R441-2-7)."""
    deposee = Demande.objects.filter(id=demande_id, canal=Porte.PGP).exists()
    renouvelee = Operation.objects.filter(demande=demande_id, canal=Porte.PGP, type__in=RENOUVELLEMENTS)
    return deposee or renouvelee.exists()
