"""What partners are told when something is refused or waits: one catalogue, for SOAP and for REST."""
