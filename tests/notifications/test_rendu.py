"""Every kind of message in words, and its letter as a PDF."""

from datetime import date

import pypdfium2
import pytest

from sne.assistance.messages import MessageAuMenage
from sne.attestations.messages import MessageAttestation
from sne.notifications.rendu import LettreImpossible, composer_lettre, rediger
from sne.notifications.rules import AdressePostale, Canal, Genre
from sne.registre.avis.messages import MessageAvis
from sne.registre.depot_en_ligne.messages import MessageDepot
from sne.registre.faits.messages import MessageFait
from sne.registre.joindre.messages import MessageJoindre
from sne.registre.joindre.rules.mots import MOTS as MOTS_DU_GUICHET
from sne.registre.joindre.rules.mots import Mot
from sne.registre.mandat.messages import MessageMandat
from sne.registre.pieces.messages import MessagePiece
from sne.registre.rattachement.messages import MessageRattachement
from sne.registre.requete.messages import MessageRequete
from sne.registre.restauration.messages import MessageRestauration
from sne.registre.vie.messages import MessageVie
from tests.notifications.factories import ADRESSE, CONTEXTE

ADRESSE_DU_SERVICE = "https://www.demande-logement-social.gouv.fr"  # as long as it may be
RETOUR = {
    "numero": "099 1126 000001 G0993",
    "depuis": "3 mars 2019",
    "date_expiration": "23 novembre 2027",
    "territoire": "de votre territoire",
}
PREAVIS = {
    "numero": "099 1126 000001 G0993",
    "validite": "prend fin",
    "date_expiration": "27 février 2025",
    "date_radiation": "29 septembre 2025",
    "retour_jusqu_au": "29 août 2025",
    "portail": "https://menages.example",
}
CONTEXTES = {
    MessageAttestation.ATTESTATION_SIMPLIFIEE: CONTEXTE,
    MessageAttestation.ATTESTATION_RENOUVELLEMENT: CONTEXTE,
    MessageVie.PREAVIS_RENOUVELLEMENT: PREAVIS,
    MessageJoindre.VERIFICATION_COURRIEL: {
        "lien": "http://localhost:8000/courriel/abc/",
        "duree": "24 heures",
    },
    MessageJoindre.MOT_DU_GUICHET: {
        "guichet": "CCAS d’Aurette-la-Ville",
        "numero": "099 1126 000001 G0993",
        "mot": MOTS_DU_GUICHET[Mot.DOCUMENT],
        "libre": "Le guichet ouvre de 9 h à 12 h.",
    },
    MessageVie.AVIS_RADIATION: {
        "numero": "099 1126 000001 G0993",
        "date_radiation": "29 mars 2025",
        "pourquoi": "Vous y avez renoncé par écrit, par un courrier du 20 mars 2025.",
        "retour": "Elle ne peut plus revenir.",
        "contester": "Dites-le sans attendre.",
        "date_effacement": "29 mars 2026",
        "recours": "2\u00a0mois",
    },
    MessageRestauration.DEMANDE_RETABLIE: RETOUR | {"anciennete_rendue": ""},
    MessageRestauration.DEMANDE_A_PART: RETOUR,
    MessagePiece.PIECE_INEXPLOITABLE: {
        "numero": "099 1126 000001 G0993",
        "piece": "«\u00a0Pièce d’identité\u00a0»",
        "recue_le": "24 novembre 2026",
        "raison": "La photo est floue.",
        "territoire": "de votre territoire",
    },
    MessageFait.DEMANDE_PIECES: {
        "numero": "099 1126 000001 G0993",
        "pieces": "Pièce d’identité, pour Élodie",
        "quand": "avant le 10 décembre 2026",
        "territoire": "de votre territoire",
    },
    MessageAvis.AVIS_CHANGEMENT: {
        "numero": "099 1126 000001 G0993",
        "le": "24 septembre 2026",
        "par": "par le guichet CCAS d’Aurette-la-Ville",
        "changements": "Téléphone\u00a0: changé",
        "lien": f"{ADRESSE_DU_SERVICE}/pas-moi/abcdefghjkmnpqrstuvw/",
        "duree": "60\u00a0jours",
    },
    MessageRattachement.RATTACHEMENT: {
        "numero": "099 1126 000001 G0993",
        "le": "24 septembre 2026",
        "prenom": "Élodie",
    },
    MessageRattachement.CODE_CONNEXION: {
        "code": "004182",
        "minutes": "10",
        "site": "www.demande-logement-social.gouv.fr",
    },
    MessageRattachement.CODE_DEPOT: {
        "code": "004182",
        "minutes": "10",
        "site": "www.demande-logement-social.gouv.fr",
    },
    MessageRattachement.CODE_CONTACT: {
        "code": "004182",
        "minutes": "10",
        "site": "www.demande-logement-social.gouv.fr",
    },
    MessageRattachement.NUMERO_RETROUVE: {"numeros": "099 1126 000001 G0993"},
    MessageVie.ARRET_DEMANDE: {
        "numero": "099 1126 000001 G0993",
        "effet_le": "1er décembre 2026",
        "portail": "https://menages.example",
    },
    MessageVie.ARRET_ANNULE: {"numero": "099 1126 000001 G0993"},
    MessageDepot.DEPOT_RECU: {
        "reference": "E-099-004182",
        "date": "24 novembre 2026",
        "avant": "1er décembre 2026",
    },
    MessageDepot.DEPOT_A_COMPLETER: {
        "reference": "E-099-004182",
        "date": "24 novembre 2026",
        "raison": "La photo de votre pièce d’identité n’est pas lisible.",
        "fin": "22 février 2027",
    },
    MessageDepot.DEPOT_RAPPEL: {
        "reference": "E-099-004182",
        "date": "24 novembre 2026",
        "raison": "La photo de votre pièce d’identité n’est pas lisible.",
        "fin": "22 février 2027",
    },
    MessageDepot.BROUILLON_RAPPEL: {"fin": "22 février 2027"},
    MessageDepot.DEPOT_REFUSE: {
        "reference": "E-099-004182",
        "date": "24 novembre 2026",
        "raison": "Il faut avoir 18 ans pour demander en ligne.",
        "fin": "22 février 2027",
    },
    MessageDepot.DEPOT_RECONNU: {"reference": "E-099-004182", "date": "24 novembre 2026"},
    MessageDepot.DEPOT_DEJA_CONNU: {"numero": "099 1126 000001 G0993", "date": "24 novembre 2026"},
    MessageRattachement.ACCES_GENERIQUE: {},
    MessageRattachement.CONNEXION_PAR_CODE: {
        "numero": "099 1126 000001 G0993",
        "le": "24 septembre 2026",
        "heure": "14\u00a0h\u00a012",
    },
    MessageRattachement.CONNEXION_CHANGEE: {
        "numero": "099 1126 000001 G0993",
        "le": "24 septembre 2026",
        "fait": "ne s’ouvre plus par un code",
    },
    MessageAuMenage.ASSISTANCE_NOUVELLE: {
        "numero": "099 1126 000001 G0993",
        "question": "A-2026-000123",
    },
    MessageRequete.REQUETE_SUIVI: {
        "numero": "099 1126 000001 G0993",
        "reference": "D-2026-004182",
        "etat": "attend un document",
        "suite": "Le livret de famille.",
    },
    MessageMandat.MANDAT_SUIVI: {
        "numero": "099 1126 000001 G0993",
        "dit": "le CCAS d’Aurette peut lire la demande, jusqu’au 24 mai 2027.",
        "suite": "Vous pouvez arrêter à tout moment.",
    },
    MessageMandat.MANDAT_INVITATION: {
        "personne": "Élodie Dubreuil",
        "peut": "lire la demande et ajouter des documents",
        "code": "7KMR-W3XQ-9TFA",
        "site": "menages.exemple.fr",
        "avant": "1 décembre 2026",
    },
    MessageAvis.CHANGEMENT_ENREGISTRE: {
        "numero": "099 1126 000001 G0993",
        "le": "24 novembre 2026",
        "par": "par le guichet CCAS d’Aurette-la-Ville",
        "changements": "Téléphone\u00a0: changé",
    },
    MessageAvis.OPPOSITION_RECUE: {
        "reference": "S-2026-004182",
        "rappel": "26 septembre 2026",
        "lien": f"{ADRESSE_DU_SERVICE}/pas-moi/erreur/abcdefghjkmnpqrstuvw/",
        "duree": "24\u00a0heures",
    },
}
JOUR = date(2026, 12, 1)


def texte_du_pdf(fichier: bytes) -> str:
    document = pypdfium2.PdfDocument(fichier)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.parametrize("genre", sorted(Genre.tous().values()))
@pytest.mark.parametrize("demonstration", [False, True])
def test_every_kind_says_each_of_its_values_by_every_channel(genre: Genre, demonstration: bool) -> None:
    contexte = CONTEXTES[genre]
    for canal in genre.modele.canaux:
        redige = rediger(genre, canal, contexte, demonstration=demonstration)
        assert not {"{", "}"} & set(redige.objet + redige.texte + redige.html)
        if canal is Canal.SMS:
            assert redige.html == ""
            assert len(redige.texte) <= 160
            continue
        assert "\n" not in redige.objet
        for valeur in contexte.values():
            assert valeur in redige.texte
            assert valeur in redige.html
        assert ("démonstration" in redige.texte) is ("DÉMONSTRATION" in redige.objet) is demonstration
        assert "<" not in redige.texte
        assert "&#" not in redige.texte


def test_a_notice_of_renewal_speaks_of_a_portal_only_where_there_is_one() -> None:
    for canal in MessageVie.PREAVIS_RENOUVELLEMENT.modele.canaux:
        sans = rediger(MessageVie.PREAVIS_RENOUVELLEMENT, canal, PREAVIS | {"portail": ""})
        assert "en ligne" not in sans.texte + sans.html
        assert "portail" not in sans.texte + sans.html
        assert "guichet" in sans.texte


def test_a_letter_calls_itself_a_letter() -> None:
    assert (
        "jointe à ce courrier"
        in rediger(MessageAttestation.ATTESTATION_SIMPLIFIEE, Canal.LETTRE, CONTEXTE).texte
    )
    assert (
        "jointe à ce message"
        in rediger(MessageAttestation.ATTESTATION_SIMPLIFIEE, Canal.COURRIEL, CONTEXTE).texte
    )


def test_values_never_become_html() -> None:
    redige = rediger(
        MessageAttestation.ATTESTATION_SIMPLIFIEE,
        Canal.COURRIEL,
        {**CONTEXTE, "numero": "<b>1</b>", "date_depot": "l’été"},
    )
    assert "&lt;b&gt;1&lt;/b&gt;" in redige.html
    assert "<b>1</b>" in redige.texte


def test_letter_prints_address_and_text_always_the_same_bytes() -> None:
    redige = rediger(MessageAttestation.ATTESTATION_SIMPLIFIEE, Canal.LETTRE, CONTEXTE)
    un, deux = (
        composer_lettre(redige, ADRESSE, expediteur=("Registre",), jour=JOUR, reference="Demande 1")
        for _ in range(2)
    )
    assert un == deux
    lu = texte_du_pdf(un)
    for attendu in (*ADRESSE.lignes, "Le 1er décembre 2026", "jointe à ce courrier", "page 1 sur 1"):
        assert attendu in lu


def test_sign_without_drawing_is_an_error_that_says_no_name() -> None:
    redige = rediger(MessageAttestation.ATTESTATION_SIMPLIFIEE, Canal.LETTRE, CONTEXTE)
    with pytest.raises(LettreImpossible) as refus:
        composer_lettre(redige, AdressePostale(("山田", "99240")), expediteur=(), jour=JOUR, reference="x")
    assert "山" not in repr(refus.value)
