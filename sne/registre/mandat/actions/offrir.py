"""Side by side: a helper types the number and the birth date of a person, signs first; the person answers online.

Whether the two go together is said to the person alone, where the demande reaches them.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from sne.demandeurs.actions import compter
from sne.demandeurs.rules.limites import Limite
from sne.habilitations.rules import Permission
from sne.habilitations.selectors.aidants import list_adresses, list_organismes_aidants
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules import numero_unique
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.demande.rules.mandat_aide import Portee, StatutMandat
from sne.registre.joindre.selectors.aidants import list_courriels_de_l_organisme
from sne.registre.mandat import policies
from sne.registre.mandat.actions.autoriser import AUCUNE, QUELLE_DUREE, signature
from sne.registre.mandat.parametres import ParametresMandat
from sne.registre.mandat.possible import exiger_consentable, exiger_offrable
from sne.registre.mandat.rules.mandat import (
    DE_CE_JOUR,
    VERSION_OFFERTE,
    durees,
    empreinte_de,
    exiger_portees,
    texte_signe,
)
from sne.registre.mandat.selectors.contacts import joignent_le_foyer
from sne.registre.mandat.selectors.empechements import get_empechement_de
from sne.registre.mandat.verbes import VerbeMandat
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.identifiants import uuid7
from sne.socle.lignes import trouver

QUEL_NUMERO = "Recopiez les 18 signes du numéro de la demande, imprimés sur l’attestation."
TROP_D_OFFRES = (
    "Vous avez offert votre aide à autant de personnes que possible en un jour ({nombre}). Revenez demain."
)


@dataclass(frozen=True, slots=True)
class AideOfferte:
    """What a helper offers to whom sits beside them. ``jours``: from the day when the person signs."""

    numero: str
    naissance: date
    portees: Collection[Portee]
    jours: int


@transaction.atomic
def offrir_aide(dite: AideOfferte, *, acte: Acte) -> None:
    """Sign for the body, for the person to answer; nothing says whether there is such a person.

    Raises ``NonHabilite``, ``Interdit`` on the field.
    """
    exiger_offrable(acte.acteur)
    parametres = get_parametres(jour(acte.survenu_le))[ParametresMandat]
    try:
        nud = numero_unique.lire(dite.numero)
    except numero_unique.NumeroInvalide as exc:
        raise Interdit(QUEL_NUMERO, champ="numero") from exc
    portees = exiger_portees(dite.portees)
    if dite.jours not in durees(parametres.mandat_duree_max_jours):
        raise Interdit(QUELLE_DUREE, champ="jours")
    limite = Limite("mandat:offres", parametres.mandat_offres_par_jour, timedelta(days=1))
    if compter(limite, str(acte.acteur.id), instant=acte.survenu_le) > limite.nombre:
        raise Interdit(TROP_D_OFFRES.format(nombre=limite.nombre))
    personne = _trouver(str(nud), dite.naissance, acte)
    if personne is not None:
        avant = jour(acte.survenu_le) + timedelta(days=parametres.mandat_acceptation_jours)
        _offrir(personne, portees, dite.jours, avant, acte=acte)


def _trouver(nud: str, naissance: date, acte: Acte) -> Personne | None:
    """The applicant of this number, born that day, of a territory where they help."""
    territoires = [territoire for territoire, _ in policies.corps_de(acte.acteur)]
    candidats = Personne.objects.filter(
        demande__nud=nud, demande__territoire__in=territoires, role="DEMANDEUR"
    )
    return candidats.filter(identite_courante__date_naissance=naissance, retire_le=None).first()


def _offrir(personne: Personne, portees: tuple[Portee, ...], jours: int, avant: date, *, acte: Acte) -> None:
    """The row, unless nobody may help on that demande now, or the same body does already."""
    mandat = _signer(personne, portees, jours, avant, acte=acte)
    offre = Acte(policies.aidant_sous(acte.acteur, mandat), acte.survenu_le)
    demande = lock_demande(personne.demande_id, acteur=offre.acteur)
    siens = list_courriels_de_l_organisme(demande.territoire, mandat.organisme, le=jour(acte.survenu_le))
    deja = MandatAide.objects.filter(demande=demande, organisme=mandat.organisme, clos_le=None)
    if (
        demande.statut not in OUVERTES
        or get_empechement_de(demande)
        or joignent_le_foyer(demande, siens | {mandat.courriel})
        or deja.exists()
    ):
        return
    mandat.save(force_insert=True)
    dire(VerbeMandat.OFFRIR_MANDAT, demande, acte=offre, faits=signature(mandat))


def _signer(
    personne: Personne, portees: tuple[Portee, ...], jours: int, avant: date, *, acte: Acte
) -> MandatAide:
    """The row, signed by the helper, not written yet."""
    organisme = dict(sorted(policies.corps_de(acte.acteur)))[personne.territoire]
    nom = list_organismes_aidants(personne.territoire, le=jour(acte.survenu_le))[organisme]
    return MandatAide(
        id=uuid7(),
        territoire=personne.territoire,
        demande_id=personne.demande_id,
        personne=personne,
        identite_id=personne.identite_courante_id,
        organisme=organisme,
        organisme_nom=nom,
        courriel=list_adresses({acte.acteur.id})[acte.acteur.id],
        portees=[str(portee) for portee in portees],
        jours=jours,
        accepter_avant=avant,
        texte=VERSION_OFFERTE,
        empreinte=empreinte_de(texte_signe(nom, portees, jours, debut=DE_CE_JOUR)),
        statut=StatutMandat.OFFERT,
        aidant=acte.acteur.id,
        aidant_par=acte.acteur.instantane_pour(Permission.MANDAT_TENIR, personne.territoire),
        accepte_le=acte.survenu_le,
        survenu_le=acte.survenu_le,
    )


@transaction.atomic
def consentir_a_l_aide(visite: Visite, mandat_id: uuid.UUID, *, survenu_le: datetime) -> date:
    """The person signs what was offered to them; the last day of it.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit``.
    """
    acte, le = Acte(visite.acteur, survenu_le), jour(survenu_le)
    demande = lock_demande(visite.lien.demande_id, acteur=acte.acteur)
    mandat = trouver(MandatAide.objects.filter(id=mandat_id, demande=demande), AUCUNE)
    exiger_consentable(mandat, demande, visite, le=le)
    jusqu_au: date = le + timedelta(days=mandat.jours)
    mandat.statut, mandat.compte, mandat.jusqu_au = StatutMandat.ACTIF, visite.compte, jusqu_au
    mandat.save(update_fields=["statut", "compte", "jusqu_au"])
    dire(VerbeMandat.CONSENTIR_MANDAT, demande, acte=acte, faits=signature(mandat))
    return jusqu_au
