"""Areas: their facts, what colours the map, profiles, several side by side."""
