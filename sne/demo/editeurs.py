"""The vendor of the demonstration: an agreement with every scope, its key, certificates of an authority made here."""

import uuid

from django.conf import settings

from sne.conventions import actions
from sne.conventions.autorite import DUREE, Emis, certifier
from sne.conventions.models import Cle, Convention
from sne.conventions.rules.portees import Portee
from sne.conventions.rules.reglages import Reglages
from sne.demo.dossier import Dossier
from sne.habilitations.models import Compte
from sne.habilitations.rules import acteur_systeme
from sne.habilitations.selectors import acteur_de
from sne.referentiels.selectors import get_guichet
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant
from sne.socle.postgres import ecrire_prive

EDITEUR, COURRIEL = "Logiciel de démonstration", "editeur@exemple.fr"
TERRITOIRE, GUICHET = "099", "G0993"
EXPLOITATION = "agnes.caron@exemple.fr"  # confirms the certificate that the installation registers
REGLAGES = Reglages(piece_vue=True, preuve_gardee=True)
"""What a message cannot say: the counter saw a document of identity, and keeps the proof of a striking off."""


def ouvrir_editeur(dossier: Dossier) -> None:
    """Make the certificates, and the agreement whose software holds them. Done again, another certificate and key."""
    ici = dossier.editeurs
    ici.mkdir(mode=0o700, parents=True, exist_ok=True)
    certificat = certifier(ici, garder=settings.ECOLE)["editeur"]
    existante = Convention.objects.filter(compte__courriel=COURRIEL).values_list("id", flat=True).first()
    ecrire_prive(ici / "cle.txt", _convenir(existante, certificat))


def _convenir(existante: uuid.UUID | None, certificat: Emis) -> str:
    """The agreement, taken through its steps by the acts; the text of a new key."""
    instant = maintenant()
    le = jour(instant)
    acte = Acte(acteur_systeme("Installation de la démonstration"), instant)
    confirme = Acte(acteur_de(Compte.objects.get(courriel=EXPLOITATION), le=le), instant)
    convention = existante
    if convention is None:
        guichet = get_guichet(TERRITOIRE, GUICHET, le=le)
        assert guichet is not None  # whose body signs; at the École its only guichet is that of its bac
        nouvelle = actions.NouvelleConvention(EDITEUR, guichet.organisme, COURRIEL)
        convention = actions.ouvrir_convention(nouvelle, acte=acte)
        for pas in actions.Pas:
            actions.noter_pas(convention, pas, le=le, acte=acte)
        if not settings.ECOLE:
            actions.couvrir_guichet(convention, TERRITOIRE, GUICHET, acte=acte)
    actions.regler_convention(convention, REGLAGES, acte=acte)
    fin = le + DUREE
    nom = certificat.certificat.subject.rfc4514_string()
    propose = actions.NouveauCertificat(certificat.empreinte, nom, le, fin)
    actions.decider_certificat(
        actions.proposer_certificat(convention, propose, acte=acte), confirme=True, acte=confirme
    )
    for cle in Cle.objects.filter(convention=convention, revoquee_le=None):
        actions.revoquer_cle(cle.id, acte=acte)  # two at most are alive at once
    if existante is None:
        for portee in Portee:
            actions.ouvrir_portee(convention, portee, acte=acte)
    return actions.creer_cle(convention, tuple(Portee), fin=fin, acte=acte).texte
