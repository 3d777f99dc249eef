MOST_BYTES = 250_000_000
PART_BYTES = 4 * 1024 * 1024
TEMPLATES = {"bitewings_2": 2, "bitewings_4": 4, "full_18": 18, "full_20": 20, "photos_8": 8}
"""How many places a mount has."""
