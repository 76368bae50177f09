"""Every public policy and selector that takes an actor, called by name: what each is given, what each answers."""

import contextlib
import importlib
import inspect
import pkgutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldError
from django.db import transaction
from django.db.models import Model, Q, QuerySet

import sne
from sne.attestations.models import Attestation, Lot
from sne.attestations.selectors.registre import FiltreRegistre
from sne.collaboratif.espaces.selectors import Lecteur, lecteur_de
from sne.conventions.models import Certificat, Cle, Convention
from sne.conventions.rules.cles import Environnement
from sne.conventions.rules.portees import Portee
from sne.demandeurs.rules.niveaux import Voie
from sne.flux.rules.types import Serie
from sne.habilitations.models import CampagneRevue, Compte, Habilitation
from sne.habilitations.rules import Permission, Role
from sne.habilitations.selectors.revues import get_campagne
from sne.imports.models import Import
from sne.infocentre.ouvert.selectors import Edition
from sne.programme.models import Decision as DecisionProgramme
from sne.referentiels.rules import ClassePublic, TypeOrganisme
from sne.referentiels.selectors import get_parametres
from sne.registre.attente.models import Attente
from sne.registre.avis.attentes import AttenteAvis
from sne.registre.avis.models import Opposition
from sne.registre.contenu.rules.arbre.champs import valeurs
from sne.registre.contenu.rules.arbre.difference import Changement
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.depot_en_ligne import TransitionDepot
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.doublons.models import CasDoublon, EnsembleDoublon
from sne.registre.enquete.models.enquete import DossierEnquete
from sne.registre.enquete.models.restauration import RequeteRestauration
from sne.registre.enquete.selectors.enquetes import get_enquete
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.identite.attentes import AttenteIdentite
from sne.registre.identite.selectors.a_decider import Ordre, get_changement
from sne.registre.identite.selectors.suivi import Lieu
from sne.registre.lecture.possible import ActeDuDossier
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.listes.models import ListeEnregistree
from sne.registre.listes.rules.listes import CodeListe, Filtre, Partage
from sne.registre.listes.selectors.lecture import Demandee
from sne.registre.listes.selectors.sources import Contexte
from sne.registre.modification.models import Brouillon
from sne.registre.modification.selectors.brouillons import get_brouillon
from sne.registre.pieces.models import Piece
from sne.registre.recherche.rules.texte import comprendre
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.vie.models.annulation import RequeteAnnulation
from sne.sensibilisation.models import CampagneAccueil
from sne.sensibilisation.rules.campagnes import Genre
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.pages import Position
from sne.suivi.models import AlerteGuichet, Classement
from sne.suivi.selectors.dossiers import get_dossier
from sne.suivi.selectors.guichets import get_guichet_suivi
from tests.habilitations.de_l_aide import DE_L_AIDE, PAR_NOM
from tests.habilitations.des_espaces import des_espaces
from tests.habilitations.des_rapports import des_abonnements, des_rapports
from tests.habilitations.des_reglages import PROPOSEE
from tests.habilitations.deux_demandes import GUICHET, TERRITOIRE, DeuxDemandes
from tests.infocentre.rpls.extraits import SIREN
from tests.registre import factories as f
from tests.suivi.factories import NOVEMBRE


def _cle(modele: type[Model], **ou: object) -> Any:
    """The last row of this table that answers."""
    return modele._default_manager.filter(**ou).latest("pk").pk


type Rangees = frozenset[tuple[type[Model], object]]
SANS_OBJET = FieldError, ValueError, OverflowError
"""A condition has no sense on a table: no such column, a key of several columns, or of numbers."""
REFUS = object()
"""What a refusal is in the answers."""


def fonctions() -> dict[str, Callable[..., Any]]:
    """Public functions of policies, selectors and what is possible that are given who acts, by their whole name."""
    modules = (m.name for m in pkgutil.walk_packages(sne.__path__, "sne.") if _est_une_porte(m.name))
    return {
        f"{module}.{nom}": fonction
        for module in modules
        for nom, fonction in vars(importlib.import_module(module)).items()
        if _est_publique(nom, fonction, module) and _est_donne_l_acteur(fonction)
    }


def _est_une_porte(module: str) -> bool:
    return any(partie.startswith(("policies", "possible", "selectors")) for partie in module.split("."))


def _est_publique(nom: str, fonction: object, module: str) -> bool:
    publique = callable(fonction) and not inspect.isclass(fonction) and not nom.startswith("_")
    return publique and getattr(fonction, "__module__", "") == module


def _est_donne_l_acteur(fonction: Callable[..., Any]) -> bool:
    """Under this name, or in a value that carries them."""
    formes = [p.annotation for p in inspect.signature(fonction).parameters.values()]
    porte = any(is_dataclass(forme) and Acteur in {c.type for c in fields(forme)} for forme in formes)
    return porte or "acteur" in inspect.signature(fonction).parameters


CONVENTION = Convention(compte_id=f.inconnu(), environnement=Environnement.PRODUCTION.value)
DECISION = DecisionProgramme(auteur=f.inconnu())
PROGRAMME = (
    "possible.exiger_voter",
    "possible.exiger_clore",
    "selectors.get_decision",
    "selectors.list_decisions",
)
IMPORT = Import(convention=CONVENTION, territoire="099", guichet="G0993")
FIXES: Mapping[str, Any] = {
    "acte": ActeDuDossier.MODIFIER,
    "adultes": 2,
    "annee": 2025,
    "apres": f.inconnu(),
    "au_plus": 50,
    "bailleur": True,
    "certificat": Certificat(convention=CONVENTION, auteur=f.inconnu()),
    "chemin": "id",
    "changements": [Changement("souhaits.loyer_maximum", None, "600.00")],
    "classe": ClassePublic.TRES_PERSONNEL,
    "compte": Compte(id=f.inconnu()),
    "convention": CONVENTION,
    "convention_id": f.inconnu(),
    "depot": DepotEnLigne(id=f.inconnu(), territoire=TERRITOIRE),
    "depot_id": f.inconnu(),
    "gel": None,
    "edition": Edition(f.inconnu(), 2025, 1, f.inconnu(), "", f.MAINTENANT, "", "", "", None, None),
    "filtre": FiltreRegistre(TERRITOIRE, GUICHET),
    "guichet": GUICHET,
    "guichets": [GUICHET],
    "instant": f.MAINTENANT,
    "lieu": Lieu(TERRITOIRE),
    "lieux": Q(pk__in=[]),
    "millesime": 2025,
    "mois": NOVEMBRE,
    "motif": MotifRadiation.RADREN,
    "nature": NatureFait.EVENEMENT,
    "ordre": Ordre.AGE,
    "organisme": TypeOrganisme.BAILLEUR,
    "rapport": "TB06",
    "par_page": 50,
    "partage": Partage.TERRITOIRE,
    "permission": Permission.DEMANDE_LIRE,
    "portee": Portee.RECHERCHE,
    "portees": [Portee.RECHERCHE],
    "position": Position(),
    "proposee": PROPOSEE,
    "revision": 1,
    "serie": Serie.DEMANDES,
    "radiation": None,
    "renouvelee": False,
    "reserve": True,
    "role": Role.AGENT_GUICHET,
    "sante": False,
    "seuil": 0.5,
    "signalements": True,
    "siren": SIREN,
    "statut": Statut.ACTIVE,
    "territoire": TERRITOIRE,
    "territoires": [TERRITOIRE],
    "texte": "Camille",
    "transition": TransitionDepot.VALIDER,
    "vers": 1,
    "voie": Voie.CODE,
}
"""By name, what is of no demande, or of all those of the place."""


class Arguments:
    """What is given to each parameter, always of A: by function, then by name."""

    def __init__(self, deux: DeuxDemandes, gt: Acteur) -> None:
        """``gt``: somebody who may read A, to make the values that only a reader gets."""
        self._deux = deux
        self.par_nom = FIXES | PAR_NOM | _de_la_demande(deux.a, gt) | _du_service(deux.compte, gt)
        self.par_fonction = _par_fonction(deux.a, gt)

    def pour(self, nom: str, fonction: Callable[..., Any], acteur: Acteur) -> dict[str, Any]:
        """Arguments of one call. Raises ``LookupError`` for a parameter of which nothing is known here."""
        remplis = {}
        for cle, parametre in inspect.signature(fonction).parameters.items():
            if cle == "acteur":
                remplis[cle] = acteur
            elif parametre.default is inspect.Parameter.empty or cle in {"demande", "demande_id"}:
                remplis[cle] = self._un(nom, cle, parametre.annotation, acteur)
        return remplis

    def _un(self, nom: str, cle: str, forme: object, acteur: Acteur) -> object:
        if cle == "demande":
            return self._deux.a.id if "UUID" in str(forme) else self._deux.a
        if forme is date or forme is datetime:
            jours = timedelta(days=200 if cle == "depuis" else 0)
            return (f.AUJOURD_HUI if forme is date else f.MAINTENANT) - jours
        if forme is Lecteur:
            return lecteur_de(acteur, le=f.MAINTENANT)
        if forme is Demandee:
            return Demandee(CodeListe.ECHEANCE, Filtre(GUICHET), acteur, f.AUJOURD_HUI)
        if forme is Contexte:
            le = f.AUJOURD_HUI
            return Contexte(CodeListe.ECHEANCE, acteur, Filtre(GUICHET), le, get_parametres(le))
        trouve = self.par_fonction.get(f"{nom}.{cle}", self.par_nom.get(cle, REFUS))
        if trouve is REFUS:
            raise LookupError(f"{nom}: nothing is known of {cle}")
        return trouve


def _de_la_demande(a: Demande, gt: Acteur) -> dict[str, Any]:
    identite = Identite.objects.get(demande=a, voie="CONTROLE")
    enquete = DossierEnquete.objects.filter(demandes__demande=a).latest("id")
    return {
        "attestation": Attestation.objects.get(demande=a),
        "contenu": get_fiche(a, gt).contenu,
        "demande_id": a.id,
        "demandes": [a.id],
        "enquete": get_enquete(enquete.id, gt),
        "enquete_id": enquete.id,
        "enquetes": [enquete.id],
        "feuilles": valeurs(get_fiche(a, gt).contenu),
        "fiche": get_fiche(a, gt),
        "identite_id": identite.id,
        "ids": [a.id],
        "ligne": identite,
        "nud": a.nud,
        "nuds": [a.nud],
        "piece_id": _cle(Piece, demande=a),
        "reference": Attestation.objects.get(demande=a).reference,
        "references": [Attestation.objects.get(demande=a).reference],
        "requete": comprendre(a.nud),
    }


def _du_service(compte: Compte, gt: Acteur) -> dict[str, Any]:
    """Accounts, counters, and what is awaited of other demandes of the same place."""
    droits = Habilitation.objects.filter(compte=compte)
    return {
        "alerte_id": _cle(AlerteGuichet),
        "auteur": compte.id,
        "avis_id": _cle(Attente, nature=AttenteAvis.AVIS_A_PORTER),
        "brouillon": get_brouillon(
            _cle(Brouillon, auteur=compte.id, demande=None), replace(gt, id=compte.id)
        ),
        "brouillon_id": _cle(Brouillon, auteur=compte.id, demande=None),
        "campagne": get_campagne(_cle(CampagneRevue), gt, le=f.AUJOURD_HUI),
        "campagne_id": _cle(CampagneRevue),
        "cas_id": _cle(CasDoublon),
        "compte_id": compte.id,
        "comptes": [compte.id],
        "ensemble_id": _cle(EnsembleDoublon),
        "habilitation": droits.get(),
        "habilitations": list(droits),
        "liste": ListeEnregistree.objects.get(partage=Partage.TERRITOIRE.value),
        "lot_id": _cle(Lot),
        "personne": compte.id,
        "personnes": [compte.id],
        "separation_id": _cle(Separation),
        "tenues": droits,
    }


def _changement(a: Demande, agent: uuid.UUID | None = None) -> RequeteDemandeur:
    """A change that the household asked of a counter, held by this account or by nobody."""
    personne = Personne.objects.filter(demande=a).latest("id")
    return RequeteDemandeur(
        territoire=a.territoire,
        demande=a,
        personne=personne.id,
        genre="NOM_USAGE",
        statut="PRISE" if agent else "DEPOSEE",
        agent=agent,
    )


def _mandat_d_aide(a: Demande) -> MandatAide:
    """An authorisation by the applicant of A, under way."""
    personne = Personne.objects.filter(demande=a).latest("id")
    return MandatAide(
        territoire=a.territoire,
        demande=a,
        personne=personne,
        identite_id=personne.identite_courante_id,
        organisme="000000001",
        portees=["LIRE"],
        statut="ACTIF",
    )


def _des_annulations() -> dict[str, Any]:
    """What is asked of a double: nothing yet, then an answer."""
    possible = "sne.registre.vie.possible"
    return {
        f"{possible}.exiger_annulable.requete": None,
        f"{possible}.exiger_annulation_demandable.requete": None,
        f"{possible}.exiger_annulation_decidable.requete": RequeteAnnulation(auteur=f.inconnu()),
    }


def _du_site_et_des_imports() -> dict[str, Any]:
    return {
        "sne.flux.selectors.abonnements.list_lecteurs.le": f.MAINTENANT,
        "sne.imports.policies.can_importer.compte": uuid.uuid4(),
        **{
            f"sne.imports.possible.{nom}.recu": IMPORT
            for nom in ("exiger_sien", "exiger_reprenable", "exiger_annulable")
        },
        **{f"sne.imports.selectors.{nom}.import_id": uuid.uuid4() for nom in ("get_import", "iter_rapport")},
        **DE_L_AIDE,
        **des_espaces(),
        "sne.site_pro.possible.exiger_soumettre.page": None,
        "sne.site_pro.selectors.redaction.get_reponse.cles": frozenset({"*"}),
        "sne.site_pro.selectors.redaction.get_page_a_ecrire.cles": frozenset({"*"}),
        "sne.site_pro.selectors.redaction.get_page_a_ecrire.code": "demarrer",
        "sne.site_pro.possible.exiger_repondre.theme": "pilotage",
        "sne.site_pro.possible.exiger_repondre.issue": "PUBLIEE",
        "sne.site_pro.selectors.redaction.get_revision.page": "demarrer",
        "sne.site_pro.selectors.redaction.get_revision.numero": 1,
        **{
            f"sne.programme.possible.{nom}.decision": DECISION
            for nom in ("exiger_voter", "exiger_clore", "exiger_suivre")
        },
        **{f"sne.programme.{nom}.jour": f.MAINTENANT.date() for nom in PROGRAMME},
        "sne.programme.selectors.get_decision.code": "D-2024-01",
        "sne.reglages.possible.exiger_proposable.code": "delaiz_mois",
        "sne.sensibilisation.policies.can_accuser.genre": Genre.LU,
        "sne.sensibilisation.possible.exiger_accuser.genre": Genre.LU,
        "sne.sensibilisation.possible.exiger_accuser.campagne": CampagneAccueil(au=f.MAINTENANT.date()),
        "sne.sensibilisation.possible.exiger_accuser.jour": f.MAINTENANT.date(),
        "sne.sensibilisation.selectors.list_accuses.code": "campagne-egalite",
    }


def _des_mandats(a: Demande) -> dict[str, Any]:
    """Mandates of help, which other parameters of this name are not."""
    mandat = _mandat_d_aide(a)
    policies = ("policies.aidant_sous", "policies.can_tenir", "policies.can_retirer")
    possibles = ("possible.exiger_acceptable", "possible.exiger_retirable", "possible.exiger_tenu")
    return {f"sne.registre.mandat.{nom}.mandat": mandat for nom in policies + possibles}


def _par_fonction(a: Demande, gt: Acteur) -> dict[str, Any]:
    """By whole name, where the name of the parameter alone says another thing."""
    identite = Identite.objects.get(demande=a, voie="CONTROLE")
    requete = RequeteRestauration.objects.latest("pk")
    classe = Classement.objects.get(guichet=GUICHET, demande__isnull=False).demande_id
    lu = get_dossier(classe, gt, le=f.AUJOURD_HUI)
    return des_abonnements(gt) | {
        "sne.habilitations.policies.mandat_pour_accorder.compte_id": uuid.uuid4(),
        "sne.habilitations.policies.can_accorder_a.compte_id": uuid.uuid4(),
        **des_rapports(),
        "sne.conventions.possible.exiger_revocable.cle": Cle(convention=CONVENTION),
        "sne.registre.attente.policies.can_decider.nature": AttenteIdentite.IDENTITE,
        "sne.registre.attente.policies.can_ouvrir.nature": AttenteIdentite.IDENTITE,
        "sne.registre.attente.selectors.is_a_decider.nature": AttenteIdentite.IDENTITE,
        "sne.registre.attente.selectors.is_ouverte_a.nature": AttenteIdentite.IDENTITE,
        "sne.registre.depot.possible.exiger_date_decidable.requete": RequeteAnteriorite.objects.latest("pk"),
        "sne.registre.doublons.possible.exiger_cas_decidable.cas": CasDoublon.objects.latest("pk"),
        "sne.registre.identite.possible.exiger_a_sa_portee.changement": identite,
        "sne.registre.identite.possible.exiger_changement_decidable.changement": get_changement(
            identite.id, gt, le=f.AUJOURD_HUI
        ),
        "sne.registre.vie.selectors.changements.get_changement.changement_id": identite.id,
        **_du_site_et_des_imports(),
        **_des_mandats(a),
        "sne.registre.requete.possible.exiger_prenable.requete": _changement(a),
        "sne.registre.requete.possible.exiger_traitable.requete": _changement(a, agent=gt.id),
        "sne.registre.requete.possible.exiger_faite.requete": _changement(a, agent=gt.id),
        "sne.registre.restauration.possible.exiger_restauration_decidable.requete": requete,
        "sne.registre.restauration.possible.exiger_restauration_retirable.requete": requete,
        **_des_annulations(),
        "sne.registre.vie.selectors.radiation.ouvrir_requete_annulation.requete_id": f.inconnu(),
        "sne.registre.separation.possible.exiger_separation_examinable.separation": (
            Separation.objects.latest("pk")
        ),
        "sne.suivi.possible.exiger_dossier_classable.lu": lu,
        "sne.suivi.selectors.dossiers.list_auteurs.lu": lu,
        "sne.suivi.possible.exiger_guichet_classable.lu": get_guichet_suivi(GUICHET, gt, le=f.AUJOURD_HUI),
        "sne.registre.depot.selectors.anteriorite.get_requete.requete_id": _cle(RequeteAnteriorite),
        "sne.registre.restauration.selectors.get_requete.requete_id": _cle(RequeteRestauration),
        "sne.registre.identite.selectors.a_decider.list_decidables.ids": [identite.id],
        "sne.registre.avis.selectors.oppositions.list_oppositions.enquete_id": Opposition.objects.get().enquete_id,
        "sne.registre.modification.selectors.brouillons.get_renouvellement.demande_id": Brouillon.objects.get(
            demande__isnull=False
        ).demande_id,
        "sne.registre.separation.selectors.list_liens.demande_id": Separation.objects.get().demande_id,
        "sne.suivi.selectors.classements.list_classements_du_dossier.demande_id": classe,
        "sne.registre.identite.selectors.relectures.get_relecture.identite_id": _cle(
            Identite, voie="AUTOMATIQUE"
        ),
        "sne.registre.pieces.selectors.pieces.list_pieces_a.ids": list(
            Piece.objects.filter(demande=a).values_list("id", flat=True)
        ),
    }


def rangees_de(demande: Demande) -> Rangees:
    """The rows of a demande, as :func:`repondre` gives those of a condition."""
    return _rangees(Q(demande=demande.id)) | {(Demande, demande.id)}


def repondre(fonction: Callable[..., Any], arguments: Mapping[str, Any]) -> object:
    """What is answered, read to its end; :data:`REFUS` for a refusal. Nothing of the call stays.

    What only refuses answers yes when it does not.
    """
    with transaction.atomic():
        try:
            reponse = _lire(fonction(**arguments))
            return True if fonction.__name__.startswith("exiger_") else reponse
        except (NonHabilite, Introuvable, Interdit):
            return REFUS
        finally:
            transaction.set_rollback(True)


def _lire(reponse: object) -> object:
    if isinstance(reponse, Q):
        return _rangees(reponse)
    return list(reponse) if isinstance(reponse, QuerySet | Iterator) else reponse


def _rangees(condition: Q) -> Rangees:
    """Rows of any table that answer this condition, wherever it has a sense."""
    trouvees: set[tuple[type[Model], object]] = set()
    for modele in apps.get_models():
        with contextlib.suppress(*SANS_OBJET):
            lignes = modele._default_manager.filter(condition)
            trouvees.update((modele, cle) for cle in lignes.values_list("pk", flat=True))
    return frozenset(trouvees)


def est_vide(reponse: object) -> bool:
    """Whether nothing was said: a refusal, nothing, a page of nothing, were it of pages of nothing."""
    if is_dataclass(reponse):
        dits = [getattr(reponse, champ.name) for champ in fields(reponse)]
        return all(est_vide(dit) for dit in dits if not isinstance(dit, bool))
    if isinstance(reponse, tuple):
        return all(est_vide(partie) for partie in reponse)
    return reponse is REFUS or not reponse
