"""The register of what was issued and handed over: of a file, of a counter, and what is left to hand over."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from sne.attestations import policies
from sne.attestations.models import Attestation, AttestationARemettre, Remise
from sne.attestations.rules import EnvoiConnu, EtatRemise, grouper_reference
from sne.attestations.selectors.fichiers import nom_imprime
from sne.attestations.selectors.suites import Suite, list_suites
from sne.socle.acteur import Acteur
from sne.socle.pages import Page, Position
from sne.socle.pages_sql import lire_page, situer

PAR_PAGE = 50


@dataclass(frozen=True, slots=True)
class RemiseFaite:
    """One hand-over: when, how, by whom."""

    survenu_le: datetime
    canal: str
    guichet: str
    auteur: str


@dataclass(frozen=True, slots=True)
class AttestationEmise:
    """One line of the register; ``reference_groupee`` is as printed, ``nom`` and ``numero`` confirm the person.

    ``id``: its key, by which a page names the line that it comes after.

    ``envoi``: the message that carries it, if any; ``a_remettre``: whether the counter has still to hand it over.
    """

    id: uuid.UUID
    reference: str
    reference_groupee: str
    modele: str
    numero: str
    nom: str
    survenu_le: datetime
    date_expiration: date
    auteur: str
    guichet_emetteur: str
    guichet: str
    canal: str
    canal_prevu: str
    remplacee_le: datetime | None
    remises: tuple[RemiseFaite, ...]
    etat: EtatRemise
    envoi: EnvoiConnu | None
    a_remettre: bool


@dataclass(frozen=True, slots=True)
class Papier:
    """An attestation as its household finds it; ``remplacee``: another one replaced it. ``revision``: of the demande.

    ``ouvrable``: whether this reader may open its file.
    """

    reference: str
    modele: str
    revision: int
    date_delivrance: date
    date_expiration: date
    remplacee: bool
    ouvrable: bool


@dataclass(frozen=True, slots=True)
class FiltreRegistre:
    """What to show of a counter's register; an empty ``guichet`` is every counter of the actor's territories."""

    territoire: str = ""
    guichet: str = ""
    canal_prevu: str = ""


def list_attestations(
    demande_id: uuid.UUID, *, acteur: Acteur, au_plus: int = PAR_PAGE
) -> tuple[AttestationEmise, ...]:
    """The last attestations of a demande of the actor's perimeter, the newest first."""
    lignes = _avec_suites(Attestation.objects.filter(policies.scope(acteur), demande=demande_id))
    return _emises(lignes.order_by("-survenu_le", "-id")[:au_plus])


def list_emises(references: Iterable[str], *, acteur: Acteur) -> tuple[AttestationEmise, ...]:
    """Those of these references that the actor may read, the oldest first."""
    lignes = Attestation.objects.filter(policies.scope(acteur), reference__in=[*references])
    return _emises(_avec_suites(lignes).order_by("survenu_le", "id"))


def list_papiers(demande_id: uuid.UUID, *, acteur: Acteur) -> tuple[Papier, ...]:
    """Every attestation of a demande that the actor may read, the newest first."""
    lignes = Attestation.objects.filter(policies.scope(acteur), demande=demande_id)
    lues = lignes.select_related("remplacante").order_by("-survenu_le", "-id")
    return tuple(
        Papier(
            a.reference,
            a.modele,
            a.revision,
            a.date_delivrance,
            a.date_expiration,
            remplacee=getattr(a, "remplacante", None) is not None,
            ouvrable=policies.can_ouvrir(acteur, a),
        )
        for a in lues
    )


def list_registre_du_dossier(
    demande_id: uuid.UUID, *, acteur: Acteur, position: Position
) -> Page[AttestationEmise]:
    """A page of every attestation of a demande, the newest first."""
    return _recentes(Attestation.objects.filter(policies.scope(acteur), demande=demande_id), position)


def list_registre(
    filtre: FiltreRegistre, *, acteur: Acteur, apres: uuid.UUID | None = None, avant: uuid.UUID | None = None
) -> Page[AttestationEmise]:
    """A page of the register of a counter, or of a territory: what was issued, the newest first.

    ``apres``, ``avant``: the key of a line; an unknown one gives the first page.
    """
    lignes = Attestation.objects.filter(policies.scope_des_remises(acteur), _de(filtre))
    return _recentes(lignes, _situer(acteur, apres, avant))


def compter_registre(filtre: FiltreRegistre, *, acteur: Acteur, au_plus: int) -> int:
    """How many lines that register has, ``au_plus`` + 1 at most."""
    return Attestation.objects.filter(policies.scope_des_remises(acteur), _de(filtre))[: au_plus + 1].count()


def list_a_remettre(
    filtre: FiltreRegistre, *, acteur: Acteur, apres: uuid.UUID | None = None, avant: uuid.UUID | None = None
) -> Page[AttestationEmise]:
    """A page of what is left to hand over, the oldest first; after a line that was handed over since, too."""
    file = AttestationARemettre.objects.filter(policies.scope_des_remises(acteur), _de(filtre))
    page = lire_page(
        file.select_related("attestation__remplacante").prefetch_related("attestation__remises"),
        _situer(acteur, apres, avant),
        ordre=("survenu_le", "attestation_id"),
        par_page=PAR_PAGE,
    )
    return page.montrer(_emises(attente.attestation for attente in page.lignes))


def compter_a_remettre(filtre: FiltreRegistre, *, acteur: Acteur) -> int:
    """How many attestations this counter, or territory, has left to hand over."""
    return AttestationARemettre.objects.filter(policies.scope_des_remises(acteur), _de(filtre)).count()


def _situer(acteur: Acteur, apres: uuid.UUID | None, avant: uuid.UUID | None) -> Position:
    emises = Attestation.objects.filter(policies.scope_des_remises(acteur))
    return situer(emises, "survenu_le", apres=apres, avant=avant)


def _de(filtre: FiltreRegistre) -> Q:
    choisis = {"territoire": filtre.territoire, "guichet": filtre.guichet, "canal_prevu": filtre.canal_prevu}
    return Q(**{champ: valeur for champ, valeur in choisis.items() if valeur})


def _avec_suites(lignes: QuerySet[Attestation]) -> QuerySet[Attestation]:
    """With what replaced it and how it was handed over: two queries whatever the number of lines."""
    remises = Prefetch("remises", Remise.objects.order_by("survenu_le", "id"))
    return lignes.select_related("remplacante").prefetch_related(remises)


def _recentes(lignes: QuerySet[Attestation], position: Position) -> Page[AttestationEmise]:
    page = lire_page(_avec_suites(lignes), position, ordre=("-survenu_le", "-id"), par_page=PAR_PAGE)
    return page.montrer(_emises(page.lignes))


def _emises(attestations: Iterable[Attestation]) -> tuple[AttestationEmise, ...]:
    lues = list(attestations)
    suites = list_suites(lues)
    return tuple(_emise(a, suites[a.id]) for a in lues)


def _emise(ligne: Attestation, suite: Suite) -> AttestationEmise:
    remplacante = getattr(ligne, "remplacante", None)
    return AttestationEmise(
        id=ligne.id,
        reference=ligne.reference,
        reference_groupee=grouper_reference(ligne.reference),
        modele=ligne.modele,
        numero=ligne.donnees["numero"],
        nom=nom_imprime(ligne),
        survenu_le=ligne.survenu_le,
        date_expiration=ligne.date_expiration,
        auteur=ligne.emise_par["nom"],
        guichet_emetteur=ligne.emise_par["guichet"],
        guichet=ligne.guichet,
        canal=ligne.canal,
        canal_prevu=ligne.canal_prevu,
        remplacee_le=remplacante.survenu_le if remplacante else None,
        remises=tuple(
            RemiseFaite(r.survenu_le, r.canal, r.guichet, r.remise_par["nom"]) for r in ligne.remises.all()
        ),
        etat=suite.etat,
        envoi=suite.envoi,
        a_remettre=suite.reste and remplacante is None,
    )
