"""The domain types: frozen dataclasses that every stage shares. No input or output happens here."""
