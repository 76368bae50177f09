"""What checking outside said of addresses and companies, kept beside the content."""
