"""A demande: registered, read as it is or as it was."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router
from ninja.params.functions import Query

from sne.api.contenu import choisir, emettre, sans_trace
from sne.api.erreurs import pointer, refuser
from sne.api.operation import D_UN_ACTE, D_UN_CORPS, D_UN_DOSSIER, RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import RACINE, repondre
from sne.api.schemas.commun import Reponse
from sne.api.schemas.demandes import (
    Avertissement,
    DemandeLue,
    DemandeRecue,
    EnAttente,
    Enregistree,
    EtatLu,
    PersonneLue,
    PieceVueRecue,
    RadiationLue,
)
from sne.conventions.actions import echange_neuf
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.conventions.selectors import Identite, get_echange
from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.arbre.champs import champs
from sne.registre.contenu.rules.controles.contexte import porte_de
from sne.registre.contenu.selectors.references import list_remarques
from sne.registre.demande.selectors.existence import get_demande_id
from sne.registre.demande.selectors.identites import IdentiteEnAttente
from sne.registre.depot.actions.construire import Depot, PieceVue
from sne.registre.depot.actions.deposer import Recepisse, deposer_demande
from sne.registre.lecture.actions.consulter import consulter_demande, consulter_etat
from sne.registre.lecture.selectors.fiche import Fiche, PersonneFiche
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour

routeur = Router(tags=["Demandes"])
LIRE = Regles(Portee.DEMANDES_LIRE)
CONTENU = "/contenu"
DECIDEUR = "une autre personne du guichet, ou le gestionnaire territorial"


def adresse(nud: str, suite: str = "") -> str:
    """Where a demande is."""
    return f"{RACINE}/demandes/{nud}{suite}"


@operation(
    routeur,
    "POST",
    "/demandes",
    regles=Regles(Portee.DEMANDES_ECRIRE, Groupe.ECRITURE, cle=True),
    reponses={HTTPStatus.CREATED: Reponse[Enregistree]},
    erreurs=(*D_UN_CORPS, *D_UN_ACTE, HTTPStatus.NOT_FOUND),
    prefixe=CONTENU,
    resume="Enregistrer une demande",
)
def enregistrer_demande(request: RequeteDEditeur, corps: DemandeRecue) -> HttpResponse:
    """Enregistre un ménage et donne son numéro unique, aussitôt (CCH R441-2-3)."""
    acte = request.appel.acte
    depot = lire_depot(corps, request.identifiant, request.appel.appelant.identite, acte)
    recepisse = deposer_demande(replace(depot, avertir=True), acte=acte)
    return dire_recepisse(recepisse, remarquer(corps, acte) if recepisse.deja else recepisse.remarques)


@operation(
    routeur,
    "GET",
    "/demandes/{nud}",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[DemandeLue]},
    erreurs=D_UN_DOSSIER,
    resume="Lire une demande",
)
def lire_demande(
    request: RequeteDEditeur, nud: str, champs: str = Query("", max_length=2000)
) -> HttpResponse:
    """La demande telle que l’appelant peut la lire\u00a0; sa lecture est inscrite au journal."""
    chemins = lire_champs(champs)
    fiche = consulter_demande(nud, acte=request.appel.acte)
    lue = fiche.demande
    echange = get_echange(request.appel.appelant.convention_id, lue.id, territoire=lue.territoire)
    return repondre(
        presenter(fiche, chemins, reference=echange.reference),
        links={"demande": adresse(fiche.demande.nud)},
        revision=fiche.demande.revision,
    )


@operation(
    routeur,
    "GET",
    "/demandes/{nud}/etats/{instant}",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[EtatLu]},
    erreurs=D_UN_DOSSIER,
    resume="Lire une demande telle qu’elle était",
)
def lire_etat(request: RequeteDEditeur, nud: str, instant: datetime) -> HttpResponse:
    """La demande telle qu’elle était à un instant, donné avec son décalage horaire."""
    if instant.tzinfo is None:
        raise refuser(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "FORME_INSTANT",
            "L’instant n’a pas de décalage horaire. Écrivez-le comme «\u00a02026-11-24T10:30:00+01:00\u00a0».",
        )
    etat = consulter_etat(nud, instant, acte=request.appel.acte).etat
    dits = {nom: getattr(etat, nom) for nom in EtatLu.model_fields if nom != "contenu"}
    return repondre(EtatLu(**dits, contenu=emettre(etat.contenu)), links={"demande": adresse(etat.nud)})


def lire_piece(recue: PieceVueRecue | None) -> PieceVue | None:
    """The document that was seen."""
    if recue is None:
        return None
    return PieceVue(recue.type, recue.vue_le, recue.dispense_titre, recue.fin, recue.explication or "")


def lire_champs(texte: str) -> list[str]:
    """Paths asked for. Raises ``ErreurApi`` (422) for one that is not of the content."""
    demandes = [chemin.strip() for chemin in texte.split(",") if chemin.strip()]
    connus = {chemin.replace("[]", "") for chemin in champs()}
    if inconnus := [chemin for chemin in demandes if chemin not in connus]:
        raise refuser(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "CHAMP_INCONNU",
            "«\u00a0champs\u00a0» nomme ce qui n’est pas un champ du contenu. Reprenez les noms du contrat.",
            inconnus=len(inconnus),
        )
    return demandes


def presenter(fiche: Fiche, chemins: list[str], *, reference: str) -> DemandeLue:
    """A file as this interface says it."""
    dits = {nom: getattr(fiche.demande, nom) for nom in _DU_RESUME}
    contenu = emettre(fiche.contenu)
    radiation = fiche.radiation
    return DemandeLue(
        **dits,
        figee=fiche.gel is not None,
        sante_lisible=fiche.sante_lisible,
        anteriorite_en_attente=fiche.requete_anteriorite is not None,
        radiation=RadiationLue(
            motif=radiation.motif,
            date_radiation=radiation.date_radiation,
            reactivable_jusqu_au=radiation.reactivable_jusqu_au,
        )
        if radiation
        else None,
        reference_editeur=reference or None,
        personnes=[_personne(p) for p in fiche.personnes],
        contenu=choisir(contenu, chemins) if chemins else contenu,
    )


_DU_RESUME = (
    "nud",
    "statut",
    "revision",
    "territoire",
    "canal",
    "guichet_createur",
    "guichet_gestionnaire",
    "date_depot",
    "date_anciennete",
    "date_enregistrement",
    "date_dernier_renouvellement",
    "date_expiration",
)


def _personne(lue: PersonneFiche) -> PersonneLue:
    return PersonneLue(
        reference=lue.reference,
        personne=lue.personne_id,
        nir_masque=lue.nir_masque or None,
        courriel_etat=str(lue.courriel_etat),
        en_attente=dire_attente(lue.reference, lue.en_attente) if lue.en_attente else None,
    )


def dire_attente(reference: str, attente: IdentiteEnAttente) -> EnAttente:
    """A change that waits, and where to ask what became of it."""
    return EnAttente(
        id=attente.identite_id,
        reference=reference,
        nature="DEPART" if attente.retrait else "IDENTITE",
        depuis=attente.survenu_le,
        decide_par=DECIDEUR,
        suivi=f"{RACINE}/changements-en-attente/{attente.identite_id}",
    )


def lire_doublons(corps: DemandeRecue, acteur: Acteur) -> tuple[frozenset[uuid.UUID] | None, str]:
    """The close demandes that were seen, and why they are others. Raises ``Introuvable`` for a number unknown here."""
    if corps.doublons is None:
        return frozenset(), ""
    return frozenset(get_demande_id(nud, acteur) for nud in corps.doublons.vus), corps.doublons.motif


def lire_depot(corps: DemandeRecue, identifiant: uuid.UUID, identite: Identite, acte: Acte) -> Depot:
    """What the counter hands in, under this identifier, with what the vendor calls the demande where it says so."""
    acteur, reference = acte.acteur, corps.reference_editeur
    vus, motif = lire_doublons(corps, acteur)
    return Depot(
        id=identifiant,
        territoire=acteur.territoire,
        guichet=acteur.guichet,
        contenu=sans_trace(corps.contenu),
        date_reception=corps.date_reception,
        nirs=corps.nirs,
        piece_vue=lire_piece(corps.piece_vue),
        doublons_vus=vus,
        doublons_ecartes=motif,
        anteriorite_motif=corps.anteriorite_motif or "",
        echange=echange_neuf(
            identite.convention, identifiant, territoire=acteur.territoire, acte=acte, reference=reference
        )
        if reference
        else None,
    )


def remarquer(corps: DemandeRecue, acte: Acte) -> tuple[Anomalie, ...]:
    """What the rules remark on what was accepted: it refuses nothing, and stays until it is mended."""
    acteur = acte.acteur
    return list_remarques(
        corps.contenu,
        porte=porte_de(acteur.canal),
        territoire=acteur.territoire,
        le=jour(acte.survenu_le),
        nirs=corps.nirs,
        niveaux=(Niveau.AVERTISSEMENT,),
    )


def dire_recepisse(recepisse: Recepisse, remarques: Iterable[Anomalie]) -> HttpResponse:
    """The number, given at once, and what is to be mended."""
    ici = adresse(recepisse.nud)
    avertissements = [
        Avertissement(code=r.code, detail=r.phrase, pointeur=pointer(r.chemin, prefixe=CONTENU)).model_dump()
        for r in remarques
    ]
    return repondre(
        Enregistree(
            nud=recepisse.nud,
            revision=1,
            date_depot=recepisse.date_depot,
            anteriorite_en_attente=recepisse.anteriorite_en_attente,
        ),
        statut=HTTPStatus.CREATED,
        links={"demande": ici, "attestations": f"{ici}/attestations"},
        meta={"avertissements": avertissements} if avertissements else None,
        revision=1,
        lieu=ici,
    )
