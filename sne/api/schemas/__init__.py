"""What goes in and out, with French titles and examples: the contract is made of them."""
