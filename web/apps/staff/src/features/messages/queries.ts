import { type ContactPreference, get, type ReminderSettings } from '@chairside/api'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

const none = { items: [], next_cursor: null }

export const settingsQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'reminders', 'settings'],
    queryFn: async () =>
      (await get('/clinics/{clinic}/reminder-settings', { params: { path: { clinic } } })).data as ReminderSettings,
  })

export const templatesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'reminders', 'templates'],
    queryFn: async () =>
      (await get('/clinics/{clinic}/message-templates', { params: { path: { clinic } } })).data ?? { fields: [], items: [] },
  })

/** What was sent, answered and planned; read again while something is on its way. */
export const logQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'messages', 'of', patient_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/patients/{patient_id}/messages', { params: { path: { clinic, patient_id } } })).data?.items ??
      [],
    refetchInterval: query => (query.state.data?.some(one => ['queued', 'sending'].includes(one.status)) ? 2_000 : false),
  })

export const preferenceQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'messages', 'preference', patient_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/patients/{patient_id}/contact-preference', { params: { path: { clinic, patient_id } } }))
        .data as ContactPreference,
  })

/** The newest first, page by page. */
export const inboxQuery = (clinic: string, unread: boolean) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'messages', 'inbox', unread],
    queryFn: async ({ pageParam }) => {
      const query = { unread, cursor: pageParam || undefined }
      return (await get('/clinics/{clinic}/inbound-texts', { params: { path: { clinic }, query } })).data ?? none
    },
    initialPageParam: '',
    getNextPageParam: page => page.next_cursor,
  })

export const phoneQuery = queryOptions({
  queryKey: ['phone'],
  queryFn: async () => (await get('/phone')).data?.items ?? [],
  refetchInterval: 2_000,
})
