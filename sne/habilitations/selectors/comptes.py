"""Accounts as the session and the actions read them: who acts, where they may act, the roles that they may see."""

import hashlib
import hmac
import json
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from sne.habilitations import policies
from sne.habilitations.models import Appareil, Compte, Habilitation
from sne.habilitations.parametres import ParametresHabilitations
from sne.habilitations.rules import (
    PERMISSIONS,
    ROLES,
    Etendue,
    LimitesDeSession,
    Permission,
    Role,
    mandat,
    normaliser_courriel,
)
from sne.habilitations.selectors.periodes import a_perdu, droits_retires, en_vigueur, est_suspendue
from sne.habilitations.selectors.zones import nom_de_la_zone, territoires_de_la_zone
from sne.referentiels.selectors import get_guichet, get_parametres, get_territoire
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.socle.horloge import jour
from sne.socle.lignes import trouver


@dataclass(frozen=True, slots=True)
class Poste:
    """A place where a person may act: a guichet, a territory or the nation, with the role they hold there.

    A role held in a département or a region (``zone``) is held in ``territoires``, one mandate in each; that of a
    region acts for none of them in particular. ``lieu`` is the place in words: « CCAS d’Aurette-la-Ville (G0993) »,
    « Val-d’Aurette », empty for the nation. ``sans``: rights of the role that were taken back from this person.
    """

    territoire: str
    guichet: str
    role: Role
    lieu: str = ""
    organisme: str = ""
    sans: tuple[str, ...] = ()
    zone: str = ""
    territoires: tuple[str, ...] = ()

    @property
    def cle(self) -> str:
        """How a form and the session name the place: ``099/G0993``, ``099/`` or ``/``."""
        return f"{self.territoire}/{self.guichet}"

    @property
    def nom_du_lieu(self) -> str:
        """The place, said for the nation too."""
        return self.lieu or "France entière"

    @property
    def role_libelle(self) -> str:
        """« agent de guichet », inside a sentence."""
        nom = ROLES[self.role].nom
        return nom[0].lower() + nom[1:]

    def perimetres(self) -> tuple[Perimetre, ...]:
        """Where the role is held."""
        if ROLES[self.role].etendue is Etendue.REGION:
            return tuple(Perimetre(territoire) for territoire in self.territoires)
        return (Perimetre(self.territoire, self.guichet, departement=self.zone),)

    def mandats(self) -> tuple[Mandat, ...]:
        """The role, in each of its perimeters."""
        return tuple(
            mandat(self.role, perimetre, organisme=self.organisme, sans=self.sans)
            for perimetre in self.perimetres()
        )

    @property
    def droits(self) -> frozenset[str]:
        """Permissions that the role gives there."""
        return frozenset(permission for m in self.mandats() for permission in m.permissions)


def acteur_de(
    compte: Compte,
    *,
    le: date,
    guichet: str = "",
    territoire: str = "",
    canal: Canal = Canal.GUICHET,
    correlation: uuid.UUID | None = None,
) -> Acteur:
    """Who ``compte`` is on that day: the mandates in force, and the place acted for (the first when it is not held).

    A person whose roles have all ended gets an actor who may do nothing.
    """
    postes = list_postes(compte, le=le)
    choisi = next((p for p in postes if (p.territoire, p.guichet) == (territoire, guichet)), None)
    choisi = choisi or next(iter(postes), None)
    return Acteur(
        id=compte.id,
        nom=compte.nom_complet,
        canal=canal,
        mandats=tuple(m for p in _en_tete(postes, choisi) for m in p.mandats()),
        guichet=choisi.guichet if choisi else "",
        territoire=choisi.territoire if choisi else "",
        correlation=correlation,
        extra={"role_libelle": choisi.role_libelle, "lieu": choisi.lieu} if choisi else {},
    )


def _en_tete(postes: Iterable[Poste], choisi: Poste | None) -> list[Poste]:
    """The roles held where the person acts come first: the journal names the first one."""
    return sorted(postes, key=lambda p: choisi is None or p.cle != choisi.cle)


def list_postes(compte: Compte, *, le: date) -> tuple[Poste, ...]:
    """Every role in force on that day with its place, in the order they were granted.

    One query, or none once it was read with the account. In one place the widest role comes first. A role held in
    a guichet that is closed on that day gives nothing.
    """
    lues: list[Habilitation] | None = getattr(compte, "habilitations_lues", None)
    if lues is None:
        tenues = compte.habilitations.filter(en_vigueur(le)).annotate(sans=droits_retires())
        lues = list(tenues.order_by("accordee_le", "id"))
    en_cours = (h for h in lues if h.debut <= le and (h.fin is None or h.fin > le))
    postes = [poste for h in en_cours if (poste := _poste(h, le))]
    rang = {p.cle: i for i, p in reversed(list(enumerate(postes)))}
    return tuple(sorted(postes, key=lambda p: (rang[p.cle], -len(ROLES[p.role].permissions))))


def _poste(habilitation: Habilitation, le: date) -> Poste | None:
    """The place of a role; ``sans`` was read with it when its rights matter."""
    territoire, code, role = habilitation.territoire, habilitation.guichet, Role(habilitation.role)
    sans = tuple(getattr(habilitation, "sans", ()))
    if zone := habilitation.zone:
        siens = territoires_de_la_zone(territoire, zone)
        nom = nom_de_la_zone(territoire, zone)
        return Poste(territoire, "", role, nom, sans=sans, zone=zone, territoires=siens)
    if not code:
        fiche_territoire = get_territoire(territoire) if territoire else None
        return Poste(territoire, "", role, fiche_territoire.nom if fiche_territoire else "", sans=sans)
    fiche = get_guichet(territoire, code, le=le)
    if fiche is None:
        return None
    return Poste(territoire, code, role, f"{fiche.libelle} ({code})", fiche.organisme, sans)


CHAMPS = tuple(champ.attname for champ in Compte._meta.concrete_fields)
LUES = ("id", "territoire", "guichet", "zone", "role", "debut", "fin")


def requete_du_compte(lequel: str) -> str:
    """What every request needs to know of who acts, as one statement on the day ``%(le)s``; a role that ended or is
    suspended is not read, nor an account that is switched off. ``lequel``: its identifier, in SQL.
    """
    return f"""
SELECT {", ".join(f"compte.{champ.column}" for champ in Compte._meta.concrete_fields)},
    ARRAY(SELECT a.id FROM otp_totp_totpdevice a WHERE a.user_id = compte.id AND a.confirmed) AS appareils,
    (
        SELECT jsonb_agg(
            jsonb_build_array(
                h.id, h.territoire, h.guichet, h.zone, h.role, h.debut, h.fin,
                ARRAY(SELECT r.permission FROM reduction r WHERE r.habilitation_id = h.id)
            ) ORDER BY h.accordee_le, h.id
        ) FROM habilitation h WHERE h.compte_id = compte.id AND (h.fin IS NULL OR h.fin > %(le)s)
            AND NOT EXISTS (SELECT FROM suspension s WHERE s.habilitation_id = h.id AND s.levee_le IS NULL)
    ) AS roles
FROM compte WHERE compte.id = {lequel} AND compte.actif
"""  # noqa: S608 - columns of the model, an expression of ours


DE_LA_SESSION = requete_du_compte("%(compte)s")


def get_compte_de_session(compte_id: str, *, le: date) -> Compte | None:
    """The account, unless it is switched off, with its confirmed devices and its roles: one statement.

    They are in ``appareils_lus``, by the name that a session gives them, and in ``habilitations_lues``, which spares
    :func:`list_postes` a reading.
    """
    with connection.cursor() as curseur:
        curseur.execute(DE_LA_SESSION, {"le": le, "compte": compte_id})
        ligne = curseur.fetchone()
    return lire_compte(ligne) if ligne else None


def lire_compte(ligne: Sequence[Any]) -> Compte:
    """The account of one row of :func:`requete_du_compte`."""
    *champs, appareils, roles = ligne
    compte: Any = Compte.from_db(None, CHAMPS, champs)
    lus = (
        Appareil.from_db(None, ["id", "user_id", "confirmed"], [cle, compte.id, True]) for cle in appareils
    )
    compte.appareils_lus = {appareil.persistent_id: appareil for appareil in lus}
    compte.habilitations_lues = [_habilitation(*role) for role in json.loads(roles or "[]")]
    lu: Compte = compte
    return lu


def _habilitation(*valeurs: Any) -> Habilitation:
    """A role as JSON says it; whatever else of its row would be read when asked."""
    *lieu_et_role, debut, fin, sans = valeurs
    dates = (date.fromisoformat(debut), date.fromisoformat(fin) if fin else None)
    lue: Any = Habilitation.from_db(None, LUES, (*lieu_et_role, *dates))
    lue.sans = sans
    return lue  # type: ignore[no-any-return]


def get_compte_actif(compte_id: str) -> Compte | None:
    """The account of this identifier, unless it is switched off."""
    return Compte.objects.filter(pk=compte_id, actif=True).first()


def get_compte_de_proconnect(sujet: bytes, *, le: date) -> Compte | None:
    """The account that this person of ProConnect opens, unless it is switched off."""
    compte = Compte.objects.filter(proconnect=sujet).values_list("id", flat=True).first()
    return get_compte_de_session(str(compte), le=le) if compte else None


def get_compte_par_courriel(courriel: str) -> Compte:
    """The account of this address, however it is typed. Raises ``Introuvable``."""
    return trouver(
        Compte.objects.filter(courriel=normaliser_courriel(courriel)),
        "Aucun compte n’a cette adresse. Vérifiez-la.",
    )


def list_comptes_de(compte_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Every account known to be of the person of this one, itself included: one statement."""
    personne = Subquery(Compte.objects.filter(id=compte_id).values(de=Coalesce("titulaire", "id"))[:1])
    siens = Compte.objects.filter(Q(id=personne) | Q(titulaire=personne)).values_list("id", flat=True)
    return frozenset({compte_id, *siens})


def list_comptes_des(comptes: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Every account known to be of the persons of these ones, themselves included: two statements."""
    connus = Compte.objects.filter(id__in=[*comptes]).values_list("id", "titulaire")
    titulaires = {titulaire or compte for compte, titulaire in connus}
    siens = Compte.objects.filter(titulaire__in=titulaires).values_list("id", flat=True)
    return frozenset({*comptes, *titulaires, *siens})


def list_porteurs(
    roles: Collection[Role], *, territoire: str, le: date, guichet: str = ""
) -> tuple[tuple[Compte, Poste], ...]:
    """Who holds one of these roles in that territory on that day (empty: in the nation), each person once.

    ``guichet``: those of that one alone.

    When a person has several, the account and the place with the widest reach are given; accounts switched off are left
    out.
    """
    portees = Habilitation.objects.filter(
        en_vigueur(le), territoire=territoire, role__in=[role.value for role in roles], compte__actif=True
    )
    if guichet:
        portees = portees.filter(guichet=guichet)
    trouvees: dict[uuid.UUID, tuple[Compte, Poste]] = {}
    for portee in portees.select_related("compte").order_by("guichet", "accordee_le", "id"):
        compte, poste = portee.compte, _poste(portee, le)
        if poste is not None:
            trouvees.setdefault(compte.titulaire_id or compte.id, (compte, poste))
    return tuple(trouvees.values())


def list_noms(personnes: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Full names of these persons, each by their first account."""
    return {compte.id: compte.nom_complet for compte in Compte.objects.filter(id__in=[*personnes])}


def get_appareil(compte: Compte) -> Appareil | None:
    """The authentication application of the account, confirmed or still to enrol."""
    lu: Appareil | None = Appareil.objects.filter(user=compte).order_by("-confirmed", "id").first()
    return lu


@dataclass(frozen=True, slots=True)
class HabilitationBreve:
    """A role of one's own, in words. ``retires``: rights of the role that were taken back."""

    role: str
    phrase: str
    lieu: str
    debut: date
    fin: date | None
    suspendue: bool = False
    retires: tuple[str, ...] = ()


def list_mes_habilitations(compte: Compte, *, le: date) -> tuple[HabilitationBreve, ...]:
    """Roles in force or to come, in the order of the places."""
    a_venir = compte.habilitations.filter(Q(fin=None) | Q(fin__gt=le)).annotate(
        sans=droits_retires(), suspendue=est_suspendue()
    )
    breves = []
    for habilitation in a_venir.order_by("debut", "accordee_le", "id"):
        poste = _poste(habilitation, max(le, habilitation.debut))
        profil = ROLES[Role(habilitation.role)]
        lieu = poste.nom_du_lieu if poste else f"{habilitation.guichet}, guichet fermé"
        breves.append(
            HabilitationBreve(
                profil.nom,
                profil.phrase,
                lieu,
                habilitation.debut,
                habilitation.fin,
                suspendue=habilitation.suspendue,
                retires=tuple(PERMISSIONS[Permission(p)] for p in habilitation.sans),
            )
        )
    return tuple(breves)


def list_habilitations(
    acteur: Acteur, *, le: date, en_vigueur_seulement: bool = False
) -> QuerySet[Habilitation]:
    """Roles that the actor may see on ``le``, of the past too unless asked otherwise, with their accounts."""
    visibles = Habilitation.objects.filter(policies.scope(acteur, le=le))
    if en_vigueur_seulement:
        visibles = visibles.filter(en_vigueur(le))
    return visibles.select_related("compte").order_by(
        "territoire", "guichet", "compte__nom", "compte__prenom", "id"
    )


@dataclass(frozen=True, slots=True)
class Titulaire:
    """A person who holds a right in a guichet; ``personne`` is the same for every account of theirs."""

    guichet: str
    personne: uuid.UUID
    nom: str


def list_titulaires(permission: Permission, *, territoire: str, le: date) -> tuple[Titulaire, ...]:
    """Which persons hold this right in a guichet of the territory on that day, by guichet then by name; one query."""
    roles = [str(role) for role, profil in ROLES.items() if permission in profil.permissions]
    tenues = Habilitation.objects.filter(
        en_vigueur(le), territoire=territoire, role__in=roles, compte__actif=True, compte__logiciel=False
    )
    entieres = tenues.exclude(a_perdu(permission)).exclude(guichet="")
    lues = entieres.select_related("compte").order_by("guichet", "compte__nom", "id")
    return tuple(
        Titulaire(h.guichet, h.compte.titulaire_id or h.compte_id, h.compte.nom_complet) for h in lues
    )


def get_limites_de_session(le: date) -> LimitesDeSession:
    """Idle and absolute limits of a session: dated parameters."""
    parametres = get_parametres(le)
    return LimitesDeSession(
        inactivite=timedelta(minutes=parametres[ParametresHabilitations].session_inactivite_minutes),
        duree_max=timedelta(hours=parametres[ParametresHabilitations].session_duree_max_heures),
        avis=timedelta(minutes=parametres[ParametresHabilitations].session_avis_minutes),
    )


def is_adresse_freinee(adresse: str, *, instant: datetime) -> bool:
    """Whether too many passwords were refused to this network address lately, whatever the accounts.

    The lock of one account counts by account and address: somebody who tries one password on many accounts is not seen
    by it. A refusal counts for as long as that lock lasts; those of an account are forgotten when it signs in.
    """
    depuis = instant - timedelta(hours=settings.AXES_COOLOFF_TIME)
    essais = AccessAttempt.objects.filter(ip_address=adresse or None, attempt_time__gt=depuis)
    refus = essais.aggregate(Sum("failures_since_start"))["failures_since_start__sum"] or 0
    return bool(refus >= get_parametres(jour(instant))[ParametresHabilitations].connexion_refus_par_adresse)


def empreinte_courriel(courriel: str) -> str:
    """Keyed fingerprint of an address (HMAC-SHA-256, 32 hexadecimal signs): recognises it without saying it."""
    cle = hashlib.sha256(b"empreinte-courriel" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(cle, normaliser_courriel(courriel).encode(), hashlib.sha256).hexdigest()[:32]


def identifiant_de_verrou(_: HttpRequest, identifiants: dict[str, Any] | None) -> str:
    """What the lock-out counts failures by (``AXES_USERNAME_CALLABLE``): the fingerprint, never the address."""
    return empreinte_courriel(str((identifiants or {}).get(Compte.USERNAME_FIELD) or ""))
