"""Which session a browser holds, read again at each request."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection
from pydantic import TypeAdapter

from sne.cellules.routage import a_l_annuaire
from sne.demandeurs.models import (
    AccesDemandeur,
    CodeConnexion,
    CompteDemandeur,
    CompteurLimite,
    EnvoiGarde,
    SessionDemandeur,
)
from sne.demandeurs.parametres import ParametresDemandeurs
from sne.demandeurs.rules.codes import CODES_AU_PLUS, Cible, CourrielProuve, DemandeDeCode
from sne.demandeurs.rules.envois import Envoi
from sne.demandeurs.rules.limites import Limite, fenetre_de
from sne.demandeurs.rules.niveaux import Fraicheurs, NatureContact, Voie
from sne.demandeurs.rules.sessions import Limites, Scelle, is_finie, is_trop_jeune
from sne.notifications.rules import Famille
from sne.referentiels.selectors import get_parametres
from sne.socle.chiffrement import dechiffrer, empreinte
from sne.socle.horloge import jour

# Every page of somebody who signed in begins by this read, and the ORM would take longer to compose it than the
# database to answer it.
LIRE_LA_SESSION = (
    "SELECT cle, compte_id, voie, ouverte_le, prouvee_le, vue_le, scelle "
    "FROM session_demandeur WHERE cle = %s"
)
# Asked by each sending.
NATURE_DU_COURRIEL = (
    "SELECT nature FROM acces_demandeur WHERE compte_id = %s AND courriel = %s ORDER BY id LIMIT 1"
)
CIBLES: TypeAdapter[Cible | CourrielProuve] = TypeAdapter(Cible | CourrielProuve)


@dataclass(frozen=True, slots=True)
class SessionLue:
    """A session that is not over. ``cle``: its fingerprint, not what the browser holds.

    ``prouvee_le``: when the person identified themselves; ``None`` proves nothing recent.
    """

    cle: bytes = field(repr=False)
    compte: uuid.UUID
    voie: Voie
    ouverte_le: datetime
    prouvee_le: datetime | None
    vue_le: datetime
    _scelle: bytes = field(repr=False)

    def ouvrir(self) -> Scelle:
        """What this sign-in alone knows."""
        return Scelle.model_validate_json(dechiffrer(self._scelle, lie_a=self.cle))


def cle_de(secret: str) -> bytes:
    """The fingerprint of what a browser holds."""
    return empreinte(secret, usage="demandeurs:session")


def get_limites(le: datetime) -> Mapping[Voie, Limites]:
    """Those of that day, by the way a session signed in."""
    lus = get_parametres(jour(le))[ParametresDemandeurs]
    inactivite = timedelta(minutes=lus.demandeur_inactivite_minutes)
    par_code = dict.fromkeys((Voie.CODE, Voie.COURRIEL), lus.code_session_minutes)
    durees = dict.fromkeys(Voie, lus.demandeur_session_minutes) | par_code
    return {voie: Limites(inactivite, timedelta(minutes=minutes)) for voie, minutes in durees.items()}


@dataclass(frozen=True, slots=True)
class LimitesDesCodes:
    """How long a code serves, how many times it is tried; what is counted by network, by contact."""

    duree: timedelta
    essais: int
    faux: Limite
    par_reseau: tuple[Limite, ...]
    par_contact: tuple[Limite, ...]
    par_demande: Limite
    sms: Limite
    mots: Limite

    def marquer(self, contact: str) -> bytes:
        """The fingerprint by which a contact is counted."""
        return empreinte(contact, usage="demandeurs:contact")


def get_limites_des_codes(le: datetime) -> LimitesDesCodes:
    """Those of that day."""
    lus = get_parametres(jour(le))[ParametresDemandeurs]
    heure, un_jour = timedelta(hours=1), timedelta(days=1)
    return LimitesDesCodes(
        duree=timedelta(minutes=lus.code_minutes),
        essais=lus.code_essais,
        faux=Limite("code:faux", lus.code_essais_faux_par_jour, un_jour),
        par_reseau=(Limite("code:reseau", lus.code_envois_reseau_par_heure, heure),),
        par_contact=(
            Limite("code:quart", lus.code_envois_par_quart_d_heure, timedelta(minutes=15)),
            Limite("code:jour", lus.code_envois_par_jour, un_jour),
        ),
        par_demande=Limite("code:contact", lus.contact_changements_par_jour, un_jour),
        sms=Limite("code:sms", lus.code_sms_par_heure, heure),
        mots=Limite("code:mots", lus.code_mots_par_jour, un_jour),
    )


def get_limite_des_numeros(le: datetime) -> Limite:
    """Different numbers of demandes that one network may try."""
    lus = get_parametres(jour(le))[ParametresDemandeurs]
    return Limite("numeros", lus.numeros_reseau_par_heure, timedelta(hours=1))


def get_limite_des_connexions(le: datetime) -> Limite:
    """Sign-ins by a provider that one network may start."""
    lus = get_parametres(jour(le))[ParametresDemandeurs]
    return Limite("connexions", lus.connexions_reseau_par_heure, timedelta(hours=1))


def is_mineur(ne_le: date, *, le: date) -> bool:
    """Whether somebody born that day is too young to apply online that day."""
    return is_trop_jeune(ne_le, le=le, majorite=get_parametres(le)[ParametresDemandeurs].demandeur_age_ans)


def cle_du_compteur(limite: Limite, qui: str, instant: datetime) -> bytes:
    """The key of one count: what is counted, of whom, in which window; ``qui`` cannot be read back."""
    debut, _ = fenetre_de(limite, instant)
    return empreinte(f"{limite.nom}\0{debut.isoformat()}\0{qui}", usage="demandeurs:limite")


@a_l_annuaire()
def lire_compteur(limite: Limite, qui: str, *, instant: datetime) -> int:
    """How many tries of ``qui`` were counted in this window."""
    ligne = CompteurLimite.objects.filter(cle=cle_du_compteur(limite, qui, instant)).first()
    return ligne.n if ligne else 0


def marque_du_temoin(secret: str) -> bytes:
    """The fingerprint of what the browser that asked for a code holds."""
    return empreinte(secret, usage="demandeurs:temoin")


def marque_du_changement(session: bytes, demande: uuid.UUID, rang: int) -> bytes:
    """The same of a code that changes a contact, typed in the session that asked for it: the new contact has rank 0."""
    return empreinte(f"{session.hex()}\0{demande}\0{rang}", usage="demandeurs:changement")


def marque_du_code(temoin: bytes, code: str) -> bytes:
    """The fingerprint of a code, of no use on another row."""
    return empreinte(f"{temoin.hex()}\0{code}", usage="demandeurs:code")


@a_l_annuaire()
def lire_demande_de_code(code_id: uuid.UUID, *, le: datetime) -> DemandeDeCode | None:
    """What was typed to have this code; ``None`` once it is over, replaced, or drawn."""
    return _ouvrir(CodeConnexion.objects.filter(id=code_id, code=b"", expire_le__gt=le).first())


@a_l_annuaire()
def get_cible_du_code(code_id: uuid.UUID) -> Cible | None:
    """Which demande a code opens, or opened; ``None`` when none, or when its row is forgotten."""
    ligne = CodeConnexion.objects.filter(id=code_id).first()
    if ligne is None or not ligne.cible:
        return None
    cible = lire_cible(bytes(ligne.cible), bytes(ligne.temoin))
    return cible if isinstance(cible, Cible) else None


def lire_cible(chiffree: bytes, temoin: bytes) -> Cible | CourrielProuve:
    """What a row says that its code opens."""
    return CIBLES.validate_json(dechiffrer(chiffree, lie_a=temoin))


@a_l_annuaire()
def get_demande_du_navigateur(secret: str, *, le: datetime) -> DemandeDeCode | None:
    """What the browser that holds ``secret`` asked a code with, while it may be typed."""
    return _ouvrir(CodeConnexion.objects.filter(temoin=marque_du_temoin(secret), expire_le__gt=le).first())


@a_l_annuaire()
def list_changements(
    session: bytes, demande: uuid.UUID, *, le: datetime
) -> tuple[tuple[bytes, DemandeDeCode], ...]:
    """What this session asked codes for, to change a contact of this demande, while they may be typed: the new contact
    first, then those on file; each with the mark of its row.
    """
    rangs = {marque_du_changement(session, demande, rang): rang for rang in range(CODES_AU_PLUS)}
    lignes = CodeConnexion.objects.filter(temoin__in=[*rangs], expire_le__gt=le)
    lues = [(bytes(ligne.temoin), lue) for ligne in lignes if (lue := _ouvrir(ligne))]
    return tuple(sorted(lues, key=lambda lue: rangs[lue[0]]))


def _ouvrir(ligne: CodeConnexion | None) -> DemandeDeCode | None:
    if ligne is None:
        return None
    return DemandeDeCode.model_validate_json(dechiffrer(bytes(ligne.scelle), lie_a=bytes(ligne.temoin)))


def sujet_du_code(personne: uuid.UUID, contact: str) -> bytes:
    """The way in of an adult who is reached at this contact: a fingerprint, as that of a provider's identifier."""
    return empreinte(f"CODE\0{personne}\0{contact}", usage="demandeurs:sujet")


def sujet_du_courriel(courriel: str, naissance: date, mots: str = "") -> bytes:
    """The way into what somebody born that day has begun to type, who is reached there; with the two words that protect
    it, once there are: without them it leads to nothing, as it does for anybody.
    """
    return empreinte(f"COURRIEL\0{courriel}\0{naissance.isoformat()}\0{mots}", usage="demandeurs:sujet")


def marque_du_courriel(courriel: str) -> bytes:
    """The fingerprint of an e-mail that a code proved."""
    return empreinte(courriel, usage="demandeurs:courriel")


@a_l_annuaire()
def has_courriels_seuls(compte: uuid.UUID) -> bool:
    """Whether nothing but e-mails that a code proved leads into this account."""
    return not AccesDemandeur.objects.filter(compte=compte, courriel=b"").exists()


@a_l_annuaire()
def list_comptes_par_courriel(*, avant: datetime) -> list[uuid.UUID]:
    """The accounts that an e-mail leads into, by which nobody came since that instant."""
    acces = AccesDemandeur.objects.filter(vu_le__lt=avant).exclude(courriel=b"")
    return list(acces.values_list("compte", flat=True).distinct())


@a_l_annuaire()
def get_nature_du_courriel(compte: uuid.UUID, courriel: str) -> NatureContact | None:
    """Who reads this mailbox, as the holder of this account said it; ``None`` when no code proved it."""
    with connection.cursor() as curseur:
        curseur.execute(NATURE_DU_COURRIEL, [compte, marque_du_courriel(courriel)])
        lue = curseur.fetchone()
    return None if lue is None else NatureContact(lue[0])


@a_l_annuaire()
def get_nature(sujet: bytes) -> NatureContact | None:
    """Who reads the contact of this way in, if that was said."""
    nature = AccesDemandeur.objects.filter(sujet=sujet).values_list("nature", flat=True).first()
    return NatureContact(nature) if nature else None


@a_l_annuaire()
def list_sujets(compte: uuid.UUID) -> frozenset[bytes]:
    """The ways into an account."""
    acces = AccesDemandeur.objects.filter(compte=compte).values_list("sujet", flat=True)
    return frozenset(bytes(sujet) for sujet in acces)


def get_fraicheurs(le: datetime) -> Fraicheurs:
    """Those of that day."""
    lus = get_parametres(jour(le))[ParametresDemandeurs]
    return Fraicheurs(
        timedelta(minutes=lus.demandeur_preuve_minutes), timedelta(minutes=lus.ressources_preuve_minutes)
    )


@a_l_annuaire()
def get_session(secret: str, *, le: datetime) -> SessionLue | None:
    """The session of this browser; ``None`` when it is over, was ended, or never was."""
    with connection.cursor() as curseur:
        curseur.execute(LIRE_LA_SESSION, [cle_de(secret)])
        lue = curseur.fetchone()
    if lue is None:
        return None
    cle, compte, voie, ouverte_le, prouvee_le, vue_le, scelle = lue
    session = SessionLue(bytes(cle), compte, Voie(voie), ouverte_le, prouvee_le, vue_le, bytes(scelle))
    limites = get_limites(le)[session.voie]
    if is_finie(limites, ouverte_le=session.ouverte_le, vue_le=session.vue_le, instant=le):
        return None
    return session


@a_l_annuaire()
def get_session_finie(secret: str, *, le: datetime) -> tuple[uuid.UUID, Voie] | None:
    """Whose session this browser held, and how it had signed in; ``None`` once it is forgotten, or while it lasts."""
    ligne = SessionDemandeur.objects.filter(cle=cle_de(secret)).first()
    if ligne is None or get_session(secret, le=le) is not None:
        return None
    return ligne.compte_id, Voie(ligne.voie)


def get_duree_d_un_envoi(le: datetime) -> timedelta:
    """How long what a session was sending is kept, once it is over."""
    return timedelta(minutes=get_parametres(jour(le))[ParametresDemandeurs].envoi_garde_minutes)


@a_l_annuaire()
def get_envoi(session: SessionLue, *, le: datetime) -> Envoi | None:
    """What the holder of this account was sending, for whoever signed in as they had; ``None`` when nothing is kept."""
    garde = EnvoiGarde.objects.filter(compte=session.compte, voie=session.voie, expire_le__gt=le).first()
    if garde is None:
        return None
    return Envoi.model_validate_json(dechiffrer(bytes(garde.scelle), lie_a=session.compte.bytes))


@a_l_annuaire()
def get_langue(comptes: Collection[uuid.UUID], *, avant: datetime | None = None) -> str:
    """The language that these accounts asked for last; empty when they asked for none.

    ``avant``: leaving out what was asked since then.
    """
    siens = CompteDemandeur.objects.filter(id__in=[*comptes], langue_depuis__isnull=False)
    if avant is not None:
        siens = siens.filter(langue_depuis__lt=avant)
    return siens.order_by("-langue_depuis", "id").values_list("langue", flat=True).first() or ""


@a_l_annuaire()
def list_avis_refuses(comptes: Collection[uuid.UUID]) -> frozenset[Famille]:
    """Families of messages that the holder of one of these accounts does not want."""
    refuses = CompteDemandeur.objects.filter(id__in=[*comptes]).values_list("avis_refuses", flat=True)
    return frozenset(Famille(famille) for siens in refuses for famille in siens)


@a_l_annuaire()
def list_laisses(le: datetime) -> tuple[uuid.UUID, ...]:
    """Accounts that nobody signed in to for long enough to be closed, if nothing is followed by them."""
    delai = timedelta(days=get_parametres(jour(le))[ParametresDemandeurs].compte_sans_lien_jours)
    return tuple(CompteDemandeur.objects.filter(vu_le__lte=le - delai).values_list("id", flat=True))
