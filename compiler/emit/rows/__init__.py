"""Row numbers as code: of parents and children, of batches."""
