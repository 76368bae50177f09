"""The nightly sweep of a territory: pairs of close demandes become sets; sets grow, but the demandes in them are never
merged.

It also looks for people who were on a demande, in an identity replaced since, and have registered again without
knowing: an enquiry each.

Slice by slice, each in its own transaction with the progress: a sweep may be stopped anywhere and run again.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.db.models import F

from sne.cellules.routage import plusieurs
from sne.habilitations.rules import Permission
from sne.habilitations.rules.acteurs import service
from sne.journal.rules import Verbe
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_parametres
from sne.registre.attente.actions import placer
from sne.registre.demande import policies
from sne.registre.demande.actions.dire import dire
from sne.registre.doublons.actions.autres_cellules import reconnaitre_dans_les_autres
from sne.registre.doublons.actions.signaler import (
    Rencontre,
    inscrire_reconnue,
    inscrire_reconnue_ailleurs,
    lock_demandes,
)
from sne.registre.doublons.attentes import AttenteDoublon
from sne.registre.doublons.models import (
    EnsembleDoublon,
    EnsembleMembre,
    EnsemblePaire,
    EnsembleSort,
    PassageDoublons,
)
from sne.registre.doublons.parametres import ParametresDoublons
from sne.registre.doublons.rules.ensembles import Composante, IssueEnsemble, composantes
from sne.registre.doublons.selectors.anciens_ailleurs import chercher_anciens_ailleurs, seuils_ailleurs
from sne.registre.doublons.selectors.balayage import (
    ClesCommunes,
    PaireTrouvee,
    chercher_anciens_titulaires,
    chercher_paires,
    get_cles_communes,
    list_numeros,
    list_sans_objet,
)
from sne.registre.doublons.verbes import VerbeDoublon
from sne.registre.enquete.rules.enquete import OrigineEnquete
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require
from sne.socle.identifiants import uuid7
from sne.socle.verrous import tenir


def balayage_du_registre(territoire: str) -> Acteur:
    """The register looking for close demandes by itself: it reads that territory, and changes no demande."""
    return service(
        "Balayage des doublons", "BALAYAGE", territoire=territoire, permissions=(Permission.DEMANDE_LIRE,)
    )


def balayer(
    territoire: str,
    *,
    acte: Acte,
    avancer: Callable[[int], None] = lambda _: None,
) -> None:
    """Sweep one territory whole, from where the last sweep was stopped; ``avancer`` is told of each slice's demandes.

    Idempotent: a pair that waits, or that was decided, opens nothing. Raises ``NonHabilite``.
    """
    require(
        policies.can_balayer(acte.acteur, territoire=territoire),
        "Seul le service cherche les demandes proches de tout un territoire.",
    )
    parametres = get_parametres(horloge.jour(acte.survenu_le))
    communes = get_cles_communes(territoire, au_dela=parametres[ParametresDoublons].doublon_cle_commune)
    passage = _ouvrir(territoire, communes)
    while nombre := _une_tranche(passage, communes=communes, parametres=parametres, acte=acte):
        if plusieurs():
            apres = passage.curseur
            passage.refresh_from_db(fields=["curseur"])
            reconnaitre_dans_les_autres(
                territoire,
                apres=apres,
                jusqua=passage.curseur,
                seuils=seuils_ailleurs(parametres),
                communes=communes,
                acte=acte,
            )
        avancer(nombre)


def lock_ensembles(territoire: str) -> None:
    """Make sweeps and decisions of one territory wait for each other, until the end of the transaction."""
    tenir(f"ensembles de doublons|{territoire}")


def ouvrir_ensemble(
    territoire: str,
    demandes: Iterable[uuid.UUID],
    paires: Sequence[EnsemblePaire],
    *,
    survenu_le: datetime,
) -> uuid.UUID:
    """A new set of these demandes, with the pairs to decide, in the caller's transaction; returns its id."""
    ensemble = uuid7()
    EnsembleDoublon.objects.create(
        id=ensemble, territoire=territoire, score=max(p.score for p in paires), ouvert_le=survenu_le
    )
    remplir_ensemble(ensemble, territoire, demandes, paires)
    return ensemble


def remplir_ensemble(
    ensemble: uuid.UUID, territoire: str, demandes: Iterable[uuid.UUID], paires: Iterable[EnsemblePaire]
) -> None:
    """Add demandes and copies of pairs to an open set, those that it has stay; no entry tells a slice of a sweep."""
    membres = sorted(demandes)
    EnsembleMembre.objects.bulk_create(
        [EnsembleMembre(territoire=territoire, ensemble_id=ensemble, demande_id=d) for d in membres],
        ignore_conflicts=True,
    )
    EnsemblePaire.objects.bulk_create([_copie(paire, ensemble) for paire in paires], ignore_conflicts=True)
    placer(membres[:1], [AttenteDoublon.ENSEMBLE_DOUBLON])


def journaliser_ensemble(
    verbe: Verbe,
    ensemble: uuid.UUID,
    territoire: str,
    *,
    acte: Acte,
    faits: dict[str, object] | None = None,
) -> None:
    """No demande is named: the counters that read their histories have nothing to do with it."""
    dire(verbe, territoire, acte=acte, faits={"ensemble": str(ensemble), **(faits or {})})


@transaction.atomic
def _ouvrir(territoire: str, communes: ClesCommunes) -> PassageDoublons:
    """The sweep that was stopped, or a new one."""
    lock_ensembles(territoire)
    passage, _ = PassageDoublons.objects.update_or_create(
        territoire=territoire,
        termine_le=None,
        defaults={
            "cles_communes": len(communes.dates) + len(communes.telephones),
            "paires_ecartees": communes.paires,
        },
        create_defaults={
            "id": uuid7(),
            "territoire": territoire,
            "commence_le": horloge.maintenant(),
            "cles_communes": len(communes.dates) + len(communes.telephones),
            "paires_ecartees": communes.paires,
        },
    )
    return passage


@transaction.atomic
def _une_tranche(
    passage: PassageDoublons,
    *,
    communes: ClesCommunes,
    parametres: Parametres,
    acte: Acte,
) -> int:
    """The next slice; how many demandes were examined, none at the end of the territory."""
    lock_ensembles(passage.territoire)
    passage.refresh_from_db()
    if passage.termine_le is not None:  # ended by another sweep of the same territory
        return 0
    numeros = list_numeros(passage.territoire, apres=passage.curseur)
    if not numeros:
        _terminer(passage, acte=acte)
        return 0
    tranche = chercher_paires(
        passage.territoire,
        apres=passage.curseur,
        jusqua=numeros[-1],
        jour=horloge.jour(acte.survenu_le),
        seuil=float(parametres[ParametresDoublons].seuil_doublon_proposition),
        communes=communes,
        au_dela=parametres[ParametresDoublons].doublon_cle_commune,
    )
    anciens, restes = chercher_anciens_titulaires(
        passage.territoire,
        apres=passage.curseur,
        jusqua=numeros[-1],
        seuil=float(parametres[ParametresDoublons].seuil_doublon_justification),
        communes=communes,
        au_dela=parametres[ParametresDoublons].doublon_cle_commune,
    )
    rencontre = partial(_rencontrer, passage.territoire, acte)
    ailleurs, restes_ailleurs = chercher_anciens_ailleurs(
        passage.territoire,
        apres=passage.curseur,
        jusqua=numeros[-1],
        seuils=seuils_ailleurs(parametres),
        communes=communes,
    )
    leurs = {d for a in anciens for d in (a.demande_id, a.recente)}
    tenues = lock_demandes(leurs | {a.demande_id for a in ailleurs})
    anciens = tuple(a for a in anciens if {a.demande_id, a.recente} <= tenues)
    for ancien in anciens:
        inscrire_reconnue(ancien, rencontre(ancien.recente))
    for lointain in (a for a in ailleurs if a.demande_id in tenues):
        inscrire_reconnue_ailleurs(lointain, rencontre(lointain.recente))
    ouverts = _ranger(tranche.paires, passage.territoire, acte=acte)
    PassageDoublons.objects.filter(id=passage.id).update(
        curseur=numeros[-1],
        demandes=F("demandes") + len(numeros),
        paires=F("paires") + len(tranche.paires),
        ensembles=F("ensembles") + ouverts,
        reportees=F("reportees") + tranche.reportees + restes + restes_ailleurs,
        anciens_titulaires=F("anciens_titulaires") + len(anciens),
    )
    return len(numeros)


def _rencontrer(territoire: str, acte: Acte, recente: uuid.UUID | None) -> Rencontre:
    return Rencontre(OrigineEnquete.VICTIME_POSSIBLE, territoire, recente, acte)


def _terminer(passage: PassageDoublons, *, acte: Acte) -> None:
    for ensemble in list_sans_objet(passage.territoire, jour=horloge.jour(acte.survenu_le)):
        _clore_sans_objet(ensemble, passage.territoire, acte=acte)
    passage.termine_le = horloge.maintenant()
    passage.save(update_fields=["termine_le"])
    comptes = (
        "demandes",
        "paires",
        "ensembles",
        "reportees",
        "cles_communes",
        "paires_ecartees",
        "anciens_titulaires",
    )
    dire(
        VerbeDoublon.BALAYER_DOUBLONS,
        passage.territoire,
        acte=acte,
        faits={compte: getattr(passage, compte) for compte in comptes},
    )


def _ranger(paires: Sequence[PaireTrouvee], territoire: str, *, acte: Acte) -> int:
    """Put new pairs in sets: a new set, the open set that they touch, or the oldest of several such sets.

    Returns how many sets are new.
    """
    demandes = {d for p in paires for d in (p.demande_a, p.demande_b)}
    ouverts = dict(
        EnsembleMembre.objects.filter(demande__in=demandes, ensemble__clos_le=None).values_list(
            "demande", "ensemble"
        )
    )
    nouveaux = 0
    for composante in composantes([(p.demande_a, p.demande_b) for p in paires], ouverts):
        siennes = [
            _ligne(p, territoire, acte.survenu_le) for p in paires if p.demande_a in composante.demandes
        ]
        if composante.ensembles:
            _agrandir(composante, siennes, territoire, acte=acte)
        else:
            ouvrir_ensemble(territoire, composante.demandes, siennes, survenu_le=acte.survenu_le)
            nouveaux += 1
    return nouveaux


def _agrandir(
    composante: Composante,
    paires: Sequence[EnsemblePaire],
    territoire: str,
    *,
    acte: Acte,
) -> None:
    """The oldest open set takes the new pairs, and all that the other sets touched by them hold."""
    garde, *autres = sorted(composante.ensembles)
    remplir_ensemble(garde, territoire, composante.demandes, paires)
    scores: list[Decimal] = [p.score for p in paires]
    for autre in EnsembleDoublon.objects.filter(id__in=autres).order_by("id"):
        membres = autre.membres.values_list("demande", flat=True)
        remplir_ensemble(garde, territoire, membres, autre.paires.all())
        scores.append(autre.score)
        faits = {"issue": str(IssueEnsemble.REUNI), "suite": str(garde)}
        _clore(autre.id, territoire, faits, acte=acte)
    EnsembleDoublon.objects.filter(id=garde, score__lt=max(scores)).update(score=max(scores))


def _clore_sans_objet(ensemble: uuid.UUID, territoire: str, *, acte: Acte) -> None:
    """Nothing is decided on its demandes.

    Their identities are not kept, so that a demande that comes back is asked about again.
    """
    membres = EnsembleMembre.objects.filter(ensemble=ensemble).order_by("demande")
    EnsembleSort.objects.bulk_create(
        EnsembleSort(
            territoire=territoire,
            ensemble_id=ensemble,
            demande_id=membre.demande_id,
            groupe=rang,
            gardee=False,
            identites=[],
        )
        for rang, membre in enumerate(membres, start=1)
    )
    faits = {"issue": str(IssueEnsemble.SANS_OBJET)}
    _clore(ensemble, territoire, faits, acte=acte)


def _clore(ensemble: uuid.UUID, territoire: str, faits: dict[str, str], *, acte: Acte) -> None:
    """An end that nobody decided, and its entry."""
    EnsembleDoublon.objects.filter(id=ensemble).update(
        clos_le=acte.survenu_le,
        decideur=acte.acteur.id,
        clos_par=acte.acteur.instantane(),
        issue=faits["issue"],
    )
    journaliser_ensemble(
        VerbeDoublon.CLORE_ENSEMBLE_DOUBLON,
        ensemble,
        territoire,
        acte=acte,
        faits={**faits},
    )


def _ligne(paire: PaireTrouvee, territoire: str, survenu_le: datetime) -> EnsemblePaire:
    return EnsemblePaire(
        territoire=territoire,
        demande_a_id=paire.demande_a,
        demande_b_id=paire.demande_b,
        identite_a=paire.identite_a,
        identite_b=paire.identite_b,
        score=paire.score,
        raisons=list(paire.raisons),
        revue=paire.revue,
        trouvee_le=survenu_le,
    )


def _copie(paire: EnsemblePaire, ensemble: uuid.UUID) -> EnsemblePaire:
    return EnsemblePaire(
        territoire=paire.territoire,
        ensemble_id=ensemble,
        demande_a_id=paire.demande_a_id,
        demande_b_id=paire.demande_b_id,
        identite_a=paire.identite_a,
        identite_b=paire.identite_b,
        score=paire.score,
        raisons=paire.raisons,
        revue=paire.revue,
        trouvee_le=paire.trouvee_le,
    )
