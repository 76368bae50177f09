"""Which agreement calls: by a key, by a certificate, or by both, as things are at that very instant."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings

from sne.conventions.models import Certificat, Cle, Convention
from sne.conventions.models.acces import CONFIRME
from sne.conventions.parametres import ParametresConventions
from sne.conventions.rules import cles
from sne.conventions.rules.cles import Environnement
from sne.conventions.rules.etapes import Etape, Faits, etape_de
from sne.conventions.rules.portees import Portee, sans_certificat
from sne.conventions.rules.reglages import Anteriorite, Attestation, FormatListe, Reglages, ReponseVide
from sne.habilitations.models import Compte
from sne.habilitations.selectors import Poste, get_compte_de_session, list_postes
from sne.referentiels.selectors import get_parametres
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import Refus
from sne.socle.horloge import jour

INCONNUE = "Clé\u00a0: elle est inconnue ou mal copiée. Vérifiez-la, ou demandez-en une nouvelle."
AUTRE_SERVICE = "Clé\u00a0: elle est celle d’un autre service ({nom}). Utilisez celle de ce service."
TERMINEE = (
    "Clé\u00a0: elle n’est plus valable. Créez-en une autre, ou demandez-la à l’exploitation nationale."
)
CERTIFICAT_INCONNU = "Certificat\u00a0: il n’est pas enregistré. Faites-le enregistrer dans votre convention."
CERTIFICAT_TERMINE = "Certificat\u00a0: il n’est pas valable ce jour. Faites enregistrer le nouveau."
PAS_LES_MEMES = "Clé et certificat\u00a0: ils ne sont pas de la même convention. Présentez ceux d’une seule."
ETAPES_REFUSEES = {
    Etape.ADRESSE: "Convention\u00a0: votre adresse électronique n’est pas vérifiée. Suivez le lien reçu.",
    Etape.CONFORMITE: "Convention\u00a0: la conformité n’est pas passée. Passez-la à l’École.",
    Etape.SIGNATURE: "Convention\u00a0: elle n’est pas signée. Adressez-vous à l’exploitation nationale.",
    Etape.SUSPENDUE: "Convention\u00a0: elle est suspendue. Adressez-vous au gestionnaire territorial.",
}
"""Steps at which nothing may be called yet, or any more."""


class AccesRefuse(Refus):
    """No agreement calls: nothing was shown, or what was shown is not of one that may call now (HTTP 401)."""

    code = "ACCES_REFUSE"


def environnement() -> Environnement:
    """Where this process serves."""
    return Environnement.ECOLE if settings.ECOLE else Environnement.PRODUCTION


@dataclass(frozen=True, slots=True)
class Identite:
    """An agreement that may call now. ``postes``: the guichets that it covers, where it is not stopped.

    ``portees``: scopes open to what was shown: those of the agreement, of the key, and without a certificate those
    that ask for none. ``cle``, ``certificat``: what was shown.
    """

    convention: Convention
    compte: Compte
    portees: frozenset[Portee]
    postes: tuple[Poste, ...]
    de_la_cle: frozenset[Portee] = frozenset()
    cle: uuid.UUID | None = None
    certificat: uuid.UUID | None = None
    fin: date | None = None  # first day without the key, else without the certificate
    utilisee_le: date | None = None  # last day on which the key was used

    @property
    def reglages(self) -> Reglages:
        """What the agreement settles."""
        return reglages_de(self.convention)


def reglages_de(convention: Convention) -> Reglages:
    """The settings of an agreement."""
    return Reglages(
        Attestation(convention.attestation),
        ReponseVide(convention.reponse_vide),
        FormatListe(convention.format_liste),
        Anteriorite(convention.anteriorite),
        convention.preuve_gardee,
        convention.piece_vue,
    )


def get_reglages(acteur: Acteur) -> Reglages | None:
    """What the agreement of a software settles; ``None`` for anybody else."""
    if acteur.canal is not Canal.INTERFACE:
        return None
    convention = Convention.objects.filter(compte=acteur.id).first()
    return reglages_de(convention) if convention else None


def par_cle(texte: str, *, survenu_le: datetime) -> Identite:
    """The agreement that this key lets in. Raises ``AccesRefuse``."""
    lue = cles.lire(texte)
    if lue is None:
        raise AccesRefuse(INCONNUE)
    if lue.environnement is not environnement():
        raise AccesRefuse(AUTRE_SERVICE.format(nom=cles.NOMS[lue.environnement]))
    cle = Cle.objects.select_related("convention").filter(empreinte=lue.empreinte).first()
    if cle is None:
        raise AccesRefuse(INCONNUE)
    return _de_la_cle(cle, survenu_le)


def par_lignes(cle: uuid.UUID, certificat: uuid.UUID | None, *, survenu_le: datetime) -> Identite:
    """The same agreement later, by what it showed then, if that still holds. Raises ``AccesRefuse``."""
    montree = Cle.objects.select_related("convention").get(id=cle)
    identite = _de_la_cle(montree, survenu_le)
    if certificat is None:
        return identite
    montres = Certificat.objects.filter(id=certificat, issue=CONFIRME, revoque_le=None)
    montre = montres.select_related("convention").first()
    return ensemble(identite, _du_certificat(montre, survenu_le, identite))


def _de_la_cle(cle: Cle, survenu_le: datetime) -> Identite:
    le = jour(survenu_le)
    if cle.revoquee_le is not None or cle.fin <= le:
        raise AccesRefuse(TERMINEE)
    identite = _identite(cle.convention, le)
    siennes = identite.portees & frozenset(map(Portee, cle.portees))
    seule = get_parametres(le)[ParametresConventions].convention_cle_sans_certificat
    portees = siennes if seule else sans_certificat(siennes)
    return replace(
        identite, cle=cle.id, fin=cle.fin, portees=portees, de_la_cle=siennes, utilisee_le=cle.utilisee_le
    )


def par_certificat(empreinte: bytes, *, survenu_le: datetime, de_la_cle: Identite | None = None) -> Identite:
    """The agreement that this certificate lets in; ``empreinte``: SHA-256 of its DER. ``de_la_cle``: whom the key of
    the same call let in, whose agreement is not read twice. Raises ``AccesRefuse``.
    """
    vivants = Certificat.objects.filter(empreinte=empreinte, issue=CONFIRME, revoque_le=None)
    return _du_certificat(vivants.select_related("convention").first(), survenu_le, de_la_cle)


def _du_certificat(
    certificat: Certificat | None, survenu_le: datetime, de_la_cle: Identite | None
) -> Identite:
    if certificat is None:
        raise AccesRefuse(CERTIFICAT_INCONNU)
    le = jour(survenu_le)
    if not certificat.debut <= le < certificat.fin:
        raise AccesRefuse(CERTIFICAT_TERMINE)
    connue = de_la_cle is not None and de_la_cle.convention.id == certificat.convention_id
    identite = de_la_cle if de_la_cle is not None and connue else _identite(certificat.convention, le)
    return replace(identite, certificat=certificat.id, fin=certificat.fin)


def ensemble(cle: Identite, certificat: Identite) -> Identite:
    """Key and certificate of one call: every scope of the key. Raises ``AccesRefuse``: of two agreements."""
    if cle.convention.id != certificat.convention.id:
        raise AccesRefuse(PAS_LES_MEMES)
    return replace(cle, certificat=certificat.certificat, portees=cle.de_la_cle)


def en_vigueur_sans_appel(convention: Convention, *, survenu_le: datetime) -> Identite | None:
    """What an agreement may do now, when we call its software; ``None`` when it may not call either."""
    try:
        return _identite(convention, jour(survenu_le))
    except AccesRefuse:
        return None


def _identite(convention: Convention, le: date) -> Identite:
    """What an agreement may do on that day, if it may call at all. Raises ``AccesRefuse``."""
    if convention.environnement != environnement():
        raise AccesRefuse(AUTRE_SERVICE.format(nom=cles.NOMS[Environnement(convention.environnement)]))
    arrets = frozenset(convention.arrets.filter(leve_le=None).values_list("territoire", flat=True))
    compte = get_compte_de_session(str(convention.compte_id), le=le)
    portees = frozenset(
        map(Portee, convention.portees.filter(fermee_le=None).values_list("portee", flat=True))
    )
    postes = tuple(p for p in list_postes(compte, le=le) if p.territoire not in arrets) if compte else ()
    etape = etape_de(
        Faits(
            Environnement(convention.environnement),
            adresse_verifiee=convention.adresse_verifiee_le is not None,
            conforme_le=convention.conforme_le,
            signee_le=convention.signee_le,
            guichets=len(postes),
            certificats=1,
            portees=len(portees),
            suspendue="" in arrets or compte is None or bool(arrets and not postes),
        )
    )
    if etape in ETAPES_REFUSEES or compte is None:
        raise AccesRefuse(ETAPES_REFUSEES[etape])
    return Identite(convention, compte, portees, postes)
