"""site.toml, read and validated into one frozen `Site`."""

from generator.config.loader import SITE_FILE, load_site, with_base_url

__all__ = ["SITE_FILE", "load_site", "with_base_url"]
