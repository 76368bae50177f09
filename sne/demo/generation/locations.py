"""Dwellings let by the landlords of the fictional territory, and what they declared of them to RPLS: not the same.

One landlord declares more than the register knows, one less, one let nothing, one declared nothing: each way that a
deficit is read.
"""

import io
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from sne.demo.comptes import TERRITOIRE
from sne.demo.generation.comptoir import titulaire
from sne.demo.generation.menages import Generateur
from sne.habilitations.rules import SYSTEME, Role, mandat
from sne.infocentre.rpls.actions import charger_rpls
from sne.infocentre.rpls.rules import ENTETE
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.faits.actions.attributions import consigner_attribution
from sne.registre.faits.actions.decisions import consigner_decision
from sne.registre.faits.rules.attributions import AttributionSaisie
from sne.registre.faits.rules.decisions import DecisionSaisie
from sne.registre.faits.rules.faits import Correction, NatureFait
from sne.registre.faits.selectors.faits import list_faits
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Perimetre
from sne.socle.erreurs import Introuvable, Refus
from sne.socle.horloge import PARIS, jour

PREMIER = 700  # before it, households have stories of their own
DERNIER = 6_000
COMMISSION = timedelta(days=4)  # before the lease
CLASSEE = 3  # one decision in so many ranks several candidates
CALME = timedelta(days=7)  # between the last act of a household and its lease
AURETTE, LOGIS, COOPERATIVE = "999000011", "999000029", "999000037"
QUOTAS = {"G0991": (14, 12), "G0992": (8, 10), "G1011": (9, 7), "G1006": (5, 5)}
"""By counter of a landlord: dwellings let last year, as far as households allow, and this year."""
BAILLEURS = {"G0991": AURETTE, "G0992": AURETTE, "G1011": LOGIS, "G1006": "999000045"}
SANS_NUMERO = 7  # one lease in so many has no RPLS identifier
OUBLIES = 2  # leases of each landlord that RPLS does not know
NON_PORTES = {AURETTE: 10}  # leases that RPLS knows and no allocation bears
PARC = {AURETTE: 90, LOGIS: 60, COOPERATIVE: 14}  # dwellings let before, or vacant
VACANT = 9  # one in so many


@dataclass(frozen=True, slots=True)
class Location:
    """One household housed: by which counter, lease and striking-off, the dwelling (empty: no identifier known)."""

    rang: int
    guichet: str
    bail: date
    radiee_le: date
    rpls: str
    reservataire: str

    @property
    def bailleur(self) -> str:
        return BAILLEURS[self.guichet]


def list_locations(generateur: Generateur, taille: int) -> tuple[Location, ...]:
    """Who is housed, the same at each call on one day; nobody in a territory too small for it."""
    jour = generateur.decor.jour
    fin = date(jour.year - 1, 12, 31)
    anciennes = [g for g, (nombre, _) in QUOTAS.items() for _ in range(nombre)]
    recentes = [g for g, (_, nombre) in QUOTAS.items() for _ in range(nombre)]
    trouvees = []
    for rang in range(PREMIER, min(taille, DERNIER)):
        if not anciennes and not recentes:
            break
        vie = generateur.vie(rang)
        depuis = max((vie.depot, *vie.renouvellements)) + CALME
        restent, avant = (anciennes, fin) if depuis <= fin and anciennes else (recentes, jour - CALME * 3)
        if vie.statut is Statut.ACTIVE and depuis <= avant and restent:
            trouvees.append(_tirer(rang, restent.pop(), depuis, min(avant, depuis + CALME * 8)))
    return tuple(trouvees)


def _tirer(rang: int, guichet: str, depuis: date, avant: date) -> Location:
    hasard = Random(f"locations/{rang}")  # noqa: S311 - invented data
    bail = depuis + timedelta(days=hasard.randint(0, (avant - depuis).days))
    return Location(
        rang=rang,
        guichet=guichet,
        bail=bail,
        radiee_le=bail + timedelta(days=hasard.choice((1, 2, 3, 5, 8, 9, 14, 20))),
        rpls=f"VA{rang:08d}" if rang % SANS_NUMERO else "",
        reservataire=hasard.choice(("AUCUN", "AUCUN", "PPRIOR", "COLTER")),
    )


def jouer_locations(generateur: Generateur, taille: int) -> int:
    """Record what the commission decided, each allocation, and strike the household off, through the true doors; how
    many. Those done are left.
    """
    return sum(_louer(generateur, location) for location in list_locations(generateur, taille))


def _saisie(location: Location) -> AttributionSaisie:
    saisie = AttributionSaisie(
        jour=location.bail,
        bail_signe=True,
        deja_loge="NON",
        accord="AUCUN",
        reservataire=location.reservataire,
        bail_signe_le=location.bail,
        rpls=location.rpls,
    )
    if location.rpls:
        return saisie
    return replace(saisie, commune="99001", type_logement="T3", surface=Decimal(60), loyer=Decimal(400))


def _louer(generateur: Generateur, location: Location) -> bool:
    demande, acte = generateur.cle(location.rang), Acte(_agent(location), _midi(location.radiee_le))
    saisie = _saisie(location)
    rang = 0 if location.rang % CLASSEE else 1
    decision = DecisionSaisie(
        code="ATTR_RANG" if rang else "ATTR", jour=location.bail - COMMISSION, rang=rang or None
    )
    try:
        consigner_decision(demande, decision, acte=replace(acte, survenu_le=_midi(decision.jour)))
        consigner_attribution(demande, saisie, acte=acte)
        radier_demande(demande, FaitsRadiation(MotifRadiation.RADATT), acte=acte)
    except Refus:  # struck off by an interrupted start, or by whoever uses the demonstration
        return False
    return True


def corriger_un_contingent(generateur: Generateur, taille: int, *, instant: datetime) -> bool:
    """The contingent of one lease of a month that is over was typed wrong: corrected once it was counted; whether it
    was now.
    """
    louees = [x for x in list_locations(generateur, taille) if x.reservataire == "PPRIOR"]
    for location in sorted(louees, key=lambda x: x.bail, reverse=True):
        if location.bail >= jour(instant).replace(day=1):
            continue
        acte = Acte(_agent(location), instant)
        with suppress(Introuvable):  # nobody was housed there
            attributions = _attributions(generateur.cle(location.rang), acte)
            if len(attributions) > 1:
                return False
            for fait in attributions:
                saisie = _saisie(replace(location, reservataire="COLTER"))
                saisie = replace(saisie, correction=Correction(fait, "Contingent mal saisi"))
                consigner_attribution(generateur.cle(location.rang), saisie, acte=acte)
                return True
    return False


def _attributions(demande: uuid.UUID, acte: Acte) -> list[uuid.UUID]:
    lus = list_faits(demande, acteur=acte.acteur, le=jour(acte.survenu_le))
    return [fait.id for fait in lus if fait.nature is NatureFait.ATTRIBUTION]


def _agent(location: Location) -> Acteur:
    """Who types at that landlord’s counter."""
    ici = Perimetre(TERRITOIRE, location.guichet)
    return Acteur(
        id=SYSTEME,
        nom="Agent fictif du bailleur",
        canal=Canal.GUICHET,
        mandats=(mandat(Role.AGENT_GUICHET, ici, organisme=location.bailleur),),
        guichet=location.guichet,
        territoire=TERRITOIRE,
    )


def _midi(jour: date) -> datetime:
    return datetime.combine(jour, time(12), tzinfo=PARIS)


def charger_millesimes(generateur: Generateur, taille: int, *, instant: datetime) -> int:
    """What landlords declared of last year, then of the year before, as the owner of the tables; how many lines."""
    annee = generateur.decor.jour.year - 1
    louees = [x for x in list_locations(generateur, taille) if x.bail.year == annee]
    acte = Acte(titulaire(Role.EXPLOITATION_NATIONALE, maintenant=instant), instant)
    lues = 0
    for millesime, connues in ((annee, louees[::2]), (annee + 1, louees)):
        extrait = "\n".join([";".join(ENTETE), *_extrait(connues, millesime)]) + "\n"
        bilan = charger_rpls(
            io.BytesIO(extrait.encode()), millesime=millesime, rejets=io.StringIO(), acte=acte
        )
        lues += bilan.lignes
    return lues


def _extrait(louees: Iterable[Location], millesime: int) -> Iterator[str]:
    """The lines of a vintage: dwellings of the park, those let in its year, and two that are left out."""
    annee = millesime - 1
    for siren, nombre in PARC.items():
        for n in range(nombre):
            vacant = not n % VACANT
            bail = "" if vacant else f"{n % 12 + 1:02d}/{annee - 1 - n % 6}"
            yield _ligne(f"P{siren[-3:]}{n:06d}", siren, "2" if vacant else "1", bail)
        for n in range(NON_PORTES.get(siren, 0)):
            yield _ligne(f"N{siren[-3:]}{n:06d}", siren, "1", f"{n % 12 + 1:02d}/{annee}")
        connues = [x for x in louees if x.bailleur == siren and x.rpls][OUBLIES:]
        yield from (_ligne(x.rpls, siren, "1", f"{x.bail:%m}/{annee}") for x in connues)
    yield _ligne("R000000001", AURETTE, "8", "")
    yield _ligne("R000000002", AURETTE, "1", f"13/{annee}")


def _ligne(ident: str, siren: str, mode: str, bail: str) -> str:
    return f"{ident};{ident[-6:]};{siren};99001;3;64;{mode};{bail};412.50;2"
