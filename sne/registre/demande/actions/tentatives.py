"""Keeps what was refused: around one act, or several that hold together, so that no caller can forget it."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, cast

from django.db import transaction

from sne.registre.contenu.rules.arbre.champs import libelle
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.tentative import TentativeRefusee
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.demande.rules.tentatives import SAISIE, ActeSuivi
from sne.registre.demande.verbes import VerbeDemande
from sne.socle.acte import Acte
from sne.socle.acteur import Canal
from sne.socle.erreurs import Refus


@dataclass(frozen=True, slots=True)
class _Refusee:
    """One act that was refused, to keep once its transaction is over."""

    suivi: ActeSuivi
    refus: Refus
    demande_id: uuid.UUID
    acte: Acte


_bloc: ContextVar[list[_Refusee] | None] = ContextVar("bloc", default=None)


@contextmanager
def d_un_bloc() -> Iterator[None]:
    """Several acts that hold together, in one transaction, with what else the caller writes in it (an answer kept).

    A refusal that leaves the block undoes all of it; one that the caller catches undoes its own act only. Either way
    it is kept afterwards, as when the act is alone. Raises ``RuntimeError`` inside a transaction: the trace of a
    refusal would be lost with it.
    """
    refusees: list[_Refusee] = []
    jeton = _bloc.set(refusees)
    try:
        with transaction.atomic(durable=True):
            yield
    except Refus:
        _retenir_toutes(refusees)
        raise
    else:
        _retenir_toutes(refusees)
    finally:
        _bloc.reset(jeton)


def suivre_refus[**P, R](
    suivi: ActeSuivi | Callable[..., ActeSuivi],
) -> Callable[[Callable[Concatenate[uuid.UUID, P], R]], Callable[Concatenate[uuid.UUID, P], R]]:
    """Decorator of an action on a demande: it runs in a block, its own (:func:`d_un_bloc`) or the caller's; when it is
    refused, what it wrote is undone, then the refusal is kept.

    ``suivi``: the act that was tried, or what says it of the arguments that follow the demande.
    The action takes its ``acte`` by name. Acts of the register itself leave no attempt: no person tried, and the daily
    pass counts what it could not do.
    """

    def decorer(action: Callable[Concatenate[uuid.UUID, P], R]) -> Callable[Concatenate[uuid.UUID, P], R]:
        @wraps(action)
        def suivie(demande_id: uuid.UUID, /, *args: P.args, **kwargs: P.kwargs) -> R:
            seul = _bloc.get() is None
            with d_un_bloc() if seul else nullcontext():
                try:
                    with transaction.atomic(savepoint=not seul):
                        return action(demande_id, *args, **kwargs)
                except Refus as refus:
                    acte = cast(Acte, kwargs["acte"])
                    if acte.acteur.canal is not Canal.SYSTEME:
                        tente = suivi if isinstance(suivi, ActeSuivi) else suivi(*args, **kwargs)
                        cast(list[_Refusee], _bloc.get()).append(_Refusee(tente, refus, demande_id, acte))
                    raise

        return suivie

    return decorer


def phrase_gardee(refus: Refus) -> str:
    """The sentence to keep: the fields of a form are only named, because their sentences may quote what was typed."""
    if not isinstance(refus, DepotIncomplet):
        return refus.phrase
    champs = dict.fromkeys(libelle(a.chemin) for a in refus.anomalies)
    return f"À compléter ou à corriger\u00a0: {', '.join(champs)}."


def _retenir_toutes(refusees: list[_Refusee]) -> None:
    for x in refusees:
        _retenir(x.suivi, x.refus, x.demande_id, acte=x.acte)


def _retenir(suivi: ActeSuivi, refus: Refus, demande_id: uuid.UUID, *, acte: Acte) -> None:
    """Write one row and its entry, also for a demande out of the actor's perimeter; only this table keeps such
    attempts.
    """
    with transaction.atomic(durable=True):
        demande = Demande.objects.filter(id=demande_id).first()
        if demande is None:  # no such demande anywhere: nothing was attempted on anything
            return
        tentative = TentativeRefusee(
            territoire=demande.territoire,
            demande=demande,
            revision=demande.revision,
            acte=suivi,
            code=refus.code,
            phrase=phrase_gardee(refus),
            auteur=acte.acteur.id,
            tente_par=acte.acteur.instantane(),
            guichet=acte.acteur.guichet,
            survenu_le=acte.survenu_le,
        )
        tentative.save(force_insert=True)
        dire(
            VerbeDemande.REFUSER_ACTE,
            demande,
            acte=acte,
            faits={"fait": str(tentative.id), "acte": str(suivi), "code": refus.code}
            | ({SAISIE: True} if refus.champ or isinstance(refus, DepotIncomplet) else {}),
        )
