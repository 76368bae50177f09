"""A theft and its end, by the acts of the register: another guichet takes a demande, two managers put it back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sne.api.contenu import emettre, fusionner
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.actions.tentatives import d_un_bloc
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.demande.selectors.existence import get_revision
from sne.registre.enquete.actions.enquetes import ouvrir_enquete
from sne.registre.modification.actions.modifier import Modification, modifier_demande
from sne.registre.restauration.actions.decider import restaurer
from sne.registre.restauration.actions.demander import demander_restauration
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit

VOLEUR = {"civilite": "1", "nom_naissance": "Zimmer", "prenoms": "Karl", "date_naissance": "1979-01-30"}


def voler(demande: UUID, *, guichet: Acte, un: Acte, autre: Acte) -> None:
    """Taken over by ``guichet`` for somebody else, then put back as it was by two managers; all of it, or nothing.

    Raises ``Interdit``: too old a demande, of which the identity would wait.
    """
    with d_un_bloc():
        avant = get_revision(demande, acteur=un.acteur)
        prise = corriger(demande, {"demandeur": {"identite": VOLEUR}}, acte=guichet)
        if prise.en_attente:
            raise Interdit(
                "SNE-Scenario\u00a0: ce dossier est trop ancien pour être pris, le changement attendrait. "
                "Enregistrez une demande, puis recommencez avec elle."
            )
        enquete = ouvrir_enquete(demande, motif="AUTRE", precision="Scénario de l’École", acte=un)
        requete = demander_restauration(
            enquete, demande, vers=avant, motif="Le ménage n’a rien demandé", a_part=False, acte=un
        )
        restaurer(requete, revision=prise.revision, motif="", acte=autre)


def corriger(demande: UUID, correctif: Mapping[str, Any], *, acte: Acte) -> Modification:
    """Change the demande by a patch of its content (RFC 7396)."""
    revision = get_revision(demande, acteur=acte.acteur)
    contenu = emettre(get_contenu(demande, revision, acteur=acte.acteur))
    voulu = Contenu.model_validate(fusionner(contenu, correctif))
    return modifier_demande(demande, contenu=voulu, revision=revision, motif="", acte=acte)
