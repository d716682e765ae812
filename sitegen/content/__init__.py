"""From files to typed objects: finding, reading and validating the content, with a line for every error."""
