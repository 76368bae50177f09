"""Keys of SIREN and SIRET, what the search of companies says, and its states in words. Pure."""
