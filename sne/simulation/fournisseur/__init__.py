"""A provider that plays FranceConnect or ProConnect, in a process of its own: demonstration and tests only."""
