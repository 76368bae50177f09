"""How each way of taking a demande away ends: prevented, or detected and undone; the page of threats says the same."""

from dataclasses import dataclass
from enum import StrEnum


class Fin(StrEnum):
    """What is left of an attempt."""

    EMPECHE = "prevented"
    DEFAIT = "detected and undone"


@dataclass(frozen=True, slots=True)
class Menace:
    """One way, how it ends, and by what."""

    quoi: str
    fin: Fin
    par: str


FIN: dict[str, Menace] = {
    "test_exact_sequence": Menace(
        "An old file: civil status, contacts, documents and form overwritten by another person's",
        Fin.DEFAIT,
        "Civil status waits, contacts are refused for 7 days; the household objects, documents, household and wishes "
        "are put back",
    ),
    "test_step_by_step_by_two_letters": Menace(
        "The name replaced by two letters at a time",
        Fin.EMPECHE,
        "The first step is a correction; the second is measured from the anchor, even a year later",
    ),
    "test_same_surname": Menace(
        "Somebody of the same surname", Fin.EMPECHE, "First names, birth date and sex wait"
    ),
    "test_birth_date_first": Menace(
        "Birth date first, the name afterwards",
        Fin.EMPECHE,
        "The birth date waits; one request at a time for one person",
    ),
    "test_contacts_first": Menace(
        "Contacts first, the identity once 30 days have passed",
        Fin.DEFAIT,
        "The identity waits; the former address is told, its button freezes the file, contacts are put back",
    ),
    "test_usage_name_first": Menace(
        "Used name first, then as birth name 90 days later",
        Fin.DEFAIT,
        "First names and birth wait; the birth name passes, its former addresses are told, it is put back",
    ),
    "test_nir_planted_first": Menace(
        "A NIR planted where none was known, then the identity",
        Fin.DEFAIT,
        "The identity waits; the NIR, which agrees, passes, its household is told, it is put back",
    ),
    "test_nir_of_somebody_else": Menace(
        "A NIR of the intruder, where none or another was known", Fin.EMPECHE, "It waits"
    ),
    "test_association_named_anew": Menace(
        "The demande of an association given another name, another SIREN and other contacts",
        Fin.DEFAIT,
        "Applied at once; the former address is told, its button freezes the file, two managers put it back",
    ),
    "test_by_a_software": Menace(
        "The same by a vendor's software, in messages, by REST, in lines of an import",
        Fin.EMPECHE,
        "The acts of the screens, whichever door: it waits, or is refused",
    ),
    "test_spouse_added_by_a_software_then_separated": Menace(
        "A spouse added by a software yesterday, a separation by it today",
        Fin.EMPECHE,
        "Whoever was named less than 180 days ago inherits nothing until a territorial manager decides",
    ),
    "test_struck_off_then_back_by_a_software": Menace(
        "A file struck off, brought back with another identity by a software: in a message, by REST, in a line",
        Fin.EMPECHE,
        "What is sent while bringing it back waits, whichever door",
    ),
    "test_spouse_added_by_a_software_then_the_household_leaves": Menace(
        "A spouse added by a software yesterday, and it is the household that is made to leave, by REST or a message",
        Fin.EMPECHE,
        "Refused while nobody who stays was there 180 days before",
    ),
    "test_nir_planted_by_a_software": Menace(
        "A NIR planted by a software where none was known, by REST, then the identity",
        Fin.DEFAIT,
        "The identity waits; the NIR, which agrees, passes, its household is told, it is put back",
    ),
    "test_association_named_anew_by_a_software": Menace(
        "The demande of an association given another name and other contacts by a software: in a message, by REST, in "
        "a line",
        Fin.DEFAIT,
        "Applied at once; the former address is told, its button freezes the file, two managers put it back",
    ),
    "test_no_address_of_a_protected_demande": Menace(
        "The address of a protected household, looked for among duplicates by a software",
        Fin.EMPECHE,
        "Neither a message nor REST gives anything of where it is",
    ),
    "test_separation_then_everything": Menace(
        "A separation, then everything on the demande that inherits the seniority",
        Fin.EMPECHE,
        "Control counts from the date inherited; contacts are refused for 7 days",
    ),
    "test_while_a_separation_waits": Menace(
        "Another identity while the seniority of a separation waits for its decision",
        Fin.EMPECHE,
        "Control counts from the date that may be inherited",
    ),
    "test_spouse_added_then_separated": Menace(
        "A spouse added yesterday, a separation today",
        Fin.EMPECHE,
        "Whoever was named less than 180 days ago inherits nothing until a territorial manager decides",
    ),
    "test_spouse_added_then_the_household_leaves": Menace(
        "A spouse added yesterday, and it is the household that is made to leave by a separation",
        Fin.DEFAIT,
        "Refused while nobody who stays was there 180 days before; the household objects, the spouse is taken out",
    ),
    "test_co_holder_replaced_then_the_household_leaves": Menace(
        "A spouse of long ago replaced by somebody else, then the household made to leave by a separation",
        Fin.DEFAIT,
        "No guichet manager replaces a co-holder; whoever became somebody else has just come, and does not stay alone; "
        "the household objects, the spouse is put back",
    ),
    "test_taken_over_then_left_by_a_separation": Menace(
        "A file taken over, then left by a separation that a spouse of long ago makes possible",
        Fin.DEFAIT,
        "Told to the household, then left to the territorial manager to tell; put back, the household has the place "
        "that whoever left had taken, and their demande, whose seniority waited, joins the enquiry",
    ),
    "test_agent_and_manager_are_one_person": Menace(
        "Typed under one account, decided under another of the same person",
        Fin.EMPECHE,
        "One person counts once, whichever the account",
    ),
    "test_shared_between_two_agents": Menace(
        "Contacts by one agent, the identity by another",
        Fin.DEFAIT,
        "A letter passes and is told to the addresses of before; the rule looks at the file, whoever types; a "
        "territorial manager alone decides of the rest; identity and contacts are put back",
    ),
    "test_contacts_then_letters_summed": Menace(
        "Contacts in advance, then the name by two letters at a time beside them, then everything",
        Fin.DEFAIT,
        "Two letters in all pass, once in 12 months, measured from the anchor, and are told to the addresses of "
        "before; the rest waits; the household objects, identity and contacts are put back",
    ),
    "test_at_night": Menace(
        "At two in the morning", Fin.EMPECHE, "It waits as by day, and its hour is a term of the score"
    ),
    "test_struck_off_then_back": Menace(
        "A file struck off, brought back with another identity",
        Fin.EMPECHE,
        "What is typed while bringing it back waits, then even one letter, for 30 days",
    ),
    "test_by_a_guichet_manager_alone": Menace(
        "A guichet manager types and decides", Fin.EMPECHE, "Nobody decides of their own entry"
    ),
    "test_by_a_guichet_manager_with_an_agent": Menace(
        "An agent types, their guichet manager decides",
        Fin.EMPECHE,
        "Above the line of the score a territorial manager alone decides",
    ),
    "test_by_a_guichet_manager_trait_by_trait": Menace(
        "An agent types one trait after another, their guichet manager validates each",
        Fin.DEFAIT,
        "The first one passes, below the line of the score; for 12 months a territorial manager alone decides of the "
        "next; the household objects, the file is put back",
    ),
    "test_by_a_territorial_manager_alone": Menace(
        "A territorial manager types", Fin.EMPECHE, "No territorial manager types an identity"
    ),
    "test_by_a_territorial_manager_who_is_an_agent_too": Menace(
        "A territorial manager who is an agent of a counter too, in one account or in two",
        Fin.EMPECHE,
        "Whoever decides on names types none, whatever their other roles; whoever typed one changes no contact",
    ),
    "test_by_a_territorial_manager_with_an_agent": Menace(
        "An agent types, a territorial manager validates, contacts follow a week later",
        Fin.DEFAIT,
        "The former address is told, its button freezes the file; two other persons put it back, the intruder leaves "
        "with a demande dated the day they came",
    ),
    "test_contacts_that_a_manager_allowed": Menace(
        "A territorial manager is asked to allow the contacts to change, said to be lost",
        Fin.DEFAIT,
        "One change, the identity still waits; the former address is told of the permission, then of the change, its "
        "button freezes the file, contacts are put back",
    ),
    "test_by_the_importer": Menace(
        "The same file imported again under another identity",
        Fin.EMPECHE,
        "The importer only adds, never under the id or the NIR of a demande on record",
    ),
    "test_by_sql": Menace(
        "SQL as the runtime role",
        Fin.EMPECHE,
        "No right to change what was said; no identity in force that nobody validated; seniority is insert-only",
    ),
    "test_by_sql_as_the_service_writes": Menace(
        "SQL as the runtime role, a whole revision forged as the service writes it",
        Fin.DEFAIT,
        "Who holds a file and how they are reached change by no act that is not told; told, the household presses the "
        "button, the file is put back",
    ),
    "test_erased_by_sql": Menace(
        "SQL as the runtime role, a file struck off and erased in one transaction",
        Fin.EMPECHE,
        "No erasure of a day to come, nor sooner after the striking-off was inscribed than the law gives",
    ),
    "test_identity_come_by_an_unknown_way": Menace(
        "SQL as the runtime role, an identity come by a way that the service does not know",
        Fin.EMPECHE,
        "The list of ways is closed; each wants its own proof",
    ),
    "test_temporary_tables_before_the_guards": Menace(
        "SQL as the runtime role, temporary tables named as those that the guards read",
        Fin.EMPECHE,
        "Every function says where it looks; nobody may make temporary tables",
    ),
    "test_any_seniority_on_a_new_file": Menace(
        "SQL as the runtime role, a new file of any seniority",
        Fin.EMPECHE,
        "Registered today, dated 30 days before at most; demandes are taken over only while the owner lets them be",
    ),
    "test_rights_and_passwords_without_an_act": Menace(
        "SQL as the runtime role, a role, a password or a second factor given without a word",
        Fin.EMPECHE,
        "Each wants an entry of the journal that names the account",
    ),
    "test_a_threshold_moved_by_one_hand": Menace(
        "SQL as the runtime role, a threshold of the control loosened",
        Fin.EMPECHE,
        "The service reads figures and writes none; the database adds what two persons agreed to, from a day to come",
    ),
    "test_false_checkpoint": Menace(
        "SQL as the runtime role, a checkpoint that no key signed",
        Fin.DEFAIT,
        "It must say what the seals say; the verification names it and reads the others; the owner sets it aside",
    ),
    "test_sealing_held_back": Menace(
        "SQL as the runtime role, a transaction left open so that nothing is sealed",
        Fin.DEFAIT,
        "`sne sante` names its process and its age; ended, sealing goes on",
    ),
    "test_place_given_up": Menace(
        "SQL as the runtime role, the place of an open demande given up, for a second one of the same number",
        Fin.EMPECHE,
        "An open demande keeps the places of the persons who hold it",
    ),
    "test_messages_and_deliveries_taken_away": Menace(
        "SQL as the runtime role, messages to professionals deleted, or deliveries started again",
        Fin.EMPECHE,
        "Messages go at the end of their retention; a cursor only advances, to the last seal",
    ),
    "test_entries_under_any_name": Menace(
        "SQL as the runtime role, an entry of any verb, under any author",
        Fin.DEFAIT,
        "`sne journal verifier` tells verbs that no act writes and authors who are no account; the file is untouched",
    ),
}


def tableau() -> str:
    """The table of the page of threats."""
    lignes = ["| Attempt | Ends | By what | Test |", "|---|---|---|---|"]
    lignes += [f"| {m.quoi} | **{m.fin}** | {m.par} | `{test}` |" for test, m in FIN.items()]
    return "\n".join(lignes)
