"""Ways of taking a demande, or what it says, by the households' own door: what stops each, which test holds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tests.menaces.fins import Fin


class Contre(StrEnum):
    """What somebody wants, or how they go about it: each is held by one line of the table at least."""

    BOITE_PRISE = "BOITE_PRISE"
    CARTE_SIM = "CARTE_SIM"
    BOITE_PARTAGEE = "BOITE_PARTAGEE"
    AIDANT_QUI_CONTINUE = "AIDANT_QUI_CONTINUE"
    COURRIEL_DE_L_AIDANT = "COURRIEL_DE_L_AIDANT"
    CONJOINT_VIOLENT = "CONJOINT_VIOLENT"
    VIOLENCES_AJOUTEES = "VIOLENCES_AJOUTEES"
    ENUMERER = "ENUMERER"
    DEVINER_UN_CODE = "DEVINER_UN_CODE"
    POMPE_A_SMS = "POMPE_A_SMS"
    LIEN_OUVERT_PAR_UN_AUTOMATE = "LIEN_OUVERT_PAR_UN_AUTOMATE"
    FORMULAIRE_D_AILLEURS = "FORMULAIRE_D_AILLEURS"
    REJEU = "REJEU"
    FOURNISSEUR_QUI_MENT = "FOURNISSEUR_QUI_MENT"
    COMPTE_PREPARE = "COMPTE_PREPARE"
    HOMONYME = "HOMONYME"
    VOL_PUIS_CONNEXION = "VOL_PUIS_CONNEXION"
    CONTACT_NEUF = "CONTACT_NEUF"
    SUB_CHANGE = "SUB_CHANGE"
    DEPOT_SUR_ANCIEN = "DEPOT_SUR_ANCIEN"
    SONDE_DE_DOUBLON = "SONDE_DE_DOUBLON"
    FUITE_DE_BROUILLON = "FUITE_DE_BROUILLON"
    DEMANDE_D_UN_AUTRE = "DEMANDE_D_UN_AUTRE"
    TELEPHONE_PARTAGE = "TELEPHONE_PARTAGE"
    RETOUR_AILLEURS = "RETOUR_AILLEURS"
    FRANCECONNECT_USURPE = "FRANCECONNECT_USURPE"
    HAMECONNAGE = "HAMECONNAGE"
    FICHIER_PIEGE = "FICHIER_PIEGE"
    TEXTE_LIBRE = "TEXTE_LIBRE"
    ARRET_PAR_UN_AUTRE = "ARRET_PAR_UN_AUTRE"
    DEPOTS_EN_MASSE = "DEPOTS_EN_MASSE"
    LANGUE_QUI_CACHE = "LANGUE_QUI_CACHE"
    ROLE_DU_PORTAIL = "ROLE_DU_PORTAIL"
    CODE_DEMANDE_PAR_UN_AGENT = "CODE_DEMANDE_PAR_UN_AGENT"


@dataclass(frozen=True, slots=True)
class ParLaPorte:
    """One way, what it is a way of, how it ends, by what. ``essai``: the file of its test under ``tests``, its name."""

    contre: StrEnum
    quoi: str
    fin: Fin
    par: str
    essai: str

    @property
    def fichier(self) -> str:
        """Path of the file, from ``tests``."""
        return self.essai.partition("::")[0]

    @property
    def test(self) -> str:
        """Name of the function."""
        return self.essai.partition("::")[2]


P, D, C = Fin.EMPECHE, Fin.DEFAIT, Contre
PORTE: tuple[ParLaPorte, ...] = (
    ParLaPorte(
        C.BOITE_PRISE,
        "A mailbox of the household is read by somebody else, who has its number",
        D,
        "A code gives no amount, address, file nor health, and moves no contact; the other contacts are told of "
        "it; the sign-in is contested, which ends it and closes codes",
        "portail/test_histoire.py::test_a_sign_in_that_is_contested_closes_codes_until_franceconnect_opens_them_again",
    ),
    ParLaPorte(
        C.BOITE_PRISE,
        "The same replaces the postal address, so that letters leave elsewhere",
        D,
        "It is typed without being read; the contacts of before are told, without a value, and hold the key",
        "portail/test_adresse.py::test_by_a_code_it_is_typed_whole_and_never_shown",
    ),
    ParLaPorte(
        C.CARTE_SIM,
        "A SIM card is copied",
        P,
        "A phone alone changes no contact",
        "portail/test_contacts.py::test_a_phone_alone_changes_no_contact",
    ),
    ParLaPorte(
        C.BOITE_PARTAGEE,
        "Two adults read one mailbox, one acts for the other",
        P,
        "A session of the household, named so; what one person alone does is refused",
        "portail/test_histoire.py::test_by_code_it_is_read_without_values_and_the_person_of_a_shared_mailbox_is_not_named",
    ),
    ParLaPorte(
        C.COURRIEL_DE_L_AIDANT,
        "A helper gives an address of theirs as the person's",
        P,
        "Whoever signs in to help gives no contact",
        "portail/test_contacts.py::test_whoever_helps_gives_no_contact_of_theirs",
    ),
    ParLaPorte(
        C.CONJOINT_VIOLENT,
        "A violent former partner knows number, mailbox and birth date",
        P,
        "A protected demande opens by FranceConnect alone, and answers as one that does not exist",
        "portail/test_code.py::test_whether_it_fits_is_said_to_the_contact_alone",
    ),
    ParLaPorte(
        C.CONJOINT_VIOLENT,
        "The same looks for the person through the messages that the demande sends",
        P,
        "Nothing leaves of a protected demande: its territorial manager tells the person",
        "registre/rattachement/test_rattacher.py::test_d_une_demande_protegee_le_gestionnaire_le_dit_et_rien_ne_part",
    ),
    ParLaPorte(
        C.ENUMERER,
        "Numbers or addresses are tried, to learn which exist",
        P,
        "One answer, written the same way in every case; tries are counted by contact and by network",
        "portail/test_numero_perdu.py::test_whether_it_fits_is_said_to_the_contact_alone",
    ),
    ParLaPorte(
        C.DEVINER_UN_CODE,
        "Codes are guessed",
        P,
        "Five tries, in the browser that asked; ten wrong ones a day; each is a line of the history",
        "portail/test_code.py::test_a_code_is_tried_five_times_in_the_browser_that_asked_and_serves_once",
    ),
    ParLaPorte(
        C.POMPE_A_SMS,
        "SMS are asked for without end, to numbers that are paid for",
        P,
        "French mobiles on file alone, a ceiling an hour that is told to who runs the service",
        "registre/rattachement/test_codes.py::test_sms_have_a_ceiling_that_is_told_to_who_runs_the_service",
    ),
    ParLaPorte(
        C.LIEN_OUVERT_PAR_UN_AUTOMATE,
        "A scanner of mail opens every link",
        P,
        "Opening an address writes readings and nothing else",
        "portail/test_histoire.py::test_opening_an_address_writes_nothing_but_readings",
    ),
    ParLaPorte(
        C.FORMULAIRE_D_AILLEURS,
        "A form is sent from another site, or a sign-in is forced on somebody",
        P,
        "Each form has a token of its session; a callback serves once, in the browser that left",
        "portail/test_connexion.py::test_a_callback_serves_once_and_only_the_browser_that_left",
    ),
    ParLaPorte(
        C.REJEU,
        "A callback is played again",
        P,
        "What it names is taken from the table as it is read",
        "oidc/test_mensonges.py::test_a_callback_played_twice_asks_the_provider_nothing",
    ),
    ParLaPorte(
        C.FOURNISSEUR_QUI_MENT,
        "A provider lies: issuer, audience, keys, nonce, subject of another",
        P,
        "Each is refused by its own reason, with one public text",
        "oidc/test_mensonges.py::test_a_lie_in_the_id_token_is_refused",
    ),
    ParLaPorte(
        C.HOMONYME,
        "Somebody of the same name signs in with their own FranceConnect",
        P,
        "Five traits or the number; of two who look alike, the number is asked",
        "registre/rattachement/test_rattacher.py::test_deux_demandes_semblables_demandent_le_numero",
    ),
    ParLaPorte(
        C.VOL_PUIS_CONNEXION,
        "An agent changes the identity, then signs in under it",
        P,
        "A name that waits for its decision opens nothing to its bearer",
        "registre/rattachement/test_rattacher.py::test_un_nom_propose_n_ouvre_rien_a_qui_le_porte",
    ),
    ParLaPorte(
        C.VOL_PUIS_CONNEXION,
        "A file taken over at a counter, found by its owner online",
        D,
        "Told, stopped by one button, put back by two persons",
        "portail/test_deux_portes.py::test_taken_over_at_a_counter_stopped_online_and_put_back_by_two_persons",
    ),
    ParLaPorte(
        C.VOL_PUIS_CONNEXION,
        "Whoever took a file over signs in under its name, and goes on once it is put back",
        P,
        "Their account follows nothing any more, and says nothing of how the household is written to",
        "registre/rattachement/test_rattacher.py::"
        "test_qui_avait_pris_la_place_n_ouvre_plus_rien_une_fois_la_demande_rendue",
    ),
    ParLaPorte(
        C.CONTACT_NEUF,
        "An agent changes contacts, then has a code sent there",
        P,
        "A contact of a few days opens less, and is no second key",
        "portail/test_contacts.py::test_a_contact_just_changed_is_no_key",
    ),
    ParLaPorte(
        C.SUB_CHANGE,
        "Another account of FranceConnect under a civil status put right, or a thief's",
        P,
        "The same fingerprint is the same person; another one asks for the number",
        "portail/test_connexion.py::test_an_identity_put_right_by_the_state_is_the_same_account",
    ),
    ParLaPorte(
        C.DEPOT_SUR_ANCIEN,
        "A second demande is sent over an old one, to take its place or its years",
        P,
        "What is sent waits for a counter, which sees whom it looks like, and moves no date",
        "registre/depot_en_ligne/test_verifier.py::test_already_registered_its_documents_go_there_and_no_date_moves",
    ),
    ParLaPorte(
        C.SONDE_DE_DOUBLON,
        "A demande is sent under somebody's identity, to learn whether they have one",
        P,
        "The screen says nothing; the household that exists is told",
        "registre/depot_en_ligne/test_suites.py::"
        "test_a_household_that_is_registered_is_told_where_it_is_reached_and_the_screen_says_nothing",
    ),
    ParLaPorte(
        C.SONDE_DE_DOUBLON,
        "Who left an identity behind sends a demande under another",
        D,
        "An enquiry opens; the screen says nothing",
        "registre/depot_en_ligne/test_suites.py::test_a_past_identity_opens_an_enquiry_and_says_nothing",
    ),
    ParLaPorte(
        C.FUITE_DE_BROUILLON,
        "Somebody else's answers are read in a draft",
        P,
        "A draft opens to its account alone, encrypted until it is sent or erased",
        "portail/test_nouvelle.py::test_nobody_reads_the_answers_of_somebody_else",
    ),
    ParLaPorte(
        C.DEMANDE_D_UN_AUTRE,
        "The address of another household's page is typed",
        P,
        "A personal perimeter covers one demande; every door is tried with another one",
        "habilitations/test_perimetre_personnel.py::test_no_door_opens_anything_but_one_s_own",
    ),
    ParLaPorte(
        C.TELEPHONE_PARTAGE,
        "A shared phone keeps a session open",
        P,
        "Thirty minutes without a gesture, four hours in all; nothing is kept in the browser",
        "portail/test_connexion.py::test_a_session_is_short",
    ),
    ParLaPorte(
        C.TELEPHONE_PARTAGE,
        "What somebody was sending when their session ended is looked for by whoever signs in next on that phone",
        P,
        "Kept for the account of that session, encrypted; given back to who signs in to it again, in the same way",
        "portail/test_envoi_garde.py::test_nobody_else_reads_it_nor_the_same_by_another_way",
    ),
    ParLaPorte(
        C.FRANCECONNECT_USURPE,
        "An account of FranceConnect itself is stolen",
        D,
        "Each sign-in is a line; « ce n’est pas moi » on it blocks the file",
        "portail/test_histoire.py::test_whoever_came_by_a_code_contests_and_their_own_session_ends",
    ),
    ParLaPorte(
        C.FICHIER_PIEGE,
        "A file that is a trap is sent as a document",
        P,
        "The reception of the counters: read apart, scanned, so many a day",
        "portail/test_documents.py::test_so_many_a_day",
    ),
    ParLaPorte(
        C.TEXTE_LIBRE,
        "Numbers of persons are typed in free text",
        P,
        "They are found and refused before anything is written",
        "registre/requete/test_requete.py::test_a_number_is_never_written",
    ),
    ParLaPorte(
        C.ARRET_PAR_UN_AUTRE,
        "An angry co-holder or a thief ends the demande",
        D,
        "A fresh FranceConnect, seven days without those of a freeze, all told; any adult keeps it",
        "portail/test_arreter.py::test_another_adult_keeps_it_by_a_code",
    ),
    ParLaPorte(
        C.ENUMERER,
        "E-mails are typed one after another, to learn whose draft or demande exists",
        P,
        "A code leaves for each, nothing is looked for; one page, as many statements; counted by contact and network",
        "portail/test_depart.py::test_known_or_not_it_is_answered_alike",
    ),
    ParLaPorte(
        C.COMPTE_PREPARE,
        "An account is prepared under somebody's e-mail, and waits for their FranceConnect",
        P,
        "An equal e-mail joins nothing; the same browser and birth date do, or the code",
        "portail/test_depart.py::test_an_equal_e_mail_gives_nothing_before_its_code",
    ),
    ParLaPorte(
        C.HAMECONNAGE,
        "A code is got out of somebody, and typed elsewhere",
        P,
        "It serves in the browser that asked for it alone",
        "portail/test_depart.py::test_the_code_is_of_no_use_in_another_browser",
    ),
    ParLaPorte(
        C.CONJOINT_VIOLENT,
        "A violent partner who reads the mailbox and knows the birth date looks for what is being typed",
        P,
        "Two words, said once, lead to it; without them nothing does, as for who has begun nothing; no reminder leaves",
        "portail/test_depart.py::test_violence_asks_for_two_words_that_are_said_once",
    ),
    ParLaPorte(
        C.DEVINER_UN_CODE,
        "The two words are guessed",
        P,
        "Five tries a day for one mailbox, each with a code of its own; past them the right ones lead nowhere",
        "portail/test_depart.py::test_words_are_tried_five_times_a_day",
    ),
    ParLaPorte(
        C.COURRIEL_DE_L_AIDANT,
        "Whoever helps to file gives their own mailbox, and keeps the demande with it",
        P,
        "Said to be a helper's, it opens nothing; said to be shared, what the household may see",
        "registre/depot_en_ligne/test_verifier.py::test_who_reads_the_mailbox_is_what_its_code_opens",
    ),
    ParLaPorte(
        C.DEPOTS_EN_MASSE,
        "Demandes are sent by the hundred",
        P,
        "One waits in a territory, two in all for an account",
        "registre/depot_en_ligne/test_envoyer.py::test_one_waits_at_a_time_in_a_territory_and_two_in_all",
    ),
    ParLaPorte(
        C.LANGUE_QUI_CACHE,
        "A warning is lost in another language, or from right to left",
        P,
        "The same blocks in the six, and no text of another",
        "portail/test_partout.py::test_six_languages_have_the_same_blocks_and_no_text_of_another",
    ),
    ParLaPorte(
        C.ROLE_DU_PORTAIL,
        "The portal's role of the database is held by an intruder",
        P,
        "What is sent may be written and not read; table by table, no more than the pages need",
        "registre/depot_en_ligne/test_role_du_portail.py::test_it_writes_what_is_sent_and_reads_none_of_it",
    ),
    ParLaPorte(
        C.BOITE_PRISE,
        "Amounts of the administration are read below FranceConnect",
        P,
        "No byte of any page, file, message or line holds one",
        "portail/test_partout.py::test_below_the_gate_no_amount_is_in_any_byte",
    ),
    ParLaPorte(
        C.AIDANT_QUI_CONTINUE,
        "A helper reads the amounts or the past",
        P,
        "Neither, in their session",
        "portail/test_partout.py::test_in_a_helper_s_session_neither",
    ),
    ParLaPorte(
        C.AIDANT_QUI_CONTINUE,
        "A helper goes on once the person stopped them",
        P,
        "Nothing of it is kept in their session: the row is read at each act, and the very next one is refused",
        "portail/test_aide.py::test_after_the_person_stops_the_very_next_request_is_refused",
    ),
    ParLaPorte(
        C.DEMANDE_D_UN_AUTRE,
        "Somebody who helps reaches a demande that nobody authorised, or more of it than was signed",
        P,
        "The role gives no right on any demande; the authorisation, those that were ticked, on that one",
        "registre/mandat/test_mandat.py::test_nobody_else_s_and_nothing_without_the_role",
    ),
    ParLaPorte(
        C.AIDANT_QUI_CONTINUE,
        "Somebody who helps reads amounts, a number, contacts, addresses, or writes them",
        P,
        "No part of an authorisation opens them; what is written is told by path, and refused by the act",
        "guichet/test_mandat.py::test_the_pages_hold_what_is_declared_and_no_secret",
    ),
    ParLaPorte(
        C.ENUMERER,
        "Somebody who helps types numbers and birth dates, to learn who has a demande, or has one opened to them",
        P,
        "One answer for all, no list tells them apart, so many a day; nothing opens before the person signs, by "
        "FranceConnect, what they are told of where they are reached",
        "portail/test_offrir.py::test_one_answer_for_all_then_two_buttons",
    ),
    ParLaPorte(
        C.AIDANT_QUI_CONTINUE,
        "Whoever reads a relative's mailbox accepts in their place",
        D,
        "A relative signs by FranceConnect, under a name that the household reads, for one demande; it is told to the "
        "household, which stops it at once",
        "portail/test_proche.py::test_invited_signed_acted_read_and_stopped_at_the_very_next_request",
    ),
    ParLaPorte(
        C.AIDANT_QUI_CONTINUE,
        "A relative reads more than was signed, or what is of the household alone",
        P,
        "The same authorisation and the same acts as a body's helper; no page of the household opens to them",
        "portail/test_proche.py::test_nothing_of_the_household_opens_to_a_relative",
    ),
    ParLaPorte(
        C.COURRIEL_DE_L_AIDANT,
        "The address of who helps becomes the household's, at a counter or online",
        P,
        "No address of a helper, nor of their body's counters, is a contact of who they help; nor the other way round",
        "registre/mandat/test_contacts.py::test_an_address_of_a_helper_is_no_contact_and_the_sentence_says_why",
    ),
    ParLaPorte(
        C.AIDANT_QUI_CONTINUE,
        "An agent records an authorisation that nobody signed, for their own body",
        D,
        "Another person of the body has to accept it; the household is written to and stops it at once; the paper "
        "is kept",
        "registre/mandat/test_papier.py::test_who_recorded_it_accepts_under_none_of_their_accounts",
    ),
    ParLaPorte(
        C.VOL_PUIS_CONNEXION,
        "A trait is changed through a request to a counter",
        P,
        "A request moves nothing: the counter changes the file by the act that exists, with its control",
        "registre/requete/test_requete.py::test_it_is_kept_told_and_awaited_and_changes_nothing",
    ),
    ParLaPorte(
        C.CONJOINT_VIOLENT,
        "The same is a co-holder of the demande, and signs in as one",
        P,
        "A co-holder reads what the household shares: no contact, address, work nor reason of the applicant",
        "portail/test_cotitulaire.py::test_nothing_of_the_applicant_is_in_any_byte_of_his",
    ),
    ParLaPorte(
        C.VIOLENCES_AJOUTEES,
        "Violence is added as a reason by whoever reads the mailbox, so that nothing is sent any more",
        P,
        "Reasons are read and changed by FranceConnect alone, or in a counter: by a code, neither their page nor a "
        "renewal lets them",
        "portail/test_menaces.py::test_violence_is_no_reason_to_add_by_a_code",
    ),
    ParLaPorte(
        C.TELEPHONE_PARTAGE,
        "A key of a session is planted before a sign-in, kept after a sign-out, or its pages are looked for going back",
        P,
        "Each sign-in has a new key, which ends the one before; signing out ends it; no page is kept by a browser",
        "portail/test_menaces.py::test_each_sign_in_has_a_new_key_and_leaves_nothing_behind",
    ),
    ParLaPorte(
        C.RETOUR_AILLEURS,
        "A link of the portal leads, once signed in, to a site that looks like it",
        P,
        "No address to go back to is read of a request: each is one of ours, by its name",
        "portail/test_menaces.py::test_no_request_says_where_it_leads",
    ),
    ParLaPorte(
        C.HAMECONNAGE,
        "A false SMS leads to a false site",
        P,
        "No SMS holds a link but that of an objection, which asks nothing; a code serves in the browser that asked",
        "notifications/test_langues.py::test_an_sms_is_short_and_leads_nowhere_but_to_the_objection",
    ),
    ParLaPorte(
        C.CODE_DEMANDE_PAR_UN_AGENT,
        "Somebody who says that they are an agent asks for a code",
        P,
        "Each message with a code says to give it to nobody, in the six languages; no screen of a counter takes one",
        "portail/test_menaces.py::test_a_code_is_given_to_nobody_and_no_counter_takes_one",
    ),
    ParLaPorte(
        C.FUITE_DE_BROUILLON,
        "What is typed and not yet sent is looked for in logs, addresses and messages",
        P,
        "No log, address nor message holds any of it; in the database it is encrypted",
        "portail/test_menaces.py::test_what_is_typed_is_in_no_log_address_nor_message",
    ),
    ParLaPorte(
        C.FUITE_DE_BROUILLON,
        "A renewal begun with FranceConnect is taken up by a code, or by a helper of the State, on the same account",
        P,
        "Each of its parts has to be read by who opens it, the page of choices too; it may be dropped",
        "portail/test_adresse.py::test_what_was_begun_with_franceconnect_is_shown_to_nobody_below_it",
    ),
)


def tableau_de_la_porte(porte: Iterable[ParLaPorte] = PORTE) -> str:
    """The table of the page of threats."""
    lignes = ["| Attempt | Ends | By what | Test |", "|---|---|---|---|"]
    lignes += [f"| {m.quoi} | **{m.fin}** | {m.par} | `{m.fichier}`, `{m.test}` |" for m in porte]
    return "\n".join(lignes)
