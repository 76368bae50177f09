"""Erasure: a year after the striking-off nothing of the household is left, and what must stay proves it."""

import os
import subprocess
from pathlib import Path
from unittest import mock

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.attestations.models import Attestation, Lot
from sne.attestations.rules import FichierDifferent
from sne.attestations.selectors import refaire_lot, verifier_reference
from sne.journal.models import Entree
from sne.journal.selectors import verifier
from sne.notifications import tasks as envois
from sne.notifications.models import Message, MessageAEffacer
from sne.notifications.selectors import get_effacement_en_retard
from sne.registre.demande.models.demande import Demande, Purge, Version
from sne.registre.demande.selectors.effacement import list_rapports
from sne.registre.listes.models import ListeEnregistree
from sne.registre.vie import tasks
from sne.registre.vie.models.purge import PurgeCompte, StatistiqueAVerser
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.bases import url_de_base
from sne.socle.postgres import dossier_des_binaires
from tests.journal.test_journal import falsifier, tout_sceller
from tests.registre.vie.a_effacer import EN_CLAIR, NIR, PURGEE_LE, AEffacer, en_clair_partout, executer, midi

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("var")]
EFFACEES = {
    "journal_valeur", "message_tentative", "message", "attestation_a_remettre", "attestation_remise",
    "attestation_part_de_lot", "attestation", "attestation_a_traiter", "cas_doublon", "brouillon", "tentative_refusee",
    "evenement", "decision_caleol", "attribution", "fait_dalo", "consigne_egalite", "requete_anteriorite",
    "requete_annulation", "reactivation",
    "radiation", "place_ouverte", "secret_nir", "decision_identite", "titre_anciennete", "identite",
    "identite_quittee", "personne",
    "version", "preavis", "preavis_echec", "element_enquete", "levee_gel", "separation", "annulation", "retablissement",
    "decision_separation", "ensemble_doublon", "ensemble_membre", "ensemble_paire", "ensemble_sort", "attente",
    "decision_anteriorite", "piece", "qualification_piece", "explication_piece",
    "requete_restauration", "decision_restauration", "avis_changement", "opposition", "examen_identite", "operation",
    "echange_identite", "relecture_identite", "observation_identite",
    "rappel_identite", "classement", "permission_contact", "usage_permission", "verification", "arret",
    "rattachement", "code_ferme", "signalement", "requete_demandeur", "depot_en_ligne", "mandat_aide",
    "appel_ressources",
    "ressource_mensuelle", "ligne_de_lot", "cle_statistique", "echange_convention",
}  # fmt: skip
"""Tables whose rows of the household go. ``version`` keeps one, empty, for the revision that erased."""
GARDEES = {
    "effacement": "the rules of erasure, written from the models",
    "demande": "the number and the territory of a demande erased, every other column emptied",
    "departement_adresses": "addresses of everybody", "voie_adresse": "addresses of everybody",
    "mot_adresse": "words of addresses", "contours_departement": "outlines of communes",
    "etat_service": "whether a service of the State answers",
    "etat_oidc": "a sign-in that has just started, of nobody yet: gone within minutes",
    **dict.fromkeys(
        (
            *("courriel_recu", "equipe_par_defaut", "horloge_ticket", "incident", "lien_sorti", "lien_ticket"),
            *("numero_ticket", "passage_ticket", "pause_ticket", "ticket", "ticket_evite", "ticket_masque"),
            *("ticket_message", "ticket_partage", "ticket_piece", "vue_ticket"),
        ),
        "what professionals ask each other: a number is a text, and opens nothing once its demande is gone",
    ),
    **dict.fromkeys(
        (
            *("accuse_campagne", "campagne_accueil", "condition_decision", "decision_programme"),
            *("fichier_document", "option_decision", "mesure_decision", "preuve_decision"),
            *("suite_decision", "voix_territoire"),
        ),
        "what professionals read and decide: of no household",
    ),
    "purge": "the proof", "purge_compte": "counts", "passage_horloge": "counts", "passage_doublons": "counts",
    "liste_enregistree": "what an agent filters by", "activite_mensuelle": "counts of a counter",
    "entonnoir_calcule": "counts of counters",
    "statistique_a_verser": "classes, no identifier", "statistique_effacee": "classes, no identifier",
    "message_agent": "work to do of an agent: counts and links, no household",
    "message_agent_tentative": "codes of a mail server",
    "message_a_effacer": "identifiers of messages that are gone",
    "document": "states and instants: hash, name, type and sizes are emptied",
    "document_partie": "identifiers, gone with its document",
    "rpls_chargement": "files loaded", "rpls_attribution": "counts of a landlord",
    "rpls_bail": "dwellings and months of leases, of no household",
    "proposition_parametre": "values of parameters, who proposed and who accepted",
    "veille_territoire": "counts of a territory",
    "edition_ouverte": "who asked for open data, who published", "fichier_ouvert": "counts, none of a few households",
    "televersement": "a file on its way, its name encrypted: gone within days",
    "televersement_morceau": "pieces of it, encrypted, gone with it",
    "document_objet": "a keyed fingerprint, gone with its bytes",
    "journal_entree": "verbs, identifiers and commitments: values are in journal_valeur",
    "journal_scellement": "hashes", "journal_position": "identifiers", "journal_abonnement": "a cursor",
    "journal_cle": "public keys", "journal_jalon": "hashes, signed",
    "journal_jalon_ecarte": "a number and a sentence on it",
    "journal_tuile": "hashes", "journal_reprise": "where an entry was sealed, hashes", "journal_ere_ailleurs": "eras",
    "cellule_territoire": "where a territory is",
    "journal_horodatage": "hashes, signed by somebody else", "journal_retrait": "a month, a number, hashes",
    "demande_enquetee": "which enquiry was about which demande", "gel": "days of a freeze, and agents",
    "dossier_enquete": "codes and agents: its sentences go",
    "attestation_lot": "a hash, a count and an agent", "nud_ere": "eras of the numbers",
    "avis_inactivite": "agents", "carence": "counters and days", "depart": "agents",
    "compte": "agents", "habilitation": "agents",
    "django_session": "numbers of files last opened; what was typed or shown, encrypted, a day at most then a night",
    "rythme_revue": "settings of a territory", "campagne_revue": "places and days",
    "ligne_revue": "roles of agents", "reponse_revue": "what was said of a role",
    "convention": "a vendor and a body", "portee_ouverte": "codes and agents", "arret_convention": "agents, and why",
    "cle_convention": "hashes", "certificat_convention": "hashes, and the name of a software",
    "cadence_convention": "counts", "appel_convention": "patterns of addresses, a month at most",
    "usage_convention": "counts by network", "alerte_convention": "counts by network",
    "flux_ligne": "codes and identifiers of acts, for whoever reads that the demande is erased",
    "flux_releve": "hashes", "flux_accuse": "numbers", "flux_abonnement": "addresses of software, secrets encrypted",
    "flux_livraison": "numbers and statuses",
    "import_convention": "names of files and counts", "ligne_import": "numbers and codes, a month at most",
    "tranche_import": "encrypted, a week at most once the import is over",
    "bac": "fictional people, at the École alone", "trace_ecole": "fingerprints, at the École alone",
    "compte_demandeur": "instants: an account, not whose",
    "acces_demandeur": "keyed fingerprints of a way in",
    "session_demandeur": "encrypted, hours at most",
    "envoi_garde": "an hour, for the account that was sending it",
    "mot_du_menage": "what a household asks the desk, two days once it has it",
    "mesure_decision": "figures of a decision of the programme, of nobody",
    "code_connexion": "encrypted, minutes at most", "compteur_limite": "counts by a keyed fingerprint, a day at most",
    "lot_ressources": "a month and instants, nobody",
    "suspension": "roles of agents", "reduction": "roles of agents", "usage_droit": "rights of agents and days",
    "releve_usages": "a position in the journal", "lecture_rappel": "agents", "reponse_scenario": "agents",
    "envoi_programme": "settings of a territory", "envoi_fait": "months and counts",
    "indicateur": "definitions", "rapport": "definitions", "rapport_version": "definitions",
    "rapport_decision": "definitions, and who decided of them", "correspondance": "definitions",
    "lecture_rapport": "agents and days",
    "lac_curseur": "how far the lake goes", "lac_fichier": "names and hashes of files whose keys name nobody any more",
    "abonnement_rapport": "settings of a place, agents", "abonnement_envoi": "days", "abonnement_envoi_suite": "agents",
    "abonnement_migration": "counts of counters, agents", "edition": "counts of counters, agents",
    "agregat": "counts of a counter", "lac_guichet": "what counters were", "agregat_efface": "counts of a counter",
    "entree_index": "pages of help, no file", "texte_page": "pages of help, no file",
    "forme_connue": "words of pages of help", "synonyme": "words",
    "recherche_sans_suite": "words looked for in help by nobody named, by day",
    "reponse_gardee": "an answer to a vendor, encrypted: days, then a night",
    "page_site": "a page for professionals", "revision_page": "its texts, agents", "fin_page": "agents and days",
    "brouillon_page": "what an agent is writing", "redirection_page": "addresses",
    "avis_page": "what is said of a page",
    "espace": "a space of teams", "acces_espace": "teams and days", "membre_liste": "agents and days",
    "drapeau": "settings", "sujet": "what agents write", "contribution": "what agents write",
    "version_contribution": "what agents wrote", "signalement_contribution": "agents",
    "lecture_sujet": "agents and days", "veille": "settings of agents", "resume_espaces": "agents and days",
    "annonce": "what agents write", "relais_annonce": "what agents write", "lecture_annonce": "agents and days",
    "fichier_espace": "files of agents", "version_fichier": "files of agents", "avis_version": "what agents write",
    "lien_document": "addresses, agents", "rencontre": "meetings of agents", "inscription_rencontre": "agents",
    "flux_calendrier": "agents, fingerprints of secrets", "questionnaire": "what agents are asked",
    "relais_questionnaire": "agents", "brouillon_reponses": "agents, encrypted", "participation": "agents and days",
    "reponse_en_attente": "answers of agents, encrypted", "reponse_questionnaire": "answers of agents",
    "cohorte": "settings", "phase_cohorte": "days", "mesure_cohorte": "figures", "candidature": "agents",
    "alerte_guichet": "figures of a counter", "suite_alerte": "agents, and what they say of figures",
}  # fmt: skip
"""Tables that stay, and why nothing personal of a household is in them."""
A_D_AUTRES = ("auth_", "axes_", "django_", "dsfr_", "otp_", "procrastinate_")
"""Tables of other applications: agents, sessions, jobs whose arguments are identifiers."""
REFERENTIELS = "referentiels"


def restes(nom_de_base: str, var: Path) -> set[str]:
    """Which words of the household a dump of the whole database and the folders of the service still hold."""
    commande = [dossier_des_binaires() / "pg_dump", url_de_base(os.environ["SNE_OWNER_URL"], nom_de_base)]
    vidage = subprocess.run(commande, check=True, capture_output=True).stdout
    fichiers = b"".join(x.read_bytes() for x in var.rglob("*") if x.is_file())
    tout = (vidage + fichiers).decode("utf-8", "replace").casefold()
    return {mot for mot in (*EN_CLAIR, NIR) if mot.casefold() in tout}


def passer() -> None:
    passer_l_horloge(midi(PURGEE_LE), territoires=["099"])
    tout_sceller()


def test_every_table_is_erased_or_says_why_it_stays() -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition "
            "AND relnamespace = 'public'::regnamespace"
        )
        tables = {ligne[0] for ligne in curseur.fetchall()}
    references = {m._meta.db_table for m in apps.get_app_config(REFERENTIELS).get_models()}
    connues = EFFACEES | set(GARDEES) | references
    assert {t for t in tables - connues if not t.startswith(A_D_AUTRES)} == set()
    assert tables >= EFFACEES | (set(GARDEES) - {"django_session"})


def test_nothing_is_left_in_a_dump_nor_in_the_folders(nom_de_base: str, var: Path, url_owner: str) -> None:
    demande = en_clair_partout()
    assert restes(nom_de_base, var) == set(EN_CLAIR)
    taches = ProcrastinateJob.objects.count()
    assert taches
    reference = Attestation.objects.get().reference
    passer()
    assert restes(nom_de_base, var) == set()
    listes = ListeEnregistree.objects.values_list("nom", flat=True)
    assert {nom.split()[0] for nom in listes} == {"Échéances", "Liste"}, "named anew, kept"
    assert {x.name for x in var.rglob("*.pdf")} == {f"{x.id}-1.pdf" for x in Message.objects.all()} != set()
    _est_une_tombe(demande)
    _se_rapporte(demande)
    assert list(verifier()) == []
    verifiees = [verifier_reference(r, aujourd_hui=PURGEE_LE) for r in (reference, "2" * 12)]
    assert verifiees[0] == verifiees[1]  # as if it had never been
    with pytest.raises(FichierDifferent, match="effacée"):
        refaire_lot(Lot.objects.get())
    for tache in ProcrastinateJob.objects.all():  # late, they find nothing and break nothing
        executer(tache.task_name, le=midi(PURGEE_LE), **tache.args)
    with psycopg.connect(url_owner, autocommit=True) as owner:
        falsifier(owner, "UPDATE journal_entree SET faits = faits - 'lignes' WHERE verbe = %s", ["PURGER"])
    assert [e.phrase for e in verifier()] != []
    assert (list_rapports(PURGEE_LE)[0].discordantes, list_rapports(PURGEE_LE)[0].complet) == (1, False)


def _est_une_tombe(effacee: AEffacer) -> None:
    """The number, the territory, and nothing else."""
    demande = Demande.objects.get(id=effacee.id)
    assert (demande.nud, demande.territoire, demande.statut) == (effacee.nud, "099", "PURGEE")
    assert {demande.canal, demande.guichet_createur, demande.guichet_gestionnaire, demande.titulaire} == {""}
    assert {demande.date_depot, demande.date_enregistrement, demande.date_expiration} == {PURGEE_LE}
    assert (demande.nb_personnes, demande.communes_souhaitees, demande.types_logement) == (0, [], [])
    version = Version.objects.get(demande=demande)
    assert (version.numero, version.contenu, version.identites) == (demande.revision, {}, [])


def _se_rapporte(effacee: AEffacer) -> None:
    (rapport,) = list_rapports(PURGEE_LE)
    entree = Entree.objects.get(verbe="PURGER")
    assert (rapport.territoire, rapport.demandes, rapport.entrees, rapport.scellees) == (
        "099",
        1,
        (entree.id,),
        1,
    )
    assert rapport.lignes == entree.faits["lignes"]
    assert set(rapport.lignes) == EFFACEES | {"recherche", "document"}
    vides = {table for table, nombre in rapport.lignes.items() if not nombre}
    assert vides == {
        "attestation_a_remettre", "attestation_a_traiter", "decision_separation", "ensemble_doublon",
        "ensemble_membre", "ensemble_paire", "ensemble_sort", "place_ouverte", "preavis_echec", "reactivation",
        "annulation", "requete_annulation", "retablissement",
        "separation", "code_ferme", "signalement", "requete_demandeur", "arret", "depot_en_ligne",
        "mandat_aide", "cle_statistique",
    }  # fmt: skip
    assert (rapport.fichiers, rapport.fichiers_restants, rapport.discordantes, rapport.complet) == (
        3,
        0,
        0,
        True,
    )
    traits = StatistiqueAVerser.objects.values().get()
    assert traits.pop("id").version == 4  # drawn at random: no time in it
    assert traits == {
        "territoire": "099", "annee_depot": 2026, "trimestre_radiation": "2027T4", "motif": "RADABA",
        "menage": "TROIS_QUATRE", "typologie": "T3", "anciennete": "MOINS_1", "deja_locataire": False,
        "attribution": True,
    }  # fmt: skip


def test_crash_before_the_files_leaves_a_report_that_says_so(var: Path) -> None:
    en_clair_partout()
    with (
        mock.patch.object(tasks, "effacer_les_fichiers", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        passer()
    tout_sceller()
    (rapport,) = list_rapports(PURGEE_LE)
    assert (rapport.demandes, rapport.fichiers_restants, rapport.complet) == (1, 6, False)
    assert get_effacement_en_retard(le=midi(PURGEE_LE).replace(hour=15)).total_seconds() == 3 * 3600
    with (
        mock.patch.object(envois, "noter_effacement", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        executer(envois.EFFACER, timestamp=0)
    executer(envois.EFFACER, timestamp=0)  # every file of a message is gone before it is said so
    (rapport,) = list_rapports(PURGEE_LE)
    assert rapport.complet
    assert not get_effacement_en_retard(le=midi(PURGEE_LE))
    assert MessageAEffacer.objects.filter(efface_le=None).count() == 0
    assert not [x for x in var.rglob("*") if x.suffix in {".eml", ".txt"}]


def test_crash_inside_erases_nothing(nom_de_base: str, var: Path) -> None:
    demande = en_clair_partout()
    panne = mock.patch("sne.registre.demande.actions.dire.journal.inscrire", side_effect=RuntimeError)
    with panne, pytest.raises(RuntimeError):
        passer()
    assert (Purge.objects.count(), PurgeCompte.objects.count(), StatistiqueAVerser.objects.count()) == (
        0,
        0,
        0,
    )
    assert Demande.objects.get(id=demande.id).statut == "RADIEE"
    assert restes(nom_de_base, var) == set(EN_CLAIR)
