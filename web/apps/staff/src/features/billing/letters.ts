import { change, get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

/** An invoice or the receipt of a payment, as far as it goes by e-mail. */
export type Paper = { invoice_id: string } | { payment_id: string }

const isInvoice = (paper: Paper): paper is { invoice_id: string } => 'invoice_id' in paper
const keyOf = (paper: Paper) => (isInvoice(paper) ? paper.invoice_id : paper.payment_id)

/** The newest first; while one is on its way it is looked at again. */
export const lettersQuery = (clinic: string, paper: Paper) =>
  queryOptions({
    queryKey: [clinic, 'letters', keyOf(paper)],
    queryFn: async () => {
      const { data } = isInvoice(paper)
        ? await get('/clinics/{clinic}/invoices/{invoice_id}/messages', { params: { path: { clinic, ...paper } } })
        : await get('/clinics/{clinic}/payments/{payment_id}/messages', { params: { path: { clinic, ...paper } } })
      return data?.items ?? []
    },
    refetchInterval: query => (query.state.data?.some(one => ['queued', 'sending'].includes(one.status)) ? 2_000 : false),
  })

/** The letter as it would go: whatever was changed since is read anew each time. */
export const proposalQuery = (clinic: string, paper: Paper) =>
  queryOptions({
    queryKey: [clinic, 'letters', keyOf(paper), 'proposal'],
    queryFn: async () =>
      isInvoice(paper)
        ? (await get('/clinics/{clinic}/invoices/{invoice_id}/message-proposal', { params: { path: { clinic, ...paper } } })).data
        : (await get('/clinics/{clinic}/payments/{payment_id}/message-proposal', { params: { path: { clinic, ...paper } } }))
            .data,
    gcTime: 0,
  })

type Words = { to: string; subject: string; text: string }
const touches = ['letters']
export const sendPaper = (clinic: string, paper: Paper, body: Words) =>
  isInvoice(paper)
    ? change('post', '/clinics/{clinic}/invoices/{invoice_id}/messages', { params: { clinic, ...paper }, touches, body })
    : change('post', '/clinics/{clinic}/payments/{payment_id}/messages', { params: { clinic, ...paper }, touches, body })
