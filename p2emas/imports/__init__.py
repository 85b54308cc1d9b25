"""Imports: a file is checked by a job, shown as a preview, applied all or nothing, and can be undone for a day."""
