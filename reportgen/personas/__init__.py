"""personas: names, sentences and actions that are proved."""
