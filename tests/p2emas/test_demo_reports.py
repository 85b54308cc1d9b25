from datetime import datetime

from p2emas.management.demo.reports import _check_day


def test_nothing_of_the_demo_happens_on_its_day_whose_hours_still_run():
    """Tests live on 8 October 2019, as the demo does: an approval at ten would be above what happens at eight."""
    assert _check_day(datetime(2019, 10, 4, 13, 5), 3) == datetime(2019, 10, 7, 10, 15)
    assert _check_day(datetime(2019, 10, 7, 13, 5), 0) == datetime(2019, 10, 7, 14, 5)
