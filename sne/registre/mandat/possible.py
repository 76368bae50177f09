"""May a helper be authorised, accept, act, be stopped: by whom, now."""

from datetime import date

from sne.demandeurs.rules.niveaux import Geste, Voie
from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.aidants import list_adresses
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.demande.rules.mandat_aide import StatutMandat
from sne.registre.mandat import policies
from sne.registre.mandat.parametres import ParametresMandat
from sne.registre.mandat.rules.mandat import DECIDEE, FINIE, IDENTITE, SOI_MEME
from sne.registre.mandat.rules.proche import DE_LA_DEMANDE, TROP_AIDES, TROP_D_INVITATIONS
from sne.registre.mandat.selectors.contacts import joignent_le_foyer
from sne.registre.mandat.selectors.empechements import get_empechement, get_empechement_de, is_meme_identite
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.rattachement.selectors.liens import list_liens
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.vie.selectors.arrets import get_arret
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, require
from sne.socle.horloge import debut_du_jour

EN_SON_NOM = "Pour aider un proche, connectez-vous avec FranceConnect, en votre nom."
AUCUN = "Aucune autorisation de ce numéro pour votre organisme."
PAS_LE_DEMANDEUR = "Seule la personne qui fait la demande peut autoriser un organisme à l’aider."
ARRETEE = "Cette demande de logement est arrêtée. Allez dans un guichet."
CONTACT_DE_L_AIDANT = (
    "L’adresse électronique de votre demande est celle de cet organisme, qui lirait vos messages et vos codes. Donnez "
    "d’abord la vôtre, dans «\u00a0Mon adresse électronique et mon téléphone\u00a0»."
)
MEME_ADRESSE = (
    "L’adresse électronique de cette demande est la vôtre. La personne doit d’abord en donner une que vous ne lisez "
    "pas."
)
DEJA = "Vous avez déjà autorisé cet organisme. Arrêtez d’abord cette aide pour en changer les limites."
ARRETEE_ICI = "Cette demande est arrêtée. Rien ne peut y être enregistré."
PAS_EN_LIGNE = "Pour cette demande, aucun organisme n’agit en ligne en ce moment. Faites la démarche ici."
DEJA_ACCEPTEE = "Cette aide est déjà acceptée."
TROP_TARD = "Le délai pour accepter cette aide est passé. La personne peut vous autoriser de nouveau."
TROP_TARD_POUR_CONSENTIR = (
    "Le délai pour accepter cette aide est passé. L’organisme peut vous l’offrir de nouveau."
)
A_ARRETER = "La personne a demandé d’arrêter sa demande. Elle seule peut la garder."


def exiger_autorisable(visite: Visite, demande: Demande) -> None:
    """This session may authorise a helper on this demande. Raises ``NonHabilite``, ``Interdit``."""
    exiger_geste(Geste.DONNER_MANDAT, visite.presence)
    if not visite.lien.titulaire:
        raise Interdit(PAS_LE_DEMANDEUR)
    if demande.statut not in OUVERTES:
        raise Interdit(ARRETEE)
    _exiger_aidable(demande)


def exiger_offrable(acteur: Acteur) -> None:
    """Whoever helps, for a body. Raises ``NonHabilite``."""
    require(policies.can_offrir(acteur), sans_droit(Permission.MANDAT_TENIR))


def exiger_consentable(mandat: MandatAide, demande: Demande, visite: Visite, *, le: date) -> None:
    """By the person, in time, to what a helper offered them and signed. Raises ``NonHabilite``, ``Interdit``."""
    exiger_autorisable(visite, demande)
    exiger_en_cours(mandat)
    if mandat.statut != StatutMandat.OFFERT:
        raise Interdit(DEJA_ACCEPTEE)
    if le > mandat.accepter_avant:
        raise Interdit(TROP_TARD_POUR_CONSENTIR)
    if not is_meme_identite(mandat):
        raise Interdit(IDENTITE)


def exiger_invitable(demande: Demande, *, le: date, au_plus: int) -> None:
    """One more relative may be invited for it that day, of so many. Raises ``Interdit`` on the field."""
    invitees = MandatAide.objects.filter(demande=demande, survenu_le__gte=debut_du_jour(le))
    if invitees.exclude(invitation="").count() >= au_plus:
        raise Interdit(TROP_D_INVITATIONS.format(nombre=au_plus), champ="courriel")


def exiger_proche(voie: Voie) -> None:
    """Who helps a relative comes in by FranceConnect, in their own name. Raises ``NonHabilite``."""
    require(voie is Voie.FC, EN_SON_NOM)


def exiger_arretable(visite: Visite, mandat: MandatAide) -> None:
    """By any adult of the demande, until it has ended. Raises ``NonHabilite``, ``Interdit``."""
    exiger_geste(Geste.REVOQUER_MANDAT, visite.presence)
    exiger_en_cours(mandat)
    if mandat.mesure:
        raise Interdit(DECIDEE)


def exiger_retirable(mandat: MandatAide, acteur: Acteur) -> None:
    """By a counter, for the person who asks, until it has ended. Raises ``NonHabilite``, ``Interdit``."""
    require(policies.can_retirer(acteur, mandat), sans_droit(Permission.DEMANDE_MODIFIER))
    exiger_en_cours(mandat)


def exiger_enregistrable(demande: Demande, acteur: Acteur) -> None:
    """A counter may record a paper or a judgment for it now. Raises ``NonHabilite``, ``Interdit``."""
    require(policies.can_enregistrer(acteur, demande.territoire), sans_droit(Permission.DEMANDE_MODIFIER))
    if demande.statut not in OUVERTES:
        raise Interdit(ARRETEE_ICI)
    if get_empechement_de(demande):
        raise Interdit(PAS_EN_LIGNE)


def exiger_tenu(mandat: MandatAide | None, acteur: Acteur) -> MandatAide:
    """The authorisation, for who helps in that body: to anybody else there is none. Raises ``Introuvable``."""
    if mandat is None or not policies.can_tenir(acteur, mandat):
        raise Introuvable(AUCUN)
    return mandat


def exiger_en_cours(mandat: MandatAide) -> None:
    """It has not ended. Raises ``Interdit``."""
    if mandat.statut == StatutMandat.FINI:
        raise Interdit(FINIE)


def exiger_acceptable(mandat: MandatAide, demande: Demande, acteur: Acteur, *, le: date) -> None:
    """Signed by the person alone, in time, on a demande where a helper may act, and whose household is not reached
    where they are; what a counter recorded, by somebody else than who did. Raises ``Interdit``.
    """
    exiger_en_cours(mandat)
    if mandat.agent is not None:
        exiger_autre_personne(acteur, mandat.agent, sinon=SOI_MEME)
    if mandat.statut == StatutMandat.ACTIF:
        raise Interdit(DEJA_ACCEPTEE)
    if le > mandat.accepter_avant:
        raise Interdit(TROP_TARD)
    if not is_meme_identite(mandat):
        raise Interdit(IDENTITE)
    _exiger_aidable(demande)
    if mandat.proche:
        _exiger_proche_de_plus(mandat, acteur, le=le)
    elif joignent_le_foyer(demande, list_adresses({acteur.id}).values()):
        raise Interdit(MEME_ADRESSE)


def _exiger_proche_de_plus(mandat: MandatAide, acteur: Acteur, *, le: date) -> None:
    """A relative is not of the household, and helps few persons at once."""
    if acteur.id == mandat.compte or mandat.demande_id in {lien.demande_id for lien in list_liens(acteur.id)}:
        raise Interdit(DE_LA_DEMANDE)
    au_plus = get_parametres(le)[ParametresMandat].mandat_proche_aides_max
    if MandatAide.objects.filter(aidant=acteur.id, clos_le=None).count() >= au_plus:
        raise Interdit(TROP_AIDES.format(nombre=au_plus))


def exiger_actif(mandat: MandatAide, demande: Demande, *, le: date) -> None:
    """A helper may act under it that day. Raises ``Interdit``."""
    if empechement := get_empechement(mandat, demande, le=le):
        raise Interdit(empechement)


def exiger_pas_arretee(demande: Demande) -> None:
    """Its household has not asked that it end: a helper undoes no wish of theirs. Raises ``Interdit``."""
    if get_arret(demande.id) is not None:
        raise Interdit(A_ARRETER)


def _exiger_aidable(demande: Demande) -> None:
    if empechement := get_empechement_de(demande):
        raise Interdit(empechement)
