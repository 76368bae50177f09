"""What checking outside concluded of one address or one company; nothing said is « not checked »."""

from enum import StrEnum


class EtatVerification(StrEnum):
    """An address: verified, another one proposed, found nowhere; a company: open, closed, hidden, unknown."""

    VERIFIEE = "VERIFIEE"
    PROPOSEE = "PROPOSEE"
    NON_TROUVEE = "NON_TROUVEE"
    SANS_OBJET = "SANS_OBJET"
    ACTIVE = "ACTIVE"
    FERMEE = "FERMEE"
    MASQUEE = "MASQUEE"
    INTROUVABLE = "INTROUVABLE"
