"""Where a province outgrows a laptop: the same change lines as tables, for larger engines."""
