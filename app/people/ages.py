"""Ages, as the law counts them: in whole years, on a day in Asia/Shanghai.

Computed here and never in SQL: fourteen years after 29 February is 1 March by our rule and on SQLite, 28 February on
PostgreSQL.
"""

from datetime import date

CHILD_UNTIL = 14  # 个人信息保护法 28 and 31: under 14 all personal data is sensitive, a guardian decides
ADULT_FROM = 18


def birthday(born_on: date, years: int) -> date:
    """Return the day on which somebody turns that many years old; 29 February counts as 1 March."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)


def age_on(born_on: date, day: date) -> int:
    """Return the age in whole years on a day; negative before the birth."""
    years = day.year - born_on.year
    return years if birthday(born_on, years) <= day else years - 1


def fourteen_on(born_on: date) -> date:
    """Return the day from which a place is possible without a consent that is proven."""
    return birthday(born_on, CHILD_UNTIL)


def adult_on(fourteen_on: date) -> date:
    """Return the day on which somebody turns 18, of the day on which it was 14.

    Fourteen years after 29 February there is none, nor eighteen years after it: both are 1 March.
    """
    return birthday(fourteen_on, ADULT_FROM - CHILD_UNTIL)
