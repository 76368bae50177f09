"""École: where vendors try their software, each on a fictional territory of its own. In no other installation."""
