"""The order of a build: reading, composing, site, archive; adding a report; live preview."""
