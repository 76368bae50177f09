"""Whether what was explained may be recorded, an earlier date decided now, by this actor: asked by the acts, and by
whoever offers them.
"""

from sne.habilitations.actions.deux_personnes import exiger_sans_reponse
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.policies import Situee
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.depot import policies
from sne.registre.depot.models import DecisionAnteriorite
from sne.registre.depot.rules.anteriorite import exiger_decidable
from sne.registre.enquete.rules.gel import Gel, exiger_non_gele
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable, require


def exiger_egalite_consignable(demande: Situee, acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(
        policies.can_consigner_egalite(acteur, demande),
        "Votre rôle ne permet pas de consigner ce qui a été expliqué. Adressez-vous au guichet qui suit le dossier.",
    )


def exiger_date_decidable(
    demande: Demande, acteur: Acteur, *, requete: RequeteAnteriorite | None, gel: Gel | None
) -> RequeteAnteriorite:
    """The request that waits, if it is theirs to answer; which answer is another question.

    Raises ``Introuvable`` (none, or not of this role), ``Interdit`` (its author, an answer given, a demande that has
    ended), ``DossierFige``.
    """
    if requete is None or not policies.can_decider_anteriorite(acteur, demande):
        raise Introuvable("Aucune date à décider dans votre périmètre sous cet identifiant.")
    exiger_autre_personne(
        acteur, requete.auteur, sinon="Vous avez demandé cette date. Une autre personne doit décider."
    )
    exiger_sans_reponse(DecisionAnteriorite(requete=requete))
    exiger_decidable(Statut(demande.statut))
    exiger_non_gele(gel, ce_qui_attend="La décision sur la date de dépôt")
    return requete
