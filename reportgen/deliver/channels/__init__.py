"""channels: one file a way by which a message goes out."""
