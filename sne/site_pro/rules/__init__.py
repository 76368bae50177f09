"""What a page is, what it may say, and what of it is online. Pure."""
