-- The ledger is the truth; invoices are documents over it. Amounts are integers in minor units.
--
-- Two accounts carry a patient: `receivable`, what they were charged and did not yet cover, and `unapplied_credit`, what they
-- gave and is not yet applied. A patient's balance is the sum over both, positive when they owe. Always:
--   receivable(p)        = charges of p on no issued invoice + what is due on p's issued invoices
--   unapplied_credit(p)  = - what remains of p's credits

create table ledger_transaction (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    kind        text not null constraint ledger_transaction_kind_is_known check (kind in
                    ('opening_balance', 'charge', 'payment', 'adjustment', 'refund', 'write_off', 'transfer', 'reversal')),
    patient_id  uuid not null, -- whose act it is; the postings say whom it moves
    on_day      date not null,
    description text not null,
    source      text constraint ledger_transaction_source_is_known check (source in ('appointment', 'invoice', 'payment', 'import')),
    source_id   uuid,
    reverses_id uuid,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint ledger_transaction_source_is_one_thing check ((source is null) = (source_id is null)),
    constraint ledger_transaction_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint ledger_transaction_reverses_a_known_one
        foreign key (clinic_id, reverses_id) references ledger_transaction (clinic_id, id),
    constraint ledger_transaction_is_reversed_once unique (clinic_id, reverses_id)
);
-- Says itself who and when, and never changes; the charge, credit, allocation or refund that it belongs to is in the audit.
call app.fence('ledger_transaction', audited => false, rights => 'select, insert');
create index ledger_transaction_by_day on ledger_transaction (clinic_id, on_day);
create index ledger_transaction_by_source on ledger_transaction (clinic_id, source_id) where source_id is not null;

-- Written once, with its transaction; never changed, not even for a mistake.
create table ledger_posting (
    clinic_id      uuid not null default app.clinic() references clinic,
    transaction_id uuid not null,
    line           int not null,
    account        text not null constraint ledger_posting_account_is_known check (account in
                       ('receivable', 'unapplied_credit', 'income', 'adjustments', 'opening_balances',
                        'cash', 'card', 'check', 'transfer')),
    patient_id     uuid,
    amount         bigint not null constraint ledger_posting_moves_something check (amount <> 0),
    currency       text not null,
    primary key (clinic_id, transaction_id, line),
    constraint ledger_posting_names_a_patient check ((patient_id is not null) = (account in ('receivable', 'unapplied_credit'))),
    constraint ledger_posting_transaction_is_known
        foreign key (clinic_id, transaction_id) references ledger_transaction (clinic_id, id),
    constraint ledger_posting_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('ledger_posting', audited => false, rights => 'select, insert');
-- A balance is a sum over this index alone.
create index ledger_posting_by_patient on ledger_posting (clinic_id, patient_id, transaction_id)
    include (amount, account) where patient_id is not null;

-- At the commit, whoever wrote it: two postings or more, and a sum of zero in each currency. A transaction of another clinic
-- than the one that commits is not seen behind the fence, and so refused.
create function app.ledger_transaction_balances() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    postings bigint;
    unequal  boolean;
begin
    select sum(side.postings), bool_or(side.total <> 0)
      into postings, unequal
      from (select count(*) as postings, sum(posting.amount) as total
              from public.ledger_posting as posting
             where posting.clinic_id = new.clinic_id
               and posting.transaction_id = new.id
             group by posting.currency) as side;
    if coalesce(postings, 0) < 2 or unequal then
        raise exception 'a ledger transaction has two postings or more that sum to zero'
            using errcode = 'check_violation', constraint = 'ledger_transaction_balances', table = 'ledger_transaction';
    end if;
    return null;
end $$;
create constraint trigger ledger_transaction_balances after insert on ledger_transaction
    deferrable initially deferred for each row execute function app.ledger_transaction_balances();

-- Nothing is added to what was committed before: a posting comes with its transaction, or not at all.
create function app.ledger_transaction_is_closed() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- Looked up one by one: a join would be planned for the first statement of the session, be it an import, and kept.
    if exists (select
                 from entered
                where (select before.created_at
                         from public.ledger_transaction as before
                        where before.clinic_id = entered.clinic_id
                          and before.id = entered.transaction_id) <> transaction_timestamp()) then
        raise exception 'a posting comes with its transaction'
            using errcode = 'check_violation', constraint = 'ledger_transaction_is_closed', table = 'ledger_posting';
    end if;
    return null;
end $$;
create trigger ledger_transaction_is_closed after insert on ledger_posting
    referencing new table as entered for each statement execute function app.ledger_transaction_is_closed();

-- Numbers without gaps: whoever issues holds the row until they have committed. One series for a clinic, or for a location.
create table invoice_series (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    location_id uuid,
    prefix      text not null default 'INV-',
    next_number bigint not null default 1 check (next_number > 0),
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    updated_at  timestamptz not null default transaction_timestamp(),
    updated_by  uuid not null default app.actor(),
    version     int not null default 1,
    primary key (clinic_id, id),
    constraint invoice_series_is_one unique nulls not distinct (clinic_id, location_id),
    constraint invoice_series_location_is_known foreign key (clinic_id, location_id) references location (clinic_id, id)
);
call app.fence('invoice_series');

create table invoice (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    patient_id  uuid not null,
    location_id uuid,
    series_id   uuid,
    sequence    bigint,
    number      text,
    currency    text not null,
    total       bigint not null check (total >= 0),
    allocated   bigint not null default 0,
    terms_days  int not null default 0 check (terms_days between 0 and 365),
    due_on      date, -- when none was named, the terms decide at issue
    note        text,
    parties     jsonb, -- the clinic and the patient as they were called on the day of issue
    issued_on   date,
    issued_at   timestamptz,
    issued_by   uuid,
    voided_at   timestamptz,
    voided_by   uuid,
    void_reason text,
    status      text not null generated always as (
                    case when voided_at is not null then 'void'
                         when issued_at is null then 'draft'
                         when allocated = total then 'paid'
                         when allocated > 0 then 'partially_paid'
                         else 'issued' end) stored,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    updated_at  timestamptz not null default transaction_timestamp(),
    updated_by  uuid not null default app.actor(),
    version     int not null default 1,
    primary key (clinic_id, id),
    constraint invoice_of_a_patient unique (clinic_id, id, patient_id), -- charges link to it, so that they are billed to their patient
    constraint invoice_number_is_free unique (clinic_id, number),
    constraint invoice_sequence_is_free unique (clinic_id, series_id, sequence),
    constraint invoice_is_not_overpaid check (allocated between 0 and total),
    constraint invoice_draft_has_no_payments check (issued_at is not null or allocated = 0),
    constraint invoice_void_has_no_payments check (voided_at is null or allocated = 0),
    constraint invoice_void_was_issued_and_says_why
        check ((voided_at is null) = (void_reason is null) and (voided_at is null or issued_at is not null)),
    constraint invoice_issued_has_number_parties_and_day
        check (num_nonnulls(series_id, sequence, number, issued_on, issued_at, issued_by, parties) in (0, 7)
               and (issued_at is null or due_on is not null)),
    constraint invoice_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint invoice_series_is_known foreign key (clinic_id, series_id) references invoice_series (clinic_id, id),
    constraint invoice_location_is_known foreign key (clinic_id, location_id) references location (clinic_id, id)
);
call app.fence('invoice', rights => 'select, insert, update, delete');
create index invoice_by_patient on invoice (clinic_id, patient_id, id);
create index invoice_open on invoice (clinic_id, due_on, id) where issued_at is not null and voided_at is null and allocated < total;

-- What debits a patient and can be put on an invoice. What is free of charge has no ledger transaction.
create table charge (
    clinic_id         uuid not null default app.clinic() references clinic,
    id                uuid not null default uuidv7(),
    kind              text not null constraint charge_kind_is_known check (kind in ('service', 'opening_balance', 'adjustment')),
    transaction_id    uuid,
    patient_id        uuid not null,
    service_id        uuid,
    appointment_id    uuid,
    completed_item_id uuid,
    provider_id       uuid,
    description       text not null,
    quantity          int not null check (quantity between 1 and 999),
    unit_price        bigint not null check (unit_price >= 0),
    list_price        bigint,
    price_reason      text,
    amount            bigint not null,
    currency          text not null,
    on_day            date not null,
    invoice_id        uuid,
    reversed_at       timestamptz,
    created_at        timestamptz not null default transaction_timestamp(),
    created_by        uuid not null default app.actor(),
    updated_at        timestamptz not null default transaction_timestamp(),
    updated_by        uuid not null default app.actor(),
    version           int not null default 1,
    primary key (clinic_id, id),
    constraint charge_amount_is_quantity_times_price check (amount = quantity * unit_price),
    constraint charge_is_in_the_ledger check ((transaction_id is null) = (amount = 0)),
    constraint charge_reversed_is_not_billed check (reversed_at is null or invoice_id is null),
    constraint charge_transaction_is_its_own unique (clinic_id, transaction_id),
    constraint charge_completed_item_is_charged_once unique (clinic_id, completed_item_id),
    constraint charge_transaction_is_known foreign key (clinic_id, transaction_id) references ledger_transaction (clinic_id, id),
    constraint charge_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint charge_service_is_known foreign key (clinic_id, service_id) references service (clinic_id, id),
    constraint charge_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint charge_completed_item_is_known foreign key (clinic_id, completed_item_id) references completed_item (clinic_id, id),
    constraint charge_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint charge_is_billed_to_its_patient
        foreign key (clinic_id, invoice_id, patient_id) references invoice (clinic_id, id, patient_id)
);
call app.fence('charge');
create index charge_unbilled on charge (clinic_id, patient_id, id) include (amount) where invoice_id is null and reversed_at is null;
create index charge_by_invoice on charge (clinic_id, invoice_id) where invoice_id is not null;
create index charge_by_appointment on charge (clinic_id, appointment_id) where appointment_id is not null;

-- What a charge was called and cost when it was put on the invoice. The charge may later be on another, when this one is void.
create table invoice_line (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    invoice_id  uuid not null,
    patient_id  uuid not null,
    charge_id   uuid not null,
    position    int not null,
    kind        text not null,
    on_day      date not null,
    description text not null,
    quantity    int not null,
    unit_price  bigint not null,
    total       bigint not null,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint invoice_line_total_is_quantity_times_price check (total = quantity * unit_price),
    constraint invoice_line_charge_is_once unique (clinic_id, invoice_id, charge_id),
    constraint invoice_line_invoice_is_known
        foreign key (clinic_id, invoice_id, patient_id) references invoice (clinic_id, id, patient_id),
    constraint invoice_line_charge_is_known foreign key (clinic_id, charge_id) references charge (clinic_id, id)
);
call app.fence('invoice_line', rights => 'select, insert, delete');

-- What credits a patient: payments, credit brought forward, adjustments in their favour.
create table credit (
    clinic_id         uuid not null default app.clinic() references clinic,
    id                uuid not null default uuidv7(),
    kind              text not null constraint credit_kind_is_known check (kind in ('payment', 'opening_balance', 'adjustment')),
    transaction_id    uuid not null,
    patient_id        uuid not null,
    amount            bigint not null constraint credit_is_positive check (amount > 0),
    currency          text not null,
    method            text constraint credit_method_is_known check (method in ('cash', 'card', 'check', 'transfer')),
    reference         text,
    provider_metadata jsonb, -- what a payment provider says of it
    on_day            date not null,
    allocated         bigint not null default 0,
    refunded          bigint not null default 0,
    reversed_at       timestamptz,
    remaining         bigint not null generated always as
                          (case when reversed_at is null then amount - allocated - refunded else 0 end) stored,
    created_at        timestamptz not null default transaction_timestamp(),
    created_by        uuid not null default app.actor(),
    updated_at        timestamptz not null default transaction_timestamp(),
    updated_by        uuid not null default app.actor(),
    version           int not null default 1,
    primary key (clinic_id, id),
    constraint credit_is_not_overspent check (allocated >= 0 and refunded >= 0 and allocated + refunded <= amount),
    constraint credit_reversed_was_not_spent check (reversed_at is null or allocated + refunded = 0),
    constraint credit_payment_has_a_method check ((kind = 'payment') = (method is not null)),
    constraint credit_transaction_is_its_own unique (clinic_id, transaction_id),
    constraint credit_transaction_is_known foreign key (clinic_id, transaction_id) references ledger_transaction (clinic_id, id),
    constraint credit_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('credit');
create index credit_by_patient on credit (clinic_id, patient_id, id);
create index credit_unapplied on credit (clinic_id, patient_id, id) where remaining > 0;

-- How much of a credit covers an invoice: more when applied, less when taken back.
create table allocation (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    credit_id      uuid not null,
    invoice_id     uuid not null,
    patient_id     uuid not null, -- the invoice's
    amount         bigint not null constraint allocation_moves_something check (amount <> 0),
    transaction_id uuid not null,
    on_day         date not null,
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint allocation_credit_is_known foreign key (clinic_id, credit_id) references credit (clinic_id, id),
    constraint allocation_invoice_is_known
        foreign key (clinic_id, invoice_id, patient_id) references invoice (clinic_id, id, patient_id),
    constraint allocation_transaction_is_known foreign key (clinic_id, transaction_id) references ledger_transaction (clinic_id, id)
);
call app.fence('allocation', rights => 'select, insert');
create index allocation_by_credit on allocation (clinic_id, credit_id);
create index allocation_by_invoice on allocation (clinic_id, invoice_id);

create table refund (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    credit_id      uuid not null,
    patient_id     uuid not null,
    amount         bigint not null constraint refund_is_positive check (amount > 0),
    currency       text not null,
    method         text not null,
    reason         text not null,
    transaction_id uuid not null,
    on_day         date not null,
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint refund_credit_is_known foreign key (clinic_id, credit_id) references credit (clinic_id, id),
    constraint refund_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint refund_transaction_is_known foreign key (clinic_id, transaction_id) references ledger_transaction (clinic_id, id)
);
call app.fence('refund', rights => 'select, insert');
create index refund_by_credit on refund (clinic_id, credit_id);

-- An issued invoice is a document: it is paid or made void, never edited, never deleted; a void one is over.
create function app.invoice_issued_is_kept() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if old.issued_at is not null and (
        tg_op = 'DELETE'
        or old.voided_at is not null
        or (new.clinic_id, new.id, new.patient_id, new.location_id, new.series_id, new.sequence, new.number, new.currency, new.total,
            new.terms_days, new.due_on, new.note, new.parties, new.issued_on, new.issued_at, new.issued_by)
           is distinct from
           (old.clinic_id, old.id, old.patient_id, old.location_id, old.series_id, old.sequence, old.number, old.currency, old.total,
            old.terms_days, old.due_on, old.note, old.parties, old.issued_on, old.issued_at, old.issued_by)
    ) then
        raise exception 'an issued invoice is paid or made void, never edited'
            using errcode = 'check_violation', constraint = 'invoice_issued_is_kept', table = 'invoice';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger invoice_issued_is_kept before update or delete on invoice
    for each row execute function app.invoice_issued_is_kept();

create function app.invoice_line_issued_is_kept() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from public.invoice
                where invoice.clinic_id = coalesce(new.clinic_id, old.clinic_id)
                  and invoice.id = coalesce(new.invoice_id, old.invoice_id)
                  and invoice.issued_at is not null) then
        raise exception 'the lines of an issued invoice stay as they are'
            using errcode = 'check_violation', constraint = 'invoice_line_issued_is_kept', table = 'invoice_line';
    end if;
    return coalesce(new, old);
end $$;
create trigger invoice_line_issued_is_kept before insert or delete on invoice_line
    for each row execute function app.invoice_line_issued_is_kept();
