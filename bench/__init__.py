"""The benchmark: a lifelike municipality of any size, and measurements over HTTP. Not part of the package."""
