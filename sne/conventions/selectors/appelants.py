"""Which agreement calls: by a key, by a certificate, or by both, as things are at that very instant."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection

from sne.cellules.routage import a_l_annuaire
from sne.conventions.models import Convention
from sne.conventions.parametres import ParametresConventions
from sne.conventions.rules import cles
from sne.conventions.rules.cles import Environnement
from sne.conventions.rules.etapes import Etape, Faits, etape_de
from sne.conventions.rules.portees import Portee, sans_certificat
from sne.conventions.rules.reglages import Anteriorite, Attestation, FormatListe, Reglages, ReponseVide
from sne.conventions.selectors.conventions import list_portees_ouvertes
from sne.habilitations.models import Compte
from sne.habilitations.selectors import Poste, get_compte_de_session, list_postes
from sne.referentiels.selectors import get_parametres
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

# What every call needs to know of an agreement: one statement, from what was shown. Columns are those of the model.
CHAMPS = tuple(champ.attname for champ in Convention._meta.concrete_fields)
DE_LA_CONVENTION = f"""
SELECT {", ".join(f"c.{champ.column}" for champ in Convention._meta.concrete_fields)},
    ARRAY(SELECT a.territoire::text FROM arret_convention a WHERE a.convention_id = c.id AND a.leve_le IS NULL),
    ARRAY(SELECT p.portee::text FROM portee_ouverte p WHERE p.convention_id = c.id AND p.fermee_le IS NULL),
    to_jsonb(k), to_jsonb(x)
"""  # noqa: S608 - columns of the model
DU_CERTIFICAT = "certificat_convention x ON x.issue = 'CONFIRME' AND x.revoque_le IS NULL"
PAR_CLE = f"""{DE_LA_CONVENTION} FROM cle_convention k JOIN convention c ON c.id = k.convention_id
LEFT JOIN {DU_CERTIFICAT} AND (x.empreinte = %(certificat)s OR x.id = %(certificat_id)s)
WHERE k.empreinte = %(cle)s OR k.id = %(cle_id)s
"""
PAR_CERTIFICAT = f"""{DE_LA_CONVENTION} FROM convention c JOIN {DU_CERTIFICAT} AND x.convention_id = c.id
LEFT JOIN cle_convention k ON false WHERE x.empreinte = %(certificat)s
"""


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


@dataclass(frozen=True, slots=True)
class _Montre:
    """What was shown, read: the agreement, its stops and open scopes, the key and the certificate in force if any."""

    convention: Convention
    arrets: frozenset[str]
    portees: frozenset[Portee]
    cle: Mapping[str, Any] | None
    certificat: Mapping[str, Any] | None


@a_l_annuaire()
def par_cle(texte: str, *, survenu_le: datetime, certificat: bytes | None = None) -> Identite:
    """The agreement that this key lets in, with the ``certificat`` shown besides (SHA-256 of its DER).

    Raises ``AccesRefuse``.
    """
    lue = cles.lire(texte)
    if lue is None:
        raise AccesRefuse(INCONNUE)
    if lue.environnement is not environnement():
        raise AccesRefuse(AUTRE_SERVICE.format(nom=cles.NOMS[lue.environnement]))
    montre = _lire(PAR_CLE, cle=lue.empreinte, certificat=certificat)
    if montre is None:
        raise AccesRefuse(INCONNUE)
    return _de_la_cle(montre, survenu_le, avec_certificat=certificat is not None)


@a_l_annuaire()
def par_lignes(cle: uuid.UUID, certificat: uuid.UUID | None, *, survenu_le: datetime) -> Identite:
    """The same agreement later, by what it showed then, if that still holds. Raises ``AccesRefuse``."""
    montre = _lire(PAR_CLE, cle_id=cle, certificat_id=certificat)
    assert montre is not None  # a key is never taken away
    return _de_la_cle(montre, survenu_le, avec_certificat=certificat is not None)


@a_l_annuaire()
def par_certificat(empreinte: bytes, *, survenu_le: datetime) -> Identite:
    """The agreement that this certificate lets in; ``empreinte``: SHA-256 of its DER. Raises ``AccesRefuse``."""
    montre = _lire(PAR_CERTIFICAT, certificat=empreinte)
    if montre is None:
        raise AccesRefuse(CERTIFICAT_INCONNU)
    identite = _identite(montre.convention, montre.arrets, montre.portees, jour(survenu_le))
    return _avec_le_certificat(identite, montre, jour(survenu_le))


def _de_la_cle(montre: _Montre, survenu_le: datetime, *, avec_certificat: bool) -> Identite:
    le, cle = jour(survenu_le), montre.cle
    assert cle is not None
    fin, utilisee_le = date.fromisoformat(cle["fin"]), cle["utilisee_le"]
    if cle["revoquee_le"] is not None or fin <= le:
        raise AccesRefuse(TERMINEE)
    identite = _identite(montre.convention, montre.arrets, montre.portees, le)
    siennes = identite.portees & frozenset(map(Portee, cle["portees"]))
    seule = get_parametres(le)[ParametresConventions].convention_cle_sans_certificat
    identite = replace(
        identite,
        cle=uuid.UUID(cle["id"]),
        fin=fin,
        portees=siennes if seule or avec_certificat else sans_certificat(siennes),
        de_la_cle=siennes,
        utilisee_le=date.fromisoformat(utilisee_le) if utilisee_le else None,
    )
    return replace(_avec_le_certificat(identite, montre, le), fin=fin) if avec_certificat else identite


def _avec_le_certificat(identite: Identite, montre: _Montre, le: date) -> Identite:
    certificat = montre.certificat
    if certificat is None:
        raise AccesRefuse(CERTIFICAT_INCONNU)
    debut, fin = date.fromisoformat(certificat["debut"]), date.fromisoformat(certificat["fin"])
    if not debut <= le < fin:
        raise AccesRefuse(CERTIFICAT_TERMINE)
    if uuid.UUID(certificat["convention_id"]) != identite.convention.id:
        raise AccesRefuse(PAS_LES_MEMES)
    return replace(identite, certificat=uuid.UUID(certificat["id"]), fin=fin)


def _lire(requete: str, **montre: bytes | uuid.UUID | None) -> _Montre | None:
    connus: dict[str, Any] = {"cle": None, "cle_id": None, "certificat": None, "certificat_id": None} | montre
    with connection.cursor() as curseur:
        curseur.execute(requete, connus)
        ligne = curseur.fetchone()
    if ligne is None:
        return None
    *champs, arrets, portees, cle, certificat = ligne
    return _Montre(
        Convention.from_db(None, CHAMPS, champs),
        frozenset(arrets),
        frozenset(map(Portee, portees)),
        json.loads(cle) if cle else None,
        json.loads(certificat) if certificat else None,
    )


@a_l_annuaire()
def en_vigueur_sans_appel(convention: Convention, *, survenu_le: datetime) -> Identite | None:
    """What an agreement may do now, when we call its software; ``None`` when it may not call either."""
    arrets = frozenset(convention.arrets.filter(leve_le=None).values_list("territoire", flat=True))
    try:
        return _identite(convention, arrets, list_portees_ouvertes(convention), jour(survenu_le))
    except AccesRefuse:
        return None


def _identite(
    convention: Convention, arrets: frozenset[str], portees: frozenset[Portee], le: date
) -> Identite:
    """What an agreement may do on that day, if it may call at all. Raises ``AccesRefuse``."""
    if convention.environnement != environnement():
        raise AccesRefuse(AUTRE_SERVICE.format(nom=cles.NOMS[Environnement(convention.environnement)]))
    compte = get_compte_de_session(str(convention.compte_id), le=le)
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
