"""The program's door, for a terminal and for `python -m packet`: Ctrl-C is answered from the first moment on."""

from __future__ import annotations

import sys


def main() -> None:
    """Answer a question that was asked before at once; or load the command line and run it."""
    try:
        from packet import again  # noqa: PLC0415 (loading takes a moment, in which Ctrl-C may come)

        answer = again.answer(sys.argv[1:])
        if answer is not None:
            print(answer)
            return
        from packet.cli import main as run  # noqa: PLC0415 (half a second)

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. No file is half-written.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
