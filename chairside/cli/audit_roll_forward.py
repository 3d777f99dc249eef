"""Months ahead for the tables that are cut by month. The worker does it every night; this is for when it could not."""

from argparse import ArgumentParser, Namespace

from chairside.cli import reach


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)


def run(given: Namespace) -> None:
    import psycopg

    with reach.app(given.data) as url, psycopg.connect(url, autocommit=True) as db:
        db.execute("select app.roll_forward()")
    print("The audit and the events have tables for this month and the next three.")
