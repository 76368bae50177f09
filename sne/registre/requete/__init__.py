"""What only a counter changes, asked for online: a request, its life, who holds it and by when."""
