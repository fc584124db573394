"""deliver: publishes a complete run directory, or nothing."""
