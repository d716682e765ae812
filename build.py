"""Papan TPS: builds the site. Run ``python build.py --help``."""

import sys

try:
    from sitegen.cli import main
except ModuleNotFoundError as error:
    if error.name is None or error.name.partition(".")[0] == "sitegen":
        raise
    sys.exit(
        f'Paket Python "{error.name}" belum terpasang. Jalankan: make site\n'
        f'The Python package "{error.name}" is not installed. Run: make site'
    )

if __name__ == "__main__":
    sys.exit(main())
