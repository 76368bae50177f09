"""Proposing a value of a dated parameter; another person puts it in force, from a day to come, or refuses it."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from sne.habilitations.actions.deux_personnes import signer
from sne.habilitations.models.deux_personnes import REPONSE
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import oublier
from sne.reglages import policies
from sne.reglages.models import PropositionParametre
from sne.reglages.possible import (
    exiger_acceptable,
    exiger_decidable,
    exiger_en_vigueur,
    exiger_proposable,
    exiger_retirable,
)
from sne.reglages.rules.propositions import RAISON_MAX, SOURCE_MAX, Issue, lire_phrase
from sne.reglages.rules.valeurs import dire_valeur, lire_valeur
from sne.reglages.selectors import get_proposition, get_reglage
from sne.reglages.verbes import VerbeReglage
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.identifiants import uuid7

MEME_VALEUR = "Valeur\u00a0: c’est déjà celle de ce jour-là. Changez-la, ou choisissez un autre jour."


@dataclass(frozen=True, slots=True, kw_only=True)
class Saisie:
    """What is proposed, as typed. ``source``: the text or decision that founds it."""

    valeur: str
    debut: date
    source: str
    raison: str


@transaction.atomic
def proposer_parametre(code: str, saisie: Saisie, *, acte: Acte) -> uuid.UUID:
    """Propose another value from a day to come. Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` on its field."""
    _verrouiller()
    reglage = get_reglage(code, le=saisie.debut)
    exiger_proposable(code, acte.acteur)
    valeur = lire_valeur(code, saisie.valeur)
    exiger_en_vigueur(code, valeur, debut=saisie.debut, le=jour(acte.survenu_le))
    if valeur == reglage.lue.valeur:
        raise Interdit(MEME_VALEUR, champ="valeur")
    proposition = PropositionParametre(
        id=uuid7(),
        code=code,
        valeur=valeur,
        debut=saisie.debut,
        source=lire_phrase(
            saisie.source,
            champ="source",
            libelle="Texte ou décision",
            absence="dites ce qui fonde cette valeur.",
            au_plus=SOURCE_MAX,
        ),
        raison=_lire_raison(saisie.raison, champ="raison"),
        auteur=acte.acteur.id,
        proposee_par=acte.acteur.instantane_pour(policies.GERER),
        survenu_le=acte.survenu_le,
    )
    proposition.save(force_insert=True)
    _inscrire(VerbeReglage.PROPOSER_PARAMETRE, proposition, acte)
    return proposition.id


@transaction.atomic
def accepter_parametre(proposition_id: uuid.UUID, *, acte: Acte) -> None:
    """Put in force, from its day, what somebody else proposed: the database adds the value itself.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    proposition = _prendre(proposition_id)
    exiger_acceptable(get_proposition(proposition_id), acte.acteur, le=jour(acte.survenu_le))
    _repondre(proposition, Issue.ACCEPTEE, "", VerbeReglage.ACCEPTER_PARAMETRE, acte)
    transaction.on_commit(oublier)


@transaction.atomic
def refuser_parametre(proposition_id: uuid.UUID, *, motif: str, acte: Acte) -> None:
    """Refuse what somebody else proposed, and say why. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    proposition = _prendre(proposition_id)
    exiger_decidable(get_proposition(proposition_id), acte.acteur)
    dit = _lire_raison(motif, champ="motif")
    _repondre(proposition, Issue.REFUSEE, dit, VerbeReglage.REFUSER_PARAMETRE, acte)


@transaction.atomic
def retirer_parametre(proposition_id: uuid.UUID, *, acte: Acte) -> None:
    """Take back what one proposed oneself. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    proposition = _prendre(proposition_id)
    exiger_retirable(get_proposition(proposition_id), acte.acteur)
    _repondre(proposition, Issue.RETIREE, "", VerbeReglage.RETIRER_PARAMETRE, acte)


def _verrouiller() -> None:
    """Two values that hold each by itself may not hold together: one change at a time."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext('sne:reglages'))")


def _prendre(proposition_id: uuid.UUID) -> PropositionParametre:
    """Raises ``Introuvable``."""
    _verrouiller()
    return PropositionParametre.objects.select_for_update().get(id=get_proposition(proposition_id).id)


def _repondre(
    proposition: PropositionParametre, issue: Issue, motif: str, verbe: VerbeReglage, acte: Acte
) -> None:
    signer(proposition, permission=policies.GERER, territoire="", acte=acte)
    proposition.issue, proposition.motif = issue.value, motif
    proposition.save(update_fields=[*REPONSE, "issue", "motif"])
    _inscrire(verbe, proposition, acte)


def _lire_raison(texte: str, *, champ: str) -> str:
    return lire_phrase(
        texte, champ=champ, libelle="Motif", absence="dites pourquoi, en une phrase.", au_plus=RAISON_MAX
    )


def _inscrire(verbe: VerbeReglage, proposition: PropositionParametre, acte: Acte) -> None:
    faits = {
        "proposition": str(proposition.id),
        "parametre": proposition.code,
        "valeur": dire_valeur(proposition.valeur),
        "debut": proposition.debut.isoformat(),
    }
    inscrire(Entree(verbe, acte, faits=faits))
