def make_reports(cast):
    """x"""
