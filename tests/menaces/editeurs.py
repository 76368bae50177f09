"""Ways of reaching demandes by the vendors' doors: what stops each, which test holds it."""

from enum import StrEnum

from tests.menaces.fins import Fin
from tests.menaces.porte import ParLaPorte


class Chez(StrEnum):
    """What somebody wants, or how they go about it: each is held by one line of the table at least."""

    CLE_VOLEE = "CLE_VOLEE"
    CERTIFICAT_ECRIT = "CERTIFICAT_ECRIT"
    DEMANDE_PRISE = "DEMANDE_PRISE"
    ENUMERER = "ENUMERER"
    EMPORTER = "EMPORTER"
    BOMBES = "BOMBES"
    REJEU = "REJEU"
    RAPPEL_FAUX = "RAPPEL_FAUX"
    ADRESSE_INTERNE = "ADRESSE_INTERNE"
    SERVICE_QUI_MENT = "SERVICE_QUI_MENT"
    MONTANTS = "MONTANTS"
    ADRESSE_SECRETE = "ADRESSE_SECRETE"
    NIR = "NIR"
    LIGNES_TECHNIQUES = "LIGNES_TECHNIQUES"
    REFERENCE_D_UN_AUTRE = "REFERENCE_D_UN_AUTRE"
    ECOLE_EN_PRODUCTION = "ECOLE_EN_PRODUCTION"
    VOISIN = "VOISIN"
    VIEUX_PROTOCOLE = "VIEUX_PROTOCOLE"


P, D = Fin.EMPECHE, Fin.DEFAIT
LOGICIELS: tuple[ParLaPorte, ...] = (
    ParLaPorte(
        Chez.CLE_VOLEE,
        "The key of a vendor is stolen",
        P,
        "It neither writes nor reads amounts without the certificate; only its hash is kept; taken back, or the "
        "agreement stopped, the next call is refused",
        "conventions/test_appels.py::test_a_right_that_ends_is_refused_at_the_next_call",
    ),
    ParLaPorte(
        Chez.CLE_VOLEE,
        "A key is used from elsewhere, or far more than usual",
        D,
        "Within the hour its vendor and who may stop it are told of the network, of the calls, by night of the reads",
        "conventions/test_usages.py::test_a_key_used_elsewhere_is_told_once_to_the_vendor_and_to_who_may_stop_it",
    ),
    ParLaPorte(
        Chez.CERTIFICAT_ECRIT,
        "A header is written before the proxy of a production, to pass for a certificate",
        P,
        "nginx writes its own over it; without a certificate a key reads, and writes nothing",
        "interop/test_nginx.py::test_what_a_certificate_opens_nobody_else_opens",
    ),
    ParLaPorte(
        Chez.CERTIFICAT_ECRIT,
        "A header says that a certificate was shown",
        P,
        "No listener believes it but the one behind the proxy; the pages drop it, however it is spelt",
        "nuu/test_pieges.py::test_the_listener_believes_no_header_unless_a_proxy_stands_before_it",
    ),
    ParLaPorte(
        Chez.DEMANDE_PRISE,
        "An old demande is overwritten by a software: at once, in small steps, in another order",
        P,
        "The acts of the screens: it waits, or is refused, in messages, by REST, in lines of an import",
        "menaces/test_par_un_logiciel.py::test_by_a_software",
    ),
    ParLaPorte(
        Chez.ENUMERER,
        "Numbers are tried, to learn which exist",
        P,
        "One answer for the unknown and for another's; a number read in vain counts for ten calls; a search that "
        "finds nothing for one, as honest software makes one before each registration: it is journalled, at a rate "
        "of its own",
        "api/test_portes.py::test_unknown_foreign_and_unreadable_are_one_answer",
    ),
    ParLaPorte(
        Chez.EMPORTER,
        "A territory is emptied, one demande after another",
        D,
        "So many reads a minute, each told in the history, their sum by night; no list and no feed holds any content",
        "conventions/test_usages.py::test_reads_are_judged_once_the_day_is_over",
    ),
    ParLaPorte(
        Chez.BOMBES,
        "A message is a bomb: entities, depth, elements, attributes",
        P,
        "No document type is read, sizes are bounded before and while it is",
        "nuu/test_lecteur.py::test_hostile_xml_is_refused",
    ),
    ParLaPorte(
        Chez.BOMBES,
        "A compressed file unfolds without end",
        P,
        "What it unfolds to is bounded, and read by pieces",
        "imports/test_lecture.py::test_bombe",
    ),
    ParLaPorte(
        Chez.BOMBES,
        "JSON is nested, repeated, or no text",
        P,
        "Forty levels, each name once, a mebibyte; what is refused is not quoted",
        "api/test_portes.py::test_hostile_bodies_are_refused_and_not_quoted",
    ),
    ParLaPorte(
        Chez.BOMBES,
        "Fifty such bodies come one after another, by both doors",
        P,
        "Each is refused in two seconds of processor at most, nothing is kept, and the memory of the listener stays",
        "interop/test_hostiles.py::test_hostile_bodies_are_refused_and_nothing_is_kept",
    ),
    ParLaPorte(
        Chez.BOMBES,
        "Thousands of messages are drawn, nearly right, to find one that breaks",
        P,
        "Each has an answer of the contract; a refusal leaves no table changed, even at the commit",
        "nuu/test_fuzz.py::test_whatever_is_sent_is_answered",
    ),
    ParLaPorte(
        Chez.REJEU,
        "A message is cut anywhere, and sent again",
        P,
        "The identifier of what it makes is that of the file, or of the key: one number, the first answer again",
        "interop/test_coupures.py::test_coupee_n_importe_ou",
    ),
    ParLaPorte(
        Chez.RAPPEL_FAUX,
        "A call to a software is forged, or played again",
        P,
        "Each is signed with its instant and its number; the École calls with a false signature, and judges",
        "ecole/test_rappels.py::test_ce_que_chacun_repond_est_juge",
    ),
    ParLaPorte(
        Chez.ADRESSE_INTERNE,
        "A subscription leads the service to a machine of its own network",
        P,
        "The name is resolved here, its machine checked, and the connection made to that very machine",
        "flux/test_abonnements.py::test_un_nom_qui_change_de_machine_est_refuse",
    ),
    ParLaPorte(
        Chez.SERVICE_QUI_MENT,
        "A service of the State lies: types, dates, somebody else",
        P,
        "Read by strict models; the person answered about is the one asked about; no absence becomes a figure",
        "connecteurs/drm/test_service.py::test_whatever_it_does_no_month_gets_a_figure",
    ),
    ParLaPorte(
        Chez.MONTANTS,
        "A demande is taken over for what its holder is paid",
        P,
        "Amounts are shown while the identity asked about is the one in force, and nothing waits",
        "registre/ressources/test_ressources.py::test_a_file_whose_identity_moves_shows_nothing_of_before",
    ),
    ParLaPorte(
        Chez.ADRESSE_SECRETE,
        "The address of who left a violent home is looked for among duplicates",
        P,
        "Of a protected demande duplicates give the number and who applies, nothing of where",
        "menaces/test_par_un_logiciel.py::test_no_address_of_a_protected_demande",
    ),
    ParLaPorte(
        Chez.ADRESSE_SECRETE,
        "The feed is read for who left whom",
        P,
        "A separation that must not bring two demandes together is told of one alone",
        "flux/test_flux.py::test_une_separation_secrete_ne_relie_pas_les_deux_demandes",
    ),
    ParLaPorte(
        Chez.ADRESSE_SECRETE,
        "The address of who left a violent home goes to a service of the State, to be completed",
        P,
        "The machine looks for it by itself; nothing leaves",
        "connecteurs/adresses/test_recherche.py::"
        "test_an_address_to_be_protected_is_found_without_anybody_being_asked",
    ),
    ParLaPorte(
        Chez.NIR,
        "Numbers of social security are looked for in answers, logs, addresses",
        P,
        "Bodies alone hold them, and no answer gives one back",
        "api/test_menaces.py::test_a_number_of_somebody_else_waits_and_is_said_nowhere",
    ),
    ParLaPorte(
        Chez.LIGNES_TECHNIQUES,
        "A technical line is written by a message, or says something of a household",
        P,
        "Routes, identifiers and durations; no query, no message of an error",
        "socle/test_journalisation.py::test_one_line_per_request_names_the_route_and_no_query",
    ),
    ParLaPorte(
        Chez.REFERENCE_D_UN_AUTRE,
        "A vendor reads what another one calls a demande",
        P,
        "References are of an agreement, and asked for with it alone",
        "conventions/test_appels.py::test_an_agreement_keeps_its_own_reference_and_the_revision_that_it_was_given",
    ),
    ParLaPorte(
        Chez.ECOLE_EN_PRODUCTION,
        "A key of the École, its clock or its breakdowns are tried in production",
        P,
        "Its code is not loaded there; its headers do nothing, its keys are another service's",
        "ecole/test_production.py::test_ses_entetes_ne_font_rien",
    ),
    ParLaPorte(
        Chez.VOISIN,
        "One software takes every thread",
        P,
        "Each agreement runs a quarter of them and waits for as many, two seconds",
        "conventions/test_rules.py::test_one_agreement_leaves_threads_to_the_others",
    ),
    ParLaPorte(
        Chez.VIEUX_PROTOCOLE,
        "An old protocol is asked for, which can be broken",
        P,
        "Less than TLS 1.2 is refused at the handshake",
        "interop/test_libsne.py::test_an_old_protocol_is_refused_at_the_handshake",
    ),
)
