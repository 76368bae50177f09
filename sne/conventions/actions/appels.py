"""A call of a vendor's software: counted, given its actor, logged without a body; what was given to it is kept."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from sne.cellules.routage import ANNUAIRE, a_l_annuaire, ici, plusieurs
from sne.conventions import policies
from sne.conventions.models import Appel, Cadence, Cle, Convention, Echange
from sne.conventions.models.appels import REFERENCE_MAX
from sne.conventions.parametres import ParametresConventions
from sne.conventions.possible import exiger_gerer
from sne.conventions.rules import cadences
from sne.conventions.rules.cadences import GROUPES, MINUTE, Groupe, cadence_de
from sne.conventions.rules.portees import PORTEES, Portee, permissions_de
from sne.conventions.rules.reglages import AGENT, retenir
from sne.conventions.rules.usages import reseau_de
from sne.conventions.selectors.appelants import (
    PAR_CERTIFICAT,
    PAR_CLE,
    Identite,
    dits_de_la_cle,
    dits_du_certificat,
    identite_de_la_cle,
    identite_du_certificat,
    lire_ligne,
)
from sne.conventions.selectors.cadences import limite_de
from sne.conventions.selectors.conventions import verrouiller
from sne.conventions.verbes import VerbeConvention
from sne.habilitations.actions import noter_utilisation
from sne.habilitations.selectors import Poste
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Mandat
from sne.socle.erreurs import Interdit, NonHabilite, Refus, require
from sne.socle.horloge import debut_du_jour, jour
from sne.socle.identifiants import uuid7

SANS_ATTENDRE = "WITH libre AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))"
"""Begins a statement of its own whose commit waits for no disk: what a crash of the server may take with it for some
milliseconds (a call counted, a line of the log, an answer that the act would give again), never an act.
"""
CREDIT = """
ON CONFLICT (convention_id, groupe) DO UPDATE
SET plein_le = greatest(c.plein_le, %(instant)s) + interval '1 minute' / coalesce(c.par_minute, %(limite)s)
WHERE greatest(c.plein_le, %(instant)s) + interval '1 minute' / coalesce(c.par_minute, %(limite)s)
    <= %(instant)s + interval '1 minute'
RETURNING plein_le, coalesce(par_minute, %(limite)s)
"""
"""Ends what counts a call: the row moves, or no row is given back and the call is refused."""
PRENDRE = f"""{SANS_ATTENDRE}
INSERT INTO cadence_convention AS c (convention_id, groupe, plein_le)
SELECT %(convention)s, %(groupe)s, %(pas)s FROM libre {CREDIT}
"""  # noqa: S608 - constants
MANQUER = f"""{SANS_ATTENDRE}
UPDATE cadence_convention c
SET plein_le = greatest(c.plein_le, %(instant)s) + %(fois)s * interval '1 minute' / coalesce(c.par_minute, %(limite)s)
FROM libre WHERE c.convention_id = %(convention)s AND c.groupe = %(groupe)s
"""  # noqa: S608 - constants
EN_COMPTANT = {
    requete: f"""{SANS_ATTENDRE}, montre AS MATERIALIZED ({requete}), prise AS (
INSERT INTO cadence_convention AS c (convention_id, groupe, plein_le)
SELECT montre.a_compter, %(groupe)s, %(pas)s FROM montre, libre WHERE montre.a_compter IS NOT NULL {CREDIT})
SELECT montre.*, prise.*"""  # noqa: S608 - constants
    for requete in (PAR_CLE, PAR_CERTIFICAT)
}
PRIS = "FROM montre LEFT JOIN prise ON true"
RECONNAITRE_ET_PRENDRE = {requete: f"{debut} {PRIS}" for requete, debut in EN_COMPTANT.items()}
"""Who calls by what was shown, and the call counted, where it holds: one statement."""
UN_APPEL = """
INSERT INTO appel_convention
    (id, convention_id, cle, territoire, guichet, agent, operation, statut, duree_ms, correlation, dossiers,
     reseau, survenu_le)
SELECT %(appel)s, %(convention)s, %(cle)s::uuid, %(territoire)s, %(guichet)s, %(agent)s, %(operation)s, %(statut)s,
    %(duree)s, %(correlation)s::uuid, %(dossiers)s, %(reseau)s, %(survenu_le)s FROM libre
"""
NOTER = f"{SANS_ATTENDRE} {UN_APPEL}"


EMETTRE = """
WITH su AS (
    SELECT e.reference FROM echange_convention e
    WHERE e.territoire = %(territoire)s AND e.demande = %(demande)s AND e.convention_id = %(convention)s
        AND e.reference = coalesce(%(reference)s::text, e.reference)
        AND e.revision_emise IS NOT DISTINCT FROM coalesce(%(revision)s::integer, e.revision_emise)
), ecrit AS (
    INSERT INTO echange_convention AS e (territoire, demande, convention_id, reference, revision_emise, emise_le)
    SELECT %(territoire)s, %(demande)s, %(convention)s, coalesce(%(reference)s::text, ''), %(revision)s::integer,
        %(le)s::timestamptz
    WHERE NOT EXISTS (SELECT FROM su)
    ON CONFLICT (territoire, demande, convention_id) DO UPDATE
    SET reference = coalesce(%(reference)s::text, e.reference),
        revision_emise = coalesce(%(revision)s::integer, e.revision_emise),
        emise_le = coalesce(%(le)s::timestamptz, e.emise_le)
    RETURNING e.reference
) SELECT reference FROM su UNION ALL SELECT reference FROM ecrit
"""
"""What is known already is not written again: a file read twice waits for the disk once."""


class CadenceDepassee(Refus):
    """Too many calls (HTTP 429). ``cadence``: the figures of the answer's headers."""

    code = "CADENCE_DEPASSEE"

    def __init__(self, phrase: str, cadence: cadences.Cadence) -> None:
        super().__init__(phrase)
        self.cadence = cadence


class GuichetHorsConvention(NonHabilite):
    """The guichet named is not one that the agreement covers now."""

    code = "GUICHET_HORS_CONVENTION"


class PorteeManquante(NonHabilite):
    """What is asked is not among the scopes open to this key or certificate."""

    code = "PORTEE_MANQUANTE"


class AgentIllisible(Refus):
    """The person who uses the software is not said, or not as a pseudonym (HTTP 400)."""

    code = "AGENT_ILLISIBLE"


@dataclass(frozen=True, slots=True)
class AppelDit:
    """What a call says of itself. ``guichet``: the one acted for (``G0993``, ``099/G0993``), empty for none in
    particular; ``agent``: what the vendor calls the person; ``correlation``: of this call, in log and journal.
    """

    groupe: Groupe
    guichet: str = ""
    agent: str = ""
    correlation: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Appelant:
    """Who calls, as an interface needs it: ``acteur`` goes to the acts; ``cadence`` to the headers of the answer;
    ``groupe``: that in which the call was counted.
    """

    identite: Identite
    acteur: Acteur
    cadence: cadences.Cadence
    groupe: Groupe

    @property
    def convention_id(self) -> uuid.UUID:
        """The agreement: the name space of references, of idempotency keys, of identifiers made from them."""
        return self.identite.convention.id

    @property
    def portees(self) -> frozenset[Portee]:
        """Scopes open to what was shown."""
        return self.identite.portees

    def exiger(self, portee: Portee) -> None:
        """Refuse what the scope does not open, by its name; policies would too. Raises ``PorteeManquante``."""
        if portee in self.portees:
            return
        manque = (
            "un certificat"
            if PORTEES[portee].certificat and portee in self.identite.de_la_cle
            else "la portée"
        )
        raise PorteeManquante(
            f"Il manque {manque} pour {PORTEES[portee].libelle} ({portee})."
            " Demandez-le à l’exploitation nationale."
        )


@dataclass(frozen=True, slots=True)
class Prise:
    """What one call took of the credit of its group; ``plein_le``: ``None`` when nothing was left."""

    plein_le: datetime | None = None
    limite: int = 0


@a_l_annuaire()
def compter_par_cle(
    texte: str, groupe: Groupe, *, survenu_le: datetime, certificat: bytes | None = None
) -> tuple[Identite, Prise]:
    """As :func:`par_cle`, the call counted in the same statement: what it took is for :func:`appeler`.

    A key that was taken back, or that ended, counts nothing. Raises ``AccesRefuse``.
    """
    dits = dits_de_la_cle(texte, survenu_le=survenu_le, certificat=certificat)
    montre, prise = _reconnaitre_et_prendre(PAR_CLE, dits, groupe, survenu_le)
    return identite_de_la_cle(montre, dits, survenu_le=survenu_le), prise


@a_l_annuaire()
def compter_par_certificat(
    empreinte: bytes, groupe: Groupe, *, survenu_le: datetime
) -> tuple[Identite, Prise]:
    """The same as :func:`par_certificat`. Raises ``AccesRefuse``."""
    dits = dits_du_certificat(empreinte, survenu_le=survenu_le)
    montre, prise = _reconnaitre_et_prendre(PAR_CERTIFICAT, dits, groupe, survenu_le)
    return identite_du_certificat(montre, survenu_le=survenu_le), prise


def _reconnaitre_et_prendre(
    requete: str, dits: Mapping[str, Any], groupe: Groupe, instant: datetime
) -> tuple[Sequence[Any] | None, Prise]:
    ligne = lire_ligne(RECONNAITRE_ET_PRENDRE[requete], {**dits, **credit(groupe, instant)})
    if ligne is None:
        return None, Prise()
    *montre, plein_le, limite = ligne
    return montre, Prise(plein_le, limite or 0)


@a_l_annuaire()
def appeler(
    identite: Identite, dit: AppelDit, *, survenu_le: datetime, prise: Prise | None = None
) -> Appelant:
    """Count a call and say who acts: the software, at the guichet named, in the scopes open to it. ``prise``: it was
    counted already.

    Committed at once, whatever becomes of the call: outside any transaction of the caller. Raises ``CadenceDepassee``,
    ``GuichetHorsConvention``, ``AgentIllisible``.
    """
    prise = prise or _prendre(identite.convention, dit.groupe, survenu_le)
    cadence = _cadence(prise, identite.convention, dit.groupe, survenu_le)
    acteur = acteur_de(identite, dit)
    _noter_utilisation(identite, survenu_le)
    return Appelant(identite, acteur, cadence, dit.groupe)


@a_l_annuaire()
def compter_en_vain(de: Appelant, *, survenu_le: datetime) -> None:
    """A number that finds nothing counts for several calls: who tries them one after another soon waits."""
    fois = get_parametres(jour(survenu_le))[ParametresConventions].convention_appels_en_vain - 1
    dits = {"convention": de.convention_id, "fois": fois, **credit(de.groupe, survenu_le)}
    with connection.cursor() as curseur:
        curseur.execute(MANQUER, dits)


def acteur_de(identite: Identite, dit: AppelDit) -> Acteur:
    """Who acts: the software, at the guichet named, in the scopes open to it; nothing is counted.

    Raises ``GuichetHorsConvention``, ``AgentIllisible``.
    """
    if dit.agent and AGENT.fullmatch(dit.agent) is None:
        raise AgentIllisible(
            "Agent\u00a0: 1 à 64 lettres, chiffres, points, tirets ou soulignés sont attendus, sans adresse "
            "électronique. Corrigez-le.",
            champ="agent",
        )
    postes = _postes(identite, dit.guichet)
    ici = postes[0] if dit.guichet else None
    nom = identite.compte.nom_complet
    return Acteur(
        id=identite.compte.id,
        nom=f"{nom}, agent {dit.agent}" if dit.agent else nom,
        canal=Canal.INTERFACE,
        mandats=tuple(_restreindre(m, identite) for poste in postes for m in poste.mandats()),
        guichet=ici.guichet if ici else "",
        territoire=ici.territoire if ici else "",
        correlation=dit.correlation,
        agent=dit.agent,
        extra={**retenir(identite.reglages), **({"lieu": ici.lieu} if ici else {})},
    )


def _restreindre(mandat: Mandat, identite: Identite) -> Mandat:
    permises = mandat.permissions & permissions_de(identite.portees)
    return Mandat(mandat.role, permises, mandat.perimetre, mandat.organisme)


def _postes(identite: Identite, guichet: str) -> tuple[Poste, ...]:
    """The guichet named, alone; all of them when none is."""
    if not guichet:
        return identite.postes
    nommes = tuple(p for p in identite.postes if guichet in (p.guichet, p.cle))
    if not nommes:
        raise GuichetHorsConvention(
            "Guichet\u00a0: il n’est pas de votre convention ce jour. Vérifiez son code, ou faites-le ajouter.",
            champ="guichet",
        )
    if len(nommes) > 1:
        raise GuichetHorsConvention(
            f"Guichet\u00a0: ce code est celui de plusieurs territoires. Indiquez lequel, par exemple {nommes[0].cle}.",
            champ="guichet",
        )
    return nommes


def credit(groupe: Groupe, instant: datetime) -> dict[str, Any]:
    """What :data:`CREDIT` asks with."""
    limite = limite_de(groupe, le=jour(instant))
    pas = instant + MINUTE / limite
    return {"groupe": groupe.value, "instant": instant, "limite": limite, "pas": pas}


def _prendre(convention: Convention, groupe: Groupe, instant: datetime) -> Prise:
    """One call of this group."""
    ligne = lire_ligne(PRENDRE, {"convention": convention.id, **credit(groupe, instant)})
    return Prise(*ligne) if ligne else Prise()


def _cadence(prise: Prise, convention: Convention, groupe: Groupe, instant: datetime) -> cadences.Cadence:
    """What is left. Raises ``CadenceDepassee``."""
    if prise.plein_le is not None:
        return cadence_de(limite=prise.limite, plein_le=prise.plein_le, instant=instant, passe=True)
    lue = Cadence.objects.get(convention=convention, groupe=groupe.value)
    limite = lue.par_minute or limite_de(groupe, le=jour(instant))
    cadence = cadence_de(limite=limite, plein_le=lue.plein_le, instant=instant, passe=False)
    raise CadenceDepassee(
        f"Trop d’appels\u00a0: {cadence.limite} {GROUPES[groupe]} par minute au plus. "
        f"Attendez {cadence.attendre} s.",
        cadence,
    )


def _noter_utilisation(identite: Identite, survenu_le: datetime) -> None:
    """Once a day: that the account and the key are in use."""
    le = jour(survenu_le)
    vu = identite.compte.derniere_utilisation
    if vu is None or jour(vu) < le:
        noter_utilisation(identite.compte.id, survenu_le)
    if identite.cle and identite.utilisee_le != le:
        anciennes = Cle.objects.filter(Q(utilisee_le=None) | Q(utilisee_le__lt=le), pk=identite.cle)
        anciennes.update(utilisee_le=le)


@transaction.atomic
def regler_cadence(convention_id: uuid.UUID, groupe: Groupe, par_minute: int | None, *, acte: Acte) -> None:
    """Give an agreement a rate of its own in one group, or back the dated parameter (``None``).

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (not a number of calls).
    """
    convention = verrouiller(convention_id, acte.acteur, le=jour(acte.survenu_le))
    mandat = exiger_gerer(acte.acteur)
    if par_minute is not None and not 1 <= par_minute <= CADENCE_MAX:
        raise Interdit(f"Appels par minute\u00a0: de 1 à {CADENCE_MAX}. Corrigez-le.", champ=groupe.value)
    Cadence.objects.update_or_create(
        convention=convention,
        groupe=groupe.value,
        defaults={"par_minute": par_minute},
        create_defaults={"par_minute": par_minute, "plein_le": acte.survenu_le},
    )
    faits = {"convention": str(convention.id), "groupe": groupe.value, "par_minute": par_minute}
    inscrire(Entree(VerbeConvention.REGLER_CONVENTION, acte, role=mandat.role, faits=faits))


CADENCE_MAX = 100_000


@dataclass(frozen=True, slots=True)
class AppelFait:
    """What is kept of a call once answered. ``operation``: its name or the pattern of its address; ``adresse``: where
    it came from, of which the network alone is kept; ``dossiers``: how many demandes were given to read.
    """

    operation: str
    statut: int
    duree_ms: int
    correlation: uuid.UUID | None = None
    adresse: str = ""
    dossiers: int = 0


@a_l_annuaire()
def noter_appel(de: Identite | Appelant, fait: AppelFait, *, survenu_le: datetime) -> None:
    """Write a call in the log of its agreement. ``de``: who called, or what was shown, when it was refused before."""
    with connection.cursor() as curseur:
        curseur.execute(NOTER, dits_de_l_appel(de, fait, survenu_le=survenu_le))


def dits_de_l_appel(de: Identite | Appelant, fait: AppelFait, *, survenu_le: datetime) -> dict[str, Any]:
    """What :data:`UN_APPEL` writes."""
    identite = de.identite if isinstance(de, Appelant) else de
    qui = de.acteur if isinstance(de, Appelant) else None
    return {
        "appel": uuid7(),
        "convention": identite.convention.id,
        "cle": identite.cle,
        "territoire": qui.territoire if qui else "",
        "guichet": qui.guichet if qui else "",
        "agent": qui.agent if qui else "",
        "operation": fait.operation,
        "statut": fait.statut,
        "duree": fait.duree_ms,
        "correlation": fait.correlation,
        "dossiers": fait.dossiers,
        "reseau": reseau_de(fait.adresse),
        "survenu_le": survenu_le,
    }


def ligne_d_appel(de: Appelant, fait: AppelFait, *, survenu_le: datetime) -> Appel | None:
    """The unsaved line of a call that registers a demande: written with it, or not at all; none where the log of calls
    is in another cell.
    """
    if plusieurs() and ici() != ANNUAIRE:
        return None
    dits = dits_de_l_appel(de, fait, survenu_le=survenu_le)
    cles = {"id": dits.pop("appel"), "convention_id": dits.pop("convention"), "duree_ms": dits.pop("duree")}
    return Appel(**cles, **dits)


def noter_emission(
    convention: Convention,
    demande_id: uuid.UUID,
    *,
    territoire: str,
    acte: Acte,
    revision: int | None = None,
    reference: str | None = None,
) -> str:
    """Keep the revision that the agreement has just been given of a demande, or its own reference of it, or both; the
    reference as it is now.

    What is not given is left as it is. Raises ``NonHabilite`` (another agreement), ``Interdit`` (reference too long).
    """
    _exiger_notable(convention, reference, acte=acte)
    dits: dict[str, Any] = {
        "territoire": territoire,
        "demande": demande_id,
        "convention": convention.id,
        "reference": reference,
        "revision": revision,
        "le": acte.survenu_le if revision is not None else None,
    }
    with connection.cursor() as curseur:
        curseur.execute(EMETTRE, dits)
        [(connue,)] = curseur.fetchall()
    return str(connue)


def echange_neuf(
    convention: Convention, demande_id: uuid.UUID, *, territoire: str, acte: Acte, reference: str = ""
) -> Echange:
    """The unsaved row of a demande about to be registered by this agreement, which sent its first revision: written
    with it, or not at all. Raises as :func:`noter_emission`.
    """
    _exiger_notable(convention, reference, acte=acte)
    return Echange(
        territoire=territoire,
        demande=demande_id,
        convention=convention,
        reference=reference,
        revision_emise=1,
        emise_le=acte.survenu_le,
    )


def _exiger_notable(convention: Convention, reference: str | None, *, acte: Acte) -> None:
    require(policies.can_noter(convention, acte.acteur), "Cette convention n’est pas la vôtre.")
    if reference is not None and len(reference) > REFERENCE_MAX:
        raise Interdit(
            f"Référence\u00a0: {REFERENCE_MAX} signes au plus. Raccourcissez-la.", champ="reference"
        )


def purger_appels(survenu_le: datetime) -> int:
    """Forget calls older than the dated parameter; returns how many."""
    jours = get_parametres(jour(survenu_le))[ParametresConventions].convention_appels_jours
    avant = debut_du_jour(jour(survenu_le)) - timedelta(days=jours)
    return Appel.objects.filter(survenu_le__lt=avant).delete()[0]
