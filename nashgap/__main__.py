"""`python -m nashgap`."""

import sys

from nashgap.start import main

sys.exit(main())
