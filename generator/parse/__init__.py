"""Files under `content/`, each read by itself into typed and validated values."""
