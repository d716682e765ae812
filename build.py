"""Papan TPS: builds the site. Run ``python build.py --help``."""

import sys

try:
    from sitegen.cli import run
except ModuleNotFoundError as error:
    if error.name is None or error.name.partition(".")[0] == "sitegen":
        raise
    from tools.environment import run_inside

    # The locked packages are not where this Python looks: they are put into .venv, and the command runs there.
    sys.exit(run_inside(sys.argv))

if __name__ == "__main__":
    run()
