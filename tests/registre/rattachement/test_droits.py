"""What a household holds on its demande, level by level, as the applicant and as a co-holder; and of no other one."""

import uuid

import pytest

from sne.demandeurs.rules.niveaux import Niveau, Presence, Preuve
from sne.habilitations.rules import Permission
from sne.registre.rattachement.policies import demandeur

LIRE, RENOUVELER = Permission.DEMANDE_LIRE, Permission.DEMANDE_RENOUVELER
JOINDRE, MODIFIER = Permission.PIECE_DEPOSER, Permission.DEMANDE_MODIFIER
DEMANDER = Permission.TICKET_OUVRIR
SANTE = {Permission.SANTE_LIRE, Permission.SANTE_ECRIRE}
TENUES = {
    **{niveau: {LIRE, RENOUVELER, JOINDRE, MODIFIER, DEMANDER} for niveau in Niveau},
    Niveau.LIEN: set(),
    Niveau.CODE_RECENT: {LIRE, RENOUVELER, JOINDRE},
    Niveau.CODE_PARTAGE: {LIRE, RENOUVELER, JOINDRE, MODIFIER},
    Niveau.MANDAT: {LIRE, RENOUVELER, JOINDRE, MODIFIER},
    Niveau.FC: {LIRE, RENOUVELER, JOINDRE, MODIFIER, DEMANDER, *SANTE},
}
DU_COTITULAIRE = {LIRE, RENOUVELER, JOINDRE, DEMANDER}


@pytest.mark.parametrize("niveau", Niveau)
@pytest.mark.parametrize("cotitulaire", [None, uuid.UUID(int=0xC0)])
def test_each_level_holds_what_it_may_do(niveau: Niveau, cotitulaire: uuid.UUID | None) -> None:
    """A co-holder changes what is theirs with FranceConnect, on a civil status that is surely theirs."""
    demande, autre = uuid.uuid4(), uuid.uuid4()
    presence = Presence(niveau, frozenset({Preuve.SESSION}))
    acteur = demandeur(
        uuid.uuid4(), territoire="099", demande=demande, presence=presence, cotitulaire=cotitulaire
    )
    tenues = {p for p in Permission if acteur.peut(p, "099", demande=demande)}
    siennes = DU_COTITULAIRE | ({MODIFIER} if niveau is Niveau.FC else set())
    assert tenues == TENUES[niveau] & (siennes if cotitulaire else set(Permission))
    assert [mandat.adulte for mandat in acteur.mandats] == [cotitulaire]
    assert not [p for p in Permission if acteur.peut(p, "099", demande=autre) or acteur.peut(p, "099")]
