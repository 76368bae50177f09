"""What is compared and said of the ways into a demande: pure."""
