"""Queues that flow: the fact that decides, the act, the next file; remarks, messages to households, the dashboard."""

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.test import Client
from django.urls import reverse

from sne.guichet.listes.parcours import retenir, situer, situer_ici
from sne.habilitations.models import Compte
from sne.habilitations.selectors import acteur_de
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.registre.demande.actions.examiner import remarquer
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.selectors.etat import etat
from sne.registre.faits.actions.evenements import consigner_evenement
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.joindre.rules.mots import MOTS, Mot
from sne.registre.pieces.models import Piece
from sne.socle.acte import Acte
from tests.guichet.depot.test_anteriorite import demander as demander_une_date
from tests.guichet.parcours import texte
from tests.guichet.test_listes import deposer, noms, ouvrir, remplir
from tests.guichet.test_modification import saisie as saisie_du_bloc
from tests.guichet.vie.renouvellements import commencer, confirmer
from tests.registre import factories as f
from tests.registre.faits.faits import saisie


def test_the_fact_that_decides_the_act_and_the_other_order(agent: Client, compte: Compte) -> None:
    """Each line: days left, strike-off, notice; its act. The header of the key leads to the other order."""
    remplir(2, compte)
    page = ouvrir(agent)
    assert re.search(r'data-libelle="Jusqu’au">\d\d/\d\d/\d{4}, dans \d+\u00a0jours<', page)
    assert re.search(r'data-libelle="Radiation">\d\d/\d\d/\d{4}, dans \d+\u00a0jours<', page)
    assert 'data-libelle="Préavis">Pas encore parti<' in page
    assert 'aria-sort="ascending"' in page
    (tri,) = re.findall(r'aria-sort="ascending"><a class="reg-tri-colonne" href="([^"]+)"', page)
    autre = texte(agent.get(reverse("liste", args=["echeance"]) + tri.replace("&amp;", "&")))
    assert noms(autre) == noms(page)[::-1]
    assert 'aria-sort="descending"' in autre
    nud = Demande.objects.order_by("date_depot").first()
    assert nud is not None
    for nom, libelle, adresse in (
        ("qualifier", "Lever", reverse("demande-remarques", args=[nud.nud])),
        ("courriers", "Corriger l’adresse", reverse("demande-modifier", args=[nud.nud, "coordonnees"])),
        ("incompletes", "Compléter", f"/demandes/{nud.nud}/modifier/"),
        ("pieces", "Vérifier", "/pieces/"),
        ("miennes", "Ouvrir", reverse("demande", args=[nud.nud])),
    ):
        assert re.search(rf'href="{adresse}[^"]*">{libelle}<', ouvrir(agent, nom)), nom


def test_a_list_is_gone_through_file_after_file(agent: Client, compte: Compte) -> None:
    """Previous and next by J and K, from file to file, from remark to remark; nothing for a file out of the list."""
    remplir(3, compte)
    noms_lus = re.findall(r'<th scope="row"><a href="/demandes/(\w+)/"', ouvrir(agent, "qualifier"))
    seul = deposer("Ziegler", age=1)
    assert len(noms_lus) == 3
    premier, second, _ = noms_lus
    fiche = texte(agent.get(reverse("demande", args=[premier])))
    assert "Dossier 1 sur 3 de" in fiche
    assert f'rel="next" href="{reverse("demande", args=[second])}" aria-keyshortcuts="j"' in fiche
    assert f'rel="prev" href="{reverse("demande", args=[premier])}" aria-keyshortcuts="k"' in texte(
        agent.get(reverse("demande", args=[second]))
    )
    assert "sur 3 de" not in texte(agent.get(reverse("demande", args=[seul])))
    page = texte(agent.get(reverse("demande-remarques", args=[premier])))
    assert "C’est exact, puis le suivant" in page
    codes = re.findall(r'name="code" value="(\w+)"', page)
    for code in codes:
        champs = {"code": code, "precision": "Vu sur la pièce", "suivant": "oui"}
        suite = agent.post(reverse("demande-remarques", args=[premier]), champs)
    assert suite["Location"] == reverse("demande-remarques", args=[second])
    assert premier not in ouvrir(agent, "qualifier")


def test_what_is_saved_opens_the_next_of_any_queue(
    agent: Client, compte: Compte, gestionnaire: Client
) -> None:
    """A change, a document, a renewal: the act of the next line, then the list after the last one."""
    remplir(2, compte)
    a_faire = r'<td data-libelle="À faire" class="reg-ecran">.*?(?:href|action)="([^"]+)"'
    noms_de_listes = ("incompletes", "echeance", "pieces")
    actes = {nom: re.findall(a_faire, ouvrir(agent, nom)) for nom in noms_de_listes}
    assert all(len(set(adresses)) == 2 for adresses in actes.values()), actes

    ouvrir(agent, "incompletes")
    une, autre = actes["incompletes"]
    bloc = une.rstrip("/").rpartition("/")[2]
    nud = une.split("/")[2]
    assert "Enregistrer, puis le suivant" in texte(agent.get(une))
    fait = agent.post(une, saisie_du_bloc(agent, nud, bloc) | {"continuer": ["suivant"]})
    assert fait["Location"] == autre
    nud = autre.split("/")[2]
    assert "Enregistrer, puis revenir à la liste" in texte(agent.get(autre))
    fait = agent.post(autre, saisie_du_bloc(agent, nud, bloc) | {"continuer": ["suivant"]})
    assert fait["Location"] == reverse("liste", args=["incompletes"])
    assert agent.post(autre, saisie_du_bloc(agent, nud, bloc))["Location"].endswith(f"#{bloc}")

    ouvrir(agent, "pieces")
    une, autre = actes["pieces"]
    nud = Piece.objects.get(id=une.split("/")[2]).demande.nud
    adresse = reverse("piece-qualifier", args=[nud, une.split("/")[2]])
    fait = agent.post(adresse, {"qualification": "VALIDE", "suivante": "oui"})
    assert fait["Location"] == autre

    ouvrir(agent, "echeance")
    une, autre = actes["echeance"]
    nud = une.split("/")[2]
    commencer(agent, nud)
    assert "Renouveler, puis le suivant" in texte(agent.get(reverse("renouvellement-verifier", args=[nud])))
    assert confirmer(agent, nud, continuer="suivant")["Location"] == autre
    assert f'href="{autre}" aria-keyshortcuts="j"' in texte(
        agent.get(reverse("demande-renouvelee", args=[nud]))
    )


def test_a_queue_may_hold_what_is_no_file() -> None:
    """Its lines are gone through by their addresses; the files among them, by their numbers too."""
    request: Any = SimpleNamespace(session={}, path="/a/2/", get_full_path=lambda: "/file/")
    assert (situer(request, "N1"), situer_ici(request)) == (None, None)
    retenir(request, "File", [("", "/a/1/"), ("", "/a/2/"), ("N1", "/a/3/"), ("N1", "/a/4/")])
    ici, dossier = situer_ici(request), situer(request, "N1")
    assert ici is not None
    assert dossier is not None
    assert (ici.rang, ici.total, ici.acte_precedent, ici.acte_suivant) == (2, 4, "/a/1/", "/a/3/")
    assert (dossier.rang, dossier.total, dossier.acte_suivant) == (1, 1, "")


def test_decisions_too_open_the_next(agent: Client, compte: Compte, gestionnaire: Client) -> None:
    requetes = [demander_une_date(nom) for nom in ("Dubreuil", "Haddad")]
    gestionnaire.get(reverse("anteriorites"))
    une, autre = (reverse("anteriorite", args=[requete.id]) for requete in requetes)
    page = texte(gestionnaire.get(une))
    assert "1 sur 2 de" in page
    assert f'rel="next" href="{autre}" aria-keyshortcuts="j"' in page
    reponse = {"issue": "ACCORDEE", "motif": "Récépissé vu", "suivant": "suivant"}
    assert gestionnaire.post(une, reponse)["Location"] == autre
    assert gestionnaire.post(autre, reponse)["Location"] == reverse("anteriorites")
    seule = reverse("anteriorite", args=[demander_une_date("Leca").id])
    assert "puis le suivant" not in texte(gestionnaire.get(seule))
    assert gestionnaire.post(seule, reponse)["Location"] == reverse("anteriorites")


def test_a_remark_answered_leaves_the_queue_for_good(agent: Client, compte: Compte) -> None:
    """Said in the file, with where to correct it; answered, it goes; another value would be remarked anew."""
    remplir(1, compte)
    demande = Demande.objects.get()
    avant = demande.revision
    nud, adresse = demande.nud, reverse("demande-remarques", args=[demande.nud])
    assert re.search("remarques? à lever", texte(agent.get(reverse("demande", args=[nud]))))
    page = texte(agent.get(adresse))
    assert reverse("demande-modifier", args=[nud, "personne"]) in page
    codes = re.findall(r'name="code" value="(\w+)"', page)
    assert "NAISSANCE_TROP_ANCIENNE" in codes
    for champs, phrase in (
        ({"code": codes[0], "precision": ""}, "Dites en une phrase pourquoi c’est exact."),
        (
            {"code": codes[0], "precision": f.nir_de(date(1987, 3, 14))},
            "Retirez le numéro de sécurité sociale",
        ),
        ({"code": "AUTRE", "precision": "Vu"}, "Cette remarque n’est plus portée"),
    ):
        assert phrase in texte(agent.post(adresse, champs)), phrase
    for code in codes:
        suite = agent.post(adresse, {"code": code, "precision": "Vu sur sa carte"})
        assert suite["Location"] == (reverse("demande", args=[nud]) if code == codes[-1] else adresse)
    demande.refresh_from_db()
    assert (demande.revision, demande.remarques) == (avant + len(codes), [])
    assert {cle.partition(":")[0] for cle in demande.remarques_expliquees or ()} == set(codes)
    entree = Entree.objects.filter(verbe="EXPLIQUER_REMARQUE").latest("inscrit_le")
    assert entree.faits == {"version": str(demande.version_courante_id), "remarque": codes[-1]}
    assert "Aucune remarque à lever" in texte(agent.get(adresse))
    contenu = etat(nud, f.MAINTENANT, acteur=acteur_de(compte, le=f.AUJOURD_HUI)).contenu
    revues = {"territoire": "099", "survenu_le": demande.version_courante.survenu_le}
    assert remarquer(contenu, **revues, expliquees=demande.remarques_expliquees) == ()
    assert set(remarquer(contenu, **revues, expliquees=["NAISSANCE_TROP_ANCIENNE:autre"])) == set(codes)


def test_home_says_what_is_due_first(agent: Client, compte: Compte) -> None:
    """By deadline, with the number and the most urgent name; a list without deadline comes after."""
    deposer("Bastide", age=350)
    deposer("Abelin", age=320)
    page = texte(agent.get(reverse("accueil")))
    lignes = re.findall(
        r'<tr><th scope="row"><a href="[^"]+">([^<]+)</a></th>'
        r'<td data-libelle="En attente" class="reg-nombre">([^<]+)</td>'
        r'<td data-libelle="Le plus pressé"><a href="[^"]+">([^<]+)</a></td><td data-libelle="Avant le">([^<]+)</td>',
        page,
    )
    assert lignes[0] == ("Bientôt à échéance", "2", "Bastide Élodie", "08/12/2026")
    assert ("Incomplètes", "2", "Bastide Élodie", "Sans date") in lignes


def test_the_dashboard_draws_and_tabulates(agent: Client, compte: Compte, gestionnaire: Client) -> None:
    """Ends of validity by week, registrations of the month, waits; another counter's are not in it."""
    assert "Rien n’attend." in texte(agent.get(reverse("tableau")))
    remplir(2, compte)
    deposer("Abelin", age=350)
    deposer("Bastide", age=1)
    deposer("Ziegler", age=350, guichet="G0991")
    page = texte(agent.get(reverse("tableau")))
    assert page.count("<svg") >= 2
    semaine = '<th scope="row">Semaine du 07/12/2026</th><td class="reg-numero" data-libelle="Chiffre">1</td>'
    assert semaine in page
    assert "Enregistrées ce mois-ci\u00a0: 1" in page
    assert re.search(r"Réponses attendues</a></th><td [^>]+>2</td><td [^>]+>\d+\u00a0jours?</td>", page)
    assert reverse("tableau") in texte(agent.get(reverse("accueil")))
    assert gestionnaire.get(reverse("tableau")).status_code == 404


def test_what_began_after_midnight_began_today(agent: Client, compte: Compte) -> None:
    """In Paris, where the session of the database, in UTC, was still on the day before."""
    acteur, minuit_passe = acteur_de(compte, le=f.AUJOURD_HUI), f.MAINTENANT.replace(hour=0, minute=30)
    demande = f.deposer(f.contenu(), acteur=acteur, le=f.ANCIEN).demande_id
    demandee = saisie(
        NatureFait.EVENEMENT, type="DEMANDE_PJ", caracteristiques={"pieces": "AVIS_IMPOSITION_N2"}
    )
    consigner_evenement(demande, demandee, acte=Acte(acteur, minuit_passe))
    page = texte(agent.get(reverse("tableau")))
    assert re.search(r"Réponses attendues</a></th><td [^>]+>1</td><td [^>]+>0\u00a0jour</td>", page)


def test_a_household_is_written_to_from_its_file(agent: Client, compte: Compte, gestionnaire: Client) -> None:
    """A sentence and a line; what cannot be written to is said; three a day."""
    remplir(1, compte)
    nud = Demande.objects.get().nud
    muet = deposer("Abelin", age=350)
    adresse = reverse("demande-ecrire", args=[nud])
    assert adresse in texte(agent.get(reverse("demande", args=[nud])))
    assert "Choisissez le message." in texte(agent.post(adresse, {"precision": "Bonjour"}))
    nir = {"mot": "DOCUMENT", "precision": f.nir_de(date(1987, 3, 14))}
    assert "Retirez le numéro de sécurité sociale" in texte(agent.post(adresse, nir))
    fiche = reverse("demande", args=[nud])
    assert agent.post(adresse, {"mot": "DOCUMENT", "precision": "Un bail"})["Location"] == f"{fiche}#messages"
    section = texte(agent.get(fiche)).partition('id="messages"')[2]
    assert "Message écrit." in section.partition("</section>")[0]
    (message,) = Message.objects.filter(genre="MOT_DU_GUICHET")
    assert message.canal == "LETTRE"  # its e-mail refuses messages
    lu = get_contenu(message.id)
    assert lu is not None
    assert (lu.contexte["libre"], lu.contexte["mot"]) == ("Un bail", MOTS[Mot.DOCUMENT])
    for _ in range(2):
        agent.post(adresse, {"mot": "APPELER"})
    assert agent.get(adresse).status_code == 409
    refus = gestionnaire.post(reverse("demande-ecrire", args=[muet]), {"mot": "APPELER"})
    assert refus.status_code == 302


def test_an_expired_file_is_to_be_renewed_first_and_says_until_when(agent: Client) -> None:
    nud = deposer("Abelin", age=370)
    page = texte(agent.get(reverse("demande", args=[nud])))
    assert f'<a class="fr-btn fr-btn--sm" href="{reverse("renouvellement", args=[nud])}"' in page
    assert re.search(r"depuis \d+\u00a0jours?", page)
    assert re.search(r"dans \d+\u00a0jours?, sinon elle sera radiée", page)
