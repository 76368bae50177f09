"""What is known of the addresses and companies of a demande as it now stands; which demandes are to be checked."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, Subquery

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.demande.selectors.etat import assembler
from sne.registre.joindre.rules.secret import garde_ses_adresses
from sne.registre.joindre.selectors.protection import list_protegees
from sne.registre.verification.models import Verification
from sne.registre.verification.rules.cles import Source, empreinte
from sne.registre.verification.rules.etats import EtatVerification
from sne.registre.verification.rules.lieux import Lieu, lieux_a_verifier

LOT = 200


@dataclass(frozen=True, slots=True)
class Verifie:
    """One place of a content, and what is known of it as it is typed; ``etat`` is ``None`` when nothing is."""

    lieu: Lieu
    etat: EtatVerification | None
    source: Source | None = None
    libelle: str = ""
    avis: str = ""
    saisi: str = ""
    le: date | None = None


@dataclass(frozen=True, slots=True)
class AVerifier:
    """A demande, and what of it nobody has checked yet; ``protegee``: nobody outside is asked about its addresses."""

    demande_id: uuid.UUID
    territoire: str
    revision: int
    protegee: bool
    lieux: tuple[Lieu, ...]


def list_verifies(demande_id: uuid.UUID, contenu: Contenu, *, dites: bool = True) -> tuple[Verifie, ...]:
    """Each place that can be checked; what was said of another text is not said of this one. ``dites``: whether
    anything was said.
    """
    connues = _connues([demande_id]).get(demande_id, {}) if dites else {}
    return tuple(_verifie(lieu, connues.get(lieu.chemin)) for lieu in lieux_a_verifier(contenu))


def list_a_verifier(*, au_plus: int, le: date) -> Iterator[AVerifier]:
    """Open demandes that changed since they were checked, those never tried first; none twice on a day (``le``)."""
    passage = Verification.objects.filter(demande=OuterRef("id"), chemin="")
    attendent = (
        Demande.objects.filter(statut__in=OUVERTES)
        .annotate(vue=Subquery(passage.values("revision")), essai=Subquery(passage.values("le")))
        .filter(Q(essai=None) | (Q(essai__lt=le) & ~Q(vue=F("revision"))))
        .order_by(F("essai").asc(nulls_first=True), "id")
    )
    cles = [*attendent.values_list("id", flat=True)[:au_plus]]
    for debut in range(0, len(cles), LOT):
        yield from _lire(cles[debut : debut + LOT])


def _lire(cles: list[uuid.UUID]) -> Iterator[AVerifier]:
    protegees, connues = list_protegees(cles), _connues(cles)
    demandes = Demande.objects.select_related("version_courante").in_bulk(cles)
    for cle in cles:
        demande = demandes[cle]
        contenu = assembler(demande.version_courante)
        dites, lieux = connues.get(cle, {}), lieux_a_verifier(contenu)
        a_faire = tuple(lieu for lieu in lieux if _verifie(lieu, dites.get(lieu.chemin)).etat is None)
        protegee = cle in protegees or garde_ses_adresses(contenu, dite=False)
        yield AVerifier(cle, demande.territoire, demande.revision, protegee, a_faire)


def _connues(cles: list[uuid.UUID]) -> Mapping[uuid.UUID, dict[str, Verification]]:
    connues: dict[uuid.UUID, dict[str, Verification]] = {}
    for ligne in Verification.objects.filter(demande__in=cles).exclude(chemin=""):
        connues.setdefault(ligne.demande_id, {})[ligne.chemin] = ligne
    return connues


def _verifie(lieu: Lieu, ligne: Verification | None) -> Verifie:
    if ligne is None or bytes(ligne.empreinte) != empreinte(lieu.cle):
        return Verifie(lieu, None)
    return Verifie(
        lieu,
        EtatVerification(ligne.etat),
        Source(ligne.source),
        ligne.libelle,
        ligne.avis,
        ligne.saisi,
        ligne.le,
    )
