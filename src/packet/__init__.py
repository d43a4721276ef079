"""packet: print-ready teaching packets from lessons written in YAML."""

from importlib.metadata import version

__version__ = version("packet")
