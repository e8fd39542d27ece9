"""Settings, start-up and the few services every floor of the house stands on."""
