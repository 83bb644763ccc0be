"""The register: organisations, posts and people over time."""
