"""Personal data that must never be published (UU 27/2022): found, allowed by declaration, stopped."""
