"""The register: demandes, their persons, identities, seniority titles and versions; the product itself."""
