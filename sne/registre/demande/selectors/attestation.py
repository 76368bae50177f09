"""What an attestation prints, and what its verification answers: identity in force, never one that waits."""

import uuid
from dataclasses import dataclass
from datetime import date

from sne.habilitations.rules import Permission
from sne.registre.contenu.rules import arbre
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.rules.effacement import demande_absente
from sne.registre.demande.selectors.effacement import get_effacement
from sne.registre.demande.selectors.etat import assembler
from sne.socle.acteur import Acteur
from sne.socle.replique import connection


@dataclass(frozen=True, slots=True)
class DonneesDemande:
    """Facts of one demande at its present revision. ``date_depot`` is the seniority title's; the identity is in force.

    ``base_validite``: last renewal, else initial deposit, from which validity counts (CCH R441-2-7). ``courriel``:
    whether an e-mail address is known; ``accompagne``: whether the household is helped in its steps.
    """

    demande_id: uuid.UUID
    territoire: str
    nud: str
    revision: int
    version_id: uuid.UUID
    statut: str
    nom_naissance: str
    nom_usage: str
    prenoms: str
    date_depot: date
    base_validite: date
    date_expiration: date
    titulaire: str
    date_enregistrement: date
    date_dernier_renouvellement: date | None
    guichet_createur: str
    guichet_gestionnaire: str
    courriel: bool
    accompagne: bool


# One statement, without objects of the ORM: issuing costs little more than drawing the page (docs/performance.md). The
# names are those of the identity in force; an association and contacts are read in the stored document, which is not
# assembled.
LIRE = """
SELECT d.id, d.territoire, d.nud, v.numero, v.id, v.statut,
    coalesce(i.nom_naissance, v.contenu #>> '{association,nom}', ''), coalesce(i.nom_usage, ''),
    coalesce(i.prenoms, ''),
    coalesce(d.anciennete_heritee, v.date_depot), coalesce(v.date_dernier_renouvellement, v.date_depot),
    v.date_expiration, d.titulaire,
    d.date_enregistrement, v.date_dernier_renouvellement, d.guichet_createur, v.guichet_gestionnaire,
    coalesce(v.contenu -> 'demandeur', v.contenu -> 'association') #>> '{contact,courriel}' IS NOT NULL,
    coalesce((v.contenu #>> '{accompagnant,accompagne}')::boolean, false)
FROM demande d
JOIN version v ON v.id = d.version_courante_id
LEFT JOIN LATERAL (
    SELECT x.nom_naissance, x.nom_usage, x.prenoms FROM identite x JOIN personne p ON p.id = x.personne_id
    WHERE x.id = ANY (v.identites) AND p.role = 'DEMANDEUR' LIMIT 1
) i ON true
WHERE d.id = %s AND d.statut <> 'PURGEE'
"""


def get_donnees(demande_id: uuid.UUID, *, acteur: Acteur) -> DonneesDemande:
    """Facts to print. Raises ``Introuvable`` outside the actor's perimeter, ``Efface`` once erased."""
    with connection.cursor() as curseur:
        curseur.execute(LIRE, [demande_id])
        ligne = curseur.fetchone()
    donnees = DonneesDemande(*ligne) if ligne else None
    if donnees is None or not acteur.peut(Permission.DEMANDE_LIRE, donnees.territoire, demande=demande_id):
        effacement = get_effacement(acteur, demande_id=demande_id)
        raise demande_absente(effacement, "Aucun dossier dans votre périmètre sous ce numéro.")
    return donnees


def get_statut(demande_id: uuid.UUID) -> tuple[str, date] | None:
    """Status and last day of validity, for the public verification page: names nobody."""
    return Demande.objects.filter(id=demande_id).values_list("statut", "date_expiration").first()


def get_contenu_d_alors(demande_id: uuid.UUID, revision: int) -> arbre.Contenu:
    """What was declared at that revision, without health, with the identities then in force."""
    return assembler(Version.objects.get(demande=demande_id, numero=revision), avec_sante=False)


def get_contenu_declare(version_id: uuid.UUID) -> arbre.Contenu:
    """What was declared in that version, without health: the summary that a full attestation prints."""
    return assembler(Version.objects.get(id=version_id), avec_sante=False)
