"""Public pages, without any name: attestations, addresses, « Ce n’est pas moi », the history behind its link."""
