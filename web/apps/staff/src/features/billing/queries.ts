import { type Charge, get, type Invoice, type InvoiceStatus, type Ledger } from '@chairside/api'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'

const none = { items: [], next_cursor: null }

/** Newest first, page by page; the sums stand on every page, those of the first count. */
export const ledgerQuery = (clinic: string, patient_id: string) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'ledger', patient_id],
    queryFn: async ({ pageParam }) => {
      const query = { cursor: pageParam || undefined }
      const { data } = await get('/clinics/{clinic}/patients/{patient_id}/ledger', {
        params: { path: { clinic, patient_id }, query },
      })
      return data as Ledger
    },
    initialPageParam: '',
    getNextPageParam: page => page.next_cursor,
  })

/** What is on no invoice yet, oldest first. */
export const openChargesQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'charges', patient_id],
    queryFn: async (): Promise<Charge[]> => {
      const path = { clinic, patient_id }
      return (await get('/clinics/{clinic}/patients/{patient_id}/ledger/charges', { params: { path } })).data?.items ?? []
    },
  })

export type InvoiceFilter = { patient_id?: string; status?: InvoiceStatus; overdue?: boolean }

export const invoicesQuery = (clinic: string, filter: InvoiceFilter) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'invoices', 'list', filter],
    queryFn: async ({ pageParam }) => {
      const query = { ...filter, cursor: pageParam || undefined }
      return (await get('/clinics/{clinic}/invoices', { params: { path: { clinic }, query } })).data ?? none
    },
    initialPageParam: '',
    getNextPageParam: page => page.next_cursor,
    placeholderData: keepPreviousData,
  })

/** The invoices of one patient that a payment may cover. */
export const patientInvoicesQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'invoices', 'of', patient_id],
    queryFn: async (): Promise<Invoice[]> => {
      const query = { patient_id, limit: 200 }
      return (await get('/clinics/{clinic}/invoices', { params: { path: { clinic }, query } })).data?.items ?? []
    },
  })

export const invoiceQuery = (clinic: string, invoice_id: string) =>
  queryOptions({
    queryKey: [clinic, 'invoices', invoice_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/invoices/{invoice_id}', { params: { path: { clinic, invoice_id } } })).data as Invoice,
  })

export const paymentsQuery = (clinic: string, patient_id?: string) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'payments', 'list', { patient_id }],
    queryFn: async ({ pageParam }) => {
      const query = { patient_id, cursor: pageParam || undefined }
      return (await get('/clinics/{clinic}/payments', { params: { path: { clinic }, query } })).data ?? none
    },
    initialPageParam: '',
    getNextPageParam: page => page.next_cursor,
  })

export const paymentQuery = (clinic: string, payment_id: string) =>
  queryOptions({
    queryKey: [clinic, 'payments', payment_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/payments/{payment_id}', { params: { path: { clinic, payment_id } } })).data,
  })

/** Those for whom the same person answers, the patient among them. */
export const familyQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'patients', patient_id, 'family'],
    queryFn: async () =>
      (await get('/clinics/{clinic}/patients/{patient_id}/family', { params: { path: { clinic, patient_id } } })).data?.items ??
      [],
  })

/** Papers are opened by the browser: an address of the server. */
export const invoicePaper = (clinic: string, id: string) => `/api/v1/clinics/${clinic}/invoices/${id}/pdf`
export const receiptPaper = (clinic: string, id: string) => `/api/v1/clinics/${clinic}/payments/${id}/receipt`
