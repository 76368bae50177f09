"""Who follows a file online, and closing that at the person’s request."""
