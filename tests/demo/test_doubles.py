"""Doubles: other people with the need of a model, spread over the country, written under every guarantee, resumable."""

import pytest
from django.db import connection

from sne.demo.generation.atelier import (
    acteur_de_la_reprise,
    double,
    ecrire_lot_de_doubles,
    reprise,
    terrains_du_pays,
)
from sne.demo.generation.doubles import SOUCHE, Doubleur, lots_de_doubles
from sne.journal import selectors as journal
from sne.journal.models import Entree
from sne.referentiels.selectors import get_geographie, get_parametres
from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.anomalie import Niveau
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.contenu.rules.arbre.stockage import depuis_stockage
from sne.registre.contenu.rules.arbre.telephone import lire_e164
from sne.registre.contenu.rules.controles import controler
from sne.registre.contenu.rules.controles.contexte import Porte
from sne.registre.contenu.selectors.references import references_du
from sne.registre.demande.models.demande import Demande, PlaceOuverte, Version
from sne.registre.demande.models.personne import Identite, Personne, SecretNir
from sne.registre.demande.selectors.identites import vers_arbre
from sne.registre.depot.actions.multiplier import multiplier_demandes
from sne.registre.depot.actions.reprendre import reprendre_demandes
from sne.socle.chiffrement import dechiffrer
from sne.socle.erreurs import NonHabilite
from tests.demo.decors import generateur

RANGS = tuple(modele + SOUCHE * tour for modele in range(12) for tour in (1, 2, 3))


@pytest.fixture
def doubleur(db: None) -> Doubleur:
    return Doubleur(generateur(), terrains_du_pays())


def test_every_rank_beyond_the_first_comes_once_in_batches_that_share_models() -> None:
    taille = SOUCHE * 3 + 17
    lots = list(lots_de_doubles(taille))
    assert sorted(rang for lot in lots for rang in lot) == list(range(SOUCHE, taille))
    assert max(len({rang % SOUCHE for rang in lot}) for lot in lots) <= 5
    assert list(lots_de_doubles(SOUCHE)) == []


def test_doubles_are_other_people_at_other_places(doubleur: Doubleur) -> None:
    tireur = doubleur.generateur
    doubles = [double(doubleur, rang, tireur.menage(rang % SOUCHE)) for rang in RANGS]
    assert doubles == [double(doubleur, rang, tireur.menage(rang % SOUCHE)) for rang in RANGS]
    personnes = [p for d in doubles for p in d.personnes]
    assert len({(p.nom, p.prenoms, p.naissance) for p in personnes}) == len(personnes)
    assert len({p.nir for p in personnes if p.nir}) == sum(1 for p in personnes if p.nir)
    assert all(regles_nir.normaliser(p.nir) == p.nir for p in personnes if p.nir)
    assert len({d.territoire for d in doubles}) > 10
    geographie = get_geographie()
    assert {geographie.territoire_de_commune(c) == d.territoire for d in doubles for c in d.communes} == {
        True
    }


def test_written_doubles_are_whole_files_that_the_rules_accept(doubleur: Doubleur) -> None:
    assert ecrire_lot_de_doubles(doubleur, RANGS) == len(RANGS)
    connection.check_constraints()
    assert Demande.objects.count() == len(RANGS)
    assert ecrire_lot_de_doubles(doubleur, RANGS) == 0, "an interrupted writing resumes"
    for demande in Demande.objects.select_related("version_courante"):
        version = demande.version_courante
        identites = {
            str(i.personne_id): vers_arbre(i) for i in Identite.objects.filter(id__in=version.identites)
        }
        contenu = depuis_stockage(version.schema, version.contenu, version.contenu_protege, identites)
        anomalies = controler(
            contenu,
            aujourd_hui=demande.date_depot,
            porte=Porte.IMPORT,
            references=references_du(demande.date_depot, demande.territoire),
            limites=get_parametres(demande.date_depot)[ParametresContenu],
        )
        assert [a for a in anomalies if a.niveau is Niveau.BLOQUANT] == []
        for (_, adulte), personne in zip(adultes(contenu), demande.personnes.order_by("rang"), strict=True):
            telephones = {
                t.e164 for t in (adulte.contact.telephone_portable, adulte.contact.telephone_domicile) if t
            }
            assert telephones <= {personne.telephone}
        assert Version.objects.filter(demande=demande).count() == demande.revision


def test_their_journal_says_what_they_are_and_verifies(doubleur: Doubleur) -> None:
    ecrire_lot_de_doubles(doubleur, RANGS)
    entrees = Entree.objects.exclude(demande=None)
    assert entrees.count() >= sum(Demande.objects.values_list("revision", flat=True))
    modeles = {str(doubleur.generateur.cle(rang % SOUCHE)) for rang in RANGS}
    assert {e.faits["double_de"] for e in entrees} == modeles
    assert list(journal.verifier()) == []


def test_numbers_are_their_own_and_hold_a_place_while_open(doubleur: Doubleur) -> None:
    ecrire_lot_de_doubles(doubleur, RANGS)
    ouvertes = Demande.objects.filter(statut__in=("ACTIVE", "EXPIREE"))
    avec_nir = Identite.objects.exclude(nir_empreinte=None)
    assert PlaceOuverte.objects.count() == avec_nir.filter(demande__in=ouvertes).count() > 0
    for secret in SecretNir.objects.select_related("personne__identite_courante"):
        numero = dechiffrer(bytes(secret.chiffre), lie_a=secret.personne_id.bytes).decode()
        assert numero[0] == secret.personne.identite_courante.civilite


def test_a_double_keeps_to_its_model_and_its_territory(doubleur: Doubleur) -> None:
    menage = next(m for m in map(doubleur.generateur.menage, range(50)) if len(list(adultes(m.contenu))) == 2)
    bon = double(doubleur, menage.rang + SOUCHE, menage)
    acteur = acteur_de_la_reprise(bon.territoire)
    seul = type(bon)(bon.id, bon.territoire, bon.guichet, bon.communes, bon.personnes[:1])
    ailleurs = type(bon)(bon.id, bon.territoire, bon.guichet, ("99001",), bon.personnes)
    for faux in (seul, ailleurs):
        with pytest.raises(ValueError, match="double"):
            multiplier_demandes([(reprise(menage), [faux])], acteur=acteur)
    with pytest.raises(NonHabilite):
        multiplier_demandes([(reprise(menage), [bon])], acteur=acteur_de_la_reprise())
    assert multiplier_demandes([], acteur=acteur) == 0
    assert not Demande.objects.exists()


def test_reached_by_the_means_of_the_model_only(doubleur: Doubleur) -> None:
    menages = [doubleur.generateur.menage(rang) for rang in range(12)]
    reprendre_demandes([reprise(m) for m in menages], acteur=acteur_de_la_reprise())
    ecrire_lot_de_doubles(doubleur, RANGS)
    for menage in menages:
        doubles = [doubleur.generateur.cle(menage.rang + SOUCHE * tour) for tour in (1, 2, 3)]
        moyens = {
            (p.rang, bool(p.telephone), bool(p.courriel))
            for p in Personne.objects.filter(demande_id__in=[menage.id, *doubles])
        }
        assert len(moyens) == len(list(adultes(menage.contenu)))
    assert lire_e164("0700000001") == "+33700000001"
