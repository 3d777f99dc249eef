from chairside.kernel.migrate import sql_beside

revision = "202611290950"
down_revision = "202611290940"
upgrade = sql_beside(__file__)
