"""Keeps what was refused: around an act, in a transaction of its own, so that no caller can forget it."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.db import transaction

from sne.registre.contenu.rules.arbre.champs import libelle
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.tentative import TentativeRefusee
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.demande.rules.tentatives import ActeSuivi
from sne.registre.demande.verbes import VerbeDemande
from sne.socle.acte import Acte
from sne.socle.acteur import Canal
from sne.socle.erreurs import Refus


def suivre_refus[**P, R](
    suivi: ActeSuivi | Callable[..., ActeSuivi],
) -> Callable[[Callable[Concatenate[uuid.UUID, P], R]], Callable[Concatenate[uuid.UUID, P], R]]:
    """Decorator of an action on a demande: it runs in a transaction; when it is refused, the transaction is undone,
    then the refusal is kept.

    ``suivi``: the act that was tried, or what says it of the arguments that follow the demande.
    The action takes its ``acte`` by name. Acts of the register itself leave no attempt: no person
    tried, and the daily pass counts what it could not do. Called inside a transaction, it raises ``RuntimeError``: the
    trace of the refusal would be lost with it.
    """

    def decorer(action: Callable[Concatenate[uuid.UUID, P], R]) -> Callable[Concatenate[uuid.UUID, P], R]:
        @wraps(action)
        def suivie(demande_id: uuid.UUID, /, *args: P.args, **kwargs: P.kwargs) -> R:
            try:
                with transaction.atomic(durable=True):
                    return action(demande_id, *args, **kwargs)
            except Refus as refus:
                acte = cast(Acte, kwargs["acte"])
                if acte.acteur.canal is not Canal.SYSTEME:
                    tente = suivi if isinstance(suivi, ActeSuivi) else suivi(*args, **kwargs)
                    _retenir(tente, refus, demande_id, acte=acte)
                raise

        return suivie

    return decorer


def phrase_gardee(refus: Refus) -> str:
    """The sentence to keep: the fields of a form are only named, because their sentences may quote what was typed."""
    if not isinstance(refus, DepotIncomplet):
        return refus.phrase
    champs = dict.fromkeys(libelle(a.chemin) for a in refus.anomalies)
    return f"À compléter ou à corriger\u00a0: {', '.join(champs)}."


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
            faits={"fait": str(tentative.id), "acte": str(suivi), "code": refus.code},
        )
