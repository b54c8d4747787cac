"""A project on disk: paths, settings, digests, writer, caches. Leaves what the files mean to the wings above."""
