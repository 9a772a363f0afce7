"""The domains: one module each, with a `DOMAIN`. Its template has the same name."""
