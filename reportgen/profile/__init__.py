"""profile: segments at summary scale; the bridge from rows to facts."""
