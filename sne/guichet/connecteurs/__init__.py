"""How the services of the State that help to type fare today."""
