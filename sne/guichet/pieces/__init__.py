"""Documents of a file: what is expected, what is there, adding, opening and qualifying them."""
