"""A lost stick: what goes to a carrier is encrypted to the team, and signed by its laptop."""
