"""Lists as files: one description of a list's columns writes CSV and Excel, short ones at once, long ones by a job."""
