"""Accounts and roles: success, refusal by person, refusal by state, and nothing left when the journal fails."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from sne.habilitations.actions import (
    NouveauCompte,
    NouveauLogiciel,
    Octroi,
    accorder_habilitation,
    changer_mot_de_passe,
    creer_compte,
    lier_comptes,
    reinitialiser_acces,
    retirer_habilitation,
)
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import LOGICIELS, MotifRetrait, Role
from sne.journal.models import Entree, Valeur
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations import factories as f
from tests.registre.factories import AUJOURD_HUI

pytestmark = pytest.mark.django_db
NOUVEAU = NouveauCompte("Yann.LeGoff@exemple.fr", "Yann", "Le Goff", "une barque sous la pluie 12")


def entree(verbe: str) -> Entree:
    """The last entry of this verb."""
    return Entree.objects.filter(verbe=verbe).latest("inscrit_le", "survenu_le")


def test_creer_compte_keeps_one_spelling_and_tells_the_journal() -> None:
    compte = Compte.objects.get(pk=creer_compte(NOUVEAU, acte=Acte(f.SYSTEME, maintenant())))
    assert (compte.courriel, compte.nom_complet, compte.actif) == (
        "yann.legoff@exemple.fr",
        "Yann Le Goff",
        True,
    )
    assert compte.check_password(NOUVEAU.mot_de_passe)
    assert not compte.habilitations.exists()
    ecrite = entree("CREER_COMPTE")
    assert ecrite.faits.items() >= {"compte": str(compte.id), "second_facteur_remis": False}.items()
    assert ecrite.acteur["role"] == "EXPLOITATION_NATIONALE"
    valeurs = Valeur.objects.filter(entree=ecrite.id).values_list("champ", "valeur")
    assert dict(valeurs) == {"courriel": compte.courriel, "prenom": "Yann", "nom": "Le Goff"}


def test_creer_compte_hands_over_a_second_factor() -> None:
    compte_id = creer_compte(replace(NOUVEAU, cle_totp=f.CLE_TOTP), acte=Acte(f.SYSTEME, maintenant()))
    assert TOTPDevice.objects.get(user=compte_id).confirmed


def test_creer_compte_by_the_gestionnaire() -> None:
    creer_compte(NOUVEAU, acte=Acte(f.acteur(f.creer_gestionnaire()), maintenant()))
    assert entree("CREER_COMPTE").acteur["role"] == "GESTIONNAIRE_TERRITORIAL"


@pytest.mark.parametrize("creer", [f.creer_agent, f.creer_responsable, f.creer_support, f.creer_dpo])
def test_creer_compte_by_others_is_refused(creer: Any) -> None:
    with pytest.raises(NonHabilite, match="Vous ne pouvez pas créer un compte"):
        creer_compte(NOUVEAU, acte=Acte(f.acteur(creer()), maintenant()))


@pytest.mark.parametrize("courriel", ["yann.legoff@exemple.fr", " YANN.legoff@Exemple.fr"])
def test_one_email_one_person(courriel: str) -> None:
    creer_compte(NOUVEAU, acte=Acte(f.SYSTEME, maintenant()))
    with pytest.raises(Interdit, match="un compte existe déjà") as refus:
        creer_compte(replace(NOUVEAU, courriel=courriel, nom="Autre"), acte=Acte(f.SYSTEME, maintenant()))
    assert refus.value.champ == "courriel"


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("courriel", "yann"),
        ("courriel", ""),
        ("courriel", "y" * 60 + "@" + "e" * 60 + "." + "e" * 60 + "." + "e" * 60 + "." + "e" * 60 + ".fr"),
        ("prenom", "  "),
        ("nom", "L" * 81),
        ("nom", ""),
        ("mot_de_passe", "court"),
        ("mot_de_passe", "Yann Le Goff"),
        ("mot_de_passe", "motdepasse123456"[:8]),
        ("cle_totp", "JBSWY3DP"),
        ("cle_totp", "pas une clé"),
    ],
)
def test_creer_compte_names_the_wrong_field(champ: str, valeur: str) -> None:
    with pytest.raises(Interdit) as refus:
        creer_compte(replace(NOUVEAU, **{champ: valeur}), acte=Acte(f.SYSTEME, maintenant()))
    assert refus.value.champ == champ
    assert not Compte.objects.filter(courriel="yann.legoff@exemple.fr").exists()


AU_GUICHET = {"territoire": "099", "guichet": "G0993"}


def octroyer(acteur: Acteur, role: Role = Role.AGENT_GUICHET, **champs: Any) -> uuid.UUID:
    octroi = Octroi(champs.pop("compte_id", None) or f.creer_personne().id, role, **{**AU_GUICHET, **champs})
    return accorder_habilitation(octroi, acte=Acte(acteur, maintenant()))


def test_accorder_habilitation_starts_today_and_tells_the_journal() -> None:
    gt = f.acteur(f.creer_gestionnaire())
    habilitation = Habilitation.objects.get(pk=octroyer(gt))
    assert (habilitation.debut, habilitation.fin, habilitation.accordee_par) == (aujourd_hui(), None, gt.id)
    ecrite = entree("ACCORDER_HABILITATION")
    assert (ecrite.territoire, ecrite.acteur["role"]) == ("099", "GESTIONNAIRE_TERRITORIAL")
    assert ecrite.faits == {
        "habilitation": str(habilitation.id),
        "compte": str(habilitation.compte_id),
        "role": "AGENT_GUICHET",
        "guichet": "G0993",
        "debut": aujourd_hui().isoformat(),
        "fin": None,
    }


# Who may grant what, in the territory of the one who grants.
OCTROIS = {
    f.creer_agent: set(),
    f.creer_responsable: set(),
    f.creer_gestionnaire: {Role.AGENT_GUICHET, Role.RESPONSABLE_GUICHET, Role.AIDANT},
    f.creer_support: set(),
    f.creer_exploitation: set(Role) - LOGICIELS,
    f.creer_dpo: set(),
}
LIEUX = dict.fromkeys((Role.AGENT_GUICHET, Role.RESPONSABLE_GUICHET, Role.AIDANT), AU_GUICHET)
LIEUX[Role.GESTIONNAIRE_TERRITORIAL] = LIEUX[Role.GESTIONNAIRE_FICHIERS_PARTAGES] = {
    "territoire": "099",
    "guichet": "",
}
LIEUX[Role.COORDINATION_DEPARTEMENTALE] = {"territoire": "099", "guichet": "", "zone": "99"}
LIEUX[Role.COORDINATION_REGIONALE] = {"territoire": "", "guichet": "", "zone": "099"}
LIEUX[Role.ASSOCIATION_HLM] = LIEUX[Role.COORDINATION_REGIONALE]


@pytest.mark.parametrize("role", [role for role in Role if role not in LOGICIELS])
@pytest.mark.parametrize("creer", OCTROIS, ids=lambda creer: creer.__name__)
def test_accorder_habilitation_by_each_role(creer: Any, role: Role) -> None:
    acteur, lieu = f.acteur(creer()), LIEUX.get(role, {"territoire": "", "guichet": ""})
    if role in OCTROIS[creer]:
        assert octroyer(acteur, role, **lieu)
    else:
        with pytest.raises(NonHabilite, match="Vous ne pouvez pas accorder ce rôle"):
            octroyer(acteur, role, **lieu)


def test_gestionnaire_grants_in_their_territory_only() -> None:
    with pytest.raises(NonHabilite):
        octroyer(f.acteur(f.creer_gestionnaire()), territoire="02B", guichet="GD2B1")


def test_nobody_grants_to_themselves_under_any_account() -> None:
    gt, autre = f.creer_gestionnaire(), f.creer_agent()
    with pytest.raises(NonHabilite):
        octroyer(f.acteur(gt), compte_id=gt.id)
    lier_comptes(gt.id, autre.id, acte=Acte(f.SYSTEME, maintenant()))
    with pytest.raises(NonHabilite, match="aussi le vôtre"):
        octroyer(f.acteur(gt), compte_id=autre.id, guichet="G0991")
    with pytest.raises(NonHabilite, match="aussi le vôtre"):
        retirer(Habilitation.objects.get(compte=autre).id, f.acteur(gt))
    with pytest.raises(DatabaseError, match="ne s’accorde pas"), transaction.atomic():
        Habilitation.objects.create(
            compte=autre, role="DPO", debut=aujourd_hui(), accordee_par=gt.id, accordee_le=maintenant()
        )


def test_accorder_habilitation_to_nobody() -> None:
    with pytest.raises(Introuvable, match="Ce compte n’existe pas"):
        octroyer(f.SYSTEME, compte_id=uuid.uuid4())


@pytest.mark.parametrize(
    ("role", "champs", "champ"),
    [
        (Role.AGENT_GUICHET, {"guichet": ""}, "territoire"),
        (Role.DPO, {}, "guichet"),
        (Role.COORDINATION_REGIONALE, {"territoire": "", "guichet": "", "zone": "ZZ"}, "territoire"),
        (Role.COORDINATION_DEPARTEMENTALE, {"guichet": "", "zone": "75"}, "territoire"),
        (Role.GESTIONNAIRE_TERRITORIAL, {"territoire": "999", "guichet": ""}, "territoire"),
        (Role.AGENT_GUICHET, {"guichet": "ZZZZZ"}, "guichet"),
        (Role.AGENT_GUICHET, {"guichet": "GDPUB"}, "guichet"),
        (Role.AGENT_GUICHET, {"debut": AUJOURD_HUI - timedelta(days=1)}, "debut"),
        (Role.AGENT_GUICHET, {"fin": AUJOURD_HUI}, "fin"),
    ],
)
def test_accorder_habilitation_names_the_wrong_field(role: Role, champs: dict[str, Any], champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        octroyer(f.SYSTEME, role, **champs)
    assert refus.value.champ == champ


def test_same_role_twice_at_once_is_refused_and_later_is_not() -> None:
    compte, jour = f.creer_personne(), aujourd_hui()
    octroyer(f.SYSTEME, compte_id=compte.id, fin=jour + timedelta(days=10))
    with pytest.raises(Interdit, match="l’a déjà") as refus:
        octroyer(f.SYSTEME, compte_id=compte.id, debut=jour + timedelta(days=9))
    assert refus.value.champ == "role"
    octroyer(f.SYSTEME, compte_id=compte.id, debut=jour + timedelta(days=10))
    octroyer(f.SYSTEME, compte_id=compte.id, guichet="G0991")
    assert compte.habilitations.count() == 3


def retirer(habilitation_id: uuid.UUID, acteur: Acteur) -> Any:
    return retirer_habilitation(habilitation_id, motif=MotifRetrait.DEPART, acte=Acte(acteur, maintenant()))


def test_retirer_habilitation_ends_it_today_and_keeps_the_row() -> None:
    gt, habilitation_id = f.acteur(f.creer_gestionnaire()), octroyer(f.SYSTEME)
    assert retirer(habilitation_id, gt) == aujourd_hui()
    habilitation = Habilitation.objects.get(pk=habilitation_id)
    assert (habilitation.fin, habilitation.retiree_par) == (aujourd_hui(), gt.id)
    ecrite = entree("RETIRER_HABILITATION")
    assert (ecrite.faits["motif"], ecrite.faits["fin"]) == ("DEPART", aujourd_hui().isoformat())
    assert ecrite.acteur["role"] == "GESTIONNAIRE_TERRITORIAL"


def test_retirer_habilitation_before_its_first_day_voids_it() -> None:
    demain = aujourd_hui() + timedelta(days=1)
    habilitation_id = octroyer(f.SYSTEME, debut=demain)
    assert retirer(habilitation_id, f.SYSTEME) == demain
    with pytest.raises(Interdit, match="déjà terminée"):
        retirer(habilitation_id, f.SYSTEME)


def test_responsable_ends_roles_of_their_guichet_only() -> None:
    responsable = f.acteur(f.creer_responsable())
    retirer(octroyer(f.SYSTEME), responsable)
    with pytest.raises(Introuvable):
        retirer(octroyer(f.SYSTEME, guichet="G0991"), responsable)
    with pytest.raises(Introuvable):
        retirer(uuid.uuid4(), responsable)


def test_nobody_ends_their_own_role() -> None:
    gt = f.creer_gestionnaire()
    with pytest.raises(NonHabilite, match="exploitation nationale"):
        retirer(Habilitation.objects.get(compte=gt).id, f.acteur(gt))


def test_gestionnaire_does_not_end_a_peer() -> None:
    autre = Habilitation.objects.get(compte=f.creer_gestionnaire())
    with pytest.raises(NonHabilite):
        retirer(autre.id, f.acteur(f.creer_gestionnaire()))


def changer(
    compte: Compte, *, ancien: str = f.MOT_DE_PASSE, nouveau: str = NOUVEAU.mot_de_passe, **autre: Any
) -> None:
    changer_mot_de_passe(
        compte.id,
        ancien=ancien,
        nouveau=nouveau,
        acte=Acte(autre.get("acteur") or f.acteur(compte), maintenant()),
    )


def test_changer_mot_de_passe_tells_the_journal_without_it() -> None:
    compte = f.creer_agent()
    changer(compte)
    compte.refresh_from_db()
    assert compte.check_password(NOUVEAU.mot_de_passe)
    assert entree("MODIFIER_COMPTE").faits == {"compte": str(compte.id), "champ": "MOT_DE_PASSE"}


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"ancien": "autre chose"}, "ancien"),
        ({"nouveau": f.MOT_DE_PASSE}, "nouveau"),
        ({"nouveau": "1234"}, "nouveau"),
    ],
)
def test_changer_mot_de_passe_names_the_wrong_field(champs: dict[str, str], champ: str) -> None:
    compte = f.creer_agent()
    with pytest.raises(Interdit) as refus:
        changer(compte, **champs)
    assert refus.value.champ == champ
    compte.refresh_from_db()
    assert compte.check_password(f.MOT_DE_PASSE)


def test_changer_mot_de_passe_of_somebody_else() -> None:
    with pytest.raises(NonHabilite):
        changer(f.creer_agent(), acteur=f.SYSTEME)


def reinitialiser(compte_id: uuid.UUID, acteur: Acteur, mot_de_passe: str = NOUVEAU.mot_de_passe) -> None:
    reinitialiser_acces(compte_id, mot_de_passe=mot_de_passe, acte=Acte(acteur, maintenant()))


def test_reinitialiser_acces_gives_a_password_and_forgets_the_application() -> None:
    compte, gt = f.creer_agent(), f.creer_gestionnaire()
    reinitialiser(compte.id, f.acteur(gt))
    compte.refresh_from_db()
    assert compte.check_password(NOUVEAU.mot_de_passe)
    assert not TOTPDevice.objects.filter(user=compte).exists()
    ecrite = entree("MODIFIER_COMPTE")
    assert ecrite.faits == {"compte": str(compte.id), "champ": "ACCES"}
    assert (ecrite.acteur["id"], ecrite.acteur["role"]) == (str(gt.id), "GESTIONNAIRE_TERRITORIAL")


# Whose access each role may reset: nobody takes over a role that they could not end.
@pytest.mark.parametrize("cible", OCTROIS, ids=lambda creer: creer.__name__)
@pytest.mark.parametrize("creer", OCTROIS, ids=lambda creer: creer.__name__)
def test_reinitialiser_acces_by_each_role(creer: Any, cible: Any) -> None:
    acteur, compte = f.acteur(creer()), cible()
    if creer is f.creer_exploitation or (
        creer is f.creer_gestionnaire and cible in {f.creer_agent, f.creer_responsable}
    ):
        reinitialiser(compte.id, acteur)
    else:
        with pytest.raises(NonHabilite, match="exploitation nationale"):
            reinitialiser(compte.id, acteur)


def test_reinitialiser_acces_stops_at_the_territory_and_at_oneself() -> None:
    gt = f.creer_gestionnaire()
    with pytest.raises(NonHabilite):
        reinitialiser(f.creer_agent("02B", "GD2B1").id, f.acteur(gt))
    with pytest.raises(NonHabilite):
        reinitialiser(gt.id, f.acteur(gt))


def test_reinitialiser_acces_forgets_roles_that_ended() -> None:
    compte = f.creer_dpo()
    f.habiliter(compte, Role.AGENT_GUICHET, **AU_GUICHET)
    retirer(Habilitation.objects.get(compte=compte, role=Role.DPO).id, f.SYSTEME)
    reinitialiser(compte.id, f.acteur(f.creer_gestionnaire()))


def test_reinitialiser_acces_names_what_is_wrong() -> None:
    with pytest.raises(Introuvable):
        reinitialiser(uuid.uuid4(), f.SYSTEME)
    compte = f.creer_agent()
    with pytest.raises(Interdit) as refus:
        reinitialiser(compte.id, f.SYSTEME, mot_de_passe="court")
    assert refus.value.champ == "mot_de_passe"
    assert TOTPDevice.objects.filter(user=compte).exists()


ACTES = {
    "creer_compte": lambda compte, habilitation_id: creer_compte(NOUVEAU, acte=Acte(f.SYSTEME, maintenant())),
    "accorder_habilitation": lambda compte, habilitation_id: octroyer(
        f.SYSTEME, compte_id=compte.id, guichet="G0991"
    ),
    "retirer_habilitation": lambda compte, habilitation_id: retirer(habilitation_id, f.SYSTEME),
    "changer_mot_de_passe": lambda compte, habilitation_id: changer(compte),
    "reinitialiser_acces": lambda compte, habilitation_id: reinitialiser(compte.id, f.SYSTEME),
}


@pytest.mark.parametrize("acte", ACTES)
def test_journal_failure_leaves_nothing_behind(acte: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compte = f.creer_agent()
    habilitation_id = Habilitation.objects.get(compte=compte).id
    avant = etat()

    def casser(_: Any) -> None:
        raise RuntimeError("journal")

    for module in ("comptes", "roles", "retraits"):
        monkeypatch.setattr(f"sne.habilitations.actions.{module}.inscrire", casser)
    with pytest.raises(RuntimeError, match="journal"):
        ACTES[acte](compte, habilitation_id)
    assert etat() == avant


def etat() -> list[list[Any]]:
    """Every row that these acts may change."""
    return [list(m.objects.order_by("pk").values()) for m in (Compte, Habilitation, TOTPDevice)]


def test_a_software_has_its_role_and_no_way_in() -> None:
    exploitant = f.acteur(f.creer_exploitation())
    cle = creer_compte(
        NouveauLogiciel("interfaces@editeur.exemple.fr", "Aurette Habitat"),
        acte=Acte(exploitant, maintenant()),
    )
    logiciel = Compte.objects.get(pk=cle)
    assert (logiciel.has_usable_password(), logiciel.nom_complet) == (False, "Logiciel Aurette Habitat")
    with pytest.raises(Interdit, match="personne ne s’y connecte"):
        reinitialiser_acces(cle, mot_de_passe=NOUVEAU.mot_de_passe, acte=Acte(exploitant, maintenant()))
    with pytest.raises(Introuvable):
        lier_comptes(cle, f.creer_agent().id, acte=Acte(exploitant, maintenant()))
    personne = f.creer_personne()
    for compte, role in ((logiciel, Role.AGENT_GUICHET), (personne, Role.EDITEUR)):
        with pytest.raises(Interdit, match="un logiciel tient le sien"):
            accorder_habilitation(Octroi(compte.id, role, **AU_GUICHET), acte=Acte(exploitant, maintenant()))
        with pytest.raises(DatabaseError, match="logiciel"), transaction.atomic():
            Habilitation.objects.create(
                compte=compte,
                role=role,
                debut=aujourd_hui(),
                accordee_par=exploitant.id,
                accordee_le=maintenant(),
                **AU_GUICHET,
            )
    with pytest.raises(DatabaseError, match="compte_logiciel_ferme"), transaction.atomic():
        Compte.objects.filter(pk=cle).update(password="pbkdf2")
    accorder_habilitation(Octroi(cle, Role.EDITEUR, **AU_GUICHET), acte=Acte(exploitant, maintenant()))
    assert logiciel.habilitations.get().role == Role.EDITEUR
