"""Filing by oneself: the plan of small pages, what is typed on them, what is read again before it is sent."""
