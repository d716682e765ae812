"""What the content means: one typed, frozen definition for validation, templates, schemas and docs."""
