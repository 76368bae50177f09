"""The feed of a territory: its lines, what proves that none is missing, how far the reader is."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from http import HTTPStatus
from itertools import batched
from typing import cast
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from ninja import Router
from ninja.params.functions import Query

from sne.api.attente import SECONDES_MAX, attendre
from sne.api.erreurs import Detail, ErreurApi, refuser
from sne.api.operation import D_UN_ACTE, D_UN_CORPS, RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import RACINE, TYPE, repondre
from sne.api.schemas.commun import Reponse
from sne.api.schemas.flux import (
    AccuseLu,
    AccuseRecu,
    DemandeConnue,
    InstantaneLu,
    JourLu,
    LigneLue,
    PreuveLue,
    ReleveDemande,
    ReleveLu,
)
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.flux.actions.accuser import accuser
from sne.flux.models import Ligne, Releve
from sne.flux.parametres import ParametresFlux
from sne.flux.rules.lignes import en_instant
from sne.flux.rules.types import Serie
from sne.flux.selectors import lignes as flux
from sne.flux.tasks import demander_un_releve
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.selectors.existence import list_nuds_du_territoire
from sne.socle import horloge

routeur = Router(tags=["Flux"])
LIRE = Regles(Portee.FLUX_LIRE, Groupe.FLUX, nominative=False)
ATTENDRE = Regles(Portee.FLUX_LIRE, Groupe.FLUX, nominative=False, attend=True)
ABSENT = (HTTPStatus.NOT_FOUND,)
LIGNES_MAX = 500
PAR_MORCEAU = 5_000
SERIE = Query(Serie.DEMANDES, title="Série : « dalo » demande la portée dalo:lire")


@operation(
    routeur,
    "GET",
    "/flux/{territoire}",
    regles=ATTENDRE,
    reponses={HTTPStatus.OK: Reponse[list[LigneLue]]},
    erreurs=(*ABSENT, HTTPStatus.GONE),
    resume="Lignes du flux d’un territoire",
)
def lire_flux(
    request: RequeteDEditeur,
    territoire: str,
    *,
    apres: int = Query(0, ge=0, le=2**62),
    limite: int = Query(LIGNES_MAX, ge=1, le=LIGNES_MAX),
    attente: int = Query(0, ge=0, le=SECONDES_MAX),
    serie: Serie = SERIE,
) -> HttpResponse:
    """Les lignes qui suivent « apres », sans trou : un numéro qui manque est une perte. S’il n’y a rien, l’appel attend
    « attente » secondes au plus.
    """
    le, vrai = (horloge.jour(instant) for instant in (request.appel.le, horloge.vrai()))
    flux.exiger_lisible(request.appel.acte.acteur, territoire, serie)
    premier = flux.get_premier_garde(territoire, serie, apres=apres, le=vrai)  # seals have no other clock
    if premier is not None:
        raise _trop_ancien(territoire, serie, premier)
    lues = attendre(
        lambda: flux.list_lignes(territoire, serie, apres=apres, limite=limite),
        secondes=attente,
        qui=request.appel.appelant.convention_id,
        au_plus=get_parametres(le)[ParametresFlux].flux_attentes_par_processus,
    )
    etat = flux.get_etat(territoire, serie)
    suite = {"apres": lues[-1].numero if lues else apres, "limite": limite, "serie": serie.value}
    return repondre(
        dire_lignes(lues, territoire),
        links={"suivant": f"{RACINE}/flux/{territoire}?{urlencode(suite)}"},
        meta={"dernier": etat.numero, "tete": etat.tete.hex()},
    )


def dire_lignes(lues: Sequence[Ligne], territoire: str) -> list[LigneLue]:
    """Lines as the interface says them: two statements, whatever their number."""
    nuds = list_nuds_du_territoire({ligne.demande for ligne in lues}, territoire)
    return [
        LigneLue(
            numero=ligne.numero,
            scellement=ligne.scellement,
            rang=ligne.rang,
            entree=str(ligne.entree),
            demande=str(ligne.demande),
            nud=nuds.get(ligne.demande),
            revision=ligne.revision,
            type=ligne.type,
            survenu_le=en_instant(ligne.survenu_le),
        )
        for ligne in lues
    ]


@operation(
    routeur,
    "GET",
    "/flux/{territoire}/releves",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[list[ReleveLu]]},
    erreurs=ABSENT,
    resume="Relevés signés",
)
def lister_releves(request: RequeteDEditeur, territoire: str, serie: Serie = SERIE) -> HttpResponse:
    """Les derniers relevés, le plus récent d’abord : chacun signe le numéro, l’empreinte et la liste des demandes."""
    flux.exiger_lisible(request.appel.acte.acteur, territoire, serie)
    return repondre(
        [
            ReleveLu(numero=r.numero, pose_le=en_instant(r.pose_le), note=r.note)
            for r in flux.list_releves(territoire, serie)
        ],
        links={"instantane": f"{RACINE}/flux/{territoire}/instantane?serie={serie}"},
    )


@operation(
    routeur,
    "POST",
    "/flux/{territoire}/releves",
    regles=LIRE,
    reponses={HTTPStatus.ACCEPTED: Reponse[ReleveDemande]},
    erreurs=ABSENT,
    resume="Demander un relevé maintenant",
)
def demander_releve(request: RequeteDEditeur, territoire: str, serie: Serie = SERIE) -> HttpResponse:
    """La clé du journal n’est pas dans ce service : le relevé est signé à côté, puis lu à l’adresse rendue."""
    flux.exiger_lisible(request.appel.acte.acteur, territoire, serie)
    demander_un_releve(territoire, serie.value)
    return repondre(
        ReleveDemande(numero=flux.get_etat(territoire, serie).numero),
        statut=HTTPStatus.ACCEPTED,
        lieu=f"{RACINE}/flux/{territoire}/releves?serie={serie}",
    )


@operation(
    routeur,
    "GET",
    "/flux/{territoire}/releves/{jour}",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[JourLu]},
    erreurs=ABSENT,
    resume="Lignes d’un jour, par type",
)
def compter_jour(request: RequeteDEditeur, territoire: str, jour: date, serie: Serie = SERIE) -> HttpResponse:
    """Ce qu’un logiciel compare à ce qu’il a reçu, pour les actes de ce jour."""
    flux.exiger_lisible(request.appel.acte.acteur, territoire, serie)
    par_type = flux.compter_par_type(territoire, serie, jour=jour)
    return repondre(JourLu(jour=jour.isoformat(), total=sum(par_type.values()), par_type=par_type))


@operation(
    routeur,
    "GET",
    "/flux/{territoire}/instantane",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[InstantaneLu]},
    erreurs=(*ABSENT, *D_UN_ACTE),
    resume="Demandes et révisions, au dernier relevé",
)
def lire_instantane(request: RequeteDEditeur, territoire: str, serie: Serie = SERIE) -> HttpResponse:
    """Pour repartir d’un état entier : la note du relevé signe cette liste, la lecture reprend après son numéro."""
    flux.exiger_lisible(request.appel.acte.acteur, territoire, serie)
    releves = flux.list_releves(territoire, serie)
    if not releves:
        raise refuser(
            HTTPStatus.CONFLICT,
            "RELEVE_ABSENT",
            "Aucun relevé n’est encore signé. Demandez-en un par POST sur « releves », puis recommencez.",
        )
    revisions = flux.list_revisions(territoire, serie, numero=releves[0].numero)
    morceaux = _dire_instantane(releves[0], revisions)
    return cast(HttpResponse, StreamingHttpResponse(morceaux, content_type=TYPE))


def _dire_instantane(releve: Releve, revisions: Sequence[tuple[uuid.UUID, int]]) -> Iterator[bytes]:
    """The same JSON as of any answer, some thousands of demandes at a time: a territory has hundreds of thousands."""
    vide = InstantaneLu(numero=releve.numero, note=releve.note, demandes=[]).model_dump_json()
    yield f'{{"data":{vide.removesuffix("]}")}'.encode()
    for rang, lot in enumerate(batched(revisions, PAR_MORCEAU)):
        nuds = list_nuds_du_territoire([demande for demande, _ in lot], releve.territoire)
        connues = (
            DemandeConnue(demande=str(demande), nud=nuds.get(demande), revision=revision)
            for demande, revision in lot
        )
        dites = ",".join(connue.model_dump_json(exclude_none=True) for connue in connues)
        yield f"{',' if rang else ''}{dites}".encode()
    yield b']},"links":{},"meta":{}}'


@operation(
    routeur,
    "GET",
    "/flux/{territoire}/{int:numero}/preuve",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[PreuveLue]},
    erreurs=ABSENT,
    resume="Preuve d’une ligne",
)
def lire_preuve(request: RequeteDEditeur, territoire: str, numero: int, serie: Serie = SERIE) -> HttpResponse:
    """La ligne, l’empreinte avant et après elle, et la preuve que son entrée est dans le journal signé."""
    flux.exiger_lisible(request.appel.acte.acteur, territoire, serie)
    ligne, inclusion = flux.get_preuve(territoire, serie, numero)
    avant = flux.get_tete(territoire, serie, numero - 1)
    return repondre(
        PreuveLue(
            ligne=dire_lignes([ligne], territoire)[0],
            tete_avant=avant.hex() if avant else "",
            tete=bytes(ligne.chaine).hex(),
            inclusion=inclusion,
        )
    )


@operation(
    routeur,
    "POST",
    "/flux/{territoire}/accuses",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[AccuseLu]},
    erreurs=(*ABSENT, *D_UN_CORPS, *D_UN_ACTE),
    resume="Dire jusqu’où le flux est lu",
)
def accuser_lecture(
    request: RequeteDEditeur, territoire: str, corps: AccuseRecu, serie: Serie = SERIE
) -> HttpResponse:
    """L’empreinte que donnent vos lignes : 409 si elle n’est pas la nôtre. Le gestionnaire voit qui tarde."""
    acte = request.appel.acte
    convention = request.appel.appelant.identite.convention
    accuse = accuser(convention, territoire, serie, numero=corps.numero, tete=corps.tete, acte=acte)
    return repondre(AccuseLu(numero=accuse.numero, dernier=flux.get_etat(territoire, serie).numero))


def _trop_ancien(territoire: str, serie: Serie, premier: int) -> ErreurApi:
    """410: the lines asked for are no longer given."""
    phrase = (
        f"Les lignes qui suivent sont trop anciennes\u00a0: la première gardée est la {premier}. Lisez l’instantané, "
        "puis reprenez après son numéro."
    )
    instantane = f"{RACINE}/flux/{territoire}/instantane?serie={serie}"
    meta = {"premier": premier, "instantane": instantane}
    return ErreurApi(
        HTTPStatus.GONE, [Detail("FLUX_TROP_ANCIEN", "Lignes trop anciennes", phrase, meta=meta)]
    )
