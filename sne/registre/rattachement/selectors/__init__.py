"""Who may be the person who signed in, and what an account follows."""
