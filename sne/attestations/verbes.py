"""Attestations: issued, opened, handed over."""

from sne.journal.rules import Dit, Trait, Verbe


class VerbeAttestation(Verbe):
    """Kinds of act."""

    EMETTRE_ATTESTATION = (
        "EMETTRE_ATTESTATION",
        "Attestation émise",
        Dit("{qui} a établi une attestation de votre demande."),
    )
    OUVRIR_ATTESTATION = (
        "OUVRIR_ATTESTATION",
        "Attestation ouverte ou imprimée",
        Dit("{qui} a ouvert une attestation de votre demande."),
        Trait.LECTURE,
    )
    REMETTRE_ATTESTATION = (
        "REMETTRE_ATTESTATION",
        "Attestation remise au guichet, ou postée",
        Dit(
            "{qui} a remis une attestation de votre demande.",
            {("remise_par", "COURRIER"): "{qui} a envoyé par courrier une attestation de votre demande."},
        ),
        Trait.SERT,
    )
    ATTESTATION_IMPOSSIBLE = (
        "ATTESTATION_IMPOSSIBLE",
        "Attestation à établir à la main",
        Dit("Une attestation n’a pas pu être établie. Une personne s’en occupe."),
    )
    TRAITER_ATTESTATION = (
        "TRAITER_ATTESTATION",
        "Attestation établie à la main",
        Dit("{qui} a établi une attestation à la main."),
    )
