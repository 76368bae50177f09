"""The reference of an attestation: drawn at random, grouped to be read, read back as typed."""

import re
import secrets

from sne.attestations.rules.modeles import ReferenceInvalide

ALPHABET_REFERENCE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # 30 signs; neither 0/O, 1/I/L nor U, taken for V
LONGUEUR_REFERENCE = 12  # 30 ** 12 = 5e17 references: nobody finds one by trying


def tirer_reference() -> str:
    """A new random reference of twelve signs, from the operating system's secure source."""
    return "".join(secrets.choice(ALPHABET_REFERENCE) for _ in range(LONGUEUR_REFERENCE))


def grouper_reference(reference: str) -> str:
    """``ABCD-EFGH-JKMN``: the reference as a person reads and types it."""
    return "-".join(reference[i : i + 4] for i in range(0, LONGUEUR_REFERENCE, 4))


def lire_reference(saisie: str) -> str:
    """The twelve signs of a typed reference; spaces, hyphens and case do not matter.

    Raises :class:`ReferenceInvalide` with a French sentence.
    """
    reference = re.sub(r"[\s\u2010-\u2015-]", "", saisie).upper()
    if len(reference) != LONGUEUR_REFERENCE:
        raise ReferenceInvalide(
            f"{LONGUEUR_REFERENCE} signes attendus, {len(reference)} saisis. "
            f"Recopiez la référence imprimée sous le code à scanner."
        )
    etrangers = sorted(set(reference) - set(ALPHABET_REFERENCE))
    if etrangers:
        raise ReferenceInvalide(
            f"Le signe « {etrangers[0]} » n’y figure jamais. Vérifiez la référence imprimée."
        )
    return reference
