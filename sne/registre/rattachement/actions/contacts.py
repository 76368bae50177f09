"""An adult of a demande changes their own e-mail or mobile online: codes asked for, then typed, then the act.

Known by the State a few minutes ago, a code at the new contact is enough. Who came by a code has to read one at every
other contact of theirs too. The others are told by the notice of any change of contact, at the addresses of before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sne.demandeurs.actions import demander_codes_de_changement, oublier_changement
from sne.demandeurs.rules.codes import Changement, Cible
from sne.demandeurs.selectors import get_langue
from sne.notifications.rules import Canal
from sne.registre.contenu.rules import arbre
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.personne import EtatCourriel
from sne.registre.demande.selectors.etat import assembler
from sne.registre.joindre.verbes import VerbeJoindre
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.modification.actions.revision.preparer import preparer
from sne.registre.rattachement import policies
from sne.registre.rattachement.possible import exiger_contact_changeable
from sne.registre.rattachement.rules.contacts import avec_adresse, canal_de, exiger_nouvelle, sien
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.langues import FRANCAIS

CODES_INSUFFISANTS = (
    "Votre demande a changé depuis que ces codes sont partis. Recommencez avec de nouveaux codes."
)


@dataclass(frozen=True, slots=True)
class _Changement:
    """The demande, locked; its content once changed; the contacts where a code has to go besides the new one."""

    demande: Demande
    contenu: arbre.Contenu
    cles: tuple[str, ...]
    acte: Acte


@transaction.atomic
def demander_changement(
    visite: Visite, nouvelle: str, *, session: bytes, reseau: str, survenu_le: datetime
) -> bool:
    """Have the codes sent that this change takes; whether they are, too many being counted by contact, by demande and
    by network.

    What the register would refuse once they are typed is refused now. Raises ``NonHabilite``, ``Introuvable``,
    ``DepotIncomplet``, ``Interdit`` (``ContactRetenu``, ``DossierFige``).
    """
    prevu = _prevoir(visite, nouvelle, survenu_le)
    preparer(prevu.demande, Saisie(prevu.contenu, prevu.demande.revision, {}), acte=prevu.acte)
    lien = visite.lien
    changement = Changement(territoire=lien.territoire, demande=lien.demande_id, personne=lien.personne_id)
    return demander_codes_de_changement(
        session,
        changement,
        (nouvelle, *prevu.cles),
        reseau=reseau,
        survenu_le=survenu_le,
        langue=get_langue([visite.compte]) or FRANCAIS,
    )


@transaction.atomic
def changer_contact(visite: Visite, cibles: Sequence[Cible], *, session: bytes, survenu_le: datetime) -> None:
    """Put the contact in force whose code was typed, with those of ``cibles`` that it takes: the new one first.

    One revision, told as any change is; a new e-mail is a verified one. Raises as :func:`demander_changement`, and
    ``Interdit`` when the codes are no longer enough.
    """
    nouvelle, *prouvees = (cible.contact for cible in cibles)
    prevu = _prevoir(visite, nouvelle, survenu_le)
    siennes = {(visite.lien.demande_id, visite.lien.personne_id)}
    if {(c.demande, c.personne) for c in cibles} != siennes or not set(prevu.cles) <= set(prouvees):
        raise Interdit(CODES_INSUFFISANTS)
    demande = prevu.demande
    modifier_demande(demande.id, contenu=prevu.contenu, revision=demande.revision, acte=prevu.acte)
    if canal_de(nouvelle) is Canal.COURRIEL:
        personne = visite.lien.personne_id
        Personne.objects.filter(id=personne).update(courriel_etat=EtatCourriel.VERIFIEE)
        faits = {"personnes": [str(personne)]}
        demande.refresh_from_db()
        dire(VerbeJoindre.VERIFIER_COURRIEL, demande, acte=prevu.acte, faits=faits)
    oublier_changement(session, demande.id)


def _prevoir(visite: Visite, nouvelle: str, le: datetime) -> _Changement:
    lien = visite.lien
    acteur = policies.titulaire_de_contacts(
        visite.compte,
        territoire=lien.territoire,
        demande=lien.demande_id,
        niveau=visite.presence.niveau,
        titulaire=lien.titulaire,
    )
    demande = lock_demande(lien.demande_id, acteur=acteur)
    cles = exiger_contact_changeable(demande, visite, le=le)
    contenu = assembler(demande.version_courante, avec_sante=False)
    reference, adulte = sien(contenu, lien.personne_id)
    exiger_nouvelle(nouvelle, adulte.contact, accompagnant=contenu.accompagnant.courriel)
    change = arbre.avec_contact(contenu, reference, avec_adresse(adulte.contact, nouvelle))
    return _Changement(demande, change, cles, Acte(acteur, le))
