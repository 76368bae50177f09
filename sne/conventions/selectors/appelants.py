"""Which agreement calls: by a key, by a certificate, or by both, as things are at that very instant."""

import json
import uuid
from collections.abc import Mapping, Sequence
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
from sne.conventions.rules.portees import Portee, portees_de, sans_certificat
from sne.conventions.rules.reglages import Anteriorite, Attestation, FormatListe, Reglages, ReponseVide
from sne.conventions.selectors.conventions import list_portees_ouvertes
from sne.habilitations.models import Compte
from sne.habilitations.selectors import (
    Poste,
    get_compte_de_session,
    lire_compte,
    list_postes,
    requete_du_compte,
)
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

# What every call needs to know of an agreement and of its account: one statement, from what was shown.
CHAMPS = tuple(champ.attname for champ in Convention._meta.concrete_fields)
DE_LA_CONVENTION = f"""
SELECT {", ".join(f"c.{champ.column}" for champ in Convention._meta.concrete_fields)},
    ARRAY(SELECT a.territoire::text FROM arret_convention a WHERE a.convention_id = c.id AND a.leve_le IS NULL),
    ARRAY(SELECT p.portee::text FROM portee_ouverte p WHERE p.convention_id = c.id AND p.fermee_le IS NULL),
    to_jsonb(k), to_jsonb(x), qui.*,
    CASE WHEN k.id IS NULL OR (k.revoquee_le IS NULL AND k.fin > %(le)s) THEN c.id END AS a_compter
"""  # noqa: S608 - columns of the model
SON_COMPTE = f"LEFT JOIN LATERAL ({requete_du_compte('c.compte_id')}) qui ON true"
DU_CERTIFICAT = "certificat_convention x ON x.issue = 'CONFIRME' AND x.revoque_le IS NULL"
AUCUN: Mapping[str, Any] = {"cle": None, "cle_id": None, "certificat": None, "certificat_id": None}
PAR_CLE = f"""{DE_LA_CONVENTION} FROM cle_convention k JOIN convention c ON c.id = k.convention_id
LEFT JOIN {DU_CERTIFICAT} AND (x.empreinte = %(certificat)s OR x.id = %(certificat_id)s) {SON_COMPTE}
WHERE k.empreinte = %(cle)s OR k.id = %(cle_id)s
"""
PAR_CERTIFICAT = f"""{DE_LA_CONVENTION} FROM convention c JOIN {DU_CERTIFICAT} AND x.convention_id = c.id
LEFT JOIN cle_convention k ON false {SON_COMPTE} WHERE x.empreinte = %(certificat)s
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
    """What was shown, read: the agreement, its account unless it is switched off, its stops and open scopes, the key
    and the certificate in force if any.
    """

    convention: Convention
    compte: Compte | None
    arrets: frozenset[str]
    portees: frozenset[Portee]
    cle: Mapping[str, Any] | None
    certificat: Mapping[str, Any] | None


@a_l_annuaire()
def par_cle(texte: str, *, survenu_le: datetime, certificat: bytes | None = None) -> Identite:
    """The agreement that this key lets in, with the ``certificat`` shown besides (SHA-256 of its DER).

    Raises ``AccesRefuse``.
    """
    dits = dits_de_la_cle(texte, survenu_le=survenu_le, certificat=certificat)
    return identite_de_la_cle(lire_ligne(PAR_CLE, dits), dits, survenu_le=survenu_le)


def dits_de_la_cle(texte: str, *, survenu_le: datetime, certificat: bytes | None) -> dict[str, Any]:
    """What :data:`PAR_CLE` asks with, for a key of the right shape. Raises ``AccesRefuse``."""
    lue = cles.lire(texte)
    if lue is None:
        raise AccesRefuse(INCONNUE)
    if lue.environnement is not environnement():
        raise AccesRefuse(AUTRE_SERVICE.format(nom=cles.NOMS[lue.environnement]))
    return {**AUCUN, "cle": lue.empreinte, "certificat": certificat, "le": jour(survenu_le)}


def identite_de_la_cle(
    ligne: Sequence[Any] | None, dits: Mapping[str, Any], *, survenu_le: datetime
) -> Identite:
    """The agreement that this row of :data:`PAR_CLE` lets in. Raises ``AccesRefuse``."""
    if ligne is None:
        raise AccesRefuse(INCONNUE)
    return _de_la_cle(_montre(ligne), survenu_le, avec_certificat=dits["certificat"] is not None)


@a_l_annuaire()
def par_lignes(cle: uuid.UUID, certificat: uuid.UUID | None, *, survenu_le: datetime) -> Identite:
    """The same agreement later, by what it showed then, if that still holds. Raises ``AccesRefuse``."""
    dits = {**AUCUN, "cle_id": cle, "certificat_id": certificat, "le": jour(survenu_le)}
    ligne = lire_ligne(PAR_CLE, dits)
    assert ligne is not None  # a key is never taken away
    return _de_la_cle(_montre(ligne), survenu_le, avec_certificat=certificat is not None)


@a_l_annuaire()
def par_certificat(empreinte: bytes, *, survenu_le: datetime) -> Identite:
    """The agreement that this certificate lets in; ``empreinte``: SHA-256 of its DER. Raises ``AccesRefuse``."""
    dits = dits_du_certificat(empreinte, survenu_le=survenu_le)
    return identite_du_certificat(lire_ligne(PAR_CERTIFICAT, dits), survenu_le=survenu_le)


def dits_du_certificat(empreinte: bytes, *, survenu_le: datetime) -> dict[str, Any]:
    """What :data:`PAR_CERTIFICAT` asks with."""
    return {"certificat": empreinte, "le": jour(survenu_le)}


def identite_du_certificat(ligne: Sequence[Any] | None, *, survenu_le: datetime) -> Identite:
    """The agreement that this row of :data:`PAR_CERTIFICAT` lets in. Raises ``AccesRefuse``."""
    if ligne is None:
        raise AccesRefuse(CERTIFICAT_INCONNU)
    montre = _montre(ligne)
    identite = _identite(montre, jour(survenu_le))
    return _avec_le_certificat(identite, montre, jour(survenu_le))


def _de_la_cle(montre: _Montre, survenu_le: datetime, *, avec_certificat: bool) -> Identite:
    le, cle = jour(survenu_le), montre.cle
    assert cle is not None
    fin, utilisee_le = date.fromisoformat(cle["fin"]), cle["utilisee_le"]
    if cle["revoquee_le"] is not None or fin <= le:
        raise AccesRefuse(TERMINEE)
    identite = _identite(montre, le)
    siennes = identite.portees & portees_de(cle["portees"])
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


def lire_ligne(requete: str, dits: Mapping[str, Any]) -> Sequence[Any] | None:
    """The one row of a statement, or none."""
    with connection.cursor() as curseur:
        curseur.execute(requete, dits)
        ligne: Sequence[Any] | None = curseur.fetchone()
    return ligne


def _montre(ligne: Sequence[Any]) -> _Montre:
    champs, (arrets, portees, cle, certificat, *qui, _) = ligne[: len(CHAMPS)], ligne[len(CHAMPS) :]
    return _Montre(
        Convention.from_db(None, CHAMPS, champs),
        lire_compte(qui) if qui[0] else None,
        frozenset(arrets),
        portees_de(portees),
        json.loads(cle) if cle else None,
        json.loads(certificat) if certificat else None,
    )


@a_l_annuaire()
def en_vigueur_sans_appel(convention: Convention, *, survenu_le: datetime) -> Identite | None:
    """What an agreement may do now, when we call its software; ``None`` when it may not call either."""
    arrets = frozenset(convention.arrets.filter(leve_le=None).values_list("territoire", flat=True))
    le = jour(survenu_le)
    compte = get_compte_de_session(str(convention.compte_id), le=le)
    try:
        return _identite(
            _Montre(convention, compte, arrets, list_portees_ouvertes(convention), None, None), le
        )
    except AccesRefuse:
        return None


def _identite(montre: _Montre, le: date) -> Identite:
    """What an agreement may do on that day, if it may call at all. Raises ``AccesRefuse``."""
    convention, compte, arrets, portees = montre.convention, montre.compte, montre.arrets, montre.portees
    if convention.environnement != environnement():
        raise AccesRefuse(AUTRE_SERVICE.format(nom=cles.NOMS[Environnement(convention.environnement)]))
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
