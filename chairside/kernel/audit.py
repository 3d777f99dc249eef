"""Reads leave a trace in the statement that reads: nobody can forget it, and it costs no round trip."""


def shown(query: str, *, entity: str = "patient", patient: str = "id", columns: str = "*") -> str:
    """The query, and one audit row that names every patient in its answer: lists, schedules, searches.
    `columns`, where the query needs more to order by than it shows; they come back in its order."""
    return f"""
    with shown as (
        {query.strip()}
    ), noted as (
        insert into audit_event (action, entity, patient_ids)
        select 'read', '{entity}', coalesce(array_agg(shown.{patient}), '{{}}') from shown
    )
    select {columns} from shown
    """


def opened(query: str, *, entity: str = "patient", patient: str = "id") -> str:
    """The query, and one audit row for the one record that it opens; nothing found, nothing noted."""
    return f"""
    with shown as (
        {query.strip()}
    ), noted as (
        insert into audit_event (action, entity, entity_id, patient_id)
        select 'read', '{entity}', shown.id, shown.{patient} from shown
    )
    select * from shown
    """


EXPORTED = "insert into audit_event (action, entity, entity_id) values ('export', %(what)s, %(id)s::uuid)"
"""Something leaves as a file: beside the read record of whoever is in it. Travels with the next statement."""
