"""What can be checked in a content, and what is concluded of each answer."""

from datetime import date

import pytest

from sne.connecteurs.ban.rules import Adresse as Trouvee
from sne.connecteurs.ban.rules import Nature
from sne.connecteurs.entreprises.rules.etats import INTROUVABLE, Entreprise, Etablissement, Etat
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.verification.rules.cles import Source, cle_d_adresse, empreinte
from sne.registre.verification.rules.conclusions import conclure_adresse, conclure_entreprise, etat_de
from sne.registre.verification.rules.etats import EtatVerification
from sne.registre.verification.rules.lieux import Lieu, lieux_a_verifier
from tests.registre import factories as f

JOUR = date(2026, 11, 24)
LIEU = lieux_a_verifier(f.contenu())[0]
SIRET = "99900016900014"


def trouvee(**autres: object) -> Trouvee:
    champs = {
        "nature": Nature.NUMERO,
        "libelle": "12 Rue des Tanneurs 99240 Les Ormeaux",
        "numero": "12",
        "voie": "Rue des Tanneurs",
        "code_postal": "99240",
        "code_commune": "99002",
        "commune": "Les Ormeaux",
        "identifiant": "99002_0001_00012",
        "score": 0.5,
    } | autres
    return Trouvee(**champs)  # type: ignore[arg-type]


def conclure(*trouvees: Trouvee) -> EtatVerification:
    return conclure_adresse(LIEU, trouvees, source=Source.BAN, le=JOUR, certitude=0.8).etat


def test_ce_qui_peut_etre_verifie() -> None:
    contenu = f.contenu(
        demandeur=f.personne(situation_professionnelle={"employeur_siret": SIRET}),
        cotitulaires=[
            f.personne(
                "Rossi", "Paul", lien_demandeur="M", situation_professionnelle={"employeur_siret": SIRET}
            )
        ],
        logement_actuel={"bailleur_social": {"siren": "999000011"}},
    )
    assert [lieu.chemin for lieu in lieux_a_verifier(contenu)] == [
        "demandeur.adresse_courrier",
        "demandeur.situation_professionnelle.employeur_siret",
        "cotitulaires[0].situation_professionnelle.employeur_siret",
        "logement_actuel.bailleur_social.siren",
    ]


def test_rien_a_verifier_a_l_etranger_ni_sans_rue() -> None:
    ailleurs = {"etranger": True, "voie": "Rue X", "ville_etrangere": "Gand", "pays": "Belgique"}
    contenu = f.contenu(demandeur=f.personne(adresse_courrier=ailleurs))
    assert lieux_a_verifier(contenu) == ()
    assert lieux_a_verifier(Contenu.model_validate({"titulaire": "ASSOCIATION"})) == ()
    association = {"adresse_courrier": {"voie": "Rue X", "code_postal": "99240", "commune": "99002"}}
    [lieu] = lieux_a_verifier(
        Contenu.model_validate({"titulaire": "ASSOCIATION", "association": association})
    )
    assert lieu.chemin == "association.adresse_courrier"


def test_la_cle_ne_depend_que_de_ce_qui_est_dit() -> None:
    une = cle_d_adresse(numero="12", voie=" Rue  des TANNEURS", code_postal="99240", commune="99002")
    assert une == LIEU.cle
    autre = cle_d_adresse(numero="13", voie="Rue des Tanneurs", code_postal="99240", commune="99002")
    assert empreinte(autre) != empreinte(LIEU.cle)


@pytest.mark.parametrize(
    ("trouvees", "etat"),
    [
        ((), EtatVerification.NON_TROUVEE),
        ((trouvee(nature=Nature.COMMUNE),), EtatVerification.NON_TROUVEE),
        ((trouvee(),), EtatVerification.VERIFIEE),  # the very one, whatever its likeness
        ((trouvee(voie="Rue des Tanneries", score=0.8),), EtatVerification.VERIFIEE),
        ((trouvee(voie="Rue des Tanneries", score=0.79),), EtatVerification.PROPOSEE),
        ((trouvee(nature=Nature.VOIE, numero="", score=1.0),), EtatVerification.PROPOSEE),
    ],
)
def test_une_adresse(trouvees: tuple[Trouvee, ...], etat: EtatVerification) -> None:
    assert conclure(*trouvees) is etat


def etablissement(etat: Etat = Etat.ACTIF, *, masque: bool = False) -> Etablissement:
    ferme = date(2024, 6, 30) if etat is Etat.FERME else None
    return Etablissement(SIRET, etat, ferme, "", "", "", siege=True, enseigne="", masque=masque)


def entreprise(etat: Etat = Etat.ACTIF, *lieux: Etablissement, masquee: bool = False) -> Entreprise:
    return Entreprise(SIRET[:9], "MANUFACTURE", etat, None, "5710", masquee=masquee, etablissements=lieux)


@pytest.mark.parametrize(
    ("vue", "etat"),
    [
        (entreprise(), EtatVerification.ACTIVE),
        (entreprise(Etat.FERME, masquee=True), EtatVerification.FERMEE),
        (entreprise(masquee=True), EtatVerification.MASQUEE),
        (etablissement(), EtatVerification.ACTIVE),
        (etablissement(Etat.FERME), EtatVerification.FERMEE),
        (etablissement(masque=True), EtatVerification.MASQUEE),
    ],
)
def test_l_etat_d_une_entreprise(vue: Entreprise | Etablissement, etat: EtatVerification) -> None:
    assert etat_de(vue) is etat


def test_une_entreprise() -> None:
    siret, siren = Lieu("x", "Employeur", SIRET), Lieu("y", "Bailleur", SIRET[:9])
    absente = conclure_entreprise(siret, (), le=JOUR)
    assert (absente.etat, absente.avis) == (EtatVerification.INTROUVABLE, INTROUVABLE)
    fermee = conclure_entreprise(siret, (entreprise(Etat.ACTIF, etablissement(Etat.FERME)),), le=JOUR)
    assert fermee.avis.startswith("Cet établissement a fermé le 30/06/2024.")
    cessee = conclure_entreprise(siren, (entreprise(Etat.FERME),), le=JOUR)
    assert cessee.avis.startswith("Cette entreprise a cessé")
