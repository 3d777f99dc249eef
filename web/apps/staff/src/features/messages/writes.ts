import {
  type ContactPreference,
  change,
  type MessageTemplate,
  type NewContactPreference,
  type NewReminderSettings,
} from '@chairside/api'

const MESSAGES = ['messages']
const REMINDERS = ['reminders', 'messages']

export const setReminders = (clinic: string, version: number, body: NewReminderSettings) =>
  change('put', '/clinics/{clinic}/reminder-settings', { params: { clinic }, version, touches: REMINDERS, body })

type Which = Pick<MessageTemplate, 'kind' | 'channel' | 'language'>
const of = (clinic: string, { kind, channel, language }: Which) => ({ clinic, kind, channel, language })
export const setTemplate = (clinic: string, which: Which, version: number, body: { subject: string | null; body: string }) =>
  change('put', '/clinics/{clinic}/message-templates/{kind}/{channel}/{language}', {
    params: of(clinic, which),
    version,
    touches: REMINDERS,
    body,
  })
export const resetTemplate = (clinic: string, which: Which) =>
  change('delete', '/clinics/{clinic}/message-templates/{kind}/{channel}/{language}', {
    params: of(clinic, which),
    touches: REMINDERS,
  })

export const wishOf = ({ version: _, unsubscribed_at: __, stopped: ___, ...wish }: ContactPreference): NewContactPreference =>
  wish
export const setPreference = (clinic: string, patient_id: string, version: number, body: NewContactPreference) =>
  change('put', '/clinics/{clinic}/patients/{patient_id}/contact-preference', {
    params: { clinic, patient_id },
    version,
    touches: MESSAGES,
    body,
  })

export const liftStop = (clinic: string, patient_id: string, stop_id: string) =>
  change('delete', '/clinics/{clinic}/patients/{patient_id}/stopped-addresses/{stop_id}', {
    params: { clinic, patient_id, stop_id },
    touches: MESSAGES,
  })

export const sendText = (clinic: string, patient_id: string, text: string) =>
  change('post', '/clinics/{clinic}/patients/{patient_id}/texts', {
    params: { clinic, patient_id },
    touches: MESSAGES,
    body: { text },
  })
export const readText = (clinic: string, text_id: string) =>
  change('post', '/clinics/{clinic}/inbound-texts/{text_id}/reading', { params: { clinic, text_id }, touches: MESSAGES })
export const tieText = (clinic: string, text_id: string, patient_id: string) =>
  change('put', '/clinics/{clinic}/inbound-texts/{text_id}/patient', {
    params: { clinic, text_id },
    touches: MESSAGES,
    body: { patient_id },
  })

export const answerText = (text_id: string, text: string) =>
  change('post', '/phone/{text_id}/answer', { params: { text_id }, touches: [], body: { text } })
export const unsubscribe = ([clinic_id, message_id, token]: readonly [string, string, string]) =>
  change('post', '/unsubscriptions/{clinic_id}/{message_id}/{token}', { params: { clinic_id, message_id, token }, touches: [] })
