"""What is nobody's: who calls, how services fare, code lists, communes, counters, addresses, companies."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Router
from ninja.params.functions import Query

from sne.api.erreurs import INTROUVABLE, ErreurApi, refuser
from sne.api.operation import RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import TYPE, repondre
from sne.api.schemas.commun import Reponse
from sne.api.schemas.referentiels import (
    AdressesTrouvees,
    CaracteristiqueLue,
    CommuneLue,
    EntrepriseLue,
    EtablissementLu,
    GuichetDeConvention,
    GuichetLu,
    Moi,
    ParametreLu,
    QuotaLu,
    Sante,
    ServiceLu,
    TypeEvenementLu,
    Valeur,
)
from sne.connecteurs.ban.port import chercher_adresses
from sne.connecteurs.ban.rules import SIGNES_MAX, SIGNES_MIN, Adresse, RechercheAdresse
from sne.connecteurs.ban.rules import texte_cherche as adresse_cherchee
from sne.connecteurs.entreprises.port import chercher_entreprises
from sne.connecteurs.entreprises.rules.etats import Entreprise
from sne.connecteurs.entreprises.rules.lecture import RechercheEntreprise
from sne.connecteurs.entreprises.rules.lecture import texte_cherche as entreprise_cherchee
from sne.connecteurs.rules import Canal, Pour, Resultat, SansReponse
from sne.connecteurs.selectors import list_services
from sne.conventions.parametres import ParametresConventions
from sne.conventions.rules.cadences import Groupe
from sne.imports.parametres import ParametresImports
from sne.referentiels.selectors import (
    get_geographie,
    get_nomenclatures,
    get_types_evenement,
    list_guichets,
    list_valeurs,
)
from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.depot.parametres import ParametresDepot
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import jour

routeur = Router(tags=["Nomenclatures et aides"])
OUVERT = Regles(nominative=False)
EN_UN_TERRITOIRE = (HTTPStatus.NOT_FOUND,)
PUBLICS = (ParametresDemande, ParametresDepot, ParametresContenu, ParametresConventions, ParametresImports)
"""What a software may know beforehand; neither thresholds of resemblance nor those of a watch are among them."""
COMMUNE = r"^([0-9]{5}|[0-9][AB][0-9]{3})?$"
SANS_ADRESSE = "«\u00a0q\u00a0» ne dit aucune adresse. Écrivez au moins trois lettres ou chiffres."
SANS_ENTREPRISE = (
    "«\u00a0q\u00a0» n’est ni un nom ni un numéro. Écrivez au moins trois signes d’un nom, ou un SIREN ou un SIRET "
    "entier, que vous aurez vérifié."
)
D_UNE_VEILLE = "usage_"
"""Begins the codes of those that an unusual use is known by."""


@operation(
    routeur, "GET", "/moi", regles=OUVERT, reponses={HTTPStatus.OK: Reponse[Moi]}, resume="Qui appelle"
)
def moi(request: RequeteDEditeur) -> HttpResponse:
    """La convention que nomme la clé, ses guichets, ses portées, ce qui reste de ses appels."""
    appelant = request.appel.appelant
    identite, cadence = appelant.identite, appelant.cadence
    return repondre(
        Moi(
            convention=appelant.convention_id,
            editeur=identite.convention.editeur,
            portees=sorted(appelant.portees),
            guichets=[GuichetDeConvention(territoire=p.territoire, code=p.guichet) for p in identite.postes],
            quota=QuotaLu(limite=cadence.limite, reste=cadence.restant, remise=cadence.retablie),
            cle_finit_le=identite.fin,
        )
    )


@operation(
    routeur,
    "GET",
    "/sante",
    regles=OUVERT,
    reponses={HTTPStatus.OK: Reponse[Sante]},
    resume="Santé du service",
)
def sante(request: RequeteDEditeur) -> HttpResponse:  # noqa: ARG001 - of every operation
    """Le registre répond, et comment vont les services de l’État qu’il interroge."""
    services = [
        ServiceLu(nom=s.nom, etat=str(s.sante), raison=s.raison or None, depuis=s.depuis)
        for s in list_services()
    ]
    return repondre(Sante(etat="En service", services=services))


@operation(
    routeur,
    "GET",
    "/nomenclatures/{liste}",
    regles=OUVERT,
    reponses={HTTPStatus.OK: Reponse[list[Valeur]]},
    erreurs=EN_UN_TERRITOIRE,
    resume="Une liste de codes",
)
def lire_nomenclature(request: RequeteDEditeur, liste: str, le: date | None = None) -> HttpResponse:
    """Les codes en vigueur un jour\u00a0; aujourd’hui, sans «\u00a0le\u00a0»."""
    nomenclatures = get_nomenclatures(le or jour(request.appel.le))
    if liste not in nomenclatures.listes:
        raise Introuvable(INTROUVABLE)
    return repondre([Valeur(code=code, libelle=libelle) for code, libelle in nomenclatures.choix(liste)])


@operation(
    routeur,
    "GET",
    "/parametres-publics",
    regles=OUVERT,
    reponses={HTTPStatus.OK: Reponse[list[ParametreLu]]},
    resume="Délais et limites en vigueur",
)
def lister_parametres(request: RequeteDEditeur, le: date | None = None) -> HttpResponse:
    """Les délais des demandes, les limites d’un contenu et celles des interfaces, un jour donné ou aujourd’hui."""
    lues = list_valeurs(PUBLICS, le=le or jour(request.appel.le))
    dites = (d for d in lues if not d["code"].startswith(D_UNE_VEILLE))
    return repondre([ParametreLu(**d | {"valeur": _sans_virgule(d["valeur"])}) for d in dites])


@operation(
    routeur,
    "GET",
    "/communes",
    regles=OUVERT,
    reponses={HTTPStatus.OK: Reponse[list[CommuneLue]]},
    erreurs=EN_UN_TERRITOIRE,
    resume="Communes d’un territoire",
)
def lister_communes(request: RequeteDEditeur, territoire: str) -> HttpResponse:  # noqa: ARG001 - of every operation
    """Les communes que l’on peut demander dans ce territoire."""
    geographie = get_geographie()
    _exiger_territoire(territoire)
    return repondre([CommuneLue(code=c.code, nom=c.nom) for c in geographie.communes(territoire)])


@operation(
    routeur,
    "GET",
    "/guichets",
    regles=OUVERT,
    reponses={HTTPStatus.OK: Reponse[list[GuichetLu]]},
    erreurs=EN_UN_TERRITOIRE,
    resume="Guichets d’un territoire",
)
def lister_guichets(request: RequeteDEditeur, territoire: str) -> HttpResponse:
    """Les guichets ouverts au public dans ce territoire."""
    _exiger_territoire(territoire)
    champs = [nom for nom in GuichetLu.model_fields if nom != "organisme"]
    fiches = [f for f in list_guichets(territoire, le=jour(request.appel.le)) if not f.virtuel]
    return repondre(
        [GuichetLu(**{nom: getattr(f, nom) for nom in champs}, organisme=f.organisme_nom) for f in fiches]
    )


@operation(
    routeur,
    "GET",
    "/types-d-evenement",
    regles=OUVERT,
    reponses={HTTPStatus.OK: Reponse[list[TypeEvenementLu]]},
    erreurs=EN_UN_TERRITOIRE,
    resume="Types d’événement d’un territoire",
)
def lister_types_d_evenement(request: RequeteDEditeur, territoire: str) -> HttpResponse:
    """Les types que l’on peut consigner, avec leurs champs."""
    _exiger_territoire(territoire)
    types = get_types_evenement(jour(request.appel.le)).offerts(territoire)
    return repondre(
        [
            TypeEvenementLu(
                code=t.code,
                libelle=t.libelle,
                caracteristiques=[
                    CaracteristiqueLue(
                        nom=c.nom,
                        libelle=c.libelle,
                        nature=str(c.nature),
                        requis=c.requis,
                        liste=c.liste or None,
                    )
                    for c in t.caracteristiques
                ],
            )
            for t in types
        ]
    )


@operation(
    routeur,
    "GET",
    "/adresses",
    regles=Regles(nominative=False, groupe=Groupe.RECHERCHE),
    reponses={HTTPStatus.OK: AdressesTrouvees},
    resume="Proposer des adresses",
)
def proposer_adresses(
    request: RequeteDEditeur,
    q: str = Query(..., min_length=SIGNES_MIN, max_length=SIGNES_MAX),
    commune: str = Query("", pattern=COMMUNE),
) -> HttpResponse:
    """Les adresses qui répondent, comme les donne la Base adresse nationale ; aucune est une réponse. Quand l’aide
    manque, 503 et un code AIDE_… : continuez à la main.
    """
    _exiger_une_recherche(adresse_cherchee(q), sinon=SANS_ADRESSE)
    dit = chercher_adresses(RechercheAdresse(q, code_commune=commune), pour=_pour(request))
    trouvees = AdressesTrouvees(type="FeatureCollection", features=[_trait(a) for a in _valeur(dit)])
    return HttpResponse(trouvees.model_dump_json(), content_type=TYPE)


@operation(
    routeur,
    "GET",
    "/entreprises",
    regles=Regles(nominative=False, groupe=Groupe.RECHERCHE),
    reponses={HTTPStatus.OK: Reponse[list[EntrepriseLue]]},
    resume="Proposer des entreprises",
)
def proposer_entreprises(
    request: RequeteDEditeur,
    q: str = Query(..., min_length=3, max_length=200),
    commune: str = Query("", pattern=COMMUNE),
) -> HttpResponse:
    """Les entreprises de ce nom ou de ce numéro. Quand l’aide manque, 503 et un code AIDE_… : continuez à la main."""
    _exiger_une_recherche(entreprise_cherchee(q), sinon=SANS_ENTREPRISE)
    dit = chercher_entreprises(RechercheEntreprise(q, code_commune=commune), pour=_pour(request))
    return repondre([_entreprise(e) for e in _valeur(dit)])


def _exiger_une_recherche(texte: str, *, sinon: str) -> None:
    """What no service would be asked is the caller's to put right. Raises ``ErreurApi`` (422)."""
    if not texte:
        raise refuser(HTTPStatus.UNPROCESSABLE_ENTITY, "RECHERCHE_VIDE", sinon)


def _sans_virgule(valeur: bool | float | str) -> bool | int | str:
    return str(valeur) if isinstance(valeur, float) else valeur


def _exiger_territoire(code: str) -> None:
    if code not in get_geographie().territoires:
        raise Introuvable(INTROUVABLE)


def _pour(request: RequeteDEditeur) -> Pour:
    """The help is switched off by territory: the first one of the agreement says where."""
    postes = request.appel.appelant.identite.postes
    return Pour(min((poste.territoire for poste in postes), default=""), Canal.INTERFACE)


def _valeur[T](dit: Resultat[T]) -> T:
    """What the service answered. Raises ``ErreurApi`` (503)."""
    if isinstance(dit, SansReponse):
        raise sans_aide(dit)
    return dit.valeur


def sans_aide(dit: SansReponse) -> ErreurApi:
    """The help is missing: the sentence says to go on by hand."""
    return refuser(HTTPStatus.SERVICE_UNAVAILABLE, f"AIDE_{dit.motif}", dit.phrase)


def _trait(a: Adresse) -> dict[str, Any]:
    dites = {
        "label": a.libelle,
        "score": a.score,
        "housenumber": a.numero,
        "street": a.voie,
        "postcode": a.code_postal,
        "citycode": a.code_commune,
        "city": a.commune,
        "id": a.identifiant,
        "nature": str(a.nature),
    }
    return {
        "type": "Feature",
        "geometry": None,
        "properties": {nom: v for nom, v in dites.items() if v != ""},
    }


def _entreprise(e: Entreprise) -> EntrepriseLue:
    champs = list(EtablissementLu.model_fields)
    return EntrepriseLue(
        siren=e.siren,
        nom=e.nom,
        etat=str(e.etat),
        fermee_le=e.fermee_le,
        etablissements=[
            EtablissementLu(**{nom: getattr(x, nom) for nom in champs}) for x in e.etablissements
        ],
    )
