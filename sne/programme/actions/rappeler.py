"""Who answers for a territory is told of a vote that is open to it, once, and reminded once if it has not answered."""

from datetime import date
from typing import cast

from django.conf import settings
from django.db import transaction

from sne.habilitations.selectors.revues import list_territoires_tenus
from sne.habilitations.selectors.veilleurs import Veilleur, list_gestionnaires
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import Limites
from sne.programme.messages import MessageProgramme
from sne.programme.models import Decision
from sne.programme.rules.decisions import rappel_du_vote
from sne.programme.selectors import list_a_voter, list_territoires_qui_ont_vote
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.horloge import jour


@transaction.atomic
def annoncer_les_votes(*, acte: Acte) -> int:
    """Write to the managers of each territory that has not answered, by the roles of that very day; how many are.

    From two thirds of the vote on, it is the reminder.
    """
    le, ecrits = jour(acte.survenu_le), 0
    tenus = [t for t in list_territoires_tenus(le=le) if t]
    for decision in list_a_voter(jour=le):
        ont_vote = list_territoires_qui_ont_vote(decision)
        du, au = cast(date, decision.vote_du), cast(date, decision.vote_au)
        genre = MessageProgramme.VOTE_RAPPEL if le >= rappel_du_vote(du, au) else MessageProgramme.VOTE_OUVERT
        for territoire in tenus:
            if territoire not in ont_vote:
                gestionnaires = list_gestionnaires(territoire, le=le)
                ecrits += sum(_ecrire(decision, territoire, g, genre, acte=acte) for g in gestionnaires)
    return ecrits


def _ecrire(decision: Decision, territoire: str, a: Veilleur, genre: MessageProgramme, *, acte: Acte) -> bool:
    return ecrire_a(
        Pli(
            destinataire=a.courriel,
            compte_id=a.compte_id,
            genre=genre,
            contexte={
                "territoire": territoire,
                "phrase": f"Votre territoire répond à une décision jusqu’au {decision.vote_au:%d/%m/%Y}.",
                "lignes": decision.titre,
                "suite": "Lisez-la, puis répondez\u00a0:",
                "lien": f"{settings.URL_PUBLIQUE}/aide/decisions/{decision.code}/",
            },
            origine=f"vote:{decision.code}",
            limites=Limites.depuis(get_parametres(jour(acte.survenu_le))),
            territoire=territoire,
        ),
        acte=acte,
    )
