"""What a household holds on its demande, level by level, as the applicant and as a co-holder; and of no other one."""

import uuid

import pytest

from sne.demandeurs.rules.niveaux import Niveau, Presence, Preuve
from sne.habilitations.rules import Permission
from sne.registre.rattachement.policies import demandeur

LIRE, RENOUVELER = Permission.DEMANDE_LIRE, Permission.DEMANDE_RENOUVELER
JOINDRE, MODIFIER = Permission.PIECE_DEPOSER, Permission.DEMANDE_MODIFIER
SANTE = {Permission.SANTE_LIRE, Permission.SANTE_ECRIRE}
TENUES = {
    **{niveau: {LIRE, RENOUVELER, JOINDRE} for niveau in Niveau},
    **{
        niveau: {LIRE, RENOUVELER, JOINDRE, MODIFIER}
        for niveau in (Niveau.CODE, Niveau.CODE_PARTAGE, Niveau.FC_MOINS, Niveau.FC_AIDANT)
    },
    Niveau.LIEN: set(),
    Niveau.FC: {LIRE, RENOUVELER, JOINDRE, MODIFIER, *SANTE},
}


@pytest.mark.parametrize("niveau", Niveau)
@pytest.mark.parametrize("titulaire", [True, False])
def test_each_level_holds_what_it_may_do(niveau: Niveau, titulaire: bool) -> None:
    demande, autre = uuid.uuid4(), uuid.uuid4()
    presence = Presence(niveau, frozenset({Preuve.SESSION}))
    acteur = demandeur(
        uuid.uuid4(), territoire="099", demande=demande, presence=presence, titulaire=titulaire
    )
    tenues = {p for p in Permission if acteur.peut(p, "099", demande=demande)}
    assert tenues == TENUES[niveau] & ({LIRE, RENOUVELER, JOINDRE} if not titulaire else set(Permission))
    assert not [p for p in Permission if acteur.peut(p, "099", demande=autre) or acteur.peut(p, "099")]
