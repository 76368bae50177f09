"""Whether a place may be read, a figure opened, a report taken away, a decision taken: asked by acts and pages."""

import uuid
from datetime import datetime

from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne, exiger_meme_personne
from sne.infocentre.rapports import policies
from sne.infocentre.rapports.models import Indicateur, RapportDecision
from sne.infocentre.rapports.rules.lieux import Lieu, Portee
from sne.infocentre.rapports.rules.vie import Decision, refuser
from sne.infocentre.rapports.selectors.versions import RapportLu
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite, require

HORS = "Ce lieu n’existe pas, ou n’est pas dans votre périmètre."
SANS_RAPPORT = "Ce rapport n’existe pas, ou ne se lit pas avec votre rôle."
LE_SIEN = "Vous avez proposé cette décision. Une autre personne du pôle métier doit la valider."
SA_DEFINITION = "Vous avez proposé cette définition. Une autre personne du pôle métier doit la publier."
PAS_SA_DEFINITION = "Seule la personne qui a proposé cette définition peut la retirer."
PAS_LE_SIEN = "Seule la personne qui a proposé cette décision peut la retirer."


def exiger_lire(acteur: Acteur, lieu: Lieu | None) -> Portee:
    """What they read of this place. Raises ``Introuvable`` when it is out of their perimeter, or does not exist."""
    portee = policies.portee_de(acteur, lieu) if lieu else None
    if portee is None:
        raise Introuvable(HORS)
    return portee


def exiger_rapport(acteur: Acteur, rapport: str) -> None:
    """Whether they read this report, wherever it is. Raises ``Introuvable``: to them it does not exist."""
    if not policies.can_lire_le_rapport(acteur, rapport):
        raise Introuvable(SANS_RAPPORT)


def exiger_ouvrir(acteur: Acteur, lieu: Lieu | None, mesures: frozenset[str]) -> Portee:
    """Of which counters they open the files behind a figure. Raises ``Introuvable``, ``NonHabilite``."""
    lue = exiger_lire(acteur, lieu)
    ouverte = policies.portee_de(acteur, lue.lieu, Permission.RAPPORT_DETAIL)
    if ouverte is None:
        raise NonHabilite(sans_droit(Permission.RAPPORT_DETAIL))
    require(
        policies.can_ouvrir_la_mesure(acteur, mesures, ouverte.territoires), sans_droit(Permission.DALO_LIRE)
    )
    return ouverte


def exiger_emporter(acteur: Acteur, lieu: Lieu | None) -> Portee:
    """What they take away of this place in a file. Raises ``Introuvable``, ``NonHabilite``."""
    lue = exiger_lire(acteur, lieu)
    emportee = policies.portee_de(acteur, lue.lieu, Permission.RAPPORT_EXPORTER)
    if emportee is None:
        raise NonHabilite(sans_droit(Permission.RAPPORT_EXPORTER))
    return emportee


def exiger_publier(acteur: Acteur) -> None:
    """Whether they decide of reports. Raises ``NonHabilite``."""
    require(policies.can_publier(acteur), sans_droit(Permission.RAPPORT_PUBLIER))


def exiger_definir(acteur: Acteur) -> None:
    """Whether they write indicators and versions. Raises ``NonHabilite``."""
    require(policies.can_definir(acteur), sans_droit(Permission.INDICATEUR_DEFINIR))


def exiger_definition_libre(code: str) -> None:
    """Whether no definition of this indicator waits for an answer. Raises ``Interdit``."""
    if Indicateur.objects.filter(code=code, clos_le=None).exists():
        raise Interdit("Une définition attend déjà. Publiez-la, refusez-la ou retirez-la d’abord.")


def exiger_publier_definition(acteur: Acteur, auteur: uuid.UUID) -> None:
    """Whether they answer the definition that somebody else proposed. Raises ``NonHabilite``, ``Interdit``."""
    exiger_definir(acteur)
    exiger_autre_personne(acteur, auteur, sinon=SA_DEFINITION)


def exiger_retirer_definition(acteur: Acteur, auteur: uuid.UUID) -> None:
    """Whether they take their own definition back. Raises ``NonHabilite``, ``Interdit``."""
    exiger_definir(acteur)
    exiger_meme_personne(acteur, auteur, sinon=PAS_SA_DEFINITION)


def exiger_decision(rapport: RapportLu, decision: Decision, *, instant: datetime) -> None:
    """Whether this may be decided of that version now. Raises ``Interdit``, beside the date or the name."""
    if phrase := refuser(rapport.vies, decision, instant=instant):
        raise Interdit(phrase, champ="nom" if "nom" in phrase else "prend_effet_le")


def exiger_proposer(acteur: Acteur, rapport: RapportLu, decision: Decision, *, instant: datetime) -> None:
    """Whether they propose this decision now: one waits at a time. Raises ``NonHabilite``, ``Interdit``."""
    exiger_publier(acteur)
    version = rapport.versions[decision.numero]
    if RapportDecision.objects.filter(version=version.id, clos_le=None).exists():
        raise Interdit(
            "Une décision attend déjà sur cette version. Validez-la, refusez-la ou retirez-la d’abord."
        )
    exiger_decision(rapport, decision, instant=instant)


def exiger_valider(acteur: Acteur, auteur: uuid.UUID) -> None:
    """Whether they answer what somebody else proposed. Raises ``NonHabilite``, ``Interdit``."""
    exiger_publier(acteur)
    exiger_autre_personne(acteur, auteur, sinon=LE_SIEN)


def exiger_retirer(acteur: Acteur, auteur: uuid.UUID) -> None:
    """Whether they take their own proposal back. Raises ``NonHabilite``, ``Interdit``."""
    exiger_publier(acteur)
    exiger_meme_personne(acteur, auteur, sinon=PAS_LE_SIEN)
